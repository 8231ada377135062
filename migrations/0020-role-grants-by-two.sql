-- Nobody gives a role to themselves, nobody gives one twice, nobody gives one for the past on their own, and every grant
-- tells its story.

SET LOCAL search_path = ringfence;

-- Compares ranges of days for each person and role; a database's owner may create it.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

ALTER TABLE role_grants
  ADD COLUMN granted_on date,
  ADD COLUMN approved_by uuid;

-- Operators, and not the first approvers themselves, let those in.
UPDATE role_grants SET granted_by = '00000000-0000-7000-8000-000000000000' WHERE granted_by = person_id;
UPDATE role_grants SET granted_on = least(valid_from, created_at::date);

-- A grant that ends on the day before it begins gives nothing: that is how one given by mistake ends at once.
DO $$
DECLARE
  ends_after_it_begins text;
BEGIN
  SELECT conname INTO ends_after_it_begins FROM pg_constraint
   WHERE conrelid = 'role_grants'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%valid_to >= valid_from%';
  EXECUTE format('ALTER TABLE role_grants DROP CONSTRAINT %I', ends_after_it_begins);
END $$;

ALTER TABLE role_grants
  ALTER COLUMN granted_on SET DEFAULT context_today(),
  ALTER COLUMN granted_on SET NOT NULL,
  ADD CONSTRAINT ends_after_it_begins CHECK (valid_to IS NULL OR valid_to >= valid_from - 1),
  ADD CONSTRAINT granted_by_another CHECK (granted_by IS DISTINCT FROM coalesce(person_id, api_client_id)),
  ADD CONSTRAINT approved_by_a_third CHECK (
    approved_by IS NULL OR (approved_by <> granted_by AND approved_by <> coalesce(person_id, api_client_id))),
  -- What an officer decides is a person's decision, and is recorded as one. Older rows are left to be ended.
  ADD CONSTRAINT machine_roles CHECK (api_client_id IS NULL OR role IN ('MANAGED_ACCOUNT_PROVIDER', 'PAYROLL_BUREAU')) NOT VALID,
  -- An operator, who sets an authority up, is the only one who may let somebody in for days that have passed alone.
  ADD CONSTRAINT past_takes_two CHECK (
    valid_from >= granted_on OR approved_by IS NOT NULL OR granted_by = '00000000-0000-7000-8000-000000000000'),
  ADD CONSTRAINT granted_once EXCLUDE USING gist (
    authority_id WITH =, coalesce(person_id, api_client_id) WITH =, role WITH =,
    coalesce(budget_id, '00000000-0000-0000-0000-000000000000') WITH =, daterange(valid_from, valid_to + 1) WITH &&);

-- ── Proposals: a grant from a day before today waits here, where it gives nothing, until a second person has decided ──

CREATE TABLE role_grant_proposals (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  person_id uuid,
  api_client_id uuid,
  role text NOT NULL,
  budget_id uuid,
  valid_from date NOT NULL,
  valid_to date,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'APPROVED', 'REFUSED', 'WITHDRAWN')),
  proposed_by uuid NOT NULL,
  proposed_at timestamptz NOT NULL DEFAULT context_now(),
  decided_by uuid,
  decided_at timestamptz,
  -- What an approved proposal has become.
  grant_id uuid,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, person_id) REFERENCES people (authority_id, id),
  FOREIGN KEY (authority_id, api_client_id) REFERENCES api_clients (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, grant_id) REFERENCES role_grants (authority_id, id),
  CHECK (num_nonnulls(person_id, api_client_id) = 1),
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  CHECK (proposed_by <> coalesce(person_id, api_client_id)),
  CHECK ((state = 'OPEN') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
  CHECK (state <> 'WITHDRAWN' OR decided_by = proposed_by),
  CHECK (state NOT IN ('APPROVED', 'REFUSED') OR (decided_by <> proposed_by AND decided_by <> coalesce(person_id, api_client_id))),
  CHECK ((state = 'APPROVED') = (grant_id IS NOT NULL))
);
CREATE INDEX role_grant_proposals_listed ON role_grant_proposals (authority_id, proposed_at, id);

CALL protect('role_grant_proposals', 'false', 'SELECT, INSERT');
GRANT UPDATE (state, decided_by, decided_at, grant_id) ON role_grant_proposals TO ringfence_app;

