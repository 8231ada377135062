-- Verification. Each returns the first difference of a book, or nothing: the number of the journal, and the field where the rows tell
-- which one it is. For principals who see the whole authority.

CREATE OR REPLACE FUNCTION require_authority_access() RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF NOT coalesce(ringfence.sees_whole_authority(), false) THEN
    RAISE EXCEPTION 'You may not verify a book: only the authority''s officers do.' USING ERRCODE = 'RF007';
  END IF;
END $$;

-- A journal whose hash is not that of its rows: what its neighbours, its account and its own other columns contradict.
-- 'hash' when only the hash itself was changed, 'content' when nothing else tells which column it was.
CREATE OR REPLACE FUNCTION changed_field(j journals, recomputed bytea) RETURNS text LANGUAGE plpgsql STABLE SET search_path = ringfence, pg_temp AS $$
DECLARE seen record;
BEGIN
  IF EXISTS (SELECT 1 FROM journals n WHERE n.authority_id = j.authority_id AND n.book_id = j.book_id AND n.sequence = j.sequence + 1
                AND n.previous_hash = recomputed)
     OR EXISTS (SELECT 1 FROM books b WHERE b.authority_id = j.authority_id AND b.id = j.book_id AND b.head_sequence = j.sequence
                AND b.head_hash = recomputed) THEN
    RETURN 'hash';
  END IF;
  SELECT count(*) AS entries, max(e.position) AS last_position, bool_or(e.book_id <> j.book_id) AS book,
         bool_or(e.effective_date <> j.effective_date) AS day, bool_or(a.id IS NULL) AS account, bool_or(a.code <> e.code) AS code,
         bool_or(a.budget_id IS DISTINCT FROM e.budget_id) AS budget, bool_or(a.stream <> e.stream) AS stream,
         bool_or(a.book_id <> j.book_id OR (b.journal_id IS NULL AND e.version > 1)) AS other_account, sum(e.amount_pence) <> 0 AS unbalanced,
         bool_or(e.balance_after_pence <> e.amount_pence + coalesce(b.balance_after_pence, 0)) AS balance,
         bool_or(coalesce(f.balance_after_pence - f.amount_pence, CASE a.version WHEN e.version THEN a.balance_pence END)
                 <> e.balance_after_pence) AS balance_after
    INTO seen FROM journal_entries e
    LEFT JOIN ledger_accounts a ON a.authority_id = e.authority_id AND a.id = e.account_id
    LEFT JOIN journal_entries b ON b.authority_id = e.authority_id AND b.account_id = e.account_id AND b.version = e.version - 1
    LEFT JOIN journal_entries f ON f.authority_id = e.authority_id AND f.account_id = e.account_id AND f.version = e.version + 1
   WHERE e.authority_id = j.authority_id AND e.journal_id = j.id;
  RETURN CASE
    WHEN seen.entries <> j.entry_count AND seen.last_position = seen.entries THEN 'entryCount'
    WHEN seen.entries <> j.entry_count THEN 'entries'
    WHEN seen.last_position <> seen.entries THEN 'position'
    WHEN seen.book THEN 'bookId' WHEN seen.day THEN 'effectiveDate'
    WHEN seen.account OR (seen.code AND (seen.budget OR seen.stream)) THEN 'account'
    WHEN seen.code THEN 'code' WHEN seen.budget THEN 'budgetId' WHEN seen.stream THEN 'stream'
    WHEN seen.other_account THEN 'version'
    WHEN seen.unbalanced THEN 'amountPence'
    WHEN seen.balance AND seen.balance_after THEN 'balanceAfterPence'
    WHEN seen.balance THEN 'amountPence'
    ELSE 'content' END;
END $$;

