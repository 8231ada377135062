import type { CalendarDate, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';

export const workListSorts = ['attention', 'reference', 'suspense'] as const;
export type WorkListSort = (typeof workListSorts)[number];

export const workListFilters = [
  'all',
  'excluded',
  'queries',
  'suspense',
  'suggestions',
  'late-instalments',
  'reviews',
] as const;
export type WorkListShow = (typeof workListFilters)[number];

export interface WorkListFilter {
  readonly show: WorkListShow;
  /** Part of a reference, or of the child's or the recipient's name. */
  readonly search?: string | undefined;
  readonly sort: WorkListSort;
  readonly limit: number;
  readonly offset: number;
}

/** One budget with what waits for an officer. */
export interface WorkListRow {
  readonly budgetId: string;
  readonly reference: string;
  readonly childName: string;
  readonly recipientName: string;
  readonly openLines: number;
  readonly suspensePence: Money;
  readonly suggestions: number;
  readonly queries: number;
  readonly queriedPence: Money;
  readonly excluded: number;
  readonly excludedPence: Money;
  readonly lateInstalments: number;
  readonly openReviews: number;
  readonly lastStatementDate: CalendarDate | null;
}

/** How far an instalment may be past its day before it is called late. */
export const lateInstalmentDays = 5;

/** $2 today, $3 the filter, $4 a search, $5 the sort, $6 how many, $7 how many to pass over. */
const workListSql = `
  WITH lines AS (
    SELECT d.budget_id, l.id, l.amount_pence, s.remaining_pence, v.verdict, l.line_date,
           s.allocated_pence = 0 AND EXISTS (SELECT 1 FROM match_suggestions m WHERE m.authority_id = l.authority_id
              AND m.statement_line_id = l.id AND m.state = 'OPEN') AS suggested
      FROM (SELECT DISTINCT authority_id, designated_account_id, budget_id FROM designated_account_budgets WHERE authority_id = $1) d
      JOIN statement_lines l ON l.authority_id = d.authority_id AND l.designated_account_id = d.designated_account_id
       AND (l.budget_id = d.budget_id OR l.budget_id IS NULL)
      JOIN line_states s ON s.authority_id = l.authority_id AND s.statement_line_id = l.id
      LEFT JOIN spend_verdicts v ON v.authority_id = l.authority_id AND v.subject_type = 'statement-line' AND v.subject_id = l.id AND v.current
  ), counted AS (
    SELECT budget_id, count(*) FILTER (WHERE remaining_pence <> 0) AS open_lines,
           coalesce(sum(abs(remaining_pence)), 0) AS suspense,
           count(*) FILTER (WHERE suggested) AS suggestions,
           count(*) FILTER (WHERE verdict = 'query') AS queries,
           coalesce(sum(-amount_pence) FILTER (WHERE verdict = 'query'), 0) AS queried,
           count(*) FILTER (WHERE verdict = 'excluded') AS excluded,
           coalesce(sum(-amount_pence) FILTER (WHERE verdict = 'excluded'), 0) AS excluded_pence,
           max(line_date) AS last_statement
      FROM lines GROUP BY budget_id
  ), late AS (
    SELECT budget_id, count(*) AS instalments FROM instalments
     WHERE authority_id = $1 AND due_on < $2::date - ${lateInstalmentDays} AND received_on IS NULL AND withdrawn_on IS NULL GROUP BY budget_id
  ), open_reviews AS (
    SELECT budget_id, count(*) AS reviews FROM reviews WHERE authority_id = $1 AND state = 'OPEN' GROUP BY budget_id
  ), work AS (
    SELECT b.id AS "budgetId", b.reference, c.name AS "childName", r.name AS "recipientName",
           coalesce(n.open_lines, 0)::integer AS "openLines", coalesce(n.suspense, 0)::bigint AS "suspensePence",
           coalesce(n.suggestions, 0)::integer AS suggestions, coalesce(n.queries, 0)::integer AS queries,
           coalesce(n.queried, 0)::bigint AS "queriedPence", coalesce(n.excluded, 0)::integer AS excluded,
           coalesce(n.excluded_pence, 0)::bigint AS "excludedPence", coalesce(t.instalments, 0)::integer AS "lateInstalments",
           coalesce(o.reviews, 0)::integer AS "openReviews", n.last_statement AS "lastStatementDate"
      FROM budgets b
      JOIN people c ON c.authority_id = b.authority_id AND c.id = b.child_id
      JOIN people r ON r.authority_id = b.authority_id AND r.id = b.recipient_id
      LEFT JOIN counted n ON n.budget_id = b.id
      LEFT JOIN late t ON t.budget_id = b.id
      LEFT JOIN open_reviews o ON o.budget_id = b.id
     WHERE b.authority_id = $1
       AND ($4::text IS NULL OR strpos(lower(b.reference || ' ' || c.name || ' ' || r.name), lower($4)) > 0)
  )
  SELECT *, count(*) OVER ()::integer AS total FROM work
   WHERE CASE $3 WHEN 'excluded' THEN excluded > 0 WHEN 'queries' THEN queries > 0 WHEN 'suspense' THEN "openLines" > 0
              WHEN 'suggestions' THEN suggestions > 0 WHEN 'late-instalments' THEN "lateInstalments" > 0
              WHEN 'reviews' THEN "openReviews" > 0 ELSE true END
   ORDER BY CASE WHEN $5 = 'attention' THEN excluded * 100 + "openReviews" * 50 + "lateInstalments" * 30 + queries * 10 + "openLines" END DESC NULLS LAST,
            CASE WHEN $5 = 'suspense' THEN "suspensePence" END DESC NULLS LAST, reference
   LIMIT $6 OFFSET $7`;

export async function readWorkList(
  tx: Transaction,
  today: CalendarDate,
  filter: WorkListFilter,
): Promise<{ rows: WorkListRow[]; total: number }> {
  const rows = await tx.query<WorkListRow & { total: number }>(workListSql, [
    tx.context.authorityId,
    today,
    filter.show,
    filter.search?.trim() || null,
    filter.sort,
    filter.limit,
    filter.offset,
  ]);
  return { rows, total: rows[0]?.total ?? 0 };
}
