-- A pay run that looks wrong waits for a person. Until somebody accepts it, it has no row in payslips and no journal, so
-- that no balance, no match and no page of a family can know of it.

SET LOCAL search_path = ringfence;

ALTER TABLE pay_runs
  ADD COLUMN state text NOT NULL DEFAULT 'POSTED' CHECK (state IN ('POSTED', 'HELD', 'REFUSED', 'WITHDRAWN')),
  -- Those of its payslips, as long as they are not posted.
  ADD COLUMN budget_ids uuid[] NOT NULL DEFAULT '{}',
  -- The reference without its case and blanks, which do not make another run.
  ADD COLUMN reference_key text,
  ADD CHECK (state = 'POSTED' OR cardinality(budget_ids) > 0);

CREATE FUNCTION reference_key(reference text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN upper(regexp_replace(reference, '\s', '', 'g'));

-- Runs that were taken before as different although only case or blanks differ both stay: the later keeps a key of its own.
UPDATE pay_runs r SET reference_key = k.key
  FROM (SELECT authority_id, id, reference_key(reference)
               || CASE WHEN row_number() OVER (PARTITION BY authority_id, organisation_id, reference_key(reference) ORDER BY id) > 1
                       THEN ' ' || id ELSE '' END AS key
          FROM pay_runs) k
 WHERE k.authority_id = r.authority_id AND k.id = r.id;

CREATE FUNCTION pay_run_named() RETURNS trigger LANGUAGE plpgsql SET search_path = ringfence, pg_temp AS $$
BEGIN
  NEW.reference_key := reference_key(NEW.reference);
  RETURN NEW;
END $$;
CREATE TRIGGER pay_runs_named BEFORE INSERT ON pay_runs FOR EACH ROW EXECUTE FUNCTION pay_run_named();

ALTER TABLE pay_runs ALTER COLUMN reference_key SET NOT NULL,
  DROP CONSTRAINT pay_runs_authority_id_organisation_id_reference_key;
-- A run that was refused or withdrawn gives its reference back.
CREATE UNIQUE INDEX pay_runs_reference ON pay_runs (authority_id, organisation_id, reference_key) WHERE state IN ('HELD', 'POSTED');
CREATE INDEX pay_runs_held ON pay_runs (authority_id, received_at) WHERE state = 'HELD';
CREATE INDEX payslips_payee ON payslips (authority_id, payee_id, pay_date);

-- Why a run waits: what was found, against which threshold, by which source.
CREATE TABLE pay_run_holds (
  authority_id uuid NOT NULL,
  pay_run_id uuid NOT NULL,
  reasons jsonb NOT NULL CHECK (jsonb_typeof(reasons) = 'array' AND jsonb_array_length(reasons) > 0),
  held_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, pay_run_id),
  FOREIGN KEY (authority_id, pay_run_id) REFERENCES pay_runs (authority_id, id)
);

-- The payslips of a run that was held, as they were sent; a date of birth is not kept.
CREATE TABLE held_payslips (
  authority_id uuid NOT NULL,
  pay_run_id uuid NOT NULL,
  position integer NOT NULL CHECK (position > 0),
  budget_id uuid NOT NULL,
  payee_id uuid NOT NULL,
  period_start date NOT NULL,
  period_end date NOT NULL,
  gross_pence bigint NOT NULL CHECK (gross_pence >= 0),
  content jsonb NOT NULL,
  PRIMARY KEY (authority_id, pay_run_id, position),
  FOREIGN KEY (authority_id, pay_run_id) REFERENCES pay_runs (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, payee_id) REFERENCES payees (authority_id, id),
  CHECK (period_end >= period_start)
);
CREATE INDEX held_payslips_payee ON held_payslips (authority_id, payee_id);

-- What became of a held run: once, by whom and why. A person of the authority accepts or refuses, the bureau withdraws.
CREATE TABLE pay_run_decisions (
  authority_id uuid NOT NULL,
  pay_run_id uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('ACCEPTED', 'REFUSED', 'WITHDRAWN')),
  reasons text NOT NULL CHECK (length(reasons) BETWEEN 1 AND 2000),
  decided_by uuid NOT NULL DEFAULT context_principal(),
  decided_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, pay_run_id),
  FOREIGN KEY (authority_id, pay_run_id) REFERENCES pay_runs (authority_id, id)
);

