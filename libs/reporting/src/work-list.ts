import { Injectable } from '@nestjs/common';
import { contextOf, may, type Principal } from '@ringfence/identity';
import { Problem, type CalendarDate, type FundingStream, type Money } from '@ringfence/kernel';
import { Database } from '@ringfence/platform';

/** What a budget may need of an officer. `any` is at least one of the others. */
export const workNeeds = ['any', 'excluded', 'reviews', 'statements', 'queries', 'account', 'suspense'] as const;
export type WorkNeed = (typeof workNeeds)[number];

export const workOrders = ['urgency', 'suspense', 'review', 'reference'] as const;
export type WorkOrder = (typeof workOrders)[number];

export interface WorkListFilter {
  readonly text?: string | undefined;
  readonly stream?: FundingStream | undefined;
  readonly need?: WorkNeed | undefined;
  readonly order: WorkOrder;
  /** The reference of the budget behind which the page begins. */
  readonly after?: string | undefined;
  /** The reference of the budget before which the page ends; it goes before `after`. */
  readonly before?: string | undefined;
}

export interface WorkListRow {
  readonly id: string;
  readonly reference: string;
  readonly childName: string;
  readonly recipientName: string;
  readonly streams: readonly FundingStream[];
  /** Statement lines of which something is unallocated, and how much that is, in and out added up. */
  readonly suspenseLines: number;
  readonly suspensePence: Money;
  readonly queries: number;
  readonly queryPence: Money;
  readonly excluded: number;
  readonly excludedPence: Money;
  readonly missingMonths: number;
  /** Open questions that the account itself raises, such as wages paid in. */
  readonly accountQuestions: number;
  readonly reviewsDue: number;
  /** Of the reviews that are not concluded, the first day. */
  readonly reviewOn: CalendarDate | null;
}

/** How many budgets have each need, over everything that the officer sees. */
export type WorkTallies = Readonly<Record<WorkNeed | 'all', number>>;

export interface WorkListAnswer {
  readonly rows: readonly WorkListRow[];
  readonly tallies: WorkTallies;
  /** Budgets that meet the filter. */
  readonly found: number;
  /** How many of these come before the first row. */
  readonly passed: number;
}

export const budgetsPerWorkListPageMax = 25;

/** The reading side of an officer's day: one row for a budget, whatever libraries its matters belong to. */
@Injectable()
export class WorkList {
  constructor(private readonly database: Database) {}

  async read(principal: Principal, filter: WorkListFilter): Promise<WorkListAnswer> {
    if (!may(principal, 'work-list.read')) {
      throw new Problem('not-permitted', 'The work list is for the authority’s own officers: go to your home page.');
    }
    return this.database.transaction(contextOf(principal), async (tx) => {
      const rows = await tx.query<Partial<WorkListRow> & { tallies: WorkTallies; found: number; passed: number }>(
        workListSql(filter.order),
        [
          principal.authorityId,
          filter.text ?? null,
          filter.stream ?? null,
          filter.need ?? null,
          budgetsPerWorkListPageMax,
          filter.before === undefined ? (filter.after ?? null) : null,
          filter.before ?? null,
        ],
      );
      return {
        rows: rows.filter((row): row is WorkListRow & typeof row => row.id != null),
        tallies: rows[0]!.tallies,
        found: rows[0]!.found,
        passed: rows[0]!.passed,
      };
    });
  }
}

/** What nobody may leave comes first: money spent against a rule, reviews past their day, months without a statement. */
const orders: Readonly<Record<WorkOrder, string>> = {
  urgency:
    'excluded > 0 DESC, reviews_due > 0 DESC, missing_months DESC, queries > 0 DESC, suspense_pence DESC, reference',
  suspense: 'suspense_pence DESC, reference',
  review: 'review_on NULLS LAST, reference',
  reference: 'reference',
};

