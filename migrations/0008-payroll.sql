-- Library: payroll
-- Pay runs as payroll bureaux report them, imported whole or not at all and never changed afterwards; and those that wait
-- for a person.

-- A pay run as the bureau reported it. One that looks implausible is held until a person decides.
CREATE TABLE pay_runs (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  api_client_id uuid NOT NULL,
  -- The bureau's own name for the run: a run is reported once.
  reference text NOT NULL CHECK (length(reference) BETWEEN 1 AND 60),
  pay_date date NOT NULL,
  frequency text NOT NULL CHECK (frequency IN ('WEEKLY', 'FORTNIGHTLY', 'FOUR_WEEKLY', 'MONTHLY', 'IRREGULAR')),
  payslips_count integer NOT NULL CHECK (payslips_count > 0),
  gross_pence bigint NOT NULL CHECK (gross_pence >= 0),
  net_pence bigint NOT NULL CHECK (net_pence >= 0),
  employer_costs_pence bigint NOT NULL CHECK (employer_costs_pence >= 0),
  received_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'POSTED' CHECK (state IN ('POSTED', 'HELD', 'REFUSED', 'WITHDRAWN')),
  -- Those of its payslips, as long as they are not posted.
  budget_ids uuid[] NOT NULL DEFAULT '{}',
  -- The reference without its case and blanks, which do not make another run.
  reference_key text NOT NULL,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, organisation_id) REFERENCES organisations (authority_id, id),
  FOREIGN KEY (authority_id, api_client_id) REFERENCES api_clients (authority_id, id),
  CHECK (state = 'POSTED' OR cardinality(budget_ids) > 0)
);
-- A run that was refused or withdrawn gives its reference back.
CREATE UNIQUE INDEX pay_runs_reference ON pay_runs (authority_id, organisation_id, reference_key) WHERE state IN ('HELD', 'POSTED');
CREATE INDEX pay_runs_held ON pay_runs (authority_id, received_at) WHERE state = 'HELD';

-- A payslip of a posted pay run, with its journal.
CREATE TABLE payslips (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  pay_run_id uuid NOT NULL,
  -- The place in the run, from 1.
  position integer NOT NULL CHECK (position > 0),
  budget_id uuid NOT NULL,
  designated_account_id uuid NOT NULL,
  payee_id uuid NOT NULL,
  employee_reference text CHECK (length(employee_reference) BETWEEN 1 AND 60),
  ni_category text CHECK (ni_category ~ '^[A-Z]$'),
  pay_date date NOT NULL,
  period_start date NOT NULL,
  period_end date NOT NULL,
  dates_worked date[] NOT NULL DEFAULT '{}',
  gross_pence bigint NOT NULL CHECK (gross_pence >= 0),
  tax_pence bigint NOT NULL,
  employee_ni_pence bigint NOT NULL CHECK (employee_ni_pence >= 0),
  student_loan_pence bigint NOT NULL CHECK (student_loan_pence >= 0),
  employee_pension_pence bigint NOT NULL CHECK (employee_pension_pence >= 0),
  attachment_pence bigint NOT NULL CHECK (attachment_pence >= 0),
  reimbursements_pence bigint NOT NULL CHECK (reimbursements_pence >= 0),
  net_pence bigint NOT NULL CHECK (net_pence >= 0),
  employer_ni_pence bigint NOT NULL CHECK (employer_ni_pence >= 0),
  employer_pension_pence bigint NOT NULL CHECK (employer_pension_pence >= 0),
  employment_allowance_pence bigint NOT NULL CHECK (employment_allowance_pence >= 0),
  holiday_accrual_pence bigint NOT NULL CHECK (holiday_accrual_pence >= 0),
  fee_pence bigint NOT NULL CHECK (fee_pence >= 0),
  -- Sentences for a person, such as a rate below the National Minimum Wage.
  warnings jsonb NOT NULL DEFAULT '[]',
  journal_id uuid,
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, pay_run_id, position),
  FOREIGN KEY (authority_id, pay_run_id) REFERENCES pay_runs (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, designated_account_id) REFERENCES designated_accounts (authority_id, id),
  FOREIGN KEY (authority_id, payee_id) REFERENCES payees (authority_id, id),
  CHECK (period_end >= period_start),
  CHECK (employment_allowance_pence <= employer_ni_pence),
  CHECK (net_pence = gross_pence - tax_pence - employee_ni_pence - student_loan_pence - employee_pension_pence
                     - attachment_pence + reimbursements_pence)
);
CREATE INDEX payslips_budget ON payslips (authority_id, budget_id, pay_date);
CREATE INDEX payslips_account ON payslips (authority_id, designated_account_id, pay_date);
CREATE INDEX payslips_payee ON payslips (authority_id, payee_id, pay_date);

