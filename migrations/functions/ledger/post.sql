-- The posting path: the only one that writes money.
-- What a posting costs is mostly what PostgreSQL does before it touches a row: each node of a plan is set up anew for every
-- statement, and each setting of a function is put on and taken off again. So the checks read what arrived once and look for
-- the reason only when something is wrong; the batch meets its accounts and books where it has just read them; and settings
-- stand on one function of a call.

-- Posts journals of one book or many, all or none, in the order given. `drafts` is an array of objects with the
-- fields of journal_draft (without n, id and entry_count) and `entries`, an array with the fields of entry_draft.
-- when_closed: 'REFUSE' (the default) or 'FIRST_OPEN_DAY', which moves the effective date out of closed months.
-- One journal is posted by small statements and several by large ones: a large statement takes longer to begin than a
-- journal does to post, and a thousand small ones longer than one large one.
CREATE OR REPLACE FUNCTION post_journals(drafts jsonb)
RETURNS TABLE (n integer, id uuid, book_id uuid, sequence bigint, effective_date date, recorded_at timestamptz, repeated boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE
  authority CONSTANT uuid := context_authority();
  batch_size CONSTANT integer := jsonb_array_length(drafts);
BEGIN
  IF authority IS NULL OR context_principal() IS NULL OR context_principal_kind() IS NULL THEN
    RAISE EXCEPTION 'Nothing can be posted without an authority and a principal.' USING ERRCODE = 'RF007';
  END IF;
  IF batch_size NOT BETWEEN 1 AND journals_per_batch_max() THEN
    RAISE EXCEPTION 'The batch has % journals: post 1 to % at once.', batch_size, journals_per_batch_max() USING ERRCODE = 'RF004';
  END IF;
  PERFORM pg_advisory_xact_lock_shared(periods_lock(authority));
  IF batch_size = 1 THEN
    RETURN QUERY SELECT * FROM post_one(authority, drafts);
  ELSE
    RETURN QUERY SELECT * FROM post_many(authority, drafts);
  END IF;
END $$;

-- Plans are kept per connection, and one made while the tables were small must still serve when they are large. So
-- every stored row is met through its own key alone: what no index may begin with, as the authority, is compared by IS
-- NOT DISTINCT FROM, which no index answers.
CREATE OR REPLACE FUNCTION post_one(authority uuid, drafts jsonb)
RETURNS TABLE (n integer, id uuid, book_id uuid, sequence bigint, effective_date date, recorded_at timestamptz, repeated boolean)
LANGUAGE plpgsql SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  draft journal_draft := jsonb_populate_record(NULL::journal_draft, drafts -> 0);
  legs CONSTANT entry_draft[] := ARRAY(SELECT e FROM jsonb_populate_recordset(NULL::entry_draft, drafts -> 0 -> 'entries') e);
  book books;
  journal journals;
  leg entry_draft;
  entry journal_entries;
  entries journal_entries[] := '{}';
  body bytea := '';
  month_of date;
  reversal bigint;
BEGIN
  draft.n := 1;
  draft.id := uuidv7();
  draft.entry_count := cardinality(legs);
  IF draft.entry_count > entries_per_journal_max() THEN
    RAISE EXCEPTION 'The journal has % entries: the limit is %.', draft.entry_count, entries_per_journal_max() USING ERRCODE = 'RF004';
  END IF;
  IF draft.when_closed = 'FIRST_OPEN_DAY' THEN
    draft.effective_date := greatest(draft.effective_date, first_open_day(authority));
  END IF;
  IF context_principal_kind() <> 'system' THEN
    PERFORM check_reach(draft_legs(ARRAY[draft], drafts));
  END IF;

  SELECT * INTO book FROM books b WHERE b.authority_id = authority AND b.id = draft.book_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no book % that you can post to.', draft.book_id USING ERRCODE = 'RF006';
  END IF;
  -- From here on nobody else posts to this book, and the clock is read.
  IF EXISTS (SELECT 1 FROM journals j WHERE j.idempotency_key = draft.idempotency_key AND j.book_id IS NOT DISTINCT FROM draft.book_id
                AND j.authority_id IS NOT DISTINCT FROM authority) THEN
    RETURN QUERY SELECT * FROM repeated_journals(ARRAY[draft], draft_legs(ARRAY[draft], drafts));
    RETURN;
  END IF;
  IF draft.reverses IS NOT NULL THEN
    SELECT j.sequence INTO reversal FROM journals j WHERE j.reverses = draft.reverses AND j.authority_id IS NOT DISTINCT FROM authority;
    IF FOUND THEN
      PERFORM refuse_second_reversal(authority, draft.reverses, reversal);
    END IF;
  END IF;

  month_of := draft.effective_date - extract(day FROM draft.effective_date)::integer + 1;
  FOREACH leg IN ARRAY legs LOOP
    UPDATE ledger_accounts a SET version = a.version + 1, balance_pence = a.balance_pence + leg.amount_pence
     WHERE a.book_id = draft.book_id AND a.code = leg.account AND a.stream = leg.stream AND a.authority_id IS NOT DISTINCT FROM authority
       AND coalesce(a.budget_id, '00000000-0000-0000-0000-000000000000') = coalesce(leg.budget_id, '00000000-0000-0000-0000-000000000000')
    RETURNING a.id, a.version, a.balance_pence INTO entry.account_id, entry.version, entry.balance_after_pence;
    IF NOT FOUND THEN
      INSERT INTO ledger_accounts AS a (authority_id, id, book_id, code, budget_id, stream, version, balance_pence)
      VALUES (authority, uuidv7(), draft.book_id, leg.account, leg.budget_id, leg.stream, 1, leg.amount_pence)
      RETURNING a.id, a.version, a.balance_pence INTO entry.account_id, entry.version, entry.balance_after_pence;
    END IF;
    UPDATE account_months m
       SET debit_pence = m.debit_pence + greatest(leg.amount_pence, 0), credit_pence = m.credit_pence + greatest(-leg.amount_pence, 0)
     WHERE m.authority_id = authority AND m.account_id = entry.account_id AND m.month = month_of;
    IF NOT FOUND THEN
      INSERT INTO account_months (authority_id, account_id, month, debit_pence, credit_pence)
      VALUES (authority, entry.account_id, month_of, greatest(leg.amount_pence, 0), greatest(-leg.amount_pence, 0));
    END IF;
    entry := ROW(authority, draft.id, cardinality(entries) + 1, entry.account_id, draft.book_id, leg.account, leg.budget_id, leg.stream,
                 leg.amount_pence, entry.version, entry.balance_after_pence, draft.effective_date, leg.service_date, leg.budget_line_id,
                 leg.outcome_id, leg.agreement_id);
    entries := entries || entry;
    body := body || canonical_entry(entry);
  END LOOP;

  journal := ROW(authority, draft.id, draft.book_id, book.head_sequence + 1, draft.kind, draft.description, draft.effective_date,
                 greatest(context_now(), book.last_recorded_at), draft.source_type, draft.source_id, context_principal_kind(),
                 context_principal(), draft.idempotency_key, draft.reverses, draft.reason, draft.giving_payer_id, draft.giving_approved_by,
                 draft.receiving_payer_id, draft.receiving_approved_by, draft.entry_count, book.head_hash, NULL);
  journal.hash := sha256(canonical_journal(journal, body));
  UPDATE books b SET head_sequence = journal.sequence, head_hash = journal.hash, last_recorded_at = journal.recorded_at
   WHERE b.authority_id = authority AND b.id = draft.book_id;
  WITH posted AS (INSERT INTO journals SELECT journal.*)
  INSERT INTO journal_entries SELECT * FROM unnest(entries);
  RETURN QUERY SELECT 1, journal.id, journal.book_id, journal.sequence::bigint, journal.effective_date::date, journal.recorded_at, false;
END $$;

-- A batch. Plans are kept per connection, and one made while the tables were small must still serve when they are large:
-- every stored row is met through its own key, by LATERAL … LIMIT 1, or by its place (ctid) where this call has just read it
-- under the book's lock. What no index may begin with, as the authority, is compared by IS NOT DISTINCT FROM.
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
    PERFORM check_reach(draft_legs(draft_headers(drafts), drafts));
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

  -- Versions, balances and sequences follow the order of the batch. When a key is known already nothing is written: the
  -- legs are none, and everything is made of legs.
  RETURN QUERY WITH draft AS MATERIALIZED (
    SELECT d.*, jsonb_array_length(d.legs) AS entry_count, greatest(read_at, b.last_recorded_at) AS recorded_at, b.place, b.head_hash,
           b.head_sequence + row_number() OVER book AS sequence, lead(1) OVER book IS NULL AS last
      FROM (SELECT x.n, uuidv7() AS id, x.book_id, x.kind, x.description, x.source_type, x.source_id, x.idempotency_key, x.reverses,
                   x.reason, x.giving_payer_id, x.giving_approved_by, x.receiving_payer_id, x.receiving_approved_by, x.entries AS legs,
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
  ), leg AS MATERIALIZED (
    SELECT l.n, l.journal_id, l.book_id, l.day, l.position::integer AS position, l.account, l.budget_id, l.stream, l.amount_pence,
           l.service_date, l.budget_line_id, l.outcome_id, l.agreement_id, l.place, first_value(l.candidate_id) OVER account AS account_id,
           l.version + row_number() OVER account AS version, (l.balance_pence + sum(l.amount_pence) OVER account)::bigint AS balance_after_pence,
           lead(1) OVER account IS NULL AS last
      FROM (SELECT d.n, d.id AS journal_id, d.book_id, d.day, l.*, a.ctid AS place, coalesce(a.id, uuidv7()) AS candidate_id,
                   coalesce(a.version, 0) AS version, coalesce(a.balance_pence, 0) AS balance_pence,
                   -- One value to sort by; an account that is not yet open has the hash of its place instead of an id.
                   coalesce(a.id, md5(concat_ws(' ', d.book_id, l.account, l.stream, l.budget_id))::uuid) AS held_at
              FROM draft d
             CROSS JOIN LATERAL ROWS FROM (jsonb_to_recordset(d.legs) AS (account text, budget_id uuid, stream text, amount_pence bigint,
                     service_date date, budget_line_id uuid, outcome_id uuid, agreement_id uuid)) WITH ORDINALITY
                   AS l(account, budget_id, stream, amount_pence, service_date, budget_line_id, outcome_id, agreement_id, position)
              LEFT JOIN LATERAL (
                SELECT a.ctid, a.id, a.version, a.balance_pence FROM ledger_accounts a
                 WHERE a.authority_id IS NOT DISTINCT FROM authority AND a.book_id = d.book_id AND a.code = l.account AND a.stream = l.stream
                   AND coalesce(a.budget_id, '00000000-0000-0000-0000-000000000000') = coalesce(l.budget_id, '00000000-0000-0000-0000-000000000000')
                 LIMIT 1) a ON true
             WHERE NOT EXISTS (SELECT 1 FROM known)) l
    WINDOW account AS (PARTITION BY l.held_at ORDER BY l.n, l.position ROWS UNBOUNDED PRECEDING)
  ), opened AS (
    INSERT INTO ledger_accounts (authority_id, id, book_id, code, budget_id, stream, version, balance_pence)
    SELECT authority, l.account_id, l.book_id, l.account, l.budget_id, l.stream, l.version, l.balance_after_pence
      FROM leg l WHERE l.last AND l.place IS NULL
  ), moved AS (
    UPDATE ledger_accounts a SET version = l.version, balance_pence = l.balance_after_pence FROM leg l WHERE l.last AND a.ctid = l.place
  ), months AS (
    INSERT INTO account_months AS m (authority_id, account_id, month, debit_pence, credit_pence)
    SELECT authority, l.account_id, l.day - extract(day FROM l.day)::integer + 1, sum(greatest(l.amount_pence, 0)), sum(greatest(-l.amount_pence, 0))
      FROM leg l GROUP BY 2, 3
        ON CONFLICT (authority_id, account_id, month)
        DO UPDATE SET debit_pence = m.debit_pence + EXCLUDED.debit_pence, credit_pence = m.credit_pence + EXCLUDED.credit_pence
  ), linked AS MATERIALIZED (
    SELECT d.*, chain(d.head_hash, '\x72696e6766656e63652d6c65646765722f31'::bytea || substr(r.record, 1, length(r.record) - 32), s.entries)
                  OVER (PARTITION BY d.book_id ORDER BY d.n) AS pair
      FROM draft d
      JOIN (SELECT l.n, string_agg(record_send(ROW(authority, l.journal_id, l.position, l.account_id, l.book_id, l.account, l.budget_id,
                     l.stream, l.amount_pence, l.version, l.balance_after_pence, l.day, l.service_date, l.budget_line_id, l.outcome_id,
                     l.agreement_id)), '' ORDER BY l.position) AS entries
              FROM leg l GROUP BY l.n) s ON s.n = d.n
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
    SELECT authority, l.journal_id, l.position, l.account_id, l.book_id, l.account, l.budget_id, l.stream, l.amount_pence, l.version,
           l.balance_after_pence, l.day, l.service_date, l.budget_line_id, l.outcome_id, l.agreement_id FROM leg l
  ), heads AS (
    UPDATE books b SET head_sequence = j.sequence, head_hash = substr(j.pair, 33), last_recorded_at = j.recorded_at
      FROM linked j WHERE j.last AND b.ctid = j.place
  )
  SELECT j.n::integer, j.id, j.book_id, j.sequence, j.day, j.recorded_at, false FROM linked j;
  IF NOT FOUND THEN
    RETURN QUERY SELECT * FROM post_rest(authority, drafts);
  END IF;
END $$;

-- Answers the drafts whose keys are known with their first journals, and posts the rest.
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
  RETURN QUERY SELECT * FROM repeated_journals(headers, draft_legs(headers, drafts));
  IF rest <> '{}' THEN
    RETURN QUERY SELECT rest[p.n], p.id, p.book_id, p.sequence, p.effective_date, p.recorded_at, p.repeated
      FROM post_many(authority, (SELECT jsonb_agg(drafts -> (r.n - 1) ORDER BY r.n) FROM unnest(rest) r(n))) p;
  END IF;
END $$;

REVOKE ALL ON FUNCTION post_journals, post_one, post_many, post_rest FROM PUBLIC;
GRANT EXECUTE ON FUNCTION post_journals TO ringfence_app;
