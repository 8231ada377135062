-- An invitation is accepted, refused or left by its owner, and withdrawn by an officer.

CREATE OR REPLACE FUNCTION keep_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'An invitation is never deleted.' USING ERRCODE = 'check_violation';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF current_user = 'ringfence_app' AND NEW.state <> 'OPEN' THEN
      RAISE EXCEPTION 'An invitation begins open.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.authority_id, OLD.id, OLD.issuer, OLD.identity, OLD.invited_by, OLD.invited_at)
       IS DISTINCT FROM (NEW.authority_id, NEW.id, NEW.issuer, NEW.identity, NEW.invited_by, NEW.invited_at)
     OR (OLD.person_id, OLD.api_client_id) IS DISTINCT FROM (NEW.person_id, NEW.api_client_id)
     OR NOT ((OLD.state = 'OPEN' AND NEW.state IN ('ACCEPTED', 'REFUSED', 'WITHDRAWN')) OR (OLD.state = 'ACCEPTED' AND NEW.state = 'LEFT'))
     OR (current_user = 'ringfence_app' AND NEW.state <> 'WITHDRAWN') THEN
    RAISE EXCEPTION 'An invitation that is % cannot become %.', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER invitations_kept BEFORE INSERT OR UPDATE OR DELETE ON invitations FOR EACH ROW EXECUTE FUNCTION keep_invitation();

-- The standing invitations of one identity, in every authority. The caller has proved the identity by a token of its issuer.
CREATE OR REPLACE FUNCTION invitations_of(of_machine boolean, of_issuer text, of_identity text)
RETURNS TABLE (id uuid, authority_id uuid, authority_name text, known_as text, organisation_name text, state text, invited_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT i.id, i.authority_id, a.name, coalesce(p.name, c.name), o.name, i.state, i.invited_at
    FROM invitations i
    JOIN authorities a ON a.id = i.authority_id
    LEFT JOIN people p ON p.authority_id = i.authority_id AND p.id = i.person_id
    LEFT JOIN api_clients c ON c.authority_id = i.authority_id AND c.id = i.api_client_id
    LEFT JOIN organisations o ON o.authority_id = i.authority_id AND o.id = coalesce(p.organisation_id, c.organisation_id)
   WHERE i.issuer = of_issuer AND i.identity = of_identity AND (i.person_id IS NULL) = of_machine
     AND i.state IN ('OPEN', 'ACCEPTED')
   ORDER BY a.name, i.id
$$;

CREATE OR REPLACE FUNCTION is_approver(of_authority uuid, person uuid, at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM role_grants g
                  WHERE g.authority_id = of_authority AND g.person_id = person AND g.role = 'APPROVER'
                    AND (at AT TIME ZONE 'Europe/London')::date BETWEEN g.valid_from AND coalesce(g.valid_to, 'infinity'))
$$;

-- Its owner accepts an invitation, or does not: an open one is refused then, and an accepted one left. Returns the state
-- that it has now; null where the identity has no such invitation standing; LAST_APPROVER, and changes nothing, where the
-- authority would be left with nobody who can let others in. Doing the same again changes nothing.
CREATE OR REPLACE FUNCTION decide_invitation(invitation uuid, of_machine boolean, of_issuer text, of_identity text, accepts boolean, decided_at timestamptz)
RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  held invitations;
  becomes text;
BEGIN
  SELECT * INTO held FROM invitations i
   WHERE i.id = invitation AND i.issuer = of_issuer AND i.identity = of_identity AND (i.person_id IS NULL) = of_machine
     FOR UPDATE;
  IF NOT FOUND OR held.state = 'WITHDRAWN' OR (accepts AND held.state IN ('REFUSED', 'LEFT')) THEN
    RETURN NULL;
  END IF;
  becomes := CASE WHEN accepts THEN 'ACCEPTED' WHEN held.state IN ('ACCEPTED', 'LEFT') THEN 'LEFT' ELSE 'REFUSED' END;
  IF held.state = becomes THEN
    RETURN becomes;
  END IF;
  IF becomes = 'LEFT' AND NOT of_machine THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('approvers ' || held.authority_id, 0));
    IF is_approver(held.authority_id, held.person_id, decided_at) AND NOT EXISTS (
        SELECT 1 FROM sign_ins s
         WHERE s.authority_id = held.authority_id AND (s.issuer, s.subject) <> (held.issuer, held.identity)
           AND is_approver(held.authority_id, s.person_id, decided_at)) THEN
      RETURN 'LAST_APPROVER';
    END IF;
  END IF;
  UPDATE invitations i
     SET state = becomes,
         accepted_at = CASE WHEN accepts THEN decide_invitation.decided_at ELSE i.accepted_at END,
         ended_at = CASE WHEN accepts THEN NULL ELSE decide_invitation.decided_at END
   WHERE i.authority_id = held.authority_id AND i.id = held.id;
  IF of_machine THEN
    UPDATE api_clients c SET accepted_at = CASE WHEN accepts THEN decide_invitation.decided_at END
     WHERE c.authority_id = held.authority_id AND c.id = held.api_client_id;
  ELSIF accepts THEN
    INSERT INTO sign_ins (authority_id, issuer, subject, person_id)
    VALUES (held.authority_id, held.issuer, held.identity, held.person_id);
  ELSE
    DELETE FROM sign_ins s WHERE s.authority_id = held.authority_id AND s.issuer = held.issuer AND s.subject = held.identity;
  END IF;
  RETURN becomes;
END $$;

REVOKE ALL ON FUNCTION is_approver, invitations_of, decide_invitation FROM PUBLIC;
GRANT EXECUTE ON FUNCTION invitations_of, decide_invitation TO ringfence_app;