-- A line of a payslip: hours at a rate, or a reimbursement.
CREATE TABLE payslip_lines (
  authority_id uuid NOT NULL,
  payslip_id uuid NOT NULL,
  position integer NOT NULL CHECK (position > 0),
  kind text NOT NULL CHECK (kind IN ('PAY', 'REIMBURSEMENT')),
  code text CHECK (length(code) BETWEEN 1 AND 40),
  description text NOT NULL CHECK (length(description) BETWEEN 1 AND 200),
  hours numeric(7, 2) CHECK (hours > 0),
  rate_pounds numeric(10, 4) CHECK (rate_pounds > 0),
  amount_pence bigint NOT NULL,
  PRIMARY KEY (authority_id, payslip_id, position),
  FOREIGN KEY (authority_id, payslip_id) REFERENCES payslips (authority_id, id)
);

-- What each stream bears of a payslip, to the penny: as posted.
CREATE TABLE payslip_shares (
  authority_id uuid NOT NULL,
  payslip_id uuid NOT NULL,
  position integer NOT NULL CHECK (position > 0),
  stream text NOT NULL CHECK (stream IN ('EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'TRANSPORT')),
  budget_line_id uuid,
  outcome_id uuid,
  -- The bureau's measure of the share: a percentage, or pence of the gross.
  weight numeric(20, 4) NOT NULL CHECK (weight >= 0),
  cost_pence bigint NOT NULL,
  net_pence bigint NOT NULL,
  PRIMARY KEY (authority_id, payslip_id, position),
  FOREIGN KEY (authority_id, payslip_id) REFERENCES payslips (authority_id, id),
  FOREIGN KEY (authority_id, budget_line_id) REFERENCES budget_lines (authority_id, id),
  FOREIGN KEY (authority_id, outcome_id) REFERENCES outcomes (authority_id, id)
);

-- ── A pay run that looks wrong waits for a person ──
-- Until somebody accepts it, it has no row in payslips and no journal, so that no balance, no match and no page of a family
-- can know of it.

-- Why a run waits: what was found, against which threshold, by which source.
CREATE TABLE pay_run_holds (
  authority_id uuid NOT NULL,
  pay_run_id uuid NOT NULL,
  reasons jsonb NOT NULL CHECK (jsonb_typeof(reasons) = 'array' AND jsonb_array_length(reasons) > 0),
  held_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, pay_run_id),
  FOREIGN KEY (authority_id, pay_run_id) REFERENCES pay_runs (authority_id, id)
);

-- The payslips of a run that was held, as they were sent; a date of birth is not kept.
CREATE TABLE held_payslips (
  authority_id uuid NOT NULL,
  pay_run_id uuid NOT NULL,
  position integer NOT NULL CHECK (position > 0),
  budget_id uuid NOT NULL,
  payee_id uuid NOT NULL,
  period_start date NOT NULL,
  period_end date NOT NULL,
  gross_pence bigint NOT NULL CHECK (gross_pence >= 0),
  content jsonb NOT NULL,
  PRIMARY KEY (authority_id, pay_run_id, position),
  FOREIGN KEY (authority_id, pay_run_id) REFERENCES pay_runs (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, payee_id) REFERENCES payees (authority_id, id),
  CHECK (period_end >= period_start)
);
CREATE INDEX held_payslips_payee ON held_payslips (authority_id, payee_id);

-- What became of a held run: once, by whom and why. A person of the authority accepts or refuses, the bureau withdraws.
CREATE TABLE pay_run_decisions (
  authority_id uuid NOT NULL,
  pay_run_id uuid NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('ACCEPTED', 'REFUSED', 'WITHDRAWN')),
  reasons text NOT NULL CHECK (length(reasons) BETWEEN 1 AND 2000),
  decided_by uuid NOT NULL DEFAULT context_principal(),
  decided_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, pay_run_id),
  FOREIGN KEY (authority_id, pay_run_id) REFERENCES pay_runs (authority_id, id)
);

-- From which figures on a pay run waits for a person, as an authority has set it. Dated and never edited: the row in
-- force on the day on which a run arrives counts; before the first one the national figures of libs/payroll do.
CREATE TABLE payroll_thresholds (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  valid_from date NOT NULL,
  -- Gross pay above so many times the usual of the employee, which is the middle of so many last payslips.
  gross_times_usual numeric(5, 2) NOT NULL CHECK (gross_times_usual BETWEEN 1 AND 100),
  usual_payslips integer NOT NULL CHECK (usual_payslips BETWEEN 3 AND 26),
  -- Gross pay for a week, as long as there are too few payslips to say what is usual.
  first_gross_per_week_pence bigint NOT NULL CHECK (first_gross_per_week_pence BETWEEN 1 AND 9999999999999),
  hours_per_day numeric(4, 2) NOT NULL CHECK (hours_per_day BETWEEN 1 AND 24),
  employer_costs_percent numeric(5, 2) NOT NULL CHECK (employer_costs_percent BETWEEN 0 AND 200),
  line_difference_pence bigint NOT NULL CHECK (line_difference_pence BETWEEN 0 AND 9999999999999),
  over_budget_pence bigint NOT NULL CHECK (over_budget_pence BETWEEN 0 AND 9999999999999),
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 500),
  set_by uuid NOT NULL,
  set_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, valid_from),
  FOREIGN KEY (authority_id, set_by) REFERENCES people (authority_id, id)
);
