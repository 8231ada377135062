-- Library: reviews
-- When the use of a direct payment is reviewed, what the books showed on that day, and what a person concluded.

-- How soon an authority makes its first review, where it is stricter than the usual three months or, for adults, uses
-- the six that the law allows. Dated: the row in force on the day of the first payment counts. Never edited.
CREATE TABLE review_policies (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  stream text NOT NULL CHECK (stream IN ('EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT')),
  valid_from date NOT NULL,
  first_review_months integer NOT NULL,
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 500),
  set_by uuid NOT NULL,
  set_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, stream, valid_from),
  -- SI 2014/1652 reg 11 and Making it Personal 2, section 6: three months; SI 2014/2871 reg 7(1): six for adults.
  CHECK (first_review_months BETWEEN 1 AND CASE stream WHEN 'SOCIAL_ADULT' THEN 6 ELSE 3 END)
);

-- A review of the use of a direct payment: when it is due, the figures when it opened, and its conclusion.
CREATE TABLE reviews (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  budget_id uuid NOT NULL,
  agreement_id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('THREE_MONTH', 'YEARLY', 'ON_CHANGE')),
  -- Which anniversary of the first payment a yearly review is for; which version of the agreement one on change is for.
  year_number integer CHECK (year_number > 0),
  agreement_version integer,
  first_received_on date,
  due_on date NOT NULL,
  source text NOT NULL CHECK (length(source) BETWEEN 1 AND 500),
  state text NOT NULL DEFAULT 'SCHEDULED' CHECK (state IN ('SCHEDULED', 'OPEN', 'CONCLUDED')),
  -- When its opening was last asked of the queue: the sweep asks again where nothing came of it.
  opening_asked_at timestamptz NOT NULL,
  opened_at timestamptz,
  figures jsonb,
  outcome text CHECK (outcome IN ('SATISFACTORY', 'ADVICE', 'QUERY', 'RECOVER', 'REDUCE', 'SUSPEND', 'TERMINATE',
                                  'REFER_FRAUD', 'CHANGE_MECHANISM')),
  answers jsonb,
  reasons text CHECK (length(reasons) BETWEEN 1 AND 5000),
  concluded_by uuid,
  concluded_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  FOREIGN KEY (authority_id, agreement_id) REFERENCES agreements (authority_id, id),
  FOREIGN KEY (authority_id, agreement_id, agreement_version)
    REFERENCES agreement_versions (authority_id, agreement_id, version),
  CHECK ((kind = 'YEARLY') = (year_number IS NOT NULL)),
  CHECK ((kind = 'ON_CHANGE') = (agreement_version IS NOT NULL)),
  CHECK ((kind <> 'ON_CHANGE') = (first_received_on IS NOT NULL)),
  CHECK ((state = 'SCHEDULED') = (opened_at IS NULL)),
  CHECK (num_nonnulls(opened_at, figures) IN (0, 2)),
  CHECK (num_nonnulls(outcome, answers, concluded_by, concluded_at) = CASE state WHEN 'CONCLUDED' THEN 4 ELSE 0 END),
  CHECK (outcome IN ('SATISFACTORY', 'ADVICE') OR state <> 'CONCLUDED' OR reasons IS NOT NULL)
);
CREATE UNIQUE INDEX reviews_first ON reviews (authority_id, agreement_id) WHERE kind = 'THREE_MONTH';
CREATE UNIQUE INDEX reviews_yearly ON reviews (authority_id, agreement_id, year_number) WHERE kind = 'YEARLY';
CREATE UNIQUE INDEX reviews_on_change ON reviews (authority_id, agreement_id, agreement_version) WHERE kind = 'ON_CHANGE';
CREATE INDEX reviews_due ON reviews (authority_id, due_on, id);
CREATE INDEX reviews_budget ON reviews (authority_id, budget_id, due_on);
CREATE INDEX reviews_to_open ON reviews (authority_id, due_on) WHERE state = 'SCHEDULED';
