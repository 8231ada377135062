-- Statements taken back, and breaks between statements that an officer has accepted.

SET LOCAL search_path = ringfence;

-- ── An import can be reverted while nothing depends on its lines ──

ALTER TABLE statement_imports
  ADD COLUMN reverted_by uuid,
  ADD COLUMN reverted_at timestamptz,
  ADD COLUMN revert_reason text CHECK (length(revert_reason) BETWEEN 1 AND 2000),
  DROP CONSTRAINT statement_imports_state_check,
  DROP CONSTRAINT statement_imports_check1,
  -- COMMITTING is a large import whose lines a job is posting.
  ADD CONSTRAINT statement_imports_state_check
    CHECK (state IN ('RECEIVED', 'PARSED', 'REFUSED', 'COMMITTING', 'COMMITTED', 'REVERTED')),
  ADD CONSTRAINT statement_imports_committed_check
    CHECK ((state IN ('COMMITTED', 'REVERTED')) = (committed_at IS NOT NULL)),
  ADD CONSTRAINT statement_imports_reverted_check
    CHECK (num_nonnulls(reverted_by, reverted_at, revert_reason) = CASE state WHEN 'REVERTED' THEN 3 ELSE 0 END);

-- A reverted line stays as a record and leaves everything that is asked of the account. revert_journal_id is null for an
-- opening balance that an earlier statement had already made superfluous: its journal was reversed then.
ALTER TABLE statement_lines
  ADD COLUMN reverted_at timestamptz,
  ADD COLUMN revert_journal_id uuid,
  ADD CONSTRAINT statement_lines_reverted_check
    CHECK (CASE WHEN reverted_at IS NULL THEN revert_journal_id IS NULL
                ELSE revert_journal_id IS NOT NULL OR superseded_at IS NOT NULL END);

-- The same line may come again after its import was reverted.
DO $$
BEGIN
  EXECUTE (SELECT format('ALTER TABLE statement_lines DROP CONSTRAINT %I', conname) FROM pg_constraint
            WHERE conrelid = 'statement_lines'::regclass AND contype = 'u');
END $$;
CREATE UNIQUE INDEX statement_lines_content ON statement_lines (authority_id, designated_account_id, content_key, occurrence)
  WHERE reverted_at IS NULL;
CREATE INDEX statement_lines_import ON statement_lines (authority_id, import_id);

CREATE OR REPLACE FUNCTION statement_line_is_as_received() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.reverted_at IS NOT NULL
     OR to_jsonb(NEW) - '{budget_id,superseded_at,reverted_at,revert_journal_id}'::text[]
        <> to_jsonb(OLD) - '{budget_id,superseded_at,reverted_at,revert_journal_id}'::text[] THEN
    RAISE EXCEPTION 'a statement line is kept as it was received: correct it by a journal' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

-- Nothing new is hung on a line that was taken back, whichever of the two came first: the line's row is locked by both.
CREATE FUNCTION statement_line_stands() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  line_reverted_at timestamptz;
BEGIN
  IF NEW.statement_line_id IS NULL THEN RETURN NEW; END IF;
  SELECT reverted_at INTO line_reverted_at FROM statement_lines
   WHERE authority_id = NEW.authority_id AND id = NEW.statement_line_id FOR UPDATE;
  IF line_reverted_at IS NOT NULL THEN
    RAISE EXCEPTION 'statement line % was taken back with its statement', NEW.statement_line_id USING ERRCODE = 'RF103';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER allocations_line_stands BEFORE INSERT ON allocations FOR EACH ROW EXECUTE FUNCTION statement_line_stands();
CREATE TRIGGER receipts_line_stands BEFORE INSERT OR UPDATE OF statement_line_id ON receipts
  FOR EACH ROW EXECUTE FUNCTION statement_line_stands();

-- ── What a line's being taken back would leave in the air ──

-- Another room that hangs decisions on lines adds them here.
CREATE VIEW statement_line_dependants WITH (security_invoker = true) AS
  SELECT a.authority_id, a.statement_line_id, 'allocation' AS kind FROM allocations a WHERE a.undone_at IS NULL
  UNION ALL
  SELECT r.authority_id, r.statement_line_id, 'receipt' FROM receipts r WHERE r.statement_line_id IS NOT NULL;
