-- Library: statements
-- Files as received, what they were read as, the lines that entered the books, and layouts of an authority's own.

-- A layout of statement files that an authority describes itself. A change is a further version, and what was read by an old
-- one still says so.
CREATE TABLE statement_profiles (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  name text NOT NULL CHECK (name ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  version integer NOT NULL CHECK (version > 0),
  profile jsonb NOT NULL CHECK (jsonb_typeof(profile) = 'object' AND profile ->> 'name' = name),
  reasons text NOT NULL CHECK (length(reasons) BETWEEN 1 AND 2000),
  added_by uuid NOT NULL,
  added_at timestamptz NOT NULL,
  -- The first day on which it reads no more.
  retired_on date,
  retired_by uuid,
  retired_at timestamptz,
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, name, version),
  CHECK (num_nonnulls(retired_on, retired_by, retired_at) IN (0, 3))
);

-- A statement file as it was received, how it was read, and whether its lines were posted.
CREATE TABLE statement_imports (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  designated_account_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'RECEIVED'
    -- COMMITTING is a large import whose lines a job is posting.
    CHECK (state IN ('RECEIVED', 'PARSED', 'REFUSED', 'COMMITTING', 'COMMITTED', 'REVERSED')),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
  file_hash text NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  file_bytes bigint NOT NULL CHECK (file_bytes >= 0),
  profile_wanted text,
  uploaded_by uuid NOT NULL,
  received_at timestamptz NOT NULL,
  format text,
  profile text,
  -- The version of the authority's own layout that read the file; null where a bank's did.
  profile_version integer CHECK (profile_version > 0),
  parser_version text,
  -- Read by the places of words on a page, as a PDF is: a person compares before anything is posted.
  needs_confirmation boolean NOT NULL DEFAULT false,
  first_date date,
  last_date date,
  opening_pence bigint,
  closing_pence bigint,
  warnings jsonb NOT NULL DEFAULT '[]',
  refusal_code text,
  refusal text,
  refusal_line integer,
  committed_by uuid,
  committed_at timestamptz,
  reversed_by uuid,
  reversed_at timestamptz,
  reversal_reason text CHECK (length(reversal_reason) BETWEEN 1 AND 2000),
  -- Written by a connection of its own while the work's transaction is open, so a reader sees it move.
  progress_step text CHECK (progress_step IN ('READING', 'COMPARING', 'POSTING')),
  progress_done integer CHECK (progress_done >= 0),
  progress_of integer CHECK (progress_of >= 0),
  -- Which imports were posted when the preview was compared with them: commit compares again where it differs.
  compared_with text,
  -- Who asked for a commit that a job does, and what that person had chosen; and why the books refused it.
  commit_request jsonb,
  commit_refusal text,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, designated_account_id) REFERENCES designated_accounts (authority_id, id),
  CHECK ((state = 'REFUSED') = (refusal IS NOT NULL)),
  CONSTRAINT statement_imports_committed_check
    CHECK ((state IN ('COMMITTED', 'REVERSED')) = (committed_at IS NOT NULL)),
  CONSTRAINT statement_imports_reversed_check
    CHECK (num_nonnulls(reversed_by, reversed_at, reversal_reason) = CASE state WHEN 'REVERSED' THEN 3 ELSE 0 END),
  CONSTRAINT statement_imports_progress_check
    CHECK (num_nonnulls(progress_step, progress_done) IN (0, 2) AND (progress_step IS NOT NULL OR progress_of IS NULL)),
  CONSTRAINT statement_imports_committing_check CHECK (state <> 'COMMITTING' OR commit_request IS NOT NULL)
);
CREATE INDEX statement_imports_account ON statement_imports (authority_id, designated_account_id, first_date);
CREATE INDEX statement_imports_waiting ON statement_imports (authority_id, received_at) WHERE state = 'RECEIVED';
CREATE INDEX statement_imports_sender ON statement_imports (authority_id, uploaded_by, received_at);
-- Stored files are shared by all authorities, so they are looked for by their hash alone.
CREATE INDEX statement_imports_file ON statement_imports (file_hash);