CREATE FUNCTION keep_role_grant_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'OPEN' OR NEW.proposed_by IS DISTINCT FROM context_principal() THEN
      RAISE EXCEPTION 'A proposal begins open, by whoever acts.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' OR OLD.state <> 'OPEN' OR NEW.decided_by IS DISTINCT FROM context_principal()
     OR to_jsonb(OLD) - '{state,decided_by,decided_at,grant_id}'::text[] <> to_jsonb(NEW) - '{state,decided_by,decided_at,grant_id}'::text[] THEN
    RAISE EXCEPTION 'A proposal is decided once, by whoever acts, and never changed.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER role_grant_proposals_kept BEFORE INSERT OR UPDATE OR DELETE ON role_grant_proposals
  FOR EACH ROW EXECUTE FUNCTION keep_role_grant_proposal();

-- ── What the services may write of a grant, and its history ──

CREATE FUNCTION keep_role_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- An operator works past this, as the owner.
  IF current_user <> 'ringfence_app' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.granted_on IS DISTINCT FROM context_today() THEN
      RAISE EXCEPTION 'A grant is given today.' USING ERRCODE = 'check_violation';
    ELSIF NEW.approved_by IS NULL AND NEW.granted_by IS DISTINCT FROM context_principal() THEN
      RAISE EXCEPTION 'A grant is given by whoever acts.' USING ERRCODE = 'check_violation';
    ELSIF NEW.approved_by IS NOT NULL AND NOT (NEW.approved_by = context_principal() AND EXISTS (
        SELECT 1 FROM role_grant_proposals p
         WHERE p.authority_id = NEW.authority_id AND p.state = 'OPEN' AND p.proposed_by = NEW.granted_by AND p.role = NEW.role
           AND (p.person_id, p.api_client_id, p.budget_id, p.valid_from, p.valid_to)
               IS NOT DISTINCT FROM (NEW.person_id, NEW.api_client_id, NEW.budget_id, NEW.valid_from, NEW.valid_to))) THEN
      RAISE EXCEPTION 'Whoever acts approves what another has proposed.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF to_jsonb(OLD) - 'valid_to' <> to_jsonb(NEW) - 'valid_to' OR NEW.valid_to IS NULL
     OR NEW.valid_to > coalesce(OLD.valid_to, 'infinity') THEN
    RAISE EXCEPTION 'Of a grant only the end changes, and it only comes nearer.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER role_grants_kept BEFORE INSERT OR UPDATE ON role_grants FOR EACH ROW EXECUTE FUNCTION keep_role_grant();

CREATE TABLE role_grant_events (
  authority_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  grant_id uuid NOT NULL,
  event text NOT NULL CHECK (event IN ('GIVEN', 'ENDED')),
  by_id uuid NOT NULL,
  approved_by uuid,
  at timestamptz NOT NULL,
  valid_from date NOT NULL,
  -- The last day, as this event left it.
  valid_to date,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, grant_id) REFERENCES role_grants (authority_id, id)
);
CREATE INDEX role_grant_events_grant ON role_grant_events (authority_id, grant_id, id);

INSERT INTO role_grant_events (authority_id, grant_id, event, by_id, at, valid_from, valid_to)
SELECT authority_id, id, 'GIVEN', granted_by, created_at, valid_from, valid_to FROM role_grants ORDER BY created_at, id;

CALL protect('role_grant_events', 'grant_id IN (SELECT g.id FROM ringfence.role_grants g)', 'SELECT');

CREATE FUNCTION keep_role_grant_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of role_grant_events is refused: what happened stays recorded.', TG_OP USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER role_grant_events_kept BEFORE UPDATE OR DELETE ON role_grant_events
  FOR EACH ROW EXECUTE FUNCTION keep_role_grant_events();
CREATE TRIGGER role_grant_events_not_truncated BEFORE TRUNCATE ON role_grant_events
  FOR EACH STATEMENT EXECUTE FUNCTION keep_role_grant_events();

CREATE FUNCTION record_role_grant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  INSERT INTO role_grant_events (authority_id, grant_id, event, by_id, approved_by, at, valid_from, valid_to)
  VALUES (NEW.authority_id, NEW.id, CASE TG_OP WHEN 'INSERT' THEN 'GIVEN' ELSE 'ENDED' END,
          CASE WHEN TG_OP = 'INSERT' THEN NEW.granted_by ELSE coalesce(context_principal(), NEW.granted_by) END,
          CASE WHEN TG_OP = 'INSERT' THEN NEW.approved_by END, context_now(), NEW.valid_from, NEW.valid_to);
  RETURN NULL;
END $$;
CREATE TRIGGER role_grants_recorded AFTER INSERT OR UPDATE ON role_grants FOR EACH ROW EXECUTE FUNCTION record_role_grant();
