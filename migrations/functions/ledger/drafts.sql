-- What was asked to be posted, as rows.

-- The headers of a batch, each with an id. For the rare cases only: repeats, and principals whose rights are checked.
CREATE OR REPLACE FUNCTION draft_headers(drafts jsonb) RETURNS journal_draft[] LANGUAGE sql VOLATILE AS $$
  SELECT array_agg(ROW(x.n, uuidv7(), d.book_id, d.kind, d.description, d.effective_date, d.when_closed, d.source_type, d.source_id,
                       d.idempotency_key, d.reverses, d.reason, d.giving_payer_id, d.giving_approved_by, d.receiving_payer_id,
                       d.receiving_approved_by, jsonb_array_length(x.draft -> 'entries'))::ringfence.journal_draft ORDER BY x.n)
    FROM jsonb_array_elements(drafts) WITH ORDINALITY x(draft, n)
   CROSS JOIN LATERAL jsonb_populate_record(NULL::ringfence.journal_draft, x.draft) d
$$;

-- The entries of these headers.
CREATE OR REPLACE FUNCTION draft_entries(of_drafts journal_draft[], drafts jsonb) RETURNS journal_entry_draft[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(ROW(d.id, e.position, d.book_id, d.effective_date, e.account, e.budget_id, e.stream, e.amount_pence, e.service_date,
                       e.budget_line_id, e.outcome_id, e.agreement_id)::ringfence.journal_entry_draft)
    FROM unnest(of_drafts) d
   CROSS JOIN LATERAL ROWS FROM (jsonb_populate_recordset(NULL::ringfence.entry_draft, drafts -> (d.n - 1) -> 'entries')) WITH ORDINALITY
     AS e(account, budget_id, stream, amount_pence, service_date, budget_line_id, outcome_id, agreement_id, position)
$$;

REVOKE ALL ON FUNCTION draft_headers, draft_entries FROM PUBLIC;