-- The reading of a file, before anything is posted: what a person is shown, and what commit starts from. In columns, so
-- that the database compares, pages and posts a million lines without JSON on the way.
CREATE TABLE statement_import_lines (
  authority_id uuid NOT NULL,
  import_id uuid NOT NULL,
  position integer NOT NULL CHECK (position >= 0),
  designated_account_id uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('NEW', 'HELD', 'POSSIBLE_DUPLICATE', 'NOT_POSTED')),
  held_line_id uuid,
  why text,
  status text NOT NULL CHECK (status IN ('posted', 'pending', 'reverted')),
  line_date date NOT NULL,
  amount_pence bigint NOT NULL,
  description text NOT NULL,
  normalised_description text NOT NULL,
  bank_type text,
  bank_id text,
  balance_pence bigint,
  mcc text,
  original_amount text,
  original_currency text,
  raw text NOT NULL,
  source_line integer NOT NULL,
  source_page integer,
  source_within text,
  details jsonb,
  content_key text NOT NULL,
  -- The number that the line will have among equal ones that are posted: counted when it is posted.
  occurrence integer NOT NULL DEFAULT 0,
  PRIMARY KEY (authority_id, import_id, position),
  FOREIGN KEY (authority_id, import_id) REFERENCES statement_imports (authority_id, id)
);
-- Lines that wait for a person are few among many, and paged through by themselves.
CREATE INDEX statement_import_lines_possible_duplicates ON statement_import_lines (authority_id, import_id, position) WHERE verdict = 'POSSIBLE_DUPLICATE';
CREATE INDEX statement_import_lines_held ON statement_import_lines (authority_id, import_id, held_line_id) WHERE held_line_id IS NOT NULL;

-- A line of a bank statement as the bank wrote it, posted by its journal.
CREATE TABLE statement_lines (
  authority_id uuid NOT NULL,
  id uuid NOT NULL,
  designated_account_id uuid NOT NULL,
  -- Null where several budgets share the account and a person has not yet said whose line it is.
  budget_id uuid,
  import_id uuid NOT NULL,
  position integer NOT NULL,
  kind text NOT NULL DEFAULT 'LINE' CHECK (kind IN ('LINE', 'OPENING_BALANCE')),
  line_date date NOT NULL,
  amount_pence bigint NOT NULL CHECK (amount_pence <> 0),
  description text NOT NULL,
  normalised_description text NOT NULL,
  bank_type text,
  bank_id text,
  balance_pence bigint,
  mcc text,
  original_amount text,
  original_currency text,
  raw text NOT NULL,
  source_line integer NOT NULL,
  -- The page of a PDF, or the file within an archive or workbook, that the line stands in.
  source_page integer CHECK (source_page > 0),
  source_within text,
  -- The transactions that a batched entry was made of, as the file gives them.
  details jsonb,
  parser_version text NOT NULL,
  content_key text NOT NULL,
  occurrence integer NOT NULL CHECK (occurrence >= 0),
  journal_id uuid NOT NULL,
  -- Set when an earlier statement made this opening balance superfluous.
  superseded_at timestamptz,
  -- A reversed line stays as a record and leaves everything that is asked of the account. reversal_journal_id is null for an
  -- opening balance that an earlier statement had already made superfluous: its journal was reversed then.
  reversed_at timestamptz,
  reversal_journal_id uuid,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, designated_account_id) REFERENCES designated_accounts (authority_id, id),
  FOREIGN KEY (authority_id, import_id) REFERENCES statement_imports (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id),
  CONSTRAINT statement_lines_reversed_check
    CHECK (CASE WHEN reversed_at IS NULL THEN reversal_journal_id IS NULL
                ELSE reversal_journal_id IS NOT NULL OR superseded_at IS NOT NULL END)
);
CREATE INDEX statement_lines_account_date ON statement_lines (authority_id, designated_account_id, line_date, id);
CREATE INDEX statement_lines_budget_date ON statement_lines (authority_id, budget_id, line_date, id);
CREATE INDEX statement_lines_bank_id ON statement_lines (authority_id, designated_account_id, bank_id) WHERE bank_id IS NOT NULL;
-- The same line may come again after its import was reversed.
CREATE UNIQUE INDEX statement_lines_content ON statement_lines (authority_id, designated_account_id, content_key, occurrence)
  WHERE reversed_at IS NULL;
