-- A held run goes one way, and only by a decision.

CREATE OR REPLACE FUNCTION reference_key(reference text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN upper(regexp_replace(reference, '\s', '', 'g'));

CREATE OR REPLACE FUNCTION pay_run_named() RETURNS trigger LANGUAGE plpgsql SET search_path = ringfence, pg_temp AS $$
BEGIN
  NEW.reference_key := reference_key(NEW.reference);
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER pay_runs_named BEFORE INSERT ON pay_runs FOR EACH ROW EXECUTE FUNCTION pay_run_named();

CREATE OR REPLACE FUNCTION pay_run_goes_forward() RETURNS trigger LANGUAGE plpgsql SET search_path = ringfence, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - 'state') IS DISTINCT FROM (to_jsonb(OLD) - 'state') OR OLD.state <> 'HELD' OR NOT EXISTS (
       SELECT 1 FROM pay_run_decisions d
        WHERE d.authority_id = NEW.authority_id AND d.pay_run_id = NEW.id
          AND NEW.state = CASE d.outcome WHEN 'ACCEPTED' THEN 'POSTED' ELSE d.outcome END) THEN
    RAISE EXCEPTION 'pay run % stays as it was reported: only a decision ends its waiting', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER pay_runs_forward BEFORE UPDATE ON pay_runs FOR EACH ROW EXECUTE FUNCTION pay_run_goes_forward();

-- The state follows from the decision here and nowhere else: the service may not write it.
CREATE OR REPLACE FUNCTION pay_run_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE run pay_runs;
BEGIN
  SELECT * INTO run FROM pay_runs r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.pay_run_id FOR UPDATE;
  IF run.state IS DISTINCT FROM 'HELD' THEN
    RAISE EXCEPTION 'pay run % is not held: there is nothing to decide', NEW.pay_run_id USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.decided_by IS DISTINCT FROM context_principal()
     OR (NEW.outcome = 'WITHDRAWN') IS DISTINCT FROM (context_principal_kind() = 'client')
     OR (NEW.outcome = 'WITHDRAWN' AND NEW.decided_by <> run.api_client_id)
     OR (NEW.outcome <> 'WITHDRAWN' AND NOT EXISTS (
           SELECT 1 FROM people p WHERE p.authority_id = NEW.authority_id AND p.id = NEW.decided_by)) THEN
    RAISE EXCEPTION 'pay run % is accepted or refused by a person of the authority, and withdrawn by the client that sent it', NEW.pay_run_id
      USING ERRCODE = 'check_violation';
  END IF;
  UPDATE pay_runs r SET state = CASE NEW.outcome WHEN 'ACCEPTED' THEN 'POSTED' ELSE NEW.outcome END
   WHERE r.authority_id = NEW.authority_id AND r.id = NEW.pay_run_id;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER pay_run_decisions_take_effect AFTER INSERT ON pay_run_decisions
  FOR EACH ROW EXECUTE FUNCTION pay_run_decided();

CREATE OR REPLACE FUNCTION held_run_says_why() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pay_run_holds h WHERE h.authority_id = NEW.authority_id AND h.pay_run_id = NEW.id)
     OR (SELECT count(*) FROM held_payslips h WHERE h.authority_id = NEW.authority_id AND h.pay_run_id = NEW.id) <> NEW.payslips_count THEN
    RAISE EXCEPTION 'pay run % is held without its reasons or its payslips', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS pay_runs_held_says_why ON pay_runs;
CREATE CONSTRAINT TRIGGER pay_runs_held_says_why AFTER INSERT ON pay_runs DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state <> 'POSTED') EXECUTE FUNCTION held_run_says_why();

CREATE OR REPLACE FUNCTION held_payslip_is_of_held_run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pay_runs r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.pay_run_id
                    AND r.state = 'HELD' AND NEW.budget_id = ANY (r.budget_ids)) THEN
    RAISE EXCEPTION 'pay run % is not held with this payslip', NEW.pay_run_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER held_payslips_of_held_run AFTER INSERT ON held_payslips
  FOR EACH ROW EXECUTE FUNCTION held_payslip_is_of_held_run();
