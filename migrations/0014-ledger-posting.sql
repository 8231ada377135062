-- The posting path again, with the same promises, the same refusals and the same canonical form, for less work.
-- What a posting costs is mostly what PostgreSQL does before it touches a row: each node of a plan is set up anew for every
-- statement, and each setting of a function is put on and taken off again. So the checks read what arrived once and look for
-- the reason only when something is wrong; the batch meets its accounts and books where it has just read them; and settings
-- stand on one function of a call.

SET LOCAL search_path = ringfence;

-- ── What holds even against the owner ──
-- The checks of migration 0004, each in its own words there. They are split by what they need: the entries' trigger sees to
-- sums, accounts and completeness, the journals' trigger to the header. Written without a search path of their own, which
-- costs as much as the reading: names are spelt out.

-- That a journal is whole follows from three facts: no position lies beyond entry_count, none comes twice (the key), and as
-- many entries arrived as the journals of all first positions promise; that each journal has a first position is seen to by
-- the journals' trigger. Money raised and lowered in one statement may be of several journals: that, too, only asks for the
-- second reading, which knows.
CREATE OR REPLACE FUNCTION check_new_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  suspicious boolean;
  wrong record;
  other record;
BEGIN
  SELECT bool_or(g.over <> 0 OR g.astray OR j.id IS NULL OR g.book_id <> j.book_id OR g.effective_date <> j.effective_date
                 OR g.first < 1 OR g.last > j.entry_count)
         OR sum(g.arrived) IS DISTINCT FROM sum(j.entry_count) FILTER (WHERE g.first = 1) OR (bool_or(g.raised) AND bool_or(g.lowered))
    INTO suspicious
    FROM (SELECT n.authority_id, n.journal_id, n.book_id, n.effective_date, sum(n.amount_pence) AS over, count(*) AS arrived,
                 min(n.position) AS first, max(n.position) AS last,
                 bool_or(n.code = 'FUNDS_HELD' AND n.amount_pence > 0) AS raised,
                 bool_or(n.code = 'FUNDS_HELD' AND n.amount_pence < 0) AS lowered,
                 bool_or(a.id IS NULL OR n.book_id <> a.book_id OR n.code <> a.code OR n.stream <> a.stream
                         OR n.budget_id IS DISTINCT FROM a.budget_id OR n.version > a.version
                         OR (n.version = a.version AND n.balance_after_pence <> a.balance_pence)) AS astray
            FROM new_entries n
            LEFT JOIN LATERAL (SELECT * FROM ringfence.ledger_accounts a
              WHERE a.authority_id = n.authority_id AND a.id = n.account_id LIMIT 1) a ON true
           GROUP BY n.authority_id, n.journal_id, n.book_id, n.effective_date, n.budget_id, n.stream) g
    LEFT JOIN LATERAL (SELECT * FROM ringfence.journals j
      WHERE j.authority_id = g.authority_id AND j.id = g.journal_id LIMIT 1) j ON true;
  IF suspicious IS NOT TRUE THEN
    RETURN NULL;
  END IF;

  SELECT g.*, j.id AS known, j.sequence, j.kind, j.entry_count, j.book_id AS journal_book, j.effective_date AS journal_day, c.open_from,
         num_nonnulls(j.giving_payer_id, j.giving_approved_by, j.receiving_payer_id, j.receiving_approved_by) AS approvals
    INTO wrong
    FROM (SELECT s.authority_id, s.journal_id, s.book_id, s.effective_date, sum(s.arrived) AS arrived, min(s.first) AS first,
                 max(s.last) AS last, bool_or(s.over <> 0) AS unbalanced, bool_or(s.astray) AS astray,
                 count(*) FILTER (WHERE s.raised OR s.lowered) > 1 AND bool_or(s.raised) AND bool_or(s.lowered) AS transfers
            FROM (SELECT n.authority_id, n.journal_id, n.book_id, n.effective_date, n.budget_id, n.stream, count(*) AS arrived,
                         min(n.position) AS first, max(n.position) AS last, sum(n.amount_pence) AS over,
                         bool_or(n.code = 'FUNDS_HELD' AND n.amount_pence > 0) AS raised,
                         bool_or(n.code = 'FUNDS_HELD' AND n.amount_pence < 0) AS lowered,
                         bool_or(a.id IS NULL OR n.book_id <> a.book_id OR n.code <> a.code OR n.stream <> a.stream
                                 OR n.budget_id IS DISTINCT FROM a.budget_id OR n.version > a.version
                                 OR (n.version = a.version AND n.balance_after_pence <> a.balance_pence)) AS astray
                    FROM new_entries n LEFT JOIN LATERAL (
                      SELECT * FROM ringfence.ledger_accounts a WHERE a.authority_id = n.authority_id AND a.id = n.account_id LIMIT 1) a ON true
                   GROUP BY n.authority_id, n.journal_id, n.book_id, n.effective_date, n.budget_id, n.stream) s
           GROUP BY s.authority_id, s.journal_id, s.book_id, s.effective_date) g
    LEFT JOIN LATERAL (SELECT * FROM ringfence.journals j WHERE j.authority_id = g.authority_id AND j.id = g.journal_id LIMIT 1) j ON true
    LEFT JOIN LATERAL (SELECT * FROM ringfence.books b WHERE b.authority_id = j.authority_id AND b.id = j.book_id LIMIT 1) b ON true
    LEFT JOIN LATERAL (SELECT p.hash, p.recorded_at FROM ringfence.journals p
      WHERE p.book_id = j.book_id AND p.sequence = j.sequence - 1 AND p.authority_id IS NOT DISTINCT FROM j.authority_id LIMIT 1) p ON true
    LEFT JOIN LATERAL (SELECT (m.month + interval '1 month')::date AS open_from FROM ringfence.periods m
      WHERE m.authority_id = g.authority_id AND m.state = 'CLOSED' ORDER BY m.month DESC LIMIT 1) c ON true
   WHERE g.unbalanced OR g.astray OR j.id IS NULL OR b.id IS NULL OR g.first <> 1 OR g.last <> g.arrived OR g.arrived <> j.entry_count
      OR g.book_id <> j.book_id OR g.effective_date <> j.effective_date OR j.effective_date < c.open_from
      OR (g.transfers AND j.kind NOT IN ('STREAM_TRANSFER', 'REVERSAL', 'OPENING'))
      OR (j.kind = 'REVERSAL') <> (j.reverses IS NOT NULL) OR (j.reverses IS NOT NULL AND j.reason IS NULL)
      OR num_nonnulls(j.giving_payer_id, j.giving_approved_by, j.receiving_payer_id, j.receiving_approved_by)
         <> CASE j.kind WHEN 'STREAM_TRANSFER' THEN 4 ELSE 0 END
      OR j.previous_hash IS DISTINCT FROM coalesce(p.hash, CASE j.sequence WHEN 1 THEN decode(repeat('00', 32), 'hex') END)
      OR p.recorded_at > j.recorded_at OR b.head_sequence < j.sequence OR (b.head_sequence = j.sequence AND b.head_hash <> j.hash)
   LIMIT 1;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;

  IF wrong.unbalanced THEN
    SELECT n.stream, n.budget_id, sum(n.amount_pence) AS over INTO other FROM new_entries n WHERE n.journal_id = wrong.journal_id
     GROUP BY n.budget_id, n.stream HAVING sum(n.amount_pence) <> 0 LIMIT 1;
    RAISE EXCEPTION 'The journal does not balance: its entries of stream % for % sum to %, and must sum to zero.', other.stream,
      coalesce('budget ' || other.budget_id, 'no budget'), ringfence.pounds(other.over) USING ERRCODE = 'RF001';
  END IF;
  SELECT count(*) AS entries INTO other FROM ringfence.journal_entries e
   WHERE e.authority_id = wrong.authority_id AND e.journal_id = wrong.journal_id;
  IF wrong.known IS NOT NULL AND other.entries > wrong.entry_count THEN
    RAISE EXCEPTION 'Journal % already has its entries: post a new journal instead.', wrong.sequence USING ERRCODE = 'RF001';
  ELSIF wrong.astray THEN
    RAISE EXCEPTION 'The entries of a journal do not agree with their accounts: only post_journals() posts.' USING ERRCODE = 'RF001';
  ELSIF wrong.known IS NULL OR wrong.first <> 1 OR wrong.last <> wrong.arrived OR wrong.arrived <> wrong.entry_count
        OR wrong.book_id <> wrong.journal_book OR wrong.effective_date <> wrong.journal_day THEN
    RAISE EXCEPTION 'Journal % has % of its % entries, or entries of another book or day: a journal and its entries arrive in one statement.',
      coalesce(wrong.sequence::text, '-'), other.entries, coalesce(wrong.entry_count::text, '-') USING ERRCODE = 'RF001';
  ELSIF wrong.journal_day < wrong.open_from THEN
    RAISE EXCEPTION 'The period % is closed: post to % or later.', to_char(wrong.journal_day, 'FMMonth YYYY'),
      to_char(wrong.open_from, 'FMDD FMMonth YYYY') USING ERRCODE = 'RF003';
  ELSIF wrong.kind <> 'STREAM_TRANSFER' AND wrong.transfers AND wrong.kind NOT IN ('REVERSAL', 'OPENING') THEN
    RAISE EXCEPTION 'The journal moves a payer''s money between streams or budgets: post it as a STREAM_TRANSFER with both payers'' approvals.'
      USING ERRCODE = 'RF011';
  ELSIF wrong.approvals <> (CASE wrong.kind WHEN 'STREAM_TRANSFER' THEN 4 ELSE 0 END) THEN
    -- Each stream is another payer's money: both must have agreed to a move (domain.md, section 2.2).
    RAISE EXCEPTION 'Journal % is of kind % and names % of the four facts of two payers'' approvals: a STREAM_TRANSFER names all, no other journal any.',
      wrong.sequence, wrong.kind, wrong.approvals USING ERRCODE = 'RF011';
  ELSE
    RAISE EXCEPTION 'Journal % is not the next of its book, or its header contradicts itself: only post_journals() posts.', wrong.sequence
      USING ERRCODE = 'RF001';
  END IF;
