-- Library: ledger
-- Books, accounts, journals, entries, month totals and periods. Only post_journals() writes money.

CREATE DOMAIN account_code AS text CHECK (VALUE IN (
  'BANK', 'DUE_FROM_PAYER', 'RECOVERABLE', 'FUNDS_HELD', 'FAMILY_MONEY', 'NET_PAY', 'HMRC', 'PENSION', 'ATTACHMENT',
  'PAYROLL_FEE', 'SUPPLIER', 'HOLIDAY_PROVISION', 'REDUNDANCY_RESERVE', 'SUSPENSE', 'UNEVIDENCED', 'PROVISION'));

CREATE DOMAIN ledger_stream AS text CHECK (VALUE IN (
  'EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'TRANSPORT', 'FAMILY', 'UNALLOCATED'));

-- On the tables below what a column may hold is said by domains, and what holds between columns by the statement
-- triggers. A CHECK would say the same, but PostgreSQL reads a table's CHECKs from their stored text again for every
-- statement, also for an UPDATE of other columns: a third of the time of a small journal.
CREATE DOMAIN journal_kind AS text CHECK (VALUE IN (
  'STATEMENT_LINE', 'ALLOCATION', 'INSTALMENT_DUE', 'PAY_RUN', 'INVOICE', 'RECEIPT_ADJUSTMENT', 'DECISION', 'RECOVERY', 'SURPLUS',
  'REVERSAL', 'STREAM_TRANSFER', 'OPENING', 'ADJUSTMENT'));
CREATE DOMAIN journal_actor AS text CHECK (VALUE IN ('person', 'client', 'system'));
CREATE DOMAIN text_of_60 AS text CHECK (length(VALUE) BETWEEN 1 AND 60);
CREATE DOMAIN text_of_200 AS text CHECK (length(VALUE) BETWEEN 1 AND 200);
CREATE DOMAIN text_of_500 AS text CHECK (length(VALUE) BETWEEN 1 AND 500);
CREATE DOMAIN text_of_1000 AS text CHECK (length(VALUE) BETWEEN 1 AND 1000);
CREATE DOMAIN sha256_hash AS bytea CHECK (octet_length(VALUE) = 32);
CREATE DOMAIN effective_day AS date CHECK (VALUE BETWEEN '2000-01-01' AND '2100-12-31');
CREATE DOMAIN first_of_month AS date CHECK (extract(day FROM VALUE) = 1);
CREATE DOMAIN entry_pence AS bigint CHECK (VALUE <> 0 AND abs(VALUE) <= 9999999999999);
CREATE DOMAIN total_pence AS bigint CHECK (VALUE >= 0);
CREATE DOMAIN from_zero AS bigint CHECK (VALUE >= 0);
CREATE DOMAIN from_one AS bigint CHECK (VALUE > 0);
CREATE DOMAIN journal_size AS integer CHECK (VALUE BETWEEN 2 AND 1000);

-- ── Tables ──
-- Keys other than the primary ones have authority_id last: while a table is small, every index that begins with it looks
-- equally good to the planner, and a plan that is kept would go on reading a whole authority.

-- The unit of ordering, of locking and of the hash chain: one designated account, or one organised arrangement.
CREATE TABLE books (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  designated_account_id uuid,
  name text_of_200 NOT NULL,
  head_sequence from_zero NOT NULL DEFAULT 0,
  head_hash sha256_hash NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
  last_recorded_at timestamptz NOT NULL DEFAULT '-infinity',
  created_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, id),
  UNIQUE (designated_account_id, authority_id),
  FOREIGN KEY (authority_id, designated_account_id) REFERENCES designated_accounts (authority_id, id)
) WITH (fillfactor = 50);

-- A place in a book that has a balance. Debit is positive. Unallocated money in a pooled book has no budget.
CREATE TABLE ledger_accounts (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  book_id uuid NOT NULL,
  code account_code NOT NULL,
  budget_id uuid,
  stream ledger_stream NOT NULL,
  version from_one NOT NULL,
  balance_pence bigint NOT NULL,
  opened_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, book_id) REFERENCES books (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id)
) WITH (fillfactor = 50);
-- Says what UNIQUE NULLS NOT DISTINCT would say, in a form that a join can look up when there is no budget.
CREATE UNIQUE INDEX ledger_accounts_place ON ledger_accounts
  (book_id, code, stream, coalesce(budget_id, '00000000-0000-0000-0000-000000000000'), authority_id);
CREATE INDEX ledger_accounts_budget ON ledger_accounts (budget_id, authority_id);

-- A journal and its entries arrive in one statement, whose triggers look each other up: what foreign keys between them,
-- and to the book, would check row by row. Books, accounts and journals are never deleted.
CREATE TABLE journals (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  book_id uuid NOT NULL,
  sequence from_one NOT NULL,
  kind journal_kind NOT NULL,
  description text_of_500 NOT NULL,
  effective_date effective_day NOT NULL,
  recorded_at timestamptz NOT NULL,
  source_type text_of_60 NOT NULL,
  source_id text_of_200 NOT NULL,
  actor_kind journal_actor NOT NULL,
  actor_id uuid NOT NULL,
  idempotency_key text_of_200 NOT NULL,
  reverses uuid,
  reason text_of_1000,
  giving_payer_id uuid,
  giving_approved_by uuid,
  receiving_payer_id uuid,
  receiving_approved_by uuid,
  entry_count journal_size NOT NULL,
  previous_hash sha256_hash NOT NULL,
  hash sha256_hash NOT NULL,
  PRIMARY KEY (authority_id, id),
  CONSTRAINT journals_sequence UNIQUE (book_id, sequence, authority_id),
  CONSTRAINT journals_key UNIQUE (idempotency_key, book_id, authority_id),
  FOREIGN KEY (authority_id, reverses) REFERENCES journals (authority_id, id),
  FOREIGN KEY (authority_id, giving_payer_id) REFERENCES payers (authority_id, id),
  FOREIGN KEY (authority_id, receiving_payer_id) REFERENCES payers (authority_id, id),
  FOREIGN KEY (authority_id, giving_approved_by) REFERENCES people (authority_id, id),
  FOREIGN KEY (authority_id, receiving_approved_by) REFERENCES people (authority_id, id)
);
CREATE UNIQUE INDEX journals_reversed_once ON journals (reverses, authority_id) WHERE reverses IS NOT NULL;

