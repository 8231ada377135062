// The ledger's reading side. Money columns come back as bigint, dates as text.

export const postJournalsSql = 'SELECT * FROM post_journals($1::jsonb)';

export const lockBooksSql = 'SELECT lock_books($1::uuid[])';

export const journalToReverseSql = `
  SELECT j.book_id, j.sequence, j.description, j.effective_date,
         (SELECT jsonb_agg(jsonb_build_object('account', e.code, 'budget_id', e.budget_id, 'stream', e.stream,
                   'amount_pence', (-e.amount_pence)::text, 'service_date', e.service_date, 'budget_line_id', e.budget_line_id,
                   'outcome_id', e.outcome_id, 'agreement_id', e.agreement_id) ORDER BY e.position)
            FROM journal_entries e WHERE e.authority_id = j.authority_id AND e.journal_id = j.id) AS mirror
    FROM journals j WHERE j.authority_id = $1 AND j.id = $2`;

/** Which accounts a reading is of: each form is a statement of its own, so that a plan that is kept uses the right key. */
export type Scope = 'book' | 'budget' | 'book and budget' | 'authority';

export function scopeOf(query: { readonly bookId?: string; readonly budgetId?: string }): Scope {
  if (query.bookId) return query.budgetId ? 'book and budget' : 'book';
  return query.budgetId ? 'budget' : 'authority';
}

/** $1 authority, $2 book, $3 budget; what a form does not ask for is compared with nothing. */
const scopeSql: Readonly<Record<Scope, string>> = {
  book: 'a.authority_id = $1 AND a.book_id = $2 AND $3::uuid IS NULL',
  budget: 'a.authority_id = $1 AND a.budget_id = $3 AND $2::uuid IS NULL',
  'book and budget': 'a.authority_id = $1 AND a.book_id = $2 AND a.budget_id = $3',
  authority: 'a.authority_id = $1 AND $2::uuid IS NULL AND $3::uuid IS NULL',
};

/** $1 authority, $2 book, $3 budget. */
export const balancesNowSql = (scope: Scope): string => `
  SELECT a.book_id, a.code, a.budget_id, a.stream, a.balance_pence FROM ledger_accounts a
   WHERE ${scopeSql[scope]} ORDER BY a.book_id, a.code, a.budget_id, a.stream`;

/** Also $4, the day. Whole months come from their totals, the last from its entries. */
export const balancesAtSql = (scope: Scope): string => `
  SELECT a.book_id, a.code, a.budget_id, a.stream, (m.pence + e.pence)::bigint AS balance_pence
    FROM ledger_accounts a
   CROSS JOIN LATERAL (SELECT coalesce(sum(t.debit_pence - t.credit_pence), 0) AS pence FROM account_months t
     WHERE t.authority_id = a.authority_id AND t.account_id = a.id AND t.month < date_trunc('month', $4::date)::date) m
   CROSS JOIN LATERAL (SELECT coalesce(sum(t.amount_pence), 0) AS pence FROM journal_entries t
     WHERE t.authority_id = a.authority_id AND t.account_id = a.id
       AND t.effective_date BETWEEN date_trunc('month', $4::date)::date AND $4::date) e
   WHERE ${scopeSql[scope]} ORDER BY a.book_id, a.code, a.budget_id, a.stream`;

/** Also $5, the instant: only what had been recorded by then. */
export const balancesAsKnownSql = (scope: Scope): string => `
  SELECT a.book_id, a.code, a.budget_id, a.stream, coalesce(sum(e.amount_pence) FILTER (WHERE j.id IS NOT NULL), 0)::bigint AS balance_pence
    FROM ledger_accounts a
    LEFT JOIN journal_entries e ON e.authority_id = a.authority_id AND e.account_id = a.id AND e.effective_date <= $4::date
    LEFT JOIN journals j ON j.authority_id = e.authority_id AND j.id = e.journal_id AND j.recorded_at <= $5::timestamptz
   WHERE ${scopeSql[scope]}
   GROUP BY a.book_id, a.code, a.budget_id, a.stream ORDER BY a.book_id, a.code, a.budget_id, a.stream`;