/** $1 authority. What every budget needs, as the table `facts`; more tables may follow. */
export const workListFactsSql = `
  WITH open_lines AS (
    SELECT w.budget_id, count(*)::integer AS lines, sum(abs(s.remaining_pence))::bigint AS pence
      FROM line_states s
      JOIN line_budgets w ON w.authority_id = s.authority_id AND w.statement_line_id = s.statement_line_id
     WHERE s.authority_id = $1 AND s.remaining_pence <> 0 GROUP BY w.budget_id
  ), assessed AS (
    SELECT v.budget_id,
           count(*) FILTER (WHERE v.verdict = 'query')::integer AS queries,
           coalesce(sum(abs(coalesce(l.amount_pence, p.gross_pence))) FILTER (WHERE v.verdict = 'query'), 0)::bigint AS query_pence,
           count(*) FILTER (WHERE v.verdict = 'excluded')::integer AS excluded,
           coalesce(sum(abs(coalesce(l.amount_pence, p.gross_pence))) FILTER (WHERE v.verdict = 'excluded'), 0)::bigint AS excluded_pence
      FROM spend_verdicts v
      LEFT JOIN statement_lines l ON v.subject_type = 'statement-line' AND l.authority_id = v.authority_id AND l.id = v.subject_id
      LEFT JOIN payslips p ON v.subject_type = 'payslip' AND p.authority_id = v.authority_id AND p.id = v.subject_id
     WHERE v.authority_id = $1 AND v.current AND v.verdict <> 'allowed' GROUP BY v.budget_id
  ), missing AS (
    SELECT m.budget_id, count(*)::integer AS months FROM missing_statements m WHERE m.authority_id = $1 GROUP BY m.budget_id
  ), about_account AS (
    SELECT w.budget_id, count(*)::integer AS questions
      FROM account_questions q
      JOIN line_budgets w ON w.authority_id = q.authority_id AND w.statement_line_id = q.statement_line_id
     WHERE q.authority_id = $1 AND q.settled_by IS NULL GROUP BY w.budget_id
  ), reviewed AS (
    SELECT r.budget_id, count(*) FILTER (WHERE r.due_on <= context_today())::integer AS due, min(r.due_on) AS first
      FROM reviews r WHERE r.authority_id = $1 AND r.state <> 'CONCLUDED' GROUP BY r.budget_id
  ), facts AS MATERIALIZED (
    SELECT b.id, b.reference, c.name AS child_name, p.name AS recipient_name,
           coalesce((SELECT array_agg(DISTINCT l.stream ORDER BY l.stream) FROM budget_lines l
                      WHERE l.authority_id = b.authority_id AND l.budget_id = b.id), '{}') AS streams,
           coalesce(o.lines, 0) AS suspense_lines, coalesce(o.pence, 0) AS suspense_pence,
           coalesce(j.queries, 0) AS queries, coalesce(j.query_pence, 0) AS query_pence,
           coalesce(j.excluded, 0) AS excluded, coalesce(j.excluded_pence, 0) AS excluded_pence,
           coalesce(m.months, 0) AS missing_months, coalesce(q.questions, 0) AS account_questions, coalesce(r.due, 0) AS reviews_due, r.first AS review_on
      FROM budgets b
      JOIN people c ON c.authority_id = b.authority_id AND c.id = b.child_id
      JOIN people p ON p.authority_id = b.authority_id AND p.id = b.recipient_id
      LEFT JOIN open_lines o ON o.budget_id = b.id
      LEFT JOIN assessed j ON j.budget_id = b.id
      LEFT JOIN missing m ON m.budget_id = b.id
      LEFT JOIN about_account q ON q.budget_id = b.id
      LEFT JOIN reviewed r ON r.budget_id = b.id
     WHERE b.authority_id = $1
  )`;

/** Of `facts`: $2 text in the reference or a name, $3 stream, $4 need. */
export const workListFilterSql = `
       ($2::text IS NULL OR strpos(lower(concat_ws(' ', reference, child_name, recipient_name)), lower($2)) > 0)
       AND ($3::text IS NULL OR $3 = ANY (streams))
       AND CASE coalesce($4, 'all')
             WHEN 'any' THEN excluded + reviews_due + missing_months + queries + account_questions + suspense_lines > 0
             WHEN 'excluded' THEN excluded > 0 WHEN 'reviews' THEN reviews_due > 0
             WHEN 'statements' THEN missing_months > 0 WHEN 'queries' THEN queries > 0
             WHEN 'account' THEN account_questions > 0 WHEN 'suspense' THEN suspense_lines > 0 ELSE true END`;

/** The columns of a row, from `p`. */
export const workListColumnsSql = `
         p.id, p.reference, p.child_name AS "childName", p.recipient_name AS "recipientName", p.streams,
         p.suspense_lines AS "suspenseLines", p.suspense_pence AS "suspensePence", p.queries, p.query_pence AS "queryPence",
         p.excluded, p.excluded_pence AS "excludedPence", p.missing_months AS "missingMonths", p.account_questions AS "accountQuestions",
         p.reviews_due AS "reviewsDue", p.review_on AS "reviewOn"`;

/**
 * Also $5 how many, $6 the reference behind which the page begins, $7 the one before which it ends. A budget keeps its place in
 * the order whether it meets the filter or not, so that a page goes on behind one that no longer does.
 */
const workListSql = (order: WorkOrder): string => `${workListFactsSql}, tallies AS (
    SELECT json_build_object('all', count(*),
             'any', count(*) FILTER (WHERE excluded + reviews_due + missing_months + queries + account_questions + suspense_lines > 0),
             'excluded', count(*) FILTER (WHERE excluded > 0), 'reviews', count(*) FILTER (WHERE reviews_due > 0),
             'statements', count(*) FILTER (WHERE missing_months > 0), 'queries', count(*) FILTER (WHERE queries > 0),
             'account', count(*) FILTER (WHERE account_questions > 0),
             'suspense', count(*) FILTER (WHERE suspense_lines > 0)) AS tallies
      FROM facts
  ), ordered AS (
    SELECT f.*, row_number() OVER (ORDER BY ${orders[order]}) AS place, (${workListFilterSql}) AS met
      FROM facts f
  ), page AS (
    SELECT * FROM ordered
     WHERE met
       AND place > coalesce((SELECT o.place FROM ordered o WHERE o.reference = $6::text), 0)
       AND ($7::text IS NULL OR place < (SELECT o.place FROM ordered o WHERE o.reference = $7))
     ORDER BY CASE WHEN $7 IS NULL THEN place ELSE -place END LIMIT $5
  )
  SELECT t.tallies,
         (SELECT count(*)::integer FROM ordered WHERE met) AS found,
         (SELECT count(*)::integer FROM ordered WHERE met AND place < (SELECT min(place) FROM page)) AS passed,
         ${workListColumnsSql}
    FROM tallies t LEFT JOIN page p ON true ORDER BY p.place`;