DO $$
DECLARE kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['pay_run_holds', 'held_payslips', 'pay_run_decisions'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_stay BEFORE UPDATE OR DELETE ON %1$s FOR EACH ROW EXECUTE FUNCTION payroll_record_stays()', kept);
    EXECUTE format('CREATE TRIGGER %1$s_not_truncated BEFORE TRUNCATE ON %1$s FOR EACH STATEMENT EXECUTE FUNCTION payroll_record_stays()', kept);
  END LOOP;
END $$;

-- ── A held run goes one way, and only by a decision ──

CREATE FUNCTION pay_run_goes_forward() RETURNS trigger LANGUAGE plpgsql SET search_path = ringfence, pg_temp AS $$
BEGIN
  IF (to_jsonb(NEW) - 'state') IS DISTINCT FROM (to_jsonb(OLD) - 'state') OR OLD.state <> 'HELD' OR NOT EXISTS (
       SELECT 1 FROM pay_run_decisions d
        WHERE d.authority_id = NEW.authority_id AND d.pay_run_id = NEW.id
          AND NEW.state = CASE d.outcome WHEN 'ACCEPTED' THEN 'POSTED' ELSE d.outcome END) THEN
    RAISE EXCEPTION 'pay run % stays as it was reported: only a decision ends its waiting', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER pay_runs_forward BEFORE UPDATE ON pay_runs FOR EACH ROW EXECUTE FUNCTION pay_run_goes_forward();
CREATE TRIGGER pay_runs_kept BEFORE DELETE ON pay_runs FOR EACH ROW EXECUTE FUNCTION payroll_record_stays();
CREATE TRIGGER pay_runs_not_truncated BEFORE TRUNCATE ON pay_runs FOR EACH STATEMENT EXECUTE FUNCTION payroll_record_stays();

-- The state follows from the decision here and nowhere else: the service may not write it.
CREATE FUNCTION pay_run_decided() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
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
CREATE TRIGGER pay_run_decisions_take_effect AFTER INSERT ON pay_run_decisions
  FOR EACH ROW EXECUTE FUNCTION pay_run_decided();

CREATE FUNCTION held_run_says_why() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pay_run_holds h WHERE h.authority_id = NEW.authority_id AND h.pay_run_id = NEW.id)
     OR (SELECT count(*) FROM held_payslips h WHERE h.authority_id = NEW.authority_id AND h.pay_run_id = NEW.id) <> NEW.payslips_count THEN
    RAISE EXCEPTION 'pay run % is held without its reasons or its payslips', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER pay_runs_held_says_why AFTER INSERT ON pay_runs DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.state <> 'POSTED') EXECUTE FUNCTION held_run_says_why();

CREATE FUNCTION held_payslip_is_of_held_run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pay_runs r WHERE r.authority_id = NEW.authority_id AND r.id = NEW.pay_run_id
                    AND r.state = 'HELD' AND NEW.budget_id = ANY (r.budget_ids)) THEN
    RAISE EXCEPTION 'pay run % is not held with this payslip', NEW.pay_run_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER held_payslips_of_held_run AFTER INSERT ON held_payslips
  FOR EACH ROW EXECUTE FUNCTION held_payslip_is_of_held_run();

-- ── Nothing of a held run is posted, and nothing twice ──

CREATE FUNCTION payslips_are_of_posted_runs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
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
CREATE TRIGGER payslips_of_posted_runs AFTER INSERT ON payslips REFERENCING NEW TABLE AS new_payslips
  FOR EACH STATEMENT EXECUTE FUNCTION payslips_are_of_posted_runs();
CREATE TRIGGER payslips_stay BEFORE UPDATE OR DELETE ON payslips FOR EACH ROW EXECUTE FUNCTION payroll_record_stays();
CREATE TRIGGER payslips_not_truncated BEFORE TRUNCATE ON payslips FOR EACH STATEMENT EXECUTE FUNCTION payroll_record_stays();

-- At the end of the transaction: the journal of a payslip comes before its payslip.
CREATE FUNCTION pay_journal_has_its_payslip() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM payslips p JOIN pay_runs r ON r.authority_id = p.authority_id AND r.id = p.pay_run_id
                  WHERE p.authority_id = NEW.authority_id AND p.journal_id = NEW.id AND r.state = 'POSTED'
                    AND p.id = CASE WHEN NEW.source_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN NEW.source_id::uuid END) THEN
    RAISE EXCEPTION 'journal % posts a payslip that is in no posted pay run', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER journals_of_payslips AFTER INSERT ON journals DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.kind = 'PAY_RUN') EXECUTE FUNCTION pay_journal_has_its_payslip();

-- ── What is known of pay and of room, for a caller who may pay from the budget but may not read all of its books ──

