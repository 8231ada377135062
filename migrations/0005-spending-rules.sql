-- Library: spending-rules
-- Registers, an authority's policy, written exceptions to rules, consents, and what the rules said about each spend.

-- Public data that an operator imports, the same for every authority of the installation: it says nothing of any
-- family. So the rows carry no authority_id. Whoever acts for some authority may read; only the owner writes.
CREATE TABLE reference_registers (
  register text PRIMARY KEY CHECK (register IN ('gp', 'dental', 'pharmacy', 'mcc')),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 300),
  file_hash text NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  row_count integer NOT NULL CHECK (row_count > 0),
  imported_at timestamptz NOT NULL
);

-- A name of a register: an organisation of the NHS, or what a merchant code means.
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
  -- When the spends of its days were sent to be assessed again.
  applied_at timestamptz,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, made_by) REFERENCES people (authority_id, id),
  CHECK (num_nonnulls(withdrawn_by, withdrawn_at) IN (0, 2))
);
-- One version begins on a day.
CREATE UNIQUE INDEX policy_versions_days ON policy_versions (authority_id, valid_from) WHERE withdrawn_at IS NULL;

-- One officer's written approval that a rule does not bar one payee, for a span of days that ends by the next review
-- (domain: classification rule). It is ended early, never edited and never deleted.
CREATE TABLE exception_approvals (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  budget_id uuid NOT NULL,
  rule text NOT NULL CHECK (rule ~ '^[A-Z][A-Z0-9_]{1,59}$'),
  payee_id uuid NOT NULL,
  -- Null approves for the money of every stream.
  stream text CHECK (stream IN ('EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'TRANSPORT')),
  approver_id uuid NOT NULL,
  -- What the approver is to the payee, in plain words: never a relative.
  approver_relationship text NOT NULL CHECK (length(approver_relationship) BETWEEN 1 AND 60),
  reasons text NOT NULL CHECK (length(reasons) BETWEEN 1 AND 2000),
  evidence text NOT NULL CHECK (length(evidence) BETWEEN 1 AND 2000),
  conditions text CHECK (length(conditions) BETWEEN 1 AND 2000),
  valid_from date NOT NULL,
  -- The last day on which it counts; approved_to is the last day that was approved.
  valid_to date NOT NULL,
  approved_to date NOT NULL,
  -- Begins before the day on which it was given: shown as such for ever.
  retrospective boolean NOT NULL,
  approved_at timestamptz NOT NULL,
  ended_by uuid,
  ended_at timestamptz,
  end_reasons text CHECK (length(end_reasons) BETWEEN 1 AND 2000),
  -- When what its rule touches was assessed again after its last day.
  lapse_assessed_at timestamptz,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, payee_id) REFERENCES payees (authority_id, id),
  FOREIGN KEY (authority_id, approver_id) REFERENCES people (authority_id, id),
  CHECK (valid_to BETWEEN valid_from AND approved_to),
  CHECK (num_nonnulls(ended_by, ended_at, end_reasons) IN (0, 3))
);
CREATE INDEX exception_approvals_budget ON exception_approvals (authority_id, budget_id, rule);

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
  -- The school's own money, element 2 or the core element 3 of a special school, needs its agreement too, and is asked for
  -- and answered in the same way (Liverpool policy 2017, footnote to section 3.4).
  about text NOT NULL DEFAULT 'PREMISES' CHECK (about IN ('PREMISES', 'SCHOOL_FUNDING')),
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

-- Every assessment is kept; the one that counts now is marked.
CREATE TABLE spend_verdicts (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  budget_id uuid NOT NULL,
  subject_type text NOT NULL CHECK (subject_type IN ('statement-line', 'payslip', 'receipt', 'journal')),
  subject_id uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('allowed', 'query', 'excluded')),
  findings jsonb NOT NULL CHECK (jsonb_typeof(findings) = 'array'),
  policy_version text NOT NULL,
  assessed_at timestamptz NOT NULL,
  current boolean NOT NULL DEFAULT true,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id)
);
CREATE UNIQUE INDEX spend_verdicts_current ON spend_verdicts (authority_id, subject_type, subject_id) WHERE current;
CREATE INDEX spend_verdicts_history ON spend_verdicts (authority_id, subject_id, assessed_at);
CREATE INDEX spend_verdicts_budget ON spend_verdicts (authority_id, budget_id, verdict) WHERE current;
