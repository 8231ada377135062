-- Registers of the NHS and the card schemes' merchant codes, and the versions of the spending policy.

SET LOCAL search_path = ringfence;

-- Public data that an operator imports, the same for every authority of the installation: it says nothing of any
-- family. So the rows carry no authority_id. Whoever acts for some authority may read; only the owner writes.
CREATE TABLE reference_registers (
  register text PRIMARY KEY CHECK (register IN ('gp', 'dental', 'pharmacy', 'mcc')),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 300),
  file_hash text NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  row_count integer NOT NULL CHECK (row_count > 0),
  imported_at timestamptz NOT NULL
);

CREATE TABLE reference_names (
  register text NOT NULL REFERENCES reference_registers ON DELETE CASCADE,
  -- The organisation's ODS code, or the merchant code.
  code text NOT NULL CHECK (length(code) BETWEEN 3 AND 12),
  -- The site's name, or what the merchant code means.
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 300),
  -- Towns and counties of the address, which banks print after the name.
  places text[] NOT NULL,
  PRIMARY KEY (register, code)
);

ALTER TABLE reference_registers ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_everybody ON reference_registers FOR SELECT TO ringfence_app
  USING ((SELECT ringfence.context_authority()) IS NOT NULL);
GRANT SELECT ON reference_registers TO ringfence_app;

ALTER TABLE reference_names ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_everybody ON reference_names FOR SELECT TO ringfence_app
  USING ((SELECT ringfence.context_authority()) IS NOT NULL);
GRANT SELECT ON reference_names TO ringfence_app;

-- An authority's own rules from a day on, as changes to the national set. A version is never edited: a later one
-- follows it, and one that has not begun may be withdrawn.
CREATE TABLE policy_versions (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  reasons text NOT NULL CHECK (length(reasons) BETWEEN 1 AND 2000),
  valid_from date NOT NULL,
  changes jsonb NOT NULL CHECK (jsonb_typeof(changes) = 'array'),
  made_by uuid NOT NULL,
  made_at timestamptz NOT NULL,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  -- When the spends of its days were sent to be judged again.
  applied_at timestamptz,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, made_by) REFERENCES people (authority_id, id),
  CHECK (num_nonnulls(withdrawn_by, withdrawn_at) IN (0, 2))
);
-- One version begins on a day.
CREATE UNIQUE INDEX policy_versions_days ON policy_versions (authority_id, valid_from) WHERE withdrawn_at IS NULL;

-- What public money may not buy is no secret: everybody whom the authority knows may read its policy.
CALL protect('policy_versions', 'true', 'SELECT, INSERT');
GRANT UPDATE (withdrawn_by, withdrawn_at, applied_at) ON policy_versions TO ringfence_app;

-- Kinds of payee that the spending rules know, as a person has confirmed them.
ALTER TABLE payees DROP CONSTRAINT payees_kind_check;
ALTER TABLE payees ADD CONSTRAINT payees_kind_check CHECK (kind IN (
  'PERSONAL_ASSISTANT', 'AGENCY', 'CHILDMINDER', 'THERAPIST', 'CLUB', 'SCHOOL', 'SHOP', 'INSURER', 'PAYROLL_BUREAU', 'HMRC',
  'PENSION_PROVIDER', 'GP_PRACTICE', 'DENTAL_SITE', 'PHARMACY', 'OPTICIAN', 'PRIVATE_HOSPITAL', 'TRAVEL_CLINIC',
  'CARE_HOME', 'COUNCIL', 'MARKETPLACE', 'BLOCK_CONTRACT_PROVIDER', 'VET', 'TREE_SURGEON', 'OTHER'));

-- The written consent of a school, a college or a nursery to provision on its premises: asked for one provision and one
-- payee, told what, how much and when is paid, and answered within 15 days (SI 2014/1652 reg 9; Liverpool policy 2017,
-- section 3.6, footnote 1). It counts from the day on which it was given: never for what was paid before.
CREATE TABLE premises_consents (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  budget_id uuid NOT NULL,
  payee_id uuid NOT NULL,
  setting text NOT NULL CHECK (length(setting) BETWEEN 1 AND 200),
  provision text NOT NULL CHECK (length(provision) BETWEEN 1 AND 1000),
  payments text NOT NULL CHECK (length(payments) BETWEEN 1 AND 1000),
  told_on date NOT NULL,
  answer_by date NOT NULL,
  valid_from date NOT NULL,
  valid_to date NOT NULL,
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  decision text CHECK (decision IN ('GIVEN', 'REFUSED')),
  decided_on date,
  decided_by_name text CHECK (length(decided_by_name) BETWEEN 1 AND 200),
  decided_by_role text CHECK (decided_by_role IN ('HEAD_TEACHER', 'PRINCIPAL', 'EQUIVALENT')),
  evidence text CHECK (length(evidence) BETWEEN 1 AND 2000),
  decision_recorded_by uuid,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, payee_id) REFERENCES payees (authority_id, id),
  FOREIGN KEY (authority_id, recorded_by) REFERENCES people (authority_id, id),
  CHECK (valid_to >= valid_from),
  CHECK (answer_by > told_on),
  CHECK (decided_on >= told_on),
  CHECK (num_nonnulls(decision, decided_on, decided_by_name, decided_by_role, evidence, decision_recorded_by) IN (0, 6))
);
CREATE INDEX premises_consents_budget ON premises_consents (authority_id, budget_id);
CALL protect('premises_consents', 'budget_id = ANY ((SELECT ringfence.granted_budgets())::uuid[])', 'SELECT, INSERT');
GRANT UPDATE (decision, decided_on, decided_by_name, decided_by_role, evidence, decision_recorded_by) ON premises_consents
  TO ringfence_app;