-- Whether the caller may ask about a budget: a definer function answers no more than that.
CREATE FUNCTION may_ask_about(of_budget uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = ringfence, pg_temp
  RETURN (SELECT sees_whole_authority()) OR of_budget = ANY ((SELECT granted_budgets())::uuid[]);

-- Payslips posted or held that pay an employee of a budget for some of the days asked about: `place` counts the question.
CREATE FUNCTION payslips_of_days(of_budgets uuid[], of_payees uuid[], first_days date[], last_days date[], except_run uuid)
RETURNS TABLE (place integer, pay_run_id uuid, gross_pence bigint, period_start date, period_end date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  WITH asked AS (
    SELECT a.budget_id, a.payee_id, a.first_day, a.last_day, a.place::integer AS place
      FROM unnest(of_budgets, of_payees, first_days, last_days) WITH ORDINALITY AS a (budget_id, payee_id, first_day, last_day, place)
     WHERE may_ask_about(a.budget_id)
  ), known AS (
    SELECT a.place, p.pay_run_id, p.gross_pence, p.period_start, p.period_end FROM asked a
      JOIN payslips p ON p.authority_id = context_authority() AND p.payee_id = a.payee_id AND p.budget_id = a.budget_id
       AND p.period_start <= a.last_day AND p.period_end >= a.first_day
    UNION ALL
    SELECT a.place, h.pay_run_id, h.gross_pence, h.period_start, h.period_end FROM asked a
      JOIN held_payslips h ON h.authority_id = context_authority() AND h.payee_id = a.payee_id AND h.budget_id = a.budget_id
       AND h.period_start <= a.last_day AND h.period_end >= a.first_day
      JOIN pay_runs r ON r.authority_id = h.authority_id AND r.id = h.pay_run_id AND r.state = 'HELD'
  )
  SELECT k.* FROM known k WHERE k.pay_run_id IS DISTINCT FROM except_run ORDER BY k.place, k.period_start, k.pay_run_id
$$;

-- The last payslips of employees with pay in them, newest first: what their usual pay is taken from.
CREATE FUNCTION last_pay(of_budgets uuid[], of_payees uuid[], payslips_max integer)
RETURNS TABLE (payee_id uuid, gross_pence bigint, days integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT a.payee_id, l.gross_pence, l.days
    FROM (SELECT DISTINCT u.budget_id, u.payee_id FROM unnest(of_budgets, of_payees) AS u (budget_id, payee_id)
           WHERE may_ask_about(u.budget_id)) a
   CROSS JOIN LATERAL (
     SELECT p.gross_pence, p.period_end - p.period_start + 1 AS days FROM payslips p
      WHERE p.authority_id = context_authority() AND p.payee_id = a.payee_id AND p.budget_id = a.budget_id AND p.gross_pence > 0
      ORDER BY p.pay_date DESC, p.id DESC LIMIT payslips_max) l
$$;

-- What the agreements give a stream for the budget's year around a day, line by line in the share that falls into it, and
-- what was spent for that year. A budget's years are counted from its first day.
CREATE FUNCTION streams_in_year(of_budgets uuid[], days date[])
RETURNS TABLE (budget_id uuid, day date, stream text, year_from date, year_to date, agreed_pence bigint, spent_pence bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  WITH years AS (
    SELECT DISTINCT b.authority_id, b.id AS budget_id, a.day, y.first, (y.first + interval '1 year')::date - 1 AS last
      FROM unnest(of_budgets, days) AS a (budget_id, day)
      JOIN budgets b ON b.authority_id = context_authority() AND b.id = a.budget_id
     CROSS JOIN LATERAL (SELECT (b.starts_on + make_interval(years => greatest(0, extract(year FROM age(a.day, b.starts_on)))::integer))::date AS first) y
     WHERE may_ask_about(b.id)
  ), agreed AS (
    SELECT y.*, l.stream,
           sum(div(l.amount_pence::numeric * (least(l.ends_on, y.last) - greatest(l.starts_on, y.first) + 1), l.ends_on - l.starts_on + 1))::bigint AS pence
      FROM years y
      JOIN budget_lines l ON l.authority_id = y.authority_id AND l.budget_id = y.budget_id AND l.mechanism <> 'ORGANISED'
       AND l.starts_on <= y.last AND l.ends_on >= y.first
     GROUP BY y.authority_id, y.budget_id, y.day, y.first, y.last, l.stream
  )
  SELECT g.budget_id, g.day, g.stream, g.first, g.last, g.pence, coalesce((
           SELECT sum(e.amount_pence) FROM ledger_accounts c
             JOIN journal_entries e ON e.authority_id = c.authority_id AND e.account_id = c.id
            WHERE c.authority_id = g.authority_id AND c.budget_id = g.budget_id AND c.stream = g.stream
              AND c.code IN ('PROVISION', 'UNEVIDENCED')
              AND coalesce(e.service_date, e.effective_date) BETWEEN g.first AND g.last), 0)::bigint
    FROM agreed g
$$;

-- ── Who sees what ──
-- A run that is not posted is seen by the officers and by the client that sent it, as long as all of its budgets are
-- granted to it: a family does not see what nobody has accepted.

DROP POLICY tenant ON pay_runs;
CALL protect('pay_runs', 'api_client_id = (SELECT ringfence.context_principal())
    AND (state = ''POSTED'' OR budget_ids <@ (SELECT ringfence.granted_budgets())::uuid[])
  OR state = ''POSTED'' AND id IN (SELECT p.pay_run_id FROM ringfence.payslips p)', 'SELECT, INSERT');
CALL protect('held_payslips', 'budget_id = ANY ((SELECT ringfence.granted_budgets())::uuid[]) AND pay_run_id IN (
  SELECT r.id FROM ringfence.pay_runs r WHERE r.api_client_id = (SELECT ringfence.context_principal()))', 'SELECT, INSERT');
CALL protect('pay_run_holds', 'pay_run_id IN (
  SELECT r.id FROM ringfence.pay_runs r WHERE r.api_client_id = (SELECT ringfence.context_principal()))', 'SELECT, INSERT');
CALL protect('pay_run_decisions', 'pay_run_id IN (
  SELECT r.id FROM ringfence.pay_runs r WHERE r.api_client_id = (SELECT ringfence.context_principal()))', 'SELECT, INSERT');
