-- What is paid through an account that owes, or out of the family's own money, stays within what it owes or holds.

-- Refuses a journal that leaves an account on the wrong side. Over all books of the budget, as a family may change banks
-- between the payslip and the tax. Of a control, what passed through the bank lies between nothing and what everything
-- else posted says is owed: a payment takes no more than is owed, and a refund gives back no more than was paid
-- (or than is due back, where tax is returned). Only a move away from that is refused, never one towards it.
CREATE OR REPLACE FUNCTION refuse_wrong_side(of_authority uuid, of_journal uuid, by_bank boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  moved record;
  balance bigint;
  paid bigint;
BEGIN
  FOR moved IN
    SELECT e.code, e.budget_id, e.stream, sum(e.amount_pence)::bigint AS pence FROM journal_entries e
     WHERE e.authority_id = of_authority AND e.journal_id = of_journal
       AND e.code IN ('FAMILY_MONEY', 'NET_PAY', 'HMRC', 'PENSION', 'ATTACHMENT', 'PAYROLL_FEE', 'SUPPLIER')
     GROUP BY e.code, e.budget_id, e.stream
  LOOP
    SELECT coalesce(sum(a.balance_pence), 0) INTO balance FROM ledger_accounts a
     WHERE a.authority_id = of_authority AND a.budget_id = moved.budget_id AND a.code = moved.code AND a.stream = moved.stream;
    IF NOT by_bank OR moved.code = 'FAMILY_MONEY' THEN
      IF moved.pence > 0 AND balance > 0 THEN
        RAISE EXCEPTION 'The journal takes % more from % of stream % than it owes or holds: take no more than that.',
          pounds(balance), moved.code, moved.stream USING ERRCODE = 'RF104';
      END IF;
      CONTINUE;
    END IF;
    SELECT coalesce(sum(e.amount_pence), 0) INTO paid
      FROM allocations a JOIN journal_entries e ON e.authority_id = a.authority_id AND e.journal_id = a.journal_id
     WHERE a.authority_id = of_authority AND a.budget_id = moved.budget_id AND a.undone_at IS NULL
       AND a.target_type IN ('payslip', 'payroll-control')
       AND e.budget_id = moved.budget_id AND e.code = moved.code AND e.stream = moved.stream;
    IF (moved.pence > 0 AND paid > greatest(0, paid - balance)) OR (moved.pence < 0 AND paid < least(0, paid - balance)) THEN
      RAISE EXCEPTION 'Bank lines would have paid % through % of stream %, of which % is owed: take or give back no more than that.',
        pounds(paid), moved.code, moved.stream, pounds(paid - balance) USING ERRCODE = 'RF104';
    END IF;
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION refuse_wrong_side FROM PUBLIC;

CREATE OR REPLACE FUNCTION allocation_keeps_sides() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  PERFORM refuse_wrong_side(NEW.authority_id, coalesce(NEW.undo_journal_id, NEW.journal_id), true);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER allocations_keep_sides AFTER INSERT OR UPDATE ON allocations FOR EACH ROW EXECUTE FUNCTION allocation_keeps_sides();

CREATE OR REPLACE FUNCTION manual_journal_keeps_sides() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  PERFORM refuse_wrong_side(NEW.authority_id, NEW.id, false);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER manual_journals_keep_sides AFTER INSERT ON manual_journals FOR EACH ROW EXECUTE FUNCTION manual_journal_keeps_sides();

-- The reversal of a manual journal has no row of its own.
CREATE OR REPLACE FUNCTION reversal_keeps_sides() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM manual_journals h WHERE h.authority_id = NEW.authority_id AND h.id = NEW.reverses) THEN
    PERFORM refuse_wrong_side(NEW.authority_id, NEW.id, false);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER reversals_keep_sides AFTER INSERT ON journals FOR EACH ROW WHEN (NEW.reverses IS NOT NULL)
  EXECUTE FUNCTION reversal_keeps_sides();