END $$;

-- A journal's header: open month, kind, approvals, the next of its book's chain and the book's head; that it has entries,
-- which the other trigger would never see; and the mirror of a reversal.
CREATE OR REPLACE FUNCTION check_new_journals() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  seen record;
  wrong record;
  reversing boolean := false;
  open_from date;
BEGIN
  FOR seen IN
    SELECT * FROM (
      SELECT n.authority_id, n.sequence, n.kind, n.effective_date, n.reverses IS NOT NULL AS reverses, f.position IS NULL AS empty,
             num_nonnulls(n.giving_payer_id, n.giving_approved_by, n.receiving_payer_id, n.receiving_approved_by)
               <> CASE n.kind WHEN 'STREAM_TRANSFER' THEN 4 ELSE 0 END AS approvals_wrong,
             num_nonnulls(n.giving_payer_id, n.giving_approved_by, n.receiving_payer_id, n.receiving_approved_by) AS approvals,
             -- Closed is the month itself or, months closing in order, any after it.
             EXISTS (SELECT 1 FROM ringfence.periods m WHERE m.authority_id = n.authority_id AND m.state = 'CLOSED'
                        AND m.month >= date_trunc('month', n.effective_date)::date OFFSET 0) AS closed,
             b.id IS NULL OR (n.kind = 'REVERSAL') <> (n.reverses IS NOT NULL) OR (n.reverses IS NOT NULL AND n.reason IS NULL)
             OR n.previous_hash IS DISTINCT FROM coalesce(p.hash, CASE n.sequence WHEN 1 THEN decode(repeat('00', 32), 'hex') END)
             OR p.recorded_at > n.recorded_at OR b.head_sequence < n.sequence
             OR (b.head_sequence = n.sequence AND b.head_hash <> n.hash) AS astray
        FROM new_journals n
        LEFT JOIN LATERAL (SELECT * FROM ringfence.books b WHERE b.authority_id = n.authority_id AND b.id = n.book_id LIMIT 1) b ON true
        LEFT JOIN LATERAL (SELECT p.hash, p.recorded_at FROM ringfence.journals p
          WHERE p.book_id = n.book_id AND p.sequence = n.sequence - 1 AND p.authority_id IS NOT DISTINCT FROM n.authority_id LIMIT 1) p ON true
        LEFT JOIN LATERAL (SELECT e.position FROM ringfence.journal_entries e
          WHERE e.authority_id = n.authority_id AND e.journal_id = n.id AND e.position = 1 LIMIT 1) f ON true) n
     WHERE n.empty OR n.closed OR n.approvals_wrong OR n.astray OR n.reverses
  LOOP
    IF seen.empty THEN
      RAISE EXCEPTION 'Journal % has none of its entries: a journal and its entries arrive in one statement.', seen.sequence USING ERRCODE = 'RF001';
    ELSIF seen.closed THEN
      SELECT (max(m.month) + interval '1 month')::date INTO open_from FROM ringfence.periods m
       WHERE m.authority_id = seen.authority_id AND m.state = 'CLOSED';
      RAISE EXCEPTION 'The period % is closed: post to % or later.', to_char(seen.effective_date, 'FMMonth YYYY'),
        to_char(open_from, 'FMDD FMMonth YYYY') USING ERRCODE = 'RF003';
    ELSIF seen.approvals_wrong THEN
      -- Each stream is another payer's money: both must have agreed to a move (domain.md, section 2.2).
      RAISE EXCEPTION 'Journal % is of kind % and names % of the four facts of two payers'' approvals: a STREAM_TRANSFER names all, no other journal any.',
        seen.sequence, seen.kind, seen.approvals USING ERRCODE = 'RF011';
    ELSIF seen.astray THEN
      RAISE EXCEPTION 'Journal % is not the next of its book, or its header contradicts itself: only post_journals() posts.', seen.sequence
        USING ERRCODE = 'RF001';
    END IF;
    reversing := true;
  END LOOP;
  IF reversing THEN
    SELECT o.sequence, o.kind INTO wrong FROM new_journals n JOIN ringfence.journals o ON o.authority_id = n.authority_id AND o.id = n.reverses
     WHERE o.kind = 'REVERSAL' OR o.book_id <> n.book_id OR o.entry_count <> n.entry_count OR EXISTS (
       SELECT 1 FROM ringfence.journal_entries m
         LEFT JOIN ringfence.journal_entries e ON e.authority_id = m.authority_id AND e.journal_id = o.id AND e.position = m.position
          AND e.account_id = m.account_id AND e.amount_pence = -m.amount_pence
          AND (e.service_date, e.budget_line_id, e.outcome_id, e.agreement_id)
              IS NOT DISTINCT FROM (m.service_date, m.budget_line_id, m.outcome_id, m.agreement_id)
        WHERE m.authority_id = n.authority_id AND m.journal_id = n.id AND e.journal_id IS NULL) LIMIT 1;
    IF wrong.kind = 'REVERSAL' THEN
      RAISE EXCEPTION 'Journal % is itself a reversal: post a new journal instead of reversing it.', wrong.sequence USING ERRCODE = 'RF008';
    ELSIF FOUND THEN
      RAISE EXCEPTION 'The reversal of journal % is not its exact mirror: each entry must be repeated with the opposite amount.', wrong.sequence
        USING ERRCODE = 'RF001';
    END IF;
  END IF;
  RETURN NULL;
