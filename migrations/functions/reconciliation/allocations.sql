-- What an allocation may be, and what is left of a line.

-- A line is never allocated beyond its amount nor against its sign, and an instalment or payslip never paid twice.
CREATE OR REPLACE FUNCTION allocation_fits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
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

CREATE OR REPLACE TRIGGER allocations_fit BEFORE INSERT OR UPDATE ON allocations FOR EACH ROW EXECUTE FUNCTION allocation_fits();

CREATE OR REPLACE TRIGGER allocations_line_stands BEFORE INSERT ON allocations FOR EACH ROW EXECUTE FUNCTION statement_line_stands();

-- Views over lines: those that still stand.
CREATE OR REPLACE VIEW line_states WITH (security_invoker = true) AS
  SELECT l.authority_id, l.id AS statement_line_id, a.allocated_pence, l.amount_pence - a.allocated_pence AS remaining_pence
    FROM statement_lines l
   CROSS JOIN LATERAL (
     SELECT coalesce(sum(x.amount_pence), 0)::bigint AS allocated_pence FROM allocations x
      WHERE x.authority_id = l.authority_id AND x.statement_line_id = l.id AND x.undone_at IS NULL) a
   WHERE l.superseded_at IS NULL AND l.reversed_at IS NULL;
GRANT SELECT ON line_states TO ringfence_app;
