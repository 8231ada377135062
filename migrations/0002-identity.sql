-- Library: identity
-- Who acts: people, organisations and their API clients, how they sign in, and the dated grants that let them.

-- Compares ranges of days for each person and role; a database's owner may create it.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

-- A body that acts for families or for the authority: a payroll bureau, a provider of managed accounts, a support service.
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
  -- A machine is known before it has accepted, so that roles can be given to it; it acts only afterwards.
  accepted_at timestamptz,
  PRIMARY KEY (authority_id, id),
  UNIQUE (issuer, client_id, authority_id),
  FOREIGN KEY (authority_id, organisation_id) REFERENCES organisations (authority_id, id)
);

-- The same pairs as accessTable in libs/identity/src/domain/access.ts; a test compares the two.
CREATE TABLE access_rights (
  action text NOT NULL CHECK (action ~ '^[a-z-]+\.[a-z-]+$'),
  role text NOT NULL CHECK (role IN ('FINANCE_OFFICER', 'APPROVER', 'PLAN_COORDINATOR', 'AUDITOR',
                                     'RECIPIENT', 'MANAGED_ACCOUNT_PROVIDER', 'PAYROLL_BUREAU')),
  PRIMARY KEY (action, role)
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
  granted_on date NOT NULL DEFAULT context_today(),
  approved_by uuid,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, person_id) REFERENCES people (authority_id, id),
  FOREIGN KEY (authority_id, api_client_id) REFERENCES api_clients (authority_id, id),
  CHECK (num_nonnulls(person_id, api_client_id) = 1),
  -- The authority's own roles reach everything; everybody else is let in budget by budget.
  CHECK ((role IN ('FINANCE_OFFICER', 'APPROVER', 'PLAN_COORDINATOR', 'AUDITOR')) = (budget_id IS NULL)),
  -- A grant that ends on the day before it begins gives nothing: that is how one given by mistake ends at once.
  CONSTRAINT ends_after_it_begins CHECK (valid_to IS NULL OR valid_to >= valid_from - 1),
  CONSTRAINT granted_by_another CHECK (granted_by IS DISTINCT FROM coalesce(person_id, api_client_id)),
  CONSTRAINT approved_by_a_third CHECK (
    approved_by IS NULL OR (approved_by <> granted_by AND approved_by <> coalesce(person_id, api_client_id))),
  -- What an officer decides is a person's decision, and is recorded as one.
  CONSTRAINT machine_roles CHECK (api_client_id IS NULL OR role IN ('MANAGED_ACCOUNT_PROVIDER', 'PAYROLL_BUREAU')),
  -- An operator, who sets an authority up, is the only one who may let somebody in for days that have passed alone.
  CONSTRAINT past_takes_two CHECK (
    valid_from >= granted_on OR approved_by IS NOT NULL OR granted_by = '00000000-0000-7000-8000-000000000000'),
  CONSTRAINT granted_once EXCLUDE USING gist (
    authority_id WITH =, coalesce(person_id, api_client_id) WITH =, role WITH =,
    coalesce(budget_id, '00000000-0000-0000-0000-000000000000') WITH =, daterange(valid_from, valid_to + 1) WITH &&)
);
CREATE INDEX role_grants_person ON role_grants (authority_id, person_id);
CREATE INDEX role_grants_client ON role_grants (authority_id, api_client_id);
CREATE INDEX role_grants_budget ON role_grants (authority_id, budget_id);

-- ── Proposals: a grant from a day before today waits here, where it gives nothing, until a second person has decided ──

-- A grant that begins before today, proposed by one person. A second person approves it, and then it becomes a grant.
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

-- The history of a grant: given, ended, by whom and when. Never changed.
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

-- ── Invitations: an identity is claimed by its owner ──
-- An officer names a sign-in or a client id, which is an invitation and changes nobody's access; whoever proves by a token
-- that the identity is theirs accepts it, refuses it, or leaves later.

-- A sign-in or client id that an officer has named for a person or a machine, and what its owner made of it.
CREATE TABLE invitations (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  issuer text NOT NULL CHECK (length(issuer) BETWEEN 1 AND 2000),
  -- The subject of a person, or the client id of a machine.
  identity text NOT NULL CHECK (length(identity) BETWEEN 1 AND 255),
  person_id uuid,
  api_client_id uuid,
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'ACCEPTED', 'REFUSED', 'WITHDRAWN', 'LEFT')),
  invited_by uuid NOT NULL,
  invited_at timestamptz NOT NULL DEFAULT context_now(),
  accepted_at timestamptz,
  -- When it was refused or withdrawn, or when its owner left.
  ended_at timestamptz,
  withdrawn_by uuid,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, person_id) REFERENCES people (authority_id, id),
  FOREIGN KEY (authority_id, api_client_id) REFERENCES api_clients (authority_id, id),
  CHECK (num_nonnulls(person_id, api_client_id) = 1),
  CHECK ((state IN ('ACCEPTED', 'LEFT')) = (accepted_at IS NOT NULL)),
  CHECK ((state IN ('REFUSED', 'WITHDRAWN', 'LEFT')) = (ended_at IS NOT NULL)),
  CHECK ((state = 'WITHDRAWN') = (withdrawn_by IS NOT NULL))
);
-- Within an authority an identity stands for one person or one machine.
CREATE UNIQUE INDEX invitations_standing ON invitations (issuer, identity, (person_id IS NULL), authority_id)
  WHERE state IN ('OPEN', 'ACCEPTED');
CREATE INDEX invitations_person ON invitations (authority_id, person_id);
CREATE INDEX invitations_client ON invitations (authority_id, api_client_id);
