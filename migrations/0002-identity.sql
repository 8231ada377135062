-- Who acts: people, organisations and their API clients, and the dated grants that let them.

SET LOCAL search_path = ringfence;

CREATE TABLE organisations (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kind text NOT NULL CHECK (kind IN ('PAYROLL_BUREAU', 'MANAGED_ACCOUNT_PROVIDER', 'SUPPORT_SERVICE', 'FINANCE_SYSTEM')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, id)
);

-- People known to the authority: officers, recipients, children, personal assistants. A child never signs in.
CREATE TABLE people (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  email text,
  date_of_birth date,
  organisation_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, organisation_id) REFERENCES organisations (authority_id, id)
);

-- An OpenID Connect subject and the person whom it signs in, one per authority.
CREATE TABLE sign_ins (
  authority_id uuid NOT NULL,
  issuer text NOT NULL,
  subject text NOT NULL,
  person_id uuid NOT NULL,
  PRIMARY KEY (authority_id, issuer, subject),
  FOREIGN KEY (authority_id, person_id) REFERENCES people (authority_id, id)
);
CREATE INDEX sign_ins_subject ON sign_ins (issuer, subject);

-- A machine of an organisation: the client id of its client credentials.
CREATE TABLE api_clients (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  issuer text NOT NULL,
  client_id text NOT NULL,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, id),
  UNIQUE (issuer, client_id, authority_id),
  FOREIGN KEY (authority_id, organisation_id) REFERENCES organisations (authority_id, id)
);

-- What a person or a client may do, from a day to a day: over the whole authority (budget_id null) or for one budget.
CREATE TABLE role_grants (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  person_id uuid,
  api_client_id uuid,
  role text NOT NULL CHECK (role IN ('FINANCE_OFFICER', 'APPROVER', 'PLAN_COORDINATOR', 'AUDITOR',
                                     'RECIPIENT', 'MANAGED_ACCOUNT_PROVIDER', 'PAYROLL_BUREAU')),
  budget_id uuid,
  valid_from date NOT NULL,
  valid_to date,
  granted_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, person_id) REFERENCES people (authority_id, id),
  FOREIGN KEY (authority_id, api_client_id) REFERENCES api_clients (authority_id, id),
  CHECK (num_nonnulls(person_id, api_client_id) = 1),
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  -- The authority's own roles reach everything; everybody else is let in budget by budget.
  CHECK ((role IN ('FINANCE_OFFICER', 'APPROVER', 'PLAN_COORDINATOR', 'AUDITOR')) = (budget_id IS NULL))
);
CREATE INDEX role_grants_person ON role_grants (authority_id, person_id);
CREATE INDEX role_grants_client ON role_grants (authority_id, api_client_id);
CREATE INDEX role_grants_budget ON role_grants (authority_id, budget_id);

-- ── What the policies ask. Definer functions, because the grants are themselves under a policy. ──

CREATE FUNCTION sees_whole_authority() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT context_authority() IS NOT NULL AND (
    context_principal_kind() = 'system'
    OR EXISTS (
      SELECT 1 FROM role_grants g
       WHERE g.authority_id = context_authority() AND g.budget_id IS NULL
         AND CASE context_principal_kind() WHEN 'person' THEN g.person_id WHEN 'client' THEN g.api_client_id END = context_principal()
         AND context_today() BETWEEN g.valid_from AND coalesce(g.valid_to, 'infinity')))
$$;

CREATE FUNCTION granted_budgets() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT g.budget_id), '{}') FROM role_grants g
   WHERE g.authority_id = context_authority() AND g.budget_id IS NOT NULL
     AND CASE context_principal_kind() WHEN 'person' THEN g.person_id WHEN 'client' THEN g.api_client_id END = context_principal()
     AND context_today() BETWEEN g.valid_from AND coalesce(g.valid_to, 'infinity')
$$;

-- Sign-in happens before there is a context: these answer only who the subject is, and where.
CREATE FUNCTION resolve_sign_in(of_issuer text, of_subject text)
RETURNS TABLE (authority_id uuid, authority_name text, person_id uuid, person_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT s.authority_id, a.name, p.id, p.name FROM sign_ins s
    JOIN people p ON p.authority_id = s.authority_id AND p.id = s.person_id
    JOIN authorities a ON a.id = s.authority_id
   WHERE s.issuer = of_issuer AND s.subject = of_subject ORDER BY a.name
$$;

CREATE FUNCTION resolve_api_client(of_issuer text, of_client_id text)
RETURNS TABLE (authority_id uuid, authority_name text, api_client_id uuid, client_name text, organisation_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT c.authority_id, a.name, c.id, c.name, c.organisation_id FROM api_clients c
    JOIN authorities a ON a.id = c.authority_id
   WHERE c.issuer = of_issuer AND c.client_id = of_client_id ORDER BY a.name
$$;

ALTER TABLE authorities ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON authorities TO ringfence_app USING (id = (SELECT context_authority()));
GRANT SELECT ON authorities TO ringfence_app;

CALL protect('idempotency_keys', 'principal_id = (SELECT ringfence.context_principal())');
CALL protect('outbox_jobs', 'true', 'INSERT');
CALL protect('organisations', 'true');
CALL protect('people', 'id = (SELECT ringfence.context_principal())
  OR id IN (SELECT g.person_id FROM ringfence.role_grants g WHERE g.budget_id = ANY ((SELECT ringfence.granted_budgets())::uuid[]))');
CALL protect('sign_ins', 'false', 'SELECT, INSERT, DELETE');
CALL protect('api_clients');
CALL protect('role_grants', 'coalesce(person_id, api_client_id) = (SELECT ringfence.context_principal())');
