-- A review goes forward only and is kept.

-- A review goes forward only. What it showed when it opened stays, and a concluded one is never edited: what comes to
-- light later is a matter for the next review (domain.md, section 6.4).
CREATE OR REPLACE FUNCTION reviews_go_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'CONCLUDED' THEN
    RAISE EXCEPTION 'review % is concluded and cannot be changed', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF (NEW.authority_id, NEW.id, NEW.budget_id, NEW.agreement_id, NEW.kind, NEW.year_number, NEW.agreement_version)
     IS DISTINCT FROM
     (OLD.authority_id, OLD.id, OLD.budget_id, OLD.agreement_id, OLD.kind, OLD.year_number, OLD.agreement_version) THEN
    RAISE EXCEPTION 'review % cannot become another review', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  IF OLD.state = 'OPEN' AND (NEW.state = 'SCHEDULED'
     OR (NEW.figures, NEW.opened_at, NEW.due_on, NEW.first_received_on)
        IS DISTINCT FROM (OLD.figures, OLD.opened_at, OLD.due_on, OLD.first_received_on)) THEN
    RAISE EXCEPTION 'review % is open: its figures and its date are frozen', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER reviews_forward BEFORE UPDATE ON reviews FOR EACH ROW EXECUTE FUNCTION reviews_go_forward();

CREATE OR REPLACE FUNCTION reviews_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'reviews are kept: none can be deleted' USING ERRCODE = 'check_violation';
END $$;

CREATE OR REPLACE TRIGGER reviews_kept BEFORE DELETE ON reviews FOR EACH ROW EXECUTE FUNCTION reviews_stay();

CREATE OR REPLACE TRIGGER reviews_kept_all BEFORE TRUNCATE ON reviews EXECUTE FUNCTION reviews_stay();
