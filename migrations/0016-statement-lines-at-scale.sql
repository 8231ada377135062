-- Statements of a million lines: previews in columns, progress that others can see, commits by a job, ids remembered.

SET LOCAL search_path = ringfence;

-- ── A preview's lines in columns: compared, paged and posted by the database, without JSON on the way ──

ALTER TABLE statement_import_lines
  ADD COLUMN status text,
  ADD COLUMN line_date date,
  ADD COLUMN amount_pence bigint,
  ADD COLUMN description text,
  ADD COLUMN normalised_description text,
  ADD COLUMN bank_type text,
  ADD COLUMN bank_id text,
  ADD COLUMN balance_pence bigint,
  ADD COLUMN mcc text,
  ADD COLUMN original_amount text,
  ADD COLUMN original_currency text,
  ADD COLUMN raw text,
  ADD COLUMN source_line integer,
  ADD COLUMN source_page integer,
  ADD COLUMN source_within text,
  ADD COLUMN details jsonb,
  ADD COLUMN content_key text,
  -- The number that the line will have among equal ones in the books: counted when it is posted.
  ADD COLUMN occurrence integer NOT NULL DEFAULT 0;

UPDATE statement_import_lines SET
  status = line ->> 'status', line_date = (line ->> 'date')::date, amount_pence = (line ->> 'amountPence')::bigint,
  description = line ->> 'description', normalised_description = line ->> 'normalisedDescription', bank_type = line ->> 'kind',
  bank_id = line ->> 'bankId', balance_pence = (line ->> 'balancePence')::bigint, mcc = line ->> 'mcc',
  original_amount = line ->> 'originalAmount', original_currency = line ->> 'originalCurrency', raw = line ->> 'raw',
  source_line = (line ->> 'sourceLine')::integer, source_page = (line ->> 'page')::integer, source_within = line ->> 'within',
  details = line -> 'details',
  content_key = 'v1:' || encode(sha256(convert_to((
    SELECT string_agg(octet_length(f) || ':' || f, '' ORDER BY n)
      FROM unnest(ARRAY[line ->> 'date', line ->> 'amountPence', line ->> 'description', coalesce(line ->> 'bankId', '')])
           WITH ORDINALITY AS x (f, n)), 'UTF8')), 'hex');

ALTER TABLE statement_import_lines
  ALTER COLUMN status SET NOT NULL,
  ALTER COLUMN line_date SET NOT NULL,
  ALTER COLUMN amount_pence SET NOT NULL,
  ALTER COLUMN description SET NOT NULL,
  ALTER COLUMN normalised_description SET NOT NULL,
  ALTER COLUMN raw SET NOT NULL,
  ALTER COLUMN source_line SET NOT NULL,
  ALTER COLUMN content_key SET NOT NULL,
  ADD CHECK (status IN ('posted', 'pending', 'reverted')),
  DROP COLUMN line;

-- Lines that wait for a person are few among many, and paged through by themselves.
CREATE INDEX statement_import_lines_doubtful ON statement_import_lines (authority_id, import_id, position) WHERE verdict = 'DOUBTFUL';
CREATE INDEX statement_import_lines_held ON statement_import_lines (authority_id, import_id, held_line_id) WHERE held_line_id IS NOT NULL;

-- The accounts of which the principal was granted every budget: asked once for a statement, where holds_whole_account()
-- would be asked for every line.
CREATE FUNCTION whole_accounts() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
  SELECT coalesce(array_agg(w.account_id), '{}') FROM (
    SELECT d.designated_account_id AS account_id FROM designated_account_budgets d
     WHERE d.authority_id = context_authority() AND d.designated_account_id IN (
       SELECT g.designated_account_id FROM designated_account_budgets g
        WHERE g.authority_id = context_authority() AND g.budget_id = ANY (granted_budgets()))
     GROUP BY 1 HAVING bool_and(d.budget_id = ANY (granted_budgets()))) w
$$;
REVOKE ALL ON FUNCTION whole_accounts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION whole_accounts() TO ringfence_app;
ALTER POLICY tenant ON statement_import_lines USING (authority_id = (SELECT ringfence.context_authority())
  AND ((SELECT ringfence.sees_whole_authority()) OR designated_account_id = ANY ((SELECT ringfence.whole_accounts())::uuid[])));

-- ── What a large import is doing ──

-- Written by a connection of its own while the work's transaction is open, so a reader sees it move.
ALTER TABLE statement_imports
  ADD COLUMN progress_step text CHECK (progress_step IN ('READING', 'COMPARING', 'POSTING')),
  ADD COLUMN progress_done integer CHECK (progress_done >= 0),
  ADD COLUMN progress_of integer CHECK (progress_of >= 0),
  ADD CONSTRAINT statement_imports_progress_check
    CHECK (num_nonnulls(progress_step, progress_done) IN (0, 2) AND (progress_step IS NOT NULL OR progress_of IS NULL)),
  -- Which imports were in the books when the preview was compared with them: commit compares again where it differs.
  ADD COLUMN compared_with text,
  -- Who asked for a commit that a job does, and what that person had chosen; and why the books refused it.
  ADD COLUMN commit_request jsonb,
  ADD COLUMN commit_refusal text,
  ADD CONSTRAINT statement_imports_committing_check CHECK (state <> 'COMMITTING' OR commit_request IS NOT NULL);

-- ── Ids that a later file gave to a line already held ──

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

CALL protect('statement_line_aliases', 'designated_account_id = ANY ((SELECT ringfence.whole_accounts())::uuid[])', 'SELECT, INSERT');

-- The lines of an account that still stand, by the id under which each is known: the bank's own, else the one that a
-- later file gave it, unless that file was taken back.
CREATE VIEW statement_lines_known WITH (security_invoker = true) AS
  SELECT l.authority_id, l.id, l.designated_account_id, l.line_date, l.amount_pence, l.normalised_description, l.balance_pence,
         l.position, coalesce(l.bank_id, (
           SELECT a.bank_id FROM statement_line_aliases a
             JOIN statement_imports i ON i.authority_id = a.authority_id AND i.id = a.import_id AND i.state <> 'REVERTED'
            WHERE a.authority_id = l.authority_id AND a.statement_line_id = l.id ORDER BY a.recorded_at, a.id LIMIT 1)) AS bank_id
    FROM statement_lines l WHERE l.kind = 'LINE' AND l.reverted_at IS NULL;
GRANT SELECT ON statement_lines_known TO ringfence_app;
