-- What holds of a budget line.

-- Direct-payment money must name the outcomes it is for (Making it Personal 2, section 5; EHC plan section J).
CREATE OR REPLACE FUNCTION direct_payment_line_names_outcome() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.mechanism <> 'ORGANISED' AND NOT EXISTS (
       SELECT 1 FROM ringfence.budget_line_outcomes o WHERE o.authority_id = NEW.authority_id AND o.budget_line_id = NEW.id) THEN
    RAISE EXCEPTION 'budget line "%" is a direct payment and names no outcome', NEW.name USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS budget_lines_outcome ON budget_lines;
CREATE CONSTRAINT TRIGGER budget_lines_outcome AFTER INSERT OR UPDATE ON budget_lines
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION direct_payment_line_names_outcome();
