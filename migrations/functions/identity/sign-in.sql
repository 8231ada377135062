-- Who a subject or a machine is, before there is a context.

-- Sign-in happens before there is a context: these return only who the subject is, and where.
CREATE OR REPLACE FUNCTION resolve_sign_in(of_issuer text, of_subject text)
RETURNS TABLE (authority_id uuid, authority_name text, person_id uuid, person_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT s.authority_id, a.name, p.id, p.name FROM sign_ins s
    JOIN people p ON p.authority_id = s.authority_id AND p.id = s.person_id
    JOIN authorities a ON a.id = s.authority_id
   WHERE s.issuer = of_issuer AND s.subject = of_subject ORDER BY a.name
$$;

CREATE OR REPLACE FUNCTION resolve_api_client(of_issuer text, of_client_id text)
RETURNS TABLE (authority_id uuid, authority_name text, api_client_id uuid, client_name text, organisation_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT c.authority_id, a.name, c.id, c.name, c.organisation_id FROM api_clients c
    JOIN authorities a ON a.id = c.authority_id
   WHERE c.issuer = of_issuer AND c.client_id = of_client_id AND c.accepted_at IS NOT NULL ORDER BY a.name
$$;
