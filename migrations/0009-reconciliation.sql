-- Library: reconciliation
-- What a statement line is suggested to be, what a person decided that it is, and journals that an officer posts manually.

-- What a statement line may be, with a score and its reasons. Suggestions post nothing: a person accepts or rejects them.
CREATE TABLE match_suggestions (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  statement_line_id uuid NOT NULL,
  target_type text NOT NULL CHECK (target_type IN ('instalment', 'payslip', 'budget-line')),
  target_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  amount_pence bigint NOT NULL CHECK (amount_pence <> 0),
  score integer NOT NULL CHECK (score BETWEEN 0 AND 100),
  reasons jsonb NOT NULL,
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'ACCEPTED', 'REJECTED')),
  suggested_at timestamptz NOT NULL DEFAULT now(),
  decided_by uuid,
  decided_at timestamptz,
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, statement_line_id, target_type, target_id),
  FOREIGN KEY (authority_id, statement_line_id) REFERENCES statement_lines (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  CHECK ((state = 'OPEN') = (decided_by IS NULL))
);
CREATE INDEX match_suggestions_open ON match_suggestions (authority_id, budget_id) WHERE state = 'OPEN';

-- An amount of a statement line, on what it was for. A line may have several; each can be undone alone.
CREATE TABLE allocations (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  statement_line_id uuid NOT NULL,
  amount_pence bigint NOT NULL CHECK (amount_pence <> 0),
  target_type text NOT NULL CHECK (target_type IN ('instalment', 'payslip', 'budget-line', 'payroll-control', 'family-money')),
  target_id uuid,
  budget_id uuid NOT NULL,
  stream text NOT NULL,
  budget_line_id uuid,
  outcome_id uuid,
  service_date date NOT NULL,
  journal_id uuid NOT NULL,
  accepted_by uuid NOT NULL,
  accepted_at timestamptz NOT NULL,
  reasons text NOT NULL CHECK (length(reasons) BETWEEN 1 AND 2000),
  undone_by uuid,
  undone_at timestamptz,
  undo_reasons text,
  undo_journal_id uuid,
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, journal_id),
  FOREIGN KEY (authority_id, statement_line_id) REFERENCES statement_lines (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, budget_line_id) REFERENCES budget_lines (authority_id, id),
  FOREIGN KEY (authority_id, outcome_id) REFERENCES outcomes (authority_id, id),
  CHECK (num_nonnulls(undone_by, undone_at, undo_reasons, undo_journal_id) IN (0, 4)),
  CHECK ((target_type = 'family-money') = (stream = 'FAMILY')),
  CHECK ((target_id IS NULL) = (target_type IN ('payroll-control', 'family-money')))
);
CREATE INDEX allocations_line ON allocations (authority_id, statement_line_id) WHERE undone_at IS NULL;
CREATE INDEX allocations_target ON allocations (authority_id, target_id) WHERE undone_at IS NULL;
CREATE INDEX allocations_budget ON allocations (authority_id, budget_id);

-- Why an officer posted a journal manually, and what its spends are assessed by: the payee, or the bank line that it
-- corrects. The journal itself is in the ledger, under the same id; it is undone by its reversal alone.
CREATE TABLE manual_journals (
  authority_id uuid NOT NULL REFERENCES authorities,
  -- The journal's id.
  id uuid NOT NULL,
  budget_id uuid NOT NULL,
  designated_account_id uuid NOT NULL,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  payee_id uuid,
  statement_line_id uuid,
  posted_by uuid NOT NULL,
  posted_at timestamptz NOT NULL,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, id) REFERENCES journals (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, payee_id) REFERENCES payees (authority_id, id),
  FOREIGN KEY (authority_id, posted_by) REFERENCES people (authority_id, id)
);
CREATE INDEX manual_journals_budget ON manual_journals (authority_id, budget_id, id);

-- A policy that is tried on more spends than one request may assess: a job goes through them in batches, and says how far
-- it has come. It is a question and its answer; it assesses nothing.
CREATE TABLE policy_trials (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  budget_id uuid,
  changes jsonb NOT NULL CHECK (jsonb_typeof(changes) = 'array'),
  days_from date NOT NULL,
  days_to date NOT NULL,
  spends_total integer NOT NULL CHECK (spends_total >= 0),
  spends_done integer NOT NULL DEFAULT 0 CHECK (spends_done BETWEEN 0 AND spends_total),
  -- What was found so far, in the form of the answer.
  report jsonb NOT NULL,
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  done_at timestamptz,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, asked_by) REFERENCES people (authority_id, id)
);
