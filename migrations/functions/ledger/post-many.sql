-- A batch of journals, by large statements.

-- PostgreSQL keeps plans for each connection, and a plan from the time when the tables were small must still serve when they
-- are large. So every stored row is found through its own key, by LATERAL … LIMIT 1, or by its place (ctid) where this call
-- has just read it under the book's lock. A column that no index may begin with, such as the authority, is compared by IS
-- NOT DISTINCT FROM, which no index can answer.
CREATE OR REPLACE FUNCTION post_many(authority uuid, drafts jsonb)
RETURNS TABLE (n integer, id uuid, book_id uuid, sequence bigint, effective_date date, recorded_at timestamptz, repeated boolean)
LANGUAGE plpgsql SET enable_seqscan = off SET jit = off AS $$
#variable_conflict use_column
DECLARE
  book_ids uuid[];
  entries_found bigint;
  entries_most integer;
  reversing boolean;
  following boolean;
  books_found integer;
  wrong record;
  open_from date;
  read_at timestamptz;
BEGIN
  SELECT array_agg(DISTINCT (x ->> 'book_id')::uuid), sum(jsonb_array_length(x -> 'entries')), max(jsonb_array_length(x -> 'entries')),
         bool_or(x ->> 'reverses' IS NOT NULL), bool_or(x ->> 'when_closed' = 'FIRST_OPEN_DAY')
    INTO book_ids, entries_found, entries_most, reversing, following FROM jsonb_array_elements(drafts) x;
  IF entries_most > entries_per_journal_max() OR entries_found > entries_per_batch_max() THEN
    RAISE EXCEPTION 'The batch has % entries, % in one journal: post at most % entries at once and % in one journal.',
      entries_found, entries_most, entries_per_batch_max(), entries_per_journal_max() USING ERRCODE = 'RF004';
  END IF;
  IF following THEN
    open_from := first_open_day(authority);
  END IF;
  IF context_principal_kind() <> 'system' AND NOT sees_whole_authority() THEN
    PERFORM check_posting_rights(draft_entries(draft_headers(drafts), drafts));
  END IF;

  PERFORM 1 FROM books b WHERE b.authority_id = authority AND b.id = ANY (book_ids) ORDER BY b.id FOR NO KEY UPDATE;
  GET DIAGNOSTICS books_found = ROW_COUNT;
  IF books_found < cardinality(book_ids) THEN
    RAISE EXCEPTION 'There is no book % that you can post to.', (SELECT w FROM unnest(book_ids) w
      WHERE NOT EXISTS (SELECT 1 FROM books b WHERE b.authority_id = authority AND b.id = w) LIMIT 1) USING ERRCODE = 'RF006';
  END IF;

  -- From here on nobody else posts to these books, and the clock is read.
  read_at := context_now();
  IF reversing THEN
    SELECT d.reverses, r.sequence AS reversal INTO wrong
      FROM unnest(draft_headers(drafts)) d CROSS JOIN LATERAL (
      SELECT j.sequence FROM journals j WHERE j.reverses = d.reverses AND j.authority_id IS NOT DISTINCT FROM authority LIMIT 1) r
     WHERE d.reverses IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM journals k WHERE k.idempotency_key = d.idempotency_key AND k.book_id IS NOT DISTINCT FROM d.book_id
          AND k.authority_id IS NOT DISTINCT FROM authority) LIMIT 1;
    IF FOUND THEN
      PERFORM refuse_second_reversal(authority, wrong.reverses, wrong.reversal);
    END IF;
  END IF;

  -- Versions, balances and sequences follow the order of the batch. When a key is known already, `entry` has no
  -- rows and nothing is written, because everything follows from `entry`.
  RETURN QUERY WITH draft AS MATERIALIZED (
    SELECT d.*, jsonb_array_length(d.entries) AS entry_count, greatest(read_at, b.last_recorded_at) AS recorded_at, b.place, b.head_hash,
           b.head_sequence + row_number() OVER book AS sequence, lead(1) OVER book IS NULL AS last
      FROM (SELECT x.n, uuidv7() AS id, x.book_id, x.kind, x.description, x.source_type, x.source_id, x.idempotency_key, x.reverses,
                   x.reason, x.giving_payer_id, x.giving_approved_by, x.receiving_payer_id, x.receiving_approved_by, x.entries,
                   CASE x.when_closed WHEN 'FIRST_OPEN_DAY' THEN greatest(x.effective_date, open_from) ELSE x.effective_date END AS day
              FROM ROWS FROM (jsonb_to_recordset(drafts) AS (book_id uuid, kind text, description text, effective_date date,
                     when_closed text, source_type text, source_id text, idempotency_key text, reverses uuid, reason text,
                     giving_payer_id uuid, giving_approved_by uuid, receiving_payer_id uuid, receiving_approved_by uuid, entries jsonb))
                   WITH ORDINALITY AS x(book_id, kind, description, effective_date, when_closed, source_type, source_id,
                     idempotency_key, reverses, reason, giving_payer_id, giving_approved_by, receiving_payer_id, receiving_approved_by,
                     entries, n)) d
     CROSS JOIN LATERAL (SELECT b.ctid AS place, b.* FROM books b WHERE b.authority_id = authority AND b.id = d.book_id LIMIT 1) b
    WINDOW book AS (PARTITION BY d.book_id ORDER BY d.n ROWS UNBOUNDED PRECEDING)
  ), known AS MATERIALIZED (
    SELECT 1 FROM draft d CROSS JOIN LATERAL (
      SELECT 1 FROM journals j WHERE j.idempotency_key = d.idempotency_key AND j.book_id IS NOT DISTINCT FROM d.book_id
         AND j.authority_id IS NOT DISTINCT FROM authority LIMIT 1) j LIMIT 1
  ), entry AS MATERIALIZED (
    SELECT e.n, e.journal_id, e.book_id, e.day, e.position::integer AS position, e.account, e.budget_id, e.stream, e.amount_pence,
           e.service_date, e.budget_line_id, e.outcome_id, e.agreement_id, e.place, first_value(e.candidate_id) OVER account AS account_id,
           e.version + row_number() OVER account AS version, (e.balance_pence + sum(e.amount_pence) OVER account)::bigint AS balance_after_pence,
           lead(1) OVER account IS NULL AS last
      FROM (SELECT d.n, d.id AS journal_id, d.book_id, d.day, e.*, a.ctid AS place, coalesce(a.id, uuidv7()) AS candidate_id,
                   coalesce(a.version, 0) AS version, coalesce(a.balance_pence, 0) AS balance_pence,
                   -- One value to sort by; an account that is not yet open has the hash of its place instead of an id.
                   coalesce(a.id, md5(concat_ws(' ', d.book_id, e.account, e.stream, e.budget_id))::uuid) AS sort_key
              FROM draft d
             CROSS JOIN LATERAL ROWS FROM (jsonb_to_recordset(d.entries) AS (account text, budget_id uuid, stream text, amount_pence bigint,
                     service_date date, budget_line_id uuid, outcome_id uuid, agreement_id uuid)) WITH ORDINALITY
                   AS e(account, budget_id, stream, amount_pence, service_date, budget_line_id, outcome_id, agreement_id, position)
              LEFT JOIN LATERAL (
                SELECT a.ctid, a.id, a.version, a.balance_pence FROM ledger_accounts a
                 WHERE a.authority_id IS NOT DISTINCT FROM authority AND a.book_id = d.book_id AND a.code = e.account AND a.stream = e.stream
                   AND coalesce(a.budget_id, '00000000-0000-0000-0000-000000000000') = coalesce(e.budget_id, '00000000-0000-0000-0000-000000000000')
                 LIMIT 1) a ON true
             WHERE NOT EXISTS (SELECT 1 FROM known)) e
    WINDOW account AS (PARTITION BY e.sort_key ORDER BY e.n, e.position ROWS UNBOUNDED PRECEDING)
  ), opened AS (
    INSERT INTO ledger_accounts (authority_id, id, book_id, code, budget_id, stream, version, balance_pence)
    SELECT authority, e.account_id, e.book_id, e.account, e.budget_id, e.stream, e.version, e.balance_after_pence
      FROM entry e WHERE e.last AND e.place IS NULL
  ), moved AS (
    UPDATE ledger_accounts a SET version = e.version, balance_pence = e.balance_after_pence FROM entry e WHERE e.last AND a.ctid = e.place
  ), months AS (
    INSERT INTO account_months AS m (authority_id, account_id, month, debit_pence, credit_pence)
    SELECT authority, e.account_id, e.day - extract(day FROM e.day)::integer + 1, sum(greatest(e.amount_pence, 0)), sum(greatest(-e.amount_pence, 0))
      FROM entry e GROUP BY 2, 3
        ON CONFLICT (authority_id, account_id, month)
        DO UPDATE SET debit_pence = m.debit_pence + EXCLUDED.debit_pence, credit_pence = m.credit_pence + EXCLUDED.credit_pence
  ), linked AS MATERIALIZED (
    SELECT d.*, chain(d.head_hash, '\x72696e6766656e63652d6c65646765722f31'::bytea || substr(r.record, 1, length(r.record) - 32), s.forms)
                  OVER (PARTITION BY d.book_id ORDER BY d.n) AS pair
      FROM draft d
      JOIN (SELECT e.n, string_agg(record_send(ROW(authority, e.journal_id, e.position, e.account_id, e.book_id, e.account, e.budget_id,
                     e.stream, e.amount_pence, e.version, e.balance_after_pence, e.day, e.service_date, e.budget_line_id, e.outcome_id,
                     e.agreement_id)), '' ORDER BY e.position) AS forms
              FROM entry e GROUP BY e.n) s ON s.n = d.n
     -- As canonical_journal() and canonical_entry() say it, from columns. The book's head keeps the place of the hash before.
     CROSS JOIN LATERAL (SELECT record_send(ROW(authority, d.id, d.book_id, d.sequence, d.kind, convert_to(d.description, 'UTF8'), d.day,
             d.recorded_at, convert_to(d.source_type, 'UTF8'), convert_to(d.source_id, 'UTF8'), context_principal_kind(), context_principal(),
             convert_to(d.idempotency_key, 'UTF8'), d.reverses, convert_to(d.reason, 'UTF8'), d.giving_payer_id, d.giving_approved_by,
             d.receiving_payer_id, d.receiving_approved_by, d.entry_count, d.head_hash::bytea)) AS record OFFSET 0) r
  ), posted AS (
    INSERT INTO journals
    SELECT authority, j.id, j.book_id, j.sequence, j.kind, j.description, j.day, j.recorded_at, j.source_type, j.source_id,
           context_principal_kind(), context_principal(), j.idempotency_key, j.reverses, j.reason, j.giving_payer_id, j.giving_approved_by,
           j.receiving_payer_id, j.receiving_approved_by, j.entry_count, substr(j.pair, 1, 32), substr(j.pair, 33) FROM linked j
  ), entered AS (
    INSERT INTO journal_entries
    SELECT authority, e.journal_id, e.position, e.account_id, e.book_id, e.account, e.budget_id, e.stream, e.amount_pence, e.version,
           e.balance_after_pence, e.day, e.service_date, e.budget_line_id, e.outcome_id, e.agreement_id FROM entry e
  ), heads AS (
    UPDATE books b SET head_sequence = j.sequence, head_hash = substr(j.pair, 33), last_recorded_at = j.recorded_at
      FROM linked j WHERE j.last AND b.ctid = j.place
  )
  SELECT j.n::integer, j.id, j.book_id, j.sequence, j.day, j.recorded_at, false FROM linked j;
  IF NOT FOUND THEN
    RETURN QUERY SELECT * FROM post_rest(authority, drafts);
  END IF;
