-- One journal, by small statements.

-- PostgreSQL keeps plans for each connection, and a plan from the time when the tables were small must still serve when they
-- are large. So every stored row is found through its own key alone. A column that no index may begin with, such as the
-- authority, is compared by IS NOT DISTINCT FROM, which no index can answer.
CREATE OR REPLACE FUNCTION post_one(authority uuid, drafts jsonb)
RETURNS TABLE (n integer, id uuid, book_id uuid, sequence bigint, effective_date date, recorded_at timestamptz, repeated boolean)
LANGUAGE plpgsql SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  draft journal_draft := jsonb_populate_record(NULL::journal_draft, drafts -> 0);
  asked_entries CONSTANT entry_draft[] := ARRAY(SELECT e FROM jsonb_populate_recordset(NULL::entry_draft, drafts -> 0 -> 'entries') e);
  book books;
  journal journals;
  asked entry_draft;
  entry journal_entries;
  entries journal_entries[] := '{}';
  body bytea := '';
  month_of date;
  reversal bigint;
BEGIN
  draft.n := 1;
  draft.id := uuidv7();
  draft.entry_count := cardinality(asked_entries);
  IF draft.entry_count > entries_per_journal_max() THEN
    RAISE EXCEPTION 'The journal has % entries: the limit is %.', draft.entry_count, entries_per_journal_max() USING ERRCODE = 'RF004';
  END IF;
  IF draft.when_closed = 'FIRST_OPEN_DAY' THEN
    draft.effective_date := greatest(draft.effective_date, first_open_day(authority));
  END IF;
  IF context_principal_kind() <> 'system' THEN
    PERFORM check_posting_rights(draft_entries(ARRAY[draft], drafts));
  END IF;

  SELECT * INTO book FROM books b WHERE b.authority_id = authority AND b.id = draft.book_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no book % that you can post to.', draft.book_id USING ERRCODE = 'RF006';
  END IF;
  -- From here on nobody else posts to this book, and the clock is read.
  IF EXISTS (SELECT 1 FROM journals j WHERE j.idempotency_key = draft.idempotency_key AND j.book_id IS NOT DISTINCT FROM draft.book_id
                AND j.authority_id IS NOT DISTINCT FROM authority) THEN
    RETURN QUERY SELECT * FROM repeated_journals(ARRAY[draft], draft_entries(ARRAY[draft], drafts));
    RETURN;
  END IF;
  IF draft.reverses IS NOT NULL THEN
    SELECT j.sequence INTO reversal FROM journals j WHERE j.reverses = draft.reverses AND j.authority_id IS NOT DISTINCT FROM authority;
    IF FOUND THEN
      PERFORM refuse_second_reversal(authority, draft.reverses, reversal);
    END IF;
  END IF;

  month_of := draft.effective_date - extract(day FROM draft.effective_date)::integer + 1;
  FOREACH asked IN ARRAY asked_entries LOOP
    UPDATE ledger_accounts a SET version = a.version + 1, balance_pence = a.balance_pence + asked.amount_pence
     WHERE a.book_id = draft.book_id AND a.code = asked.account AND a.stream = asked.stream AND a.authority_id IS NOT DISTINCT FROM authority
       AND coalesce(a.budget_id, '00000000-0000-0000-0000-000000000000') = coalesce(asked.budget_id, '00000000-0000-0000-0000-000000000000')
    RETURNING a.id, a.version, a.balance_pence INTO entry.account_id, entry.version, entry.balance_after_pence;
    IF NOT FOUND THEN
      INSERT INTO ledger_accounts AS a (authority_id, id, book_id, code, budget_id, stream, version, balance_pence)
      VALUES (authority, uuidv7(), draft.book_id, asked.account, asked.budget_id, asked.stream, 1, asked.amount_pence)
      RETURNING a.id, a.version, a.balance_pence INTO entry.account_id, entry.version, entry.balance_after_pence;
    END IF;
    UPDATE account_months m
       SET debit_pence = m.debit_pence + greatest(asked.amount_pence, 0), credit_pence = m.credit_pence + greatest(-asked.amount_pence, 0)
     WHERE m.authority_id = authority AND m.account_id = entry.account_id AND m.month = month_of;
    IF NOT FOUND THEN
      INSERT INTO account_months (authority_id, account_id, month, debit_pence, credit_pence)
      VALUES (authority, entry.account_id, month_of, greatest(asked.amount_pence, 0), greatest(-asked.amount_pence, 0));
    END IF;
    entry := ROW(authority, draft.id, cardinality(entries) + 1, entry.account_id, draft.book_id, asked.account, asked.budget_id, asked.stream,
                 asked.amount_pence, entry.version, entry.balance_after_pence, draft.effective_date, asked.service_date, asked.budget_line_id,
                 asked.outcome_id, asked.agreement_id);
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

REVOKE ALL ON FUNCTION post_one FROM PUBLIC;