-- An amount of a journal on one account, with the balance after it.
CREATE TABLE journal_entries (
  authority_id uuid NOT NULL,
  journal_id uuid NOT NULL,
  position integer NOT NULL,
  account_id uuid NOT NULL,
  book_id uuid NOT NULL,
  code account_code NOT NULL,
  budget_id uuid,
  stream ledger_stream NOT NULL,
  amount_pence entry_pence NOT NULL,
  version from_one NOT NULL,
  balance_after_pence bigint NOT NULL,
  effective_date date NOT NULL,
  service_date date,
  budget_line_id uuid,
  outcome_id uuid,
  agreement_id uuid,
  PRIMARY KEY (authority_id, journal_id, position),
  UNIQUE (account_id, version, authority_id),
  FOREIGN KEY (authority_id, budget_line_id) REFERENCES budget_lines (authority_id, id),
  FOREIGN KEY (authority_id, outcome_id) REFERENCES outcomes (authority_id, id),
  FOREIGN KEY (authority_id, agreement_id) REFERENCES agreements (authority_id, id)
);
CREATE INDEX journal_entries_day ON journal_entries (account_id, effective_date, authority_id);

-- Sums per account and month of the effective date, kept with every posting. Both are zero or more.
CREATE TABLE account_months (
  authority_id uuid NOT NULL,
  account_id uuid NOT NULL,
  month first_of_month NOT NULL,
  debit_pence total_pence NOT NULL,
  credit_pence total_pence NOT NULL,
  PRIMARY KEY (authority_id, account_id, month),
  FOREIGN KEY (authority_id, account_id) REFERENCES ledger_accounts (authority_id, id)
) WITH (fillfactor = 50);
-- A recent month's trial balance is calculated backwards from the balances now, so it reads that month and those after it.
CREATE INDEX account_months_month ON account_months (month, authority_id);

-- The last journal of each book at the end of a day, kept where the day's head differs from the one before: compared by
-- every verification, and exported out of the owner's reach.
CREATE TABLE book_heads (
  authority_id uuid NOT NULL,
  book_id uuid NOT NULL,
  day date NOT NULL,
  sequence from_one NOT NULL,
  hash sha256_hash NOT NULL,
  PRIMARY KEY (authority_id, book_id, day),
  FOREIGN KEY (authority_id, book_id) REFERENCES books (authority_id, id)
);

-- A month without a row is open, unless a later one is closed: months close in order, so that what was true at the end
-- of a closed month stays true. The financial year is named by the year of its April.
CREATE TABLE periods (
  authority_id uuid NOT NULL REFERENCES authorities,
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  financial_year integer GENERATED ALWAYS AS (extract(year FROM month)::integer - CASE WHEN extract(month FROM month) < 4 THEN 1 ELSE 0 END) STORED,
  state text NOT NULL CHECK (state IN ('OPEN', 'CLOSED')),
  PRIMARY KEY (authority_id, month)
);

-- The history of a period: opened, closed or re-opened, by whom, why and with whose approval. Never changed.
CREATE TABLE period_events (
  authority_id uuid NOT NULL,
  id uuid NOT NULL DEFAULT uuidv7(),
  month date NOT NULL,
  action text NOT NULL CHECK (action IN ('OPENED', 'CLOSED', 'REOPENED')),
  reason text CHECK (length(reason) BETWEEN 1 AND 1000),
  approved_by uuid,
  actor_kind text NOT NULL,
  actor_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT context_now(),
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, month) REFERENCES periods (authority_id, month),
  FOREIGN KEY (authority_id, approved_by) REFERENCES people (authority_id, id),
  CHECK ((action = 'REOPENED') = (num_nonnulls(reason, approved_by) = 2))
);

-- ── What a posting is drafted in ──

CREATE TYPE journal_draft AS (
  n integer, id uuid, book_id uuid, kind text, description text, effective_date date, when_closed text, source_type text,
  source_id text, idempotency_key text, reverses uuid, reason text, giving_payer_id uuid, giving_approved_by uuid,
  receiving_payer_id uuid, receiving_approved_by uuid, entry_count integer);

-- An entry as the caller gives it.
CREATE TYPE entry_draft AS (
  account text, budget_id uuid, stream text, amount_pence bigint, service_date date, budget_line_id uuid, outcome_id uuid, agreement_id uuid);

-- The same with what its journal says of it.
CREATE TYPE journal_entry_draft AS (
  journal_id uuid, "position" integer, book_id uuid, effective_date date, code text, budget_id uuid, stream text,
  amount_pence bigint, service_date date, budget_line_id uuid, outcome_id uuid, agreement_id uuid);
