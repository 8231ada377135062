-- Library: budgets
-- Plans, budgets, agreements, instalments, accounts and the people around a child.

-- A body whose money it is: the authority itself, or another that funds a stream of the same budget.
CREATE TABLE payers (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kind text NOT NULL CHECK (kind IN ('LOCAL_AUTHORITY', 'INTEGRATED_CARE_BOARD')),
  code text NOT NULL,
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, code)
);

-- The plan of a child that a budget pays for, such as an EHC plan.
CREATE TABLE plan_documents (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  child_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('EHC_PLAN', 'NHS_CARE_PLAN', 'CHILD_IN_NEED_PLAN', 'ADULT_CARE_AND_SUPPORT_PLAN', 'INDIVIDUAL_SUPPORT_PLAN')),
  starts_on date NOT NULL,
  ends_on date,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, child_id) REFERENCES people (authority_id, id),
  CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
CREATE INDEX plan_documents_child ON plan_documents (authority_id, child_id);

-- An outcome that a plan aims at. A direct-payment line names the outcomes that it pays for.
CREATE TABLE outcomes (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  plan_document_id uuid NOT NULL,
  reference text NOT NULL,
  description text NOT NULL CHECK (length(description) BETWEEN 1 AND 1000),
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, plan_document_id, reference),
  FOREIGN KEY (authority_id, plan_document_id) REFERENCES plan_documents (authority_id, id)
);

-- A personal budget: an identified amount for one child's plan. Not cash: cash exists only for direct-payment lines.
CREATE TABLE budgets (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  reference text NOT NULL CHECK (length(reference) BETWEEN 1 AND 60),
  child_id uuid NOT NULL,
  recipient_id uuid NOT NULL,
  plan_document_id uuid NOT NULL,
  starts_on date NOT NULL,
  ends_on date,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, reference),
  FOREIGN KEY (authority_id, child_id) REFERENCES people (authority_id, id),
  FOREIGN KEY (authority_id, recipient_id) REFERENCES people (authority_id, id),
  FOREIGN KEY (authority_id, plan_document_id) REFERENCES plan_documents (authority_id, id),
  CHECK (ends_on IS NULL OR ends_on >= starts_on)
);

-- What identity says of a budget, which it had not seen yet.
ALTER TABLE role_grants ADD FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id);
ALTER TABLE role_grant_proposals ADD FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id);

-- The written agreement between one payer and the recipient. Its terms change by versions, each from a day.
CREATE TABLE agreements (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  budget_id uuid NOT NULL,
  payer_id uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, budget_id, payer_id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, payer_id) REFERENCES payers (authority_id, id)
);

-- The terms of an agreement from a day on. A change is a further version.
CREATE TABLE agreement_versions (
  authority_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  valid_from date NOT NULL,
  signed_on date NOT NULL,
  changes_services boolean NOT NULL DEFAULT false,
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
  created_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, agreement_id, version),
  UNIQUE (authority_id, agreement_id, valid_from),
  FOREIGN KEY (authority_id, agreement_id) REFERENCES agreements (authority_id, id)
);

-- Whom a budget pays: personal assistants, agencies, childminders, clubs. `names` are the ways in which statements
-- and bureaux write the payee, each confirmed by a person.
CREATE TABLE payees (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  budget_id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kind text NOT NULL CHECK (kind IN (
    'PERSONAL_ASSISTANT', 'AGENCY', 'CHILDMINDER', 'THERAPIST', 'CLUB', 'SCHOOL', 'SHOP', 'INSURER', 'PAYROLL_BUREAU', 'HMRC',
    'PENSION_PROVIDER', 'GP_PRACTICE', 'DENTAL_SITE', 'PHARMACY', 'OPTICIAN', 'PRIVATE_HOSPITAL', 'TRAVEL_CLINIC',
    'CARE_HOME', 'COUNCIL', 'MARKETPLACE', 'BLOCK_CONTRACT_PROVIDER', 'VET', 'TREE_SURGEON', 'OTHER')),
  names text[] NOT NULL DEFAULT '{}',
  employee_reference text,
  relationship text NOT NULL DEFAULT 'none',
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, budget_id, name),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id)
);

