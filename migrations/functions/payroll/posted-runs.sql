-- Nothing of a held run is posted, and nothing twice.

CREATE OR REPLACE FUNCTION payslips_are_of_posted_runs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE run uuid; twice payslips;
BEGIN
  SELECT n.pay_run_id INTO run FROM new_payslips n
    JOIN pay_runs r ON r.authority_id = n.authority_id AND r.id = n.pay_run_id WHERE r.state <> 'POSTED' LIMIT 1;
  IF run IS NOT NULL THEN
    RAISE EXCEPTION 'pay run % is not accepted: none of its payslips can be posted', run USING ERRCODE = 'check_violation';
  END IF;
  -- The lock that the service takes before it looks: whoever else writes pay of these budgets is waited for.
  PERFORM pg_advisory_xact_lock(hashtextextended('pay of ' || b.budget, 30))
     FROM (SELECT DISTINCT n.budget_id::text AS budget FROM new_payslips n ORDER BY 1) b;
  SELECT n.* INTO twice FROM new_payslips n
    JOIN payslips p ON p.authority_id = n.authority_id AND p.payee_id = n.payee_id AND p.budget_id = n.budget_id
     AND p.id <> n.id AND p.gross_pence = n.gross_pence AND p.period_start <= n.period_end AND p.period_end >= n.period_start
   WHERE n.gross_pence > 0 LIMIT 1;
  IF twice.id IS NOT NULL THEN
    RAISE EXCEPTION 'payslip % pays what another payslip of the same employee pays for the same days', twice.id
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'payslips_once';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER payslips_of_posted_runs AFTER INSERT ON payslips REFERENCING NEW TABLE AS new_payslips
  FOR EACH STATEMENT EXECUTE FUNCTION payslips_are_of_posted_runs();

-- At the end of the transaction: the journal of a payslip comes before its payslip.
CREATE OR REPLACE FUNCTION pay_journal_has_its_payslip() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM payslips p JOIN pay_runs r ON r.authority_id = p.authority_id AND r.id = p.pay_run_id
                  WHERE p.authority_id = NEW.authority_id AND p.journal_id = NEW.id AND r.state = 'POSTED'
                    AND p.id = CASE WHEN NEW.source_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN NEW.source_id::uuid END) THEN
    RAISE EXCEPTION 'journal % posts a payslip that is in no posted pay run', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS journals_of_payslips ON journals;
CREATE CONSTRAINT TRIGGER journals_of_payslips AFTER INSERT ON journals DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.kind = 'PAY_RUN') EXECUTE FUNCTION pay_journal_has_its_payslip();
