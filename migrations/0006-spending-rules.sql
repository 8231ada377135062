-- Written exceptions to spending rules, and what the rules said about each spend.

SET LOCAL search_path = ringfence;

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
  -- When what its rule touches was judged again after its last day.
  lapse_judged_at timestamptz,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, payee_id) REFERENCES payees (authority_id, id),
  FOREIGN KEY (authority_id, approver_id) REFERENCES people (authority_id, id),
  CHECK (valid_to BETWEEN valid_from AND approved_to),
  CHECK (num_nonnulls(ended_by, ended_at, end_reasons) IN (0, 3))
);
CREATE INDEX exception_approvals_budget ON exception_approvals (authority_id, budget_id, rule);

-- Every judgement is kept; the one that counts now is marked.
CREATE TABLE spend_verdicts (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  budget_id uuid NOT NULL,
  subject_type text NOT NULL CHECK (subject_type IN ('statement-line', 'payslip', 'receipt')),
  subject_id uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('allowed', 'query', 'excluded')),
  findings jsonb NOT NULL CHECK (jsonb_typeof(findings) = 'array'),
  policy_version text NOT NULL,
  judged_at timestamptz NOT NULL,
  current boolean NOT NULL DEFAULT true,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id)
);
CREATE UNIQUE INDEX spend_verdicts_current ON spend_verdicts (authority_id, subject_type, subject_id) WHERE current;
CREATE INDEX spend_verdicts_history ON spend_verdicts (authority_id, subject_id, judged_at);
CREATE INDEX spend_verdicts_budget ON spend_verdicts (authority_id, budget_id, verdict) WHERE current;

CALL protect('exception_approvals', 'budget_id = ANY ((SELECT ringfence.granted_budgets())::uuid[])', 'SELECT, INSERT');
GRANT UPDATE (valid_to, ended_by, ended_at, end_reasons, lapse_judged_at) ON exception_approvals TO ringfence_app;
CALL protect('spend_verdicts', 'budget_id = ANY ((SELECT ringfence.granted_budgets())::uuid[])', 'SELECT, INSERT');
-- A judgement is superseded, never rewritten.
GRANT UPDATE (current) ON spend_verdicts TO ringfence_app;