/** $1 authority, $2 first day of a month: whether fewer months lie after it than before it. */
export const isRecentMonthSql = `
  SELECT $2::date - min(m.month) > max(m.month) - $2::date AS recent FROM account_months m WHERE m.authority_id = $1`;

/**
 * $1 authority, $2 first day of the month: the month's movements and closings by code and stream. A recent month is calculated
 * backwards, from the balances now less what moved after it; an earlier one forwards, from nothing.
 */
export const trialBalanceSql = (direction: 'backwards' | 'forwards'): string => `
  SELECT a.code, a.stream, coalesce(sum(m.debit_pence), 0)::bigint AS debit_pence, coalesce(sum(m.credit_pence), 0)::bigint AS credit_pence,
         (${direction === 'backwards' ? 'sum(a.balance_pence)' : '0'} + coalesce(sum(m.other_pence), 0))::bigint AS closing_pence
    FROM ledger_accounts a
    LEFT JOIN (
      SELECT t.account_id, sum(t.debit_pence) FILTER (WHERE t.month = $2::date) AS debit_pence,
             sum(t.credit_pence) FILTER (WHERE t.month = $2::date) AS credit_pence,
             ${
               direction === 'backwards'
                 ? 'sum(t.credit_pence - t.debit_pence) FILTER (WHERE t.month > $2::date)'
                 : 'sum(t.debit_pence - t.credit_pence)'
             } AS other_pence
        FROM account_months t WHERE t.authority_id = $1 AND t.month ${direction === 'backwards' ? '>=' : '<='} $2::date
       GROUP BY t.account_id) m ON m.account_id = a.id
   WHERE a.authority_id = $1 GROUP BY a.code, a.stream ORDER BY a.code, a.stream`;

/** $1 authority, $2 first day of the month, $3 codes and $4 their streams: which of them had moved by the end of that month. */
export const movedBySql = `
  SELECT g.code, g.stream FROM unnest($3::text[], $4::text[]) AS g(code, stream)
   WHERE EXISTS (SELECT 1 FROM ledger_accounts a JOIN account_months m ON m.authority_id = a.authority_id AND m.account_id = a.id
                  WHERE a.authority_id = $1 AND a.code = g.code AND a.stream = g.stream AND m.month <= $2::date)`;

/** $1 authority. */
export const trialBalanceNowSql = `
  SELECT a.code, a.stream, sum(m.debit_pence)::bigint AS debit_pence, sum(m.credit_pence)::bigint AS credit_pence,
         sum(m.debit_pence - m.credit_pence)::bigint AS closing_pence
    FROM ledger_accounts a
    JOIN (SELECT t.account_id, sum(t.debit_pence) AS debit_pence, sum(t.credit_pence) AS credit_pence
            FROM account_months t WHERE t.authority_id = $1 GROUP BY 1) m ON m.account_id = a.id
   WHERE a.authority_id = $1 GROUP BY a.code, a.stream ORDER BY a.code, a.stream`;

/** $1 authority, $2 book, $3 budget, $4 stream, $5 from, $6 to, $7 how many at most. */
export const statementEntriesSql = (scope: Scope): string => `
  SELECT a.book_id, e.account_id, e.code, e.budget_id, e.stream, e.journal_id, j.sequence, j.kind, j.description, j.source_type,
         j.source_id, j.reverses, j.recorded_at, e.position, e.effective_date, e.service_date, e.amount_pence, e.budget_line_id,
         e.outcome_id, e.agreement_id
    FROM ledger_accounts a
    JOIN journal_entries e ON e.authority_id = a.authority_id AND e.account_id = a.id AND e.effective_date BETWEEN $5 AND $6
    JOIN journals j ON j.authority_id = e.authority_id AND j.id = e.journal_id
   WHERE ${scopeSql[scope]} AND ($4::text IS NULL OR a.stream = $4)
   ORDER BY a.book_id, a.code, a.budget_id, a.stream, e.effective_date, e.version LIMIT $7`;