-- An agreed amount of one funding stream for one purpose and period, and how it is paid.
CREATE TABLE budget_lines (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  budget_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  stream text NOT NULL CHECK (stream IN ('EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'TRANSPORT')),
  mechanism text NOT NULL CHECK (mechanism IN ('DIRECT_PAYMENT', 'ORGANISED', 'THIRD_PARTY')),
  holder text NOT NULL CHECK (holder IN ('FAMILY', 'LOCAL_AUTHORITY', 'INTEGRATED_CARE_BOARD', 'SCHOOL', 'ORGANISATION', 'INDIVIDUAL')),
  plan_section text NOT NULL CHECK (plan_section IN ('F', 'G', 'H1', 'H2', 'J', 'OTHER')),
  amount_pence bigint NOT NULL CHECK (amount_pence > 0),
  quantity numeric(12, 3) CHECK (quantity > 0),
  unit text,
  rate_pence bigint CHECK (rate_pence > 0),
  starts_on date NOT NULL,
  ends_on date NOT NULL,
  payee_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, agreement_id) REFERENCES agreements (authority_id, id),
  FOREIGN KEY (authority_id, payee_id) REFERENCES payees (authority_id, id),
  CHECK (ends_on >= starts_on),
  CHECK (num_nonnulls(quantity, unit, rate_pence) IN (0, 3))
);
CREATE INDEX budget_lines_budget ON budget_lines (authority_id, budget_id);

-- The outcomes that a budget line is for.
CREATE TABLE budget_line_outcomes (
  authority_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  budget_line_id uuid NOT NULL,
  outcome_id uuid NOT NULL,
  PRIMARY KEY (authority_id, budget_line_id, outcome_id),
  FOREIGN KEY (authority_id, budget_line_id) REFERENCES budget_lines (authority_id, id),
  FOREIGN KEY (authority_id, outcome_id) REFERENCES outcomes (authority_id, id)
);

-- The separate account. It may take every stream, and a provider's pooled account several budgets.
CREATE TABLE designated_accounts (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('OWN_BANK', 'PREPAID_CARD', 'MANAGED')),
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  bank_name text NOT NULL,
  sort_code text CHECK (sort_code ~ '^\d{6}$'),
  account_number text CHECK (account_number ~ '^\d{6,10}$'),
  currency text NOT NULL DEFAULT 'GBP' CHECK (currency = 'GBP'),
  holder_person_id uuid,
  holder_organisation_id uuid,
  opened_on date NOT NULL,
  closed_on date,
  approved_by uuid NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, holder_person_id) REFERENCES people (authority_id, id),
  FOREIGN KEY (authority_id, holder_organisation_id) REFERENCES organisations (authority_id, id),
  CHECK (num_nonnulls(holder_person_id, holder_organisation_id) = 1),
  CHECK (closed_on IS NULL OR closed_on >= opened_on)
);
CREATE INDEX designated_accounts_number ON designated_accounts (authority_id, sort_code, account_number);

-- From when to when an account serves a budget.
CREATE TABLE designated_account_budgets (
  authority_id uuid NOT NULL,
  designated_account_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  valid_from date NOT NULL,
  valid_to date,
  PRIMARY KEY (authority_id, designated_account_id, budget_id, valid_from),
  CHECK (valid_to IS NULL OR valid_to >= valid_from),
  FOREIGN KEY (authority_id, designated_account_id) REFERENCES designated_accounts (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id)
);
CREATE INDEX designated_account_budgets_budget ON designated_account_budgets (authority_id, budget_id);

-- The payment schedule of one payer for one stream: its amount, its rhythm, its first and last day.
CREATE TABLE instalment_schedules (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  budget_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  stream text NOT NULL CHECK (stream IN ('EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'TRANSPORT')),
  kind text NOT NULL CHECK (kind IN ('REGULAR', 'ONE_OFF', 'START_UP', 'ARREARS', 'UPLIFT', 'CONTINGENCY')),
  frequency text NOT NULL CHECK (frequency IN ('FOUR_WEEKLY', 'MONTHLY', 'TERMLY', 'ONE_OFF')),
  amount_pence bigint NOT NULL CHECK (amount_pence > 0),
  first_due_on date NOT NULL,
  last_due_on date NOT NULL,
  termly_due_on date[],
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, agreement_id) REFERENCES agreements (authority_id, id),
  CHECK (last_due_on >= first_due_on),
  CHECK ((frequency = 'TERMLY') = (termly_due_on IS NOT NULL))
);

-- One payment of a schedule: when it is due, and the journals that say that it was due and that it came.
CREATE TABLE instalments (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  schedule_id uuid NOT NULL,
  budget_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  designated_account_id uuid NOT NULL,
  stream text NOT NULL,
  kind text NOT NULL,
  due_on date NOT NULL,
  amount_pence bigint NOT NULL CHECK (amount_pence > 0),
  due_journal_id uuid,
  -- The bank's day of the payment that met it in full, and the journal that says so.
  received_on date,
  received_journal_id uuid,
  -- The day on which it was called off before it was due: it is never paid.
  withdrawn_on date,
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, schedule_id, due_on),
  FOREIGN KEY (authority_id, schedule_id) REFERENCES instalment_schedules (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, agreement_id) REFERENCES agreements (authority_id, id),
  FOREIGN KEY (authority_id, designated_account_id) REFERENCES designated_accounts (authority_id, id),
  CHECK ((received_on IS NULL) = (received_journal_id IS NULL)),
  CHECK (withdrawn_on IS NULL OR (due_journal_id IS NULL AND received_on IS NULL))
);
CREATE INDEX instalments_budget ON instalments (authority_id, budget_id, due_on);
CREATE INDEX instalments_list ON instalments (authority_id, due_on, id);
CREATE INDEX instalments_not_posted ON instalments (authority_id, due_on) WHERE due_journal_id IS NULL AND withdrawn_on IS NULL;

-- Dated facts: a payee who lives with the child, or (another test, for social care) with the recipient.
CREATE TABLE household_memberships (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  budget_id uuid NOT NULL,
  payee_id uuid NOT NULL,
  lives_with text NOT NULL CHECK (lives_with IN ('CHILD', 'RECIPIENT')),
  valid_from date NOT NULL,
  valid_to date,
  recorded_by uuid NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, payee_id) REFERENCES payees (authority_id, id),
  CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
CREATE INDEX household_memberships_payee ON household_memberships (authority_id, payee_id);