END $$;

-- Returns the first journals of drafts whose keys are known, and posts the rest.
CREATE OR REPLACE FUNCTION post_rest(authority uuid, drafts jsonb)
RETURNS TABLE (n integer, id uuid, book_id uuid, sequence bigint, effective_date date, recorded_at timestamptz, repeated boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  headers journal_draft[] := draft_headers(drafts);
  rest integer[];
BEGIN
  rest := ARRAY(SELECT d.n FROM unnest(headers) d WHERE NOT EXISTS (
    SELECT 1 FROM journals j WHERE j.idempotency_key = d.idempotency_key AND j.book_id IS NOT DISTINCT FROM d.book_id
       AND j.authority_id IS NOT DISTINCT FROM authority) ORDER BY d.n);
  headers := ARRAY(SELECT d FROM unnest(headers) d WHERE d.n <> ALL (rest) ORDER BY d.n);
  RETURN QUERY SELECT * FROM repeated_journals(headers, draft_entries(headers, drafts));
  IF rest <> '{}' THEN
    RETURN QUERY SELECT rest[p.n], p.id, p.book_id, p.sequence, p.effective_date, p.recorded_at, p.repeated
      FROM post_many(authority, (SELECT jsonb_agg(drafts -> (r.n - 1) ORDER BY r.n) FROM unnest(rest) r(n))) p;
  END IF;
END $$;

REVOKE ALL ON FUNCTION post_many, post_rest FROM PUBLIC;
