-- Reconciliation: what a statement line is suggested to be, and what a person decided that it is.

SET LOCAL search_path = ringfence;

CREATE TABLE match_suggestions (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  statement_line_id uuid NOT NULL,
  target_type text NOT NULL CHECK (target_type IN ('instalment', 'payslip', 'budget-line')),
  target_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  amount_pence bigint NOT NULL CHECK (amount_pence <> 0),
  score integer NOT NULL CHECK (score BETWEEN 0 AND 100),
  reasons jsonb NOT NULL,
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'ACCEPTED', 'REJECTED')),
  suggested_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid,
  decided_at timestamptz,
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, statement_line_id, target_type, target_id),
  FOREIGN KEY (authority_id, statement_line_id) REFERENCES statement_lines (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  CHECK ((state = 'OPEN') = (decided_by IS NULL))
);
CREATE INDEX match_suggestions_open ON match_suggestions (authority_id, budget_id) WHERE state = 'OPEN';

-- An amount of a statement line, on what it was for. A line may have several; each can be undone alone.
CREATE TABLE allocations (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  statement_line_id uuid NOT NULL,
  amount_pence bigint NOT NULL CHECK (amount_pence <> 0),
  target_type text NOT NULL CHECK (target_type IN ('instalment', 'payslip', 'budget-line', 'payroll-control', 'family-money')),
  target_id uuid,
  budget_id uuid NOT NULL,
  stream text NOT NULL,
  budget_line_id uuid,
  outcome_id uuid,
  service_date date NOT NULL,
  journal_id uuid NOT NULL,
  accepted_by uuid NOT NULL,
  accepted_at timestamptz NOT NULL,
  reasons text NOT NULL CHECK (length(reasons) BETWEEN 1 AND 2000),
  undone_by uuid,
  undone_at timestamptz,
  undo_reasons text,
  undo_journal_id uuid,
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, journal_id),
  FOREIGN KEY (authority_id, statement_line_id) REFERENCES statement_lines (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, budget_line_id) REFERENCES budget_lines (authority_id, id),
  FOREIGN KEY (authority_id, outcome_id) REFERENCES outcomes (authority_id, id),
  CHECK (num_nonnulls(undone_by, undone_at, undo_reasons, undo_journal_id) IN (0, 4)),
  CHECK ((target_type = 'family-money') = (stream = 'FAMILY')),
  CHECK ((target_id IS NULL) = (target_type IN ('payroll-control', 'family-money')))
);
CREATE INDEX allocations_line ON allocations (authority_id, statement_line_id) WHERE undone_at IS NULL;
CREATE INDEX allocations_target ON allocations (authority_id, target_id) WHERE undone_at IS NULL;
CREATE INDEX allocations_budget ON allocations (authority_id, budget_id);

-- A line is never allocated beyond its amount nor against its sign, and an instalment or payslip never paid twice.
CREATE FUNCTION allocation_fits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  line_pence bigint;
  target_pence bigint;
  sum_pence bigint;
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.undone_at IS NOT NULL OR
       to_jsonb(NEW) - '{undone_by,undone_at,undo_reasons,undo_journal_id}'::text[]
       <> to_jsonb(OLD) - '{undone_by,undone_at,undo_reasons,undo_journal_id}'::text[]) THEN
    RAISE EXCEPTION 'an allocation is kept as it was made: undo it and make another' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.undone_at IS NOT NULL THEN RETURN NEW; END IF;
  SELECT amount_pence INTO line_pence FROM statement_lines
   WHERE authority_id = NEW.authority_id AND id = NEW.statement_line_id FOR UPDATE;
  SELECT coalesce(sum(amount_pence), 0) + NEW.amount_pence INTO sum_pence FROM allocations
   WHERE authority_id = NEW.authority_id AND statement_line_id = NEW.statement_line_id AND undone_at IS NULL;
  IF sign(NEW.amount_pence) <> sign(line_pence) OR abs(sum_pence) > abs(line_pence) THEN
    RAISE EXCEPTION 'line over-allocated' USING ERRCODE = 'RF101';
  END IF;
  IF NEW.target_type = 'instalment' THEN
    SELECT amount_pence INTO target_pence FROM instalments WHERE authority_id = NEW.authority_id AND id = NEW.target_id FOR UPDATE;
  ELSIF NEW.target_type = 'payslip' THEN
    SELECT -net_pence INTO target_pence FROM payslips WHERE authority_id = NEW.authority_id AND id = NEW.target_id FOR UPDATE;
  ELSE
    RETURN NEW;
  END IF;
  SELECT coalesce(sum(amount_pence), 0) + NEW.amount_pence INTO sum_pence FROM allocations
   WHERE authority_id = NEW.authority_id AND target_type = NEW.target_type AND target_id = NEW.target_id AND undone_at IS NULL;
  IF target_pence IS NULL OR sign(NEW.amount_pence) <> sign(target_pence) OR abs(sum_pence) > abs(target_pence) THEN
    RAISE EXCEPTION 'target over-allocated' USING ERRCODE = 'RF102';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER allocations_fit BEFORE INSERT OR UPDATE ON allocations FOR EACH ROW EXECUTE FUNCTION allocation_fits();

CALL protect('match_suggestions', 'budget_id = ANY ((SELECT ringfence.granted_budgets())::uuid[])', 'SELECT, INSERT, UPDATE, DELETE');
CALL protect('allocations', 'budget_id = ANY ((SELECT ringfence.granted_budgets())::uuid[])');

-- What is left of each line, for every list that shows lines. By line and not grouped, so that a list of one budget reads
-- the allocations of its own lines only.
CREATE VIEW line_states WITH (security_invoker = true) AS
  SELECT l.authority_id, l.id AS statement_line_id, a.allocated_pence, l.amount_pence - a.allocated_pence AS remaining_pence
    FROM statement_lines l
   CROSS JOIN LATERAL (
     SELECT coalesce(sum(x.amount_pence), 0)::bigint AS allocated_pence FROM allocations x
      WHERE x.authority_id = l.authority_id AND x.statement_line_id = l.id AND x.undone_at IS NULL) a
   WHERE l.superseded_at IS NULL;
GRANT SELECT ON line_states TO ringfence_app;
