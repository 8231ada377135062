-- Journals that an officer posts by hand, trials of a policy that take a while, and a school's consent to its own money.

SET LOCAL search_path = ringfence;

-- Why an officer posted a journal by hand, and what its spends are judged by: the payee, or the bank line that it
-- corrects. The journal itself is in the ledger, under the same id; it is undone by its reversal alone.
CREATE TABLE hand_journals (
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
CREATE INDEX hand_journals_budget ON hand_journals (authority_id, budget_id, id);
CALL protect('hand_journals', 'budget_id = ANY ((SELECT ringfence.granted_budgets())::uuid[])', 'SELECT, INSERT');

-- A journal is judged as a bank line is, and its verdicts are kept beside the others.
ALTER TABLE spend_verdicts DROP CONSTRAINT spend_verdicts_subject_type_check;
ALTER TABLE spend_verdicts ADD CONSTRAINT spend_verdicts_subject_type_check
  CHECK (subject_type IN ('statement-line', 'payslip', 'receipt', 'journal'));

-- A policy that is tried on more spends than one request may judge: a job goes through them in batches, and says how far
-- it has come. It is a question and its answer; nothing is judged by it.
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
CALL protect('policy_trials', 'false', 'SELECT, INSERT');
GRANT UPDATE (spends_total, spends_done, report, done_at) ON policy_trials TO ringfence_app;

-- The school's own money, element 2 or the core element 3 of a special school, needs its agreement too, and is asked for
-- and answered in the same way (Liverpool policy 2017, footnote to section 3.4).
ALTER TABLE premises_consents ADD COLUMN about text NOT NULL DEFAULT 'PREMISES' CHECK (about IN ('PREMISES', 'SCHOOL_FUNDING'));