CREATE INDEX statement_lines_import ON statement_lines (authority_id, import_id);

-- Ids that a later file gave to a line already held.
CREATE TABLE statement_line_aliases (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  statement_line_id uuid NOT NULL,
  designated_account_id uuid NOT NULL,
  bank_id text NOT NULL CHECK (bank_id <> ''),
  import_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, statement_line_id, import_id),
  FOREIGN KEY (authority_id, statement_line_id) REFERENCES statement_lines (authority_id, id),
  FOREIGN KEY (authority_id, designated_account_id) REFERENCES designated_accounts (authority_id, id),
  FOREIGN KEY (authority_id, import_id) REFERENCES statement_imports (authority_id, id)
);
CREATE INDEX statement_line_aliases_bank_id ON statement_line_aliases (authority_id, designated_account_id, bank_id);

-- What an import's balances do not explain stops its commit until an officer of the authority says why it may go on.
-- Kept for ever, never edited: it counts for the breaks that it names, and for no later one.
CREATE TABLE statement_break_acceptances (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  designated_account_id uuid NOT NULL,
  import_id uuid NOT NULL,
  -- Each break in the words in which it was shown, with the key by which it is known again.
  breaks jsonb NOT NULL CHECK (jsonb_typeof(breaks) = 'array' AND jsonb_array_length(breaks) > 0),
  reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 2000),
  accepted_by uuid NOT NULL,
  accepted_at timestamptz NOT NULL,
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, designated_account_id) REFERENCES designated_accounts (authority_id, id),
  FOREIGN KEY (authority_id, import_id) REFERENCES statement_imports (authority_id, id)
);
CREATE INDEX statement_break_acceptances_import ON statement_break_acceptances (authority_id, import_id);

-- ── Questions that the account asks, not the spend: is it kept for the direct payment only? ──

-- Found when a file is read, about a line of its preview. It is asked once that line is posted, which is known by
-- the import and the position: nothing has to be written here when lines are posted or reversed.
CREATE TABLE account_warnings (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  designated_account_id uuid NOT NULL,
  import_id uuid NOT NULL,
  position integer NOT NULL CHECK (position >= 0),
  line_date date NOT NULL,
  code text NOT NULL CHECK (code ~ '^[A-Z][A-Z_]{1,39}$'),
  -- The words of the line, or the balance, that gave rise to it; the same words are the same question.
  subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
  -- Rules that ask the same of a spend: where one has spoken about the line, the account does not ask again.
  asked_by_rules text[] NOT NULL,
  -- What the line may turn out to be, by suggestion or decision, that leaves nothing to ask.
  explained_by text[] NOT NULL,
  found_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'ANSWERED')),
  answered_by uuid,
  answered_at timestamptz,
  reasons text CHECK (length(reasons) BETWEEN 1 AND 2000),
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, import_id, position, code),
  FOREIGN KEY (authority_id, designated_account_id) REFERENCES designated_accounts (authority_id, id),
  FOREIGN KEY (authority_id, import_id) REFERENCES statement_imports (authority_id, id),
  CHECK (num_nonnulls(answered_by, answered_at, reasons) = CASE state WHEN 'ANSWERED' THEN 3 ELSE 0 END)
);
CREATE INDEX account_warnings_account ON account_warnings (authority_id, designated_account_id, line_date);
