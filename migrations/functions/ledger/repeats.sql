-- A journal that is posted again, or reversed again.

-- Returns the first journals of drafts whose keys are known, and refuses a draft that differs from the journal of its key.
CREATE OR REPLACE FUNCTION repeated_journals(drafts journal_draft[], entries journal_entry_draft[])
RETURNS TABLE (n integer, id uuid, book_id uuid, sequence bigint, effective_date date, recorded_at timestamptz, repeated boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE wrong record;
BEGIN
  SELECT d.idempotency_key, j.sequence INTO wrong FROM unnest(drafts) d
    JOIN journals j ON j.idempotency_key = d.idempotency_key AND j.book_id IS NOT DISTINCT FROM d.book_id
     AND j.authority_id IS NOT DISTINCT FROM context_authority()
   WHERE (d.kind, d.description, d.source_type, d.source_id, d.reverses, d.reason, d.giving_payer_id, d.giving_approved_by,
          d.receiving_payer_id, d.receiving_approved_by)
         IS DISTINCT FROM (j.kind, j.description, j.source_type, j.source_id, j.reverses, j.reason, j.giving_payer_id,
          j.giving_approved_by, j.receiving_payer_id, j.receiving_approved_by)
      -- A draft that follows the first open day may find another one than it did the first time.
      OR (d.effective_date <> j.effective_date AND d.when_closed IS DISTINCT FROM 'FIRST_OPEN_DAY')
      OR ARRAY(SELECT ROW(e.position::bigint, e.code::text, e.budget_id, e.stream::text, e.amount_pence, e.service_date, e.budget_line_id, e.outcome_id, e.agreement_id)::text
                 FROM journal_entries e WHERE e.authority_id = j.authority_id AND e.journal_id = j.id ORDER BY e.position)
         <> ARRAY(SELECT ROW(x.position::bigint, x.code, x.budget_id, x.stream, x.amount_pence, x.service_date, x.budget_line_id, x.outcome_id, x.agreement_id)::text
                    FROM unnest(entries) x WHERE x.journal_id = d.id ORDER BY x.position) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'The idempotency key "%" was used before for a different journal, number %: use a new key.', wrong.idempotency_key, wrong.sequence
      USING ERRCODE = 'RF005';
  END IF;
  RETURN QUERY SELECT d.n, j.id, j.book_id, j.sequence::bigint, j.effective_date::date, j.recorded_at, true FROM unnest(drafts) d
    JOIN journals j ON j.idempotency_key = d.idempotency_key AND j.book_id IS NOT DISTINCT FROM d.book_id
     AND j.authority_id IS NOT DISTINCT FROM context_authority();
END $$;

CREATE OR REPLACE FUNCTION refuse_second_reversal(authority uuid, of_journal uuid, reversal bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Journal % has already been reversed, by journal %: a journal is reversed once.',
    (SELECT j.sequence FROM journals j WHERE j.authority_id = authority AND j.id = of_journal), reversal USING ERRCODE = 'RF002';
END $$;

REVOKE ALL ON FUNCTION repeated_journals FROM PUBLIC;
