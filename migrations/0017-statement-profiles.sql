-- Layouts of statement files that an authority describes itself, and what only a separate account can show.

SET LOCAL search_path = ringfence;

-- ── An authority's own layouts: a change is a further version, and what was read by an old one still says so ──

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
CALL protect('statement_profiles', 'false', 'SELECT, INSERT');
GRANT UPDATE (retired_on, retired_by, retired_at) ON statement_profiles TO ringfence_app;

-- The version of the authority's own layout that read the file; null where a bank's did.
ALTER TABLE statement_imports ADD COLUMN profile_version integer CHECK (profile_version > 0);

-- ── Questions that the account asks, not the spend: is it kept for the direct payment only? ──

-- Found when a file is read, about a line of its preview. It is asked once that line is in the books, which is known by
-- the import and the position: nothing has to be written here when lines are posted or taken back.
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

CALL protect('account_warnings', 'designated_account_id = ANY ((SELECT ringfence.whole_accounts())::uuid[])', 'SELECT, INSERT, DELETE');
GRANT UPDATE (state, answered_by, answered_at, reasons) ON account_warnings TO ringfence_app;

-- A family sees what is asked of its account; only those who work for the authority, and the system, write it. Locking a
-- row asks for the right to update it, so that policy refuses the new row and not the sight of the old.
CREATE POLICY kept_insert ON account_warnings AS RESTRICTIVE FOR INSERT TO ringfence_app
  WITH CHECK ((SELECT ringfence.sees_whole_authority()));
CREATE POLICY kept_update ON account_warnings AS RESTRICTIVE FOR UPDATE TO ringfence_app
  USING (true) WITH CHECK ((SELECT ringfence.sees_whole_authority()));
CREATE POLICY kept_delete ON account_warnings AS RESTRICTIVE FOR DELETE TO ringfence_app
  USING ((SELECT ringfence.sees_whole_authority()) AND state = 'OPEN');

-- What is asked of the lines in the books, and what has settled it: an officer's answer, a spending rule that asks the
-- same, or what the line was found to be. Still open where nothing has.
CREATE VIEW account_questions WITH (security_invoker = true) AS
  SELECT w.authority_id, w.id, w.designated_account_id, w.import_id, l.id AS statement_line_id, l.budget_id, w.code, w.subject, l.line_date,
         l.amount_pence, l.balance_pence, l.description, w.found_at, w.answered_by, w.answered_at, w.reasons,
         CASE WHEN w.state = 'ANSWERED' THEN 'ANSWER'
              WHEN EXISTS (SELECT 1 FROM spend_verdicts v CROSS JOIN LATERAL jsonb_array_elements(v.findings) AS f (finding)
                     WHERE v.authority_id = w.authority_id AND v.subject_type = 'statement-line' AND v.subject_id = l.id AND v.current
                       AND f.finding ->> 'rule' = ANY (w.asked_by_rules)) THEN 'SPENDING_RULE'
              WHEN EXISTS (SELECT 1 FROM allocations a WHERE a.authority_id = w.authority_id AND a.statement_line_id = l.id
                       AND a.undone_at IS NULL AND a.target_type = ANY (w.explained_by))
                OR EXISTS (SELECT 1 FROM match_suggestions m WHERE m.authority_id = w.authority_id AND m.statement_line_id = l.id
                       AND m.state = 'OPEN' AND m.target_type = ANY (w.explained_by)) THEN 'LINE_EXPLAINED'
         END AS settled_by
    FROM account_warnings w
    JOIN statement_lines l ON l.authority_id = w.authority_id AND l.designated_account_id = w.designated_account_id
     AND l.line_date = w.line_date AND l.import_id = w.import_id AND l.position = w.position
   WHERE l.reverted_at IS NULL;
GRANT SELECT ON account_questions TO ringfence_app;
