// The ledger's reading side. Money columns come back as bigint, dates as text.

export const postJournalsSql = 'SELECT * FROM post_journals($1::jsonb)';

export const journalToReverseSql = `
  SELECT j.book_id, j.sequence, j.description, j.effective_date,
         (SELECT jsonb_agg(jsonb_build_object('account', e.code, 'budget_id', e.budget_id, 'stream', e.stream,
                   'amount_pence', (-e.amount_pence)::text, 'service_date', e.service_date, 'budget_line_id', e.budget_line_id,
                   'outcome_id', e.outcome_id, 'agreement_id', e.agreement_id) ORDER BY e.position)
            FROM journal_entries e WHERE e.authority_id = j.authority_id AND e.journal_id = j.id) AS mirror
    FROM journals j WHERE j.authority_id = $1 AND j.id = $2`;

const place = '($2::uuid IS NULL OR a.book_id = $2) AND ($3::uuid IS NULL OR a.budget_id = $3)';

/** $1 authority, $2 book, $3 budget. */
export const balancesNowSql = `
  SELECT a.book_id, a.code, a.budget_id, a.stream, a.balance_pence FROM ledger_accounts a
   WHERE a.authority_id = $1 AND ${place} ORDER BY a.book_id, a.code, a.budget_id, a.stream`;

/** Also $4, the day. Whole months come from their totals, the last from its entries. */
export const balancesAtSql = `
  SELECT a.book_id, a.code, a.budget_id, a.stream, (m.pence + e.pence)::bigint AS balance_pence
    FROM ledger_accounts a
   CROSS JOIN LATERAL (SELECT coalesce(sum(t.debit_pence - t.credit_pence), 0) AS pence FROM account_months t
     WHERE t.authority_id = a.authority_id AND t.account_id = a.id AND t.month < date_trunc('month', $4::date)) m
   CROSS JOIN LATERAL (SELECT coalesce(sum(t.amount_pence), 0) AS pence FROM journal_entries t
     WHERE t.authority_id = a.authority_id AND t.account_id = a.id
       AND t.effective_date BETWEEN date_trunc('month', $4::date)::date AND $4::date) e
   WHERE a.authority_id = $1 AND ${place} ORDER BY a.book_id, a.code, a.budget_id, a.stream`;

/** Also $5, the instant: only what had been recorded by then. */
export const balancesAsKnownSql = `
  SELECT a.book_id, a.code, a.budget_id, a.stream, coalesce(sum(e.amount_pence) FILTER (WHERE j.id IS NOT NULL), 0)::bigint AS balance_pence
    FROM ledger_accounts a
    LEFT JOIN journal_entries e ON e.authority_id = a.authority_id AND e.account_id = a.id AND e.effective_date <= $4::date
    LEFT JOIN journals j ON j.authority_id = e.authority_id AND j.id = e.journal_id AND j.recorded_at <= $5::timestamptz
   WHERE a.authority_id = $1 AND ${place}
   GROUP BY a.book_id, a.code, a.budget_id, a.stream ORDER BY a.book_id, a.code, a.budget_id, a.stream`;

/** $1 authority, $2 first day of the month: openings, movements and closings by code and stream. */
export const trialBalanceSql = `
  SELECT a.code, a.stream,
         coalesce(sum(m.debit_pence - m.credit_pence) FILTER (WHERE m.month < $2::date), 0)::bigint AS opening_pence,
         coalesce(sum(m.debit_pence) FILTER (WHERE m.month = $2::date), 0)::bigint AS debit_pence,
         coalesce(sum(m.credit_pence) FILTER (WHERE m.month = $2::date), 0)::bigint AS credit_pence,
         coalesce(sum(m.debit_pence - m.credit_pence), 0)::bigint AS closing_pence
    FROM ledger_accounts a JOIN account_months m ON m.authority_id = a.authority_id AND m.account_id = a.id AND m.month <= $2::date
   WHERE a.authority_id = $1 GROUP BY a.code, a.stream ORDER BY a.code, a.stream`;

/** $1 authority. */
export const trialBalanceNowSql = `
  SELECT a.code, a.stream, 0::bigint AS opening_pence,
         sum(m.debit_pence)::bigint AS debit_pence, sum(m.credit_pence)::bigint AS credit_pence,
         sum(m.debit_pence - m.credit_pence)::bigint AS closing_pence
    FROM ledger_accounts a JOIN account_months m ON m.authority_id = a.authority_id AND m.account_id = a.id
   WHERE a.authority_id = $1 GROUP BY a.code, a.stream ORDER BY a.code, a.stream`;

/** $1 authority, $2 book, $3 budget, $4 stream, $5 from, $6 to, $7 how many at most. */
export const statementEntriesSql = `
  SELECT a.book_id, e.account_id, e.code, e.budget_id, e.stream, e.journal_id, j.sequence, j.kind, j.description, j.source_type,
         j.source_id, j.reverses, j.recorded_at, e.position, e.effective_date, e.service_date, e.amount_pence, e.budget_line_id,
         e.outcome_id, e.agreement_id
    FROM ledger_accounts a
    JOIN journal_entries e ON e.authority_id = a.authority_id AND e.account_id = a.id AND e.effective_date BETWEEN $5 AND $6
    JOIN journals j ON j.authority_id = e.authority_id AND j.id = e.journal_id
   WHERE a.authority_id = $1 AND ${place} AND ($4::text IS NULL OR a.stream = $4)
   ORDER BY a.book_id, a.code, a.budget_id, a.stream, e.effective_date, e.version LIMIT $7`;