GRANT SELECT ON statement_line_dependants TO ringfence_app;

-- Views over lines: those that still stand.
CREATE OR REPLACE VIEW line_states WITH (security_invoker = true) AS
  SELECT l.authority_id, l.id AS statement_line_id, a.allocated_pence, l.amount_pence - a.allocated_pence AS remaining_pence
    FROM statement_lines l
   CROSS JOIN LATERAL (
     SELECT coalesce(sum(x.amount_pence), 0)::bigint AS allocated_pence FROM allocations x
      WHERE x.authority_id = l.authority_id AND x.statement_line_id = l.id AND x.undone_at IS NULL) a
   WHERE l.superseded_at IS NULL AND l.reverted_at IS NULL;

CREATE OR REPLACE VIEW line_budgets WITH (security_invoker = true) AS
  SELECT l.authority_id, l.id AS statement_line_id, l.budget_id FROM statement_lines l
   WHERE l.budget_id IS NOT NULL AND l.reverted_at IS NULL
  UNION ALL
  SELECT DISTINCT l.authority_id, l.id, d.budget_id FROM statement_lines l
    JOIN designated_account_budgets d ON d.authority_id = l.authority_id AND d.designated_account_id = l.designated_account_id
   WHERE l.budget_id IS NULL AND l.reverted_at IS NULL;

-- The whole months that have ended, since a budget came into an account, that no committed statement touches: files say
-- the days of their lines, not of their period, so a quiet week at either end is no gap. Nor is a month between two
-- statements of which the later opens with what the earlier closed with: nothing moved in it. Statements of prepaid cards
-- are not asked for: the council sees the card's transactions itself.
CREATE OR REPLACE VIEW missing_statements WITH (security_invoker = true) AS
  SELECT d.authority_id, d.budget_id, a.id AS designated_account_id, m.month::date AS month
    FROM designated_account_budgets d
    JOIN designated_accounts a ON a.authority_id = d.authority_id AND a.id = d.designated_account_id AND a.kind <> 'PREPAID_CARD'
   CROSS JOIN LATERAL generate_series(date_trunc('month', greatest(d.valid_from, a.opened_on)::timestamp),
           date_trunc('month', least(coalesce(least(d.valid_to, a.closed_on), context_today()), context_today() - interval '1 month')::timestamp),
           interval '1 month') AS m (month)
   WHERE NOT EXISTS (SELECT 1 FROM statement_imports i
           WHERE i.authority_id = d.authority_id AND i.designated_account_id = a.id AND i.state = 'COMMITTED'
             AND i.first_date < (m.month + interval '1 month')::date AND i.last_date >= m.month::date)
     AND NOT coalesce(
           (SELECT i.closing_pence FROM statement_imports i
             WHERE i.authority_id = d.authority_id AND i.designated_account_id = a.id AND i.state = 'COMMITTED'
               AND i.last_date < m.month::date ORDER BY i.last_date DESC, i.first_date DESC LIMIT 1)
           = (SELECT i.opening_pence FROM statement_imports i
             WHERE i.authority_id = d.authority_id AND i.designated_account_id = a.id AND i.state = 'COMMITTED'
               AND i.first_date >= (m.month + interval '1 month')::date ORDER BY i.first_date, i.last_date LIMIT 1), false);

-- ── Breaks that an officer accepted ──

-- What an import's balances do not explain stops its commit until an officer of the authority says why it may go on.
-- Kept for ever, never edited: it counts for the breaks that it names, and for no later one.
CREATE TABLE statement_break_acceptances (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  designated_account_id uuid NOT NULL,
  import_id uuid NOT NULL,
  -- Each break in the words in which it was shown, with the key by which it is known again.
  breaks jsonb NOT NULL CHECK (jsonb_typeof(breaks) = 'array' AND jsonb_array_length(breaks) > 0),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
  accepted_by uuid NOT NULL,
  accepted_at timestamptz NOT NULL,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, designated_account_id) REFERENCES designated_accounts (authority_id, id),
  FOREIGN KEY (authority_id, import_id) REFERENCES statement_imports (authority_id, id)
);
CREATE INDEX statement_break_acceptances_import ON statement_break_acceptances (authority_id, import_id);

CALL protect('statement_break_acceptances', 'ringfence.holds_whole_account(designated_account_id)', 'SELECT, INSERT');
