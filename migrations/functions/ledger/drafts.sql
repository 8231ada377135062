-- What was asked to be posted: headers and entries of drafts, repeats of earlier ones, and whether the principal may.

-- The headers of a batch, each with an id: for what is asked seldom, of repeats and of who may reach what.
CREATE OR REPLACE FUNCTION draft_headers(drafts jsonb) RETURNS journal_draft[] LANGUAGE sql VOLATILE AS $$
  SELECT array_agg(ROW(x.n, uuidv7(), d.book_id, d.kind, d.description, d.effective_date, d.when_closed, d.source_type, d.source_id,
                       d.idempotency_key, d.reverses, d.reason, d.giving_payer_id, d.giving_approved_by, d.receiving_payer_id,
                       d.receiving_approved_by, jsonb_array_length(x.draft -> 'entries'))::ringfence.journal_draft ORDER BY x.n)
    FROM jsonb_array_elements(drafts) WITH ORDINALITY x(draft, n)
   CROSS JOIN LATERAL jsonb_populate_record(NULL::ringfence.journal_draft, x.draft) d
$$;

CREATE OR REPLACE FUNCTION draft_legs(of_drafts journal_draft[], drafts jsonb) RETURNS leg_draft[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(ROW(d.id, e.position, d.book_id, d.effective_date, e.account, e.budget_id, e.stream, e.amount_pence, e.service_date,
                       e.budget_line_id, e.outcome_id, e.agreement_id)::ringfence.leg_draft)
    FROM unnest(of_drafts) d
   CROSS JOIN LATERAL ROWS FROM (jsonb_populate_recordset(NULL::ringfence.entry_draft, drafts -> (d.n - 1) -> 'entries')) WITH ORDINALITY
     AS e(account, budget_id, stream, amount_pence, service_date, budget_line_id, outcome_id, agreement_id, position)
$$;

-- Answers drafts whose keys are known with the journals of those keys, and refuses a draft that asks for something else.
CREATE OR REPLACE FUNCTION repeated_journals(drafts journal_draft[], legs leg_draft[])
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
         <> ARRAY(SELECT ROW(l.position::bigint, l.code, l.budget_id, l.stream, l.amount_pence, l.service_date, l.budget_line_id, l.outcome_id, l.agreement_id)::text
                    FROM unnest(legs) l WHERE l.journal_id = d.id ORDER BY l.position) LIMIT 1;
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

-- Who does not see the whole authority posts only for budgets on which its role posts, and only to the books of those
-- budgets' accounts. Money without a budget is posted by whoever may for every budget of the account, as brothers' and
-- sisters' one is. Officers' journals are judged by the use case: an entry names an action only there.
CREATE OR REPLACE FUNCTION check_reach(legs leg_draft[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  posting CONSTANT text[] := '{pay-runs.submit,statements.upload,statements.revert}';
  reached uuid[];
  wrong record;
BEGIN
  IF sees_whole_authority() THEN
    RETURN;
  END IF;
  reached := budgets_for(VARIADIC posting);
  SELECT l.book_id, l.budget_id, coalesce(l.budget_id = ANY (reached), false) AS granted INTO wrong
    FROM (SELECT DISTINCT x.book_id, x.budget_id FROM unnest(legs) x) l
   WHERE l.budget_id <> ALL (reached) OR NOT EXISTS (
     SELECT 1 FROM books b JOIN designated_account_budgets d ON d.authority_id = b.authority_id AND d.designated_account_id = b.designated_account_id
      WHERE b.authority_id = context_authority() AND b.id = l.book_id
        AND CASE WHEN l.budget_id IS NULL THEN holds_whole_account(b.designated_account_id, VARIADIC posting)
                 ELSE d.budget_id = l.budget_id END) LIMIT 1;
  IF FOUND AND wrong.granted THEN
    RAISE EXCEPTION 'There is no book % that you can post to.', wrong.book_id USING ERRCODE = 'RF006';
  ELSIF FOUND THEN
    RAISE EXCEPTION 'You may not post for %: it is not granted to you.', coalesce('budget ' || wrong.budget_id, 'money without a budget')
      USING ERRCODE = 'RF007';
  END IF;
END $$;

REVOKE ALL ON FUNCTION draft_headers, draft_legs, repeated_journals, check_reach FROM PUBLIC;
