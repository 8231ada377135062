-- What holds even against the owner: what arrived in one statement is whole, balanced and next in its book.
-- The trigger on entries checks sums, accounts and completeness; the trigger on journals checks the header. Neither sets a
-- search path, which would cost as much as the reading: names are written with their schema.

-- Reads what arrived once, and looks for the reason only where something may be wrong.
-- A journal is whole where no position lies beyond entry_count, none comes twice (the key says so), and as many entries
-- arrived as the journals of all first positions promise. The trigger on journals checks that each has a first position.
-- Funds raised and lowered in one statement may belong to several journals, so this only leads to the second reading, which
-- looks at each journal by itself.
CREATE OR REPLACE FUNCTION check_new_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  suspicious boolean;
  wrong record;
  other record;
BEGIN
  SELECT bool_or(g.over <> 0 OR g.inconsistent OR j.id IS NULL OR g.book_id <> j.book_id OR g.effective_date <> j.effective_date
                 OR g.first < 1 OR g.last > j.entry_count)
         OR sum(g.arrived) IS DISTINCT FROM sum(j.entry_count) FILTER (WHERE g.first = 1) OR (bool_or(g.raised) AND bool_or(g.lowered))
    INTO suspicious
    FROM (SELECT n.authority_id, n.journal_id, n.book_id, n.effective_date, sum(n.amount_pence) AS over, count(*) AS arrived,
                 min(n.position) AS first, max(n.position) AS last,
                 bool_or(n.code = 'FUNDS_HELD' AND n.amount_pence > 0) AS raised,
                 bool_or(n.code = 'FUNDS_HELD' AND n.amount_pence < 0) AS lowered,
                 bool_or(a.id IS NULL OR n.book_id <> a.book_id OR n.code <> a.code OR n.stream <> a.stream
                         OR n.budget_id IS DISTINCT FROM a.budget_id OR n.version > a.version
                         OR (n.version = a.version AND n.balance_after_pence <> a.balance_pence)) AS inconsistent
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
                 max(s.last) AS last, bool_or(s.over <> 0) AS unbalanced, bool_or(s.inconsistent) AS inconsistent,
                 count(*) FILTER (WHERE s.raised OR s.lowered) > 1 AND bool_or(s.raised) AND bool_or(s.lowered) AS transfers
            FROM (SELECT n.authority_id, n.journal_id, n.book_id, n.effective_date, n.budget_id, n.stream, count(*) AS arrived,
                         min(n.position) AS first, max(n.position) AS last, sum(n.amount_pence) AS over,
                         bool_or(n.code = 'FUNDS_HELD' AND n.amount_pence > 0) AS raised,
                         bool_or(n.code = 'FUNDS_HELD' AND n.amount_pence < 0) AS lowered,
                         bool_or(a.id IS NULL OR n.book_id <> a.book_id OR n.code <> a.code OR n.stream <> a.stream
                                 OR n.budget_id IS DISTINCT FROM a.budget_id OR n.version > a.version
                                 OR (n.version = a.version AND n.balance_after_pence <> a.balance_pence)) AS inconsistent
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
   WHERE g.unbalanced OR g.inconsistent OR j.id IS NULL OR b.id IS NULL OR g.first <> 1 OR g.last <> g.arrived OR g.arrived <> j.entry_count
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
  ELSIF wrong.inconsistent THEN
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

CREATE OR REPLACE TRIGGER journal_entries_checked AFTER INSERT ON journal_entries REFERENCING NEW TABLE AS new_entries
  FOR EACH STATEMENT EXECUTE FUNCTION check_new_entries();

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
             OR (b.head_sequence = n.sequence AND b.head_hash <> n.hash) AS inconsistent
        FROM new_journals n
        LEFT JOIN LATERAL (SELECT * FROM ringfence.books b WHERE b.authority_id = n.authority_id AND b.id = n.book_id LIMIT 1) b ON true
        LEFT JOIN LATERAL (SELECT p.hash, p.recorded_at FROM ringfence.journals p
          WHERE p.book_id = n.book_id AND p.sequence = n.sequence - 1 AND p.authority_id IS NOT DISTINCT FROM n.authority_id LIMIT 1) p ON true
        LEFT JOIN LATERAL (SELECT e.position FROM ringfence.journal_entries e
          WHERE e.authority_id = n.authority_id AND e.journal_id = n.id AND e.position = 1 LIMIT 1) f ON true) n
     WHERE n.empty OR n.closed OR n.approvals_wrong OR n.inconsistent OR n.reverses
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
    ELSIF seen.inconsistent THEN
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

CREATE OR REPLACE TRIGGER journals_checked AFTER INSERT ON journals REFERENCING NEW TABLE AS new_journals
  FOR EACH STATEMENT EXECUTE FUNCTION check_new_journals();