END $$;

-- ── Posting ──

-- Of the two hashes of a journal, the one before it and its own, so that one pass over a window gives both: 64 bytes.
CREATE FUNCTION chain_pair(pair bytea, head bytea, header bytea, entries bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  head := coalesce(substr(pair, 33), head);
  RETURN head || sha256(header || head || entries);
END $$;

-- Folds journals, in the order of a window, into their pairs, beginning at the book's head. `header` is the canonical form
-- up to the hash of the journal before, which comes last in it.
CREATE AGGREGATE chain(head bytea, header bytea, entries bytea) (SFUNC = chain_pair, STYPE = bytea);
DROP AGGREGATE chain(bytea, journals, bytea);
DROP FUNCTION chain_link(bytea, bytea, journals, bytea);

-- The headers of a batch, each with an id: for what is asked seldom, of repeats and of who may reach what.
CREATE FUNCTION draft_headers(drafts jsonb) RETURNS journal_draft[] LANGUAGE sql VOLATILE AS $$
  SELECT array_agg(ROW(x.n, uuidv7(), d.book_id, d.kind, d.description, d.effective_date, d.when_closed, d.source_type, d.source_id,
                       d.idempotency_key, d.reverses, d.reason, d.giving_payer_id, d.giving_approved_by, d.receiving_payer_id,
                       d.receiving_approved_by, jsonb_array_length(x.draft -> 'entries'))::ringfence.journal_draft ORDER BY x.n)
    FROM jsonb_array_elements(drafts) WITH ORDINALITY x(draft, n)
   CROSS JOIN LATERAL jsonb_populate_record(NULL::ringfence.journal_draft, x.draft) d
$$;

-- Answers the drafts whose keys are known with their first journals, and posts the rest.
CREATE FUNCTION post_rest(authority uuid, drafts jsonb)
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

REVOKE ALL ON FUNCTION chain_pair, draft_headers, post_rest FROM PUBLIC;

-- ── Reading ──

-- A recent month's trial balance is reckoned backwards from the balances now: of the months, it reads that one and those after.
CREATE INDEX account_months_month ON account_months (month, authority_id);
