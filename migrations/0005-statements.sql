-- Statements: files as received, what they were read as, and the lines that entered the books.

SET LOCAL search_path = ringfence;

CREATE TABLE statement_imports (
  authority_id uuid NOT NULL REFERENCES authorities,
  id uuid NOT NULL,
  designated_account_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'RECEIVED' CHECK (state IN ('RECEIVED', 'PARSED', 'REFUSED', 'COMMITTED')),
  file_name text NOT NULL CHECK (length(file_name) BETWEEN 1 AND 255),
  file_hash text NOT NULL CHECK (file_hash ~ '^[0-9a-f]{64}$'),
  file_bytes bigint NOT NULL CHECK (file_bytes >= 0),
  profile_wanted text,
  uploaded_by uuid NOT NULL,
  received_at timestamptz NOT NULL,
  format text,
  profile text,
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
  PRIMARY KEY (authority_id, id),
  FOREIGN KEY (authority_id, designated_account_id) REFERENCES designated_accounts (authority_id, id),
  CHECK ((state = 'REFUSED') = (refusal IS NOT NULL)),
  CHECK ((state = 'COMMITTED') = (committed_at IS NOT NULL))
);
CREATE INDEX statement_imports_account ON statement_imports (authority_id, designated_account_id, first_date);
CREATE INDEX statement_imports_waiting ON statement_imports (authority_id, received_at) WHERE state = 'RECEIVED';

-- The reading of a file, before anything is posted: what a person is shown, and what commit starts from.
CREATE TABLE statement_import_lines (
  authority_id uuid NOT NULL,
  import_id uuid NOT NULL,
  position integer NOT NULL CHECK (position >= 0),
  designated_account_id uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('NEW', 'HELD', 'DOUBTFUL', 'NOT_POSTED')),
  held_line_id uuid,
  why text,
  line jsonb NOT NULL,
  PRIMARY KEY (authority_id, import_id, position),
  FOREIGN KEY (authority_id, import_id) REFERENCES statement_imports (authority_id, id)
);

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
  PRIMARY KEY (authority_id, id),
  UNIQUE (authority_id, designated_account_id, content_key, occurrence),
  FOREIGN KEY (authority_id, designated_account_id) REFERENCES designated_accounts (authority_id, id),
  FOREIGN KEY (authority_id, import_id) REFERENCES statement_imports (authority_id, id),
  FOREIGN KEY (authority_id, budget_id) REFERENCES budgets (authority_id, id)
);
CREATE INDEX statement_lines_account_date ON statement_lines (authority_id, designated_account_id, line_date, id);
CREATE INDEX statement_lines_budget_date ON statement_lines (authority_id, budget_id, line_date, id);
CREATE INDEX statement_lines_bank_id ON statement_lines (authority_id, designated_account_id, bank_id) WHERE bank_id IS NOT NULL;

-- What the bank said does not change; only whose line it is, and whether an opening balance still stands.
CREATE FUNCTION statement_line_is_as_received() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR to_jsonb(NEW) - '{budget_id,superseded_at}'::text[] <> to_jsonb(OLD) - '{budget_id,superseded_at}'::text[] THEN
    RAISE EXCEPTION 'a statement line is kept as it was received: correct it by a journal' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER statement_lines_as_received BEFORE UPDATE OR DELETE ON statement_lines
  FOR EACH ROW EXECUTE FUNCTION statement_line_is_as_received();

-- Whether the principal was granted every budget that an account has ever served. In a provider's pooled account one
-- family must not see a file, or an unclaimed line, that may concern another.
CREATE FUNCTION holds_whole_account(account_id uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT coalesce(bool_and(d.budget_id = ANY (granted_budgets())), false) FROM designated_account_budgets d
   WHERE d.authority_id = context_authority() AND d.designated_account_id = account_id
$$;

CALL protect('statement_imports', 'ringfence.holds_whole_account(designated_account_id)');
CALL protect('statement_import_lines', 'ringfence.holds_whole_account(designated_account_id)', 'SELECT, INSERT, UPDATE, DELETE');
CALL protect('statement_lines', 'budget_id = ANY ((SELECT ringfence.granted_budgets())::uuid[])
  OR (budget_id IS NULL AND ringfence.holds_whole_account(designated_account_id))');
