-- Nobody gives a role to themselves, nobody gives one twice, nobody gives one for the past on their own, and every grant
-- tells its story.

-- ── Proposals ──

CREATE OR REPLACE FUNCTION keep_role_grant_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE TRIGGER role_grant_proposals_kept BEFORE INSERT OR UPDATE OR DELETE ON role_grant_proposals
  FOR EACH ROW EXECUTE FUNCTION keep_role_grant_proposal();

-- ── What the services may write of a grant ──

CREATE OR REPLACE FUNCTION keep_role_grant() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE TRIGGER role_grants_kept BEFORE INSERT OR UPDATE ON role_grants FOR EACH ROW EXECUTE FUNCTION keep_role_grant();

-- ── History ──

CREATE OR REPLACE FUNCTION keep_role_grant_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of role_grant_events is refused: what happened stays recorded.', TG_OP USING ERRCODE = 'check_violation';
END $$;

CREATE OR REPLACE TRIGGER role_grant_events_kept BEFORE UPDATE OR DELETE ON role_grant_events
  FOR EACH ROW EXECUTE FUNCTION keep_role_grant_events();

CREATE OR REPLACE TRIGGER role_grant_events_not_truncated BEFORE TRUNCATE ON role_grant_events
  FOR EACH STATEMENT EXECUTE FUNCTION keep_role_grant_events();

CREATE OR REPLACE FUNCTION record_role_grant() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  INSERT INTO role_grant_events (authority_id, grant_id, event, by_id, approved_by, at, valid_from, valid_to)
  VALUES (NEW.authority_id, NEW.id, CASE TG_OP WHEN 'INSERT' THEN 'GIVEN' ELSE 'ENDED' END,
          CASE WHEN TG_OP = 'INSERT' THEN NEW.granted_by ELSE coalesce(context_principal(), NEW.granted_by) END,
          CASE WHEN TG_OP = 'INSERT' THEN NEW.approved_by END, context_now(), NEW.valid_from, NEW.valid_to);
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER role_grants_recorded AFTER INSERT OR UPDATE ON role_grants FOR EACH ROW EXECUTE FUNCTION record_role_grant();
