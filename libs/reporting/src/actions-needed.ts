import { Injectable } from '@nestjs/common';
import { contextOf, type Principal } from '@ringfence/identity';
import type { CalendarDate, Money } from '@ringfence/kernel';
import { Database } from '@ringfence/platform';

/** A month, by its first day, of which no statement has a day. */
export interface MissingStatement {
  readonly budgetId: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly months: readonly CalendarDate[];
}

/** A spend that somebody should look at. */
export interface LineToExplain {
  readonly budgetId: string;
  readonly lineId: string;
  readonly lineDate: CalendarDate;
  readonly description: string;
  readonly amountPence: Money;
  /** Why, in the rule's own words; null where only the receipt is missing. */
  readonly reason: string | null;
  /** How many of this kind the budget has in all. */
  readonly total: number;
}

/** Of each kind and budget, the newest that a page shows; the rest is counted. */
export const linesToExplainShownMax = 5;

/** What a family is asked for. */
@Injectable()
export class ActionsNeeded {
  constructor(private readonly database: Database) {}

  async read(
    principal: Principal,
    budgetIds: readonly string[],
  ): Promise<{ missing: MissingStatement[]; questions: LineToExplain[]; withoutReceipt: LineToExplain[] }> {
    return this.database.transaction(contextOf(principal), async (tx) => {
      const values = [principal.authorityId, budgetIds];
      return {
        missing: await tx.query<MissingStatement>(missingStatementsSql, values),
        questions: await tx.query<LineToExplain>(questionsSql, [...values, linesToExplainShownMax]),
        withoutReceipt: await tx.query<LineToExplain>(withoutReceiptSql, [...values, linesToExplainShownMax]),
      };
    });
  }
}

/** Only from whoever may send them: a family is not asked for the statements of its provider's pooled account. */
const missingStatementsSql = `
  SELECT m.budget_id AS "budgetId", a.id AS "accountId", a.name AS "accountName", array_agg(m.month::text ORDER BY m.month) AS months
    FROM missing_statements m
    JOIN designated_accounts a ON a.authority_id = m.authority_id AND a.id = m.designated_account_id
   WHERE m.authority_id = $1 AND m.budget_id = ANY ($2::uuid[])
     AND ((SELECT sees_all_for('statements.upload')) OR a.id = ANY ((SELECT whole_accounts('statements.upload'))::uuid[]))
   GROUP BY m.budget_id, a.id, a.name ORDER BY a.name, a.id`;

const questionsSql = `
  SELECT * FROM (
    SELECT v.budget_id AS "budgetId", l.id AS "lineId", l.line_date AS "lineDate", l.description, l.amount_pence AS "amountPence",
           v.findings -> 0 ->> 'reason' AS reason,
           count(*) OVER (PARTITION BY v.budget_id)::integer AS total,
           row_number() OVER (PARTITION BY v.budget_id ORDER BY l.line_date DESC, l.id) AS place
      FROM spend_verdicts v
      JOIN statement_lines l ON l.authority_id = v.authority_id AND l.id = v.subject_id
     WHERE v.authority_id = $1 AND v.budget_id = ANY ($2::uuid[]) AND v.current AND v.subject_type = 'statement-line'
       AND v.verdict <> 'allowed') q
   WHERE place <= $3 ORDER BY "lineDate" DESC, "lineId"`;

/** Travel money is checked by attendance, not by receipts. What has a question already is not asked for twice. */
const withoutReceiptSql = `
  SELECT * FROM (
    SELECT l.budget_id AS "budgetId", l.id AS "lineId", l.line_date AS "lineDate", l.description, l.amount_pence AS "amountPence",
           NULL AS reason,
           count(*) OVER (PARTITION BY l.budget_id)::integer AS total,
           row_number() OVER (PARTITION BY l.budget_id ORDER BY l.line_date DESC, l.id) AS place
      FROM statement_lines l
     WHERE l.authority_id = $1 AND l.budget_id = ANY ($2::uuid[]) AND l.superseded_at IS NULL AND l.amount_pence < 0
       AND EXISTS (SELECT 1 FROM allocations a WHERE a.authority_id = l.authority_id AND a.statement_line_id = l.id
             AND a.undone_at IS NULL AND a.target_type = 'budget-line' AND a.stream <> 'TRANSPORT')
       AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.authority_id = l.authority_id AND r.statement_line_id = l.id)
       AND NOT EXISTS (SELECT 1 FROM spend_verdicts v WHERE v.authority_id = l.authority_id AND v.subject_type = 'statement-line'
             AND v.subject_id = l.id AND v.current AND v.verdict <> 'allowed')) q
   WHERE place <= $3 ORDER BY "lineDate" DESC, "lineId"`;