-- The chain over the journals after `after_sequence`, `journals_max` at most: every number there, each journal's hash that
-- of its rows, and following the one before; at the end of the book, the book's head its last journal.
CREATE OR REPLACE FUNCTION verify_journals(of_book uuid, after_sequence bigint, journals_max integer)
RETURNS TABLE (checked integer, last_sequence bigint, differs_at bigint, field text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  PERFORM require_authority_access();
  RETURN QUERY WITH journal AS (
    SELECT j, j.sequence, j.previous_hash, j.hash, sha256(canonical_journal(j, coalesce((SELECT string_agg(canonical_entry(e), '' ORDER BY e.position)
             FROM journal_entries e WHERE e.authority_id = j.authority_id AND e.journal_id = j.id), ''))) AS recomputed,
           after_sequence + row_number() OVER (ORDER BY j.sequence) AS expected,
           coalesce(lag(j.hash) OVER (ORDER BY j.sequence), (SELECT p.hash FROM journals p WHERE p.authority_id = j.authority_id
             AND p.book_id = j.book_id AND p.sequence = after_sequence), decode(repeat('00', 32), 'hex')) AS previous
      FROM journals j WHERE j.authority_id = context_authority() AND j.book_id = of_book AND j.sequence > after_sequence
     ORDER BY j.sequence LIMIT journals_max
  ), seen AS (
    SELECT count(*)::integer AS checked, coalesce(max(j.sequence), after_sequence)::bigint AS last FROM journal j
  ), difference AS (
    SELECT j.expected AS at, CASE WHEN j.sequence <> j.expected THEN 'sequence' WHEN j.hash <> j.recomputed THEN changed_field(j.j, j.recomputed)
                                  ELSE 'previousHash' END AS field
      FROM journal j WHERE j.sequence <> j.expected OR j.previous_hash <> j.previous OR j.hash <> j.recomputed
    UNION ALL
    -- A journal that the head names is gone; or the head itself was changed.
    SELECT CASE WHEN b.head_sequence > s.last THEN s.last + 1 ELSE s.last END, CASE WHEN b.head_sequence > s.last THEN 'sequence' ELSE 'head' END
      FROM seen s JOIN books b ON b.authority_id = context_authority() AND b.id = of_book
     WHERE s.checked < journals_max AND (b.head_sequence <> s.last OR b.head_hash <> coalesce((SELECT j.hash FROM journals j
             WHERE j.authority_id = b.authority_id AND j.book_id = b.id AND j.sequence = s.last), decode(repeat('00', 32), 'hex')))
    ORDER BY 1 LIMIT 1
  )
  SELECT s.checked, s.last, d.at, d.field FROM seen s LEFT JOIN difference d ON true;
END $$;

-- What is kept beside the journals: versions without a gap, balances after, the accounts' balances and the month totals,
-- each against the sums of the entries; and entries whose journal is gone. Names the last journal of what does not agree.
CREATE OR REPLACE FUNCTION verify_totals(of_book uuid) RETURNS TABLE (differs_at bigint, field text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  PERFORM require_authority_access();
  RETURN QUERY WITH entry AS MATERIALIZED (
    SELECT e.account_id, e.version, e.amount_pence, e.balance_after_pence, date_trunc('month', e.effective_date)::date AS month, j.sequence,
           row_number() OVER place AS expected_version, sum(e.amount_pence) OVER place AS expected_balance
      FROM journal_entries e LEFT JOIN journals j ON j.authority_id = e.authority_id AND j.id = e.journal_id
     WHERE e.authority_id = context_authority() AND e.account_id IN (
       SELECT a.id FROM ledger_accounts a WHERE a.authority_id = context_authority() AND a.book_id = of_book)
    WINDOW place AS (PARTITION BY e.account_id ORDER BY e.version)
  ), sums AS (
    SELECT e.account_id, max(e.sequence) AS last, count(*) AS versions, sum(e.amount_pence) AS pence FROM entry e GROUP BY 1
  ), months AS (
    SELECT e.account_id, e.month, max(e.sequence) AS last, sum(greatest(e.amount_pence, 0)) AS debit, sum(greatest(-e.amount_pence, 0)) AS credit
      FROM entry e GROUP BY 1, 2
  )
  SELECT coalesce(d.at, 0)::bigint, d.field FROM (
    SELECT j.sequence AS at, 'account' AS field FROM journals j
      JOIN journal_entries e ON e.authority_id = j.authority_id AND e.journal_id = j.id
      LEFT JOIN ledger_accounts a ON a.authority_id = e.authority_id AND a.id = e.account_id
     WHERE j.authority_id = context_authority() AND j.book_id = of_book
       AND (a.book_id, a.code::text, a.budget_id, a.stream::text) IS DISTINCT FROM (e.book_id, e.code::text, e.budget_id, e.stream::text)
    UNION ALL
    SELECT coalesce(e.sequence, 0), CASE WHEN e.sequence IS NULL THEN 'entries' WHEN e.version <> e.expected_version THEN 'version'
                                               ELSE 'balanceAfterPence' END AS field
      FROM entry e WHERE e.sequence IS NULL OR e.version <> e.expected_version OR e.balance_after_pence <> e.expected_balance
    UNION ALL
    SELECT s.last, CASE WHEN a.balance_pence IS DISTINCT FROM s.pence THEN 'accountBalance' ELSE 'accountVersion' END
      FROM ledger_accounts a LEFT JOIN sums s ON s.account_id = a.id
     WHERE a.authority_id = context_authority() AND a.book_id = of_book AND (a.balance_pence, a.version::bigint) IS DISTINCT FROM (s.pence, s.versions)
    UNION ALL
    SELECT coalesce(m.last, s.last), 'monthTotals'
      FROM (SELECT t.* FROM account_months t JOIN ledger_accounts a ON a.authority_id = t.authority_id AND a.id = t.account_id
             WHERE t.authority_id = context_authority() AND a.book_id = of_book) t
      FULL JOIN months m ON m.account_id = t.account_id AND m.month = t.month
      LEFT JOIN sums s ON s.account_id = t.account_id
     WHERE (t.debit_pence, t.credit_pence) IS DISTINCT FROM (m.debit, m.credit)) d
   ORDER BY d.at LIMIT 1;
END $$;

-- Heads that were known before, kept by record_heads() or brought from an export: the journal of that number must still be
-- there, with that hash. This finds a tail that was deleted or rewritten, head and all. `heads`: [{book, sequence, hash}].
CREATE OR REPLACE FUNCTION verify_heads(of_book uuid, heads jsonb DEFAULT '[]') RETURNS TABLE (differs_at bigint, field text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
BEGIN
  PERFORM require_authority_access();
  RETURN QUERY SELECT h.sequence, CASE WHEN j.id IS NULL THEN 'sequence' ELSE 'hash' END
    FROM (SELECT k.sequence::bigint AS sequence, k.hash::bytea AS hash FROM book_heads k WHERE k.authority_id = context_authority() AND k.book_id = of_book
          UNION
          SELECT x.sequence, decode(x.hash, 'hex') FROM jsonb_to_recordset(heads) x(book uuid, sequence bigint, hash text) WHERE x.book = of_book) h
    LEFT JOIN journals j ON j.authority_id = context_authority() AND j.book_id = of_book AND j.sequence = h.sequence
   WHERE h.sequence > 0 AND h.hash IS DISTINCT FROM j.hash ORDER BY h.sequence LIMIT 1;
END $$;

-- Keeps the head of every book that has moved since its last kept head; returns how many. Once a day is enough.
CREATE OR REPLACE FUNCTION record_heads() RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ringfence, pg_temp AS $$
DECLARE kept integer;
BEGIN
  PERFORM require_authority_access();
  INSERT INTO book_heads (authority_id, book_id, day, sequence, hash)
  SELECT b.authority_id, b.id, context_today(), b.head_sequence, b.head_hash FROM books b
   WHERE b.authority_id = context_authority() AND b.head_sequence > coalesce((
     SELECT h.sequence FROM book_heads h WHERE h.authority_id = b.authority_id AND h.book_id = b.id ORDER BY h.day DESC LIMIT 1), 0)
      ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS kept = ROW_COUNT;
  RETURN kept;
END $$;

REVOKE ALL ON FUNCTION verify_journals, verify_totals, verify_heads, record_heads FROM PUBLIC;
GRANT EXECUTE ON FUNCTION verify_journals, verify_totals, verify_heads, record_heads TO ringfence_app;
