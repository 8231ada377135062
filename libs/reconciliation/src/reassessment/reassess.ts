import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '@ringfence/kernel';
import { AssessPayslip } from '@ringfence/payroll';
import { Database, HandlesJob, systemContext, type Transaction } from '@ringfence/platform';
import { journalsServedBetween } from '../manual-journals/manual-journals.sql.js';
import { assessJournals } from '../manual-journals/assess-journal.js';
import { assessLines } from '../assessment/assess-line.js';

/** Statement lines assessed in one transaction, so that a large authority is not locked for long. */
export const linesAssessedAtOnceMax = 200;

export interface SpendsToAssess {
  /** Null for every budget of the authority. */
  readonly budgetId: string | null;
  readonly from: CalendarDate;
  readonly to: CalendarDate | null;
}

/**
 * The job that follows a change of facts about days that are past: a household fact, the end of an approval, a version
 * of the policy. Every spend whose day of service may be among the days is reassessed; verdicts that stay the same
 * leave no trace. It is idempotent.
 */
@Injectable()
export class Reassess {
  constructor(
    private readonly database: Database,
    private readonly payslips: AssessPayslip,
  ) {}

  @HandlesJob('reassess')
  async run({ authorityId, ...spends }: SpendsToAssess & { authorityId: string }): Promise<void> {
    const context = systemContext(authorityId);
    const found = await this.database.transaction(context, async (tx) => ({
      lines: await linesServedBetween(tx, spends),
      payslips: await payslipsWorkedBetween(tx, spends),
      journals: await journalsServedBetween(tx, spends),
    }));
    for (let done = 0; done < found.lines.length; done += linesAssessedAtOnceMax) {
      const batch = found.lines.slice(done, done + linesAssessedAtOnceMax);
      await this.database.transaction(context, (tx) => assessLines(tx, batch));
    }
    for (let done = 0; done < found.journals.length; done += linesAssessedAtOnceMax) {
      const batch = found.journals.slice(done, done + linesAssessedAtOnceMax);
      await this.database.transaction(context, (tx) => assessJournals(tx, batch));
    }
    for (const payslipId of found.payslips) await this.payslips.run({ authorityId, payslipId });
  }
}

/** Money out whose line, or one of whose allocations, is dated within the days; by its own budget or that of a part. */
export async function linesServedBetween(tx: Transaction, { budgetId, from, to }: SpendsToAssess): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT l.id FROM statement_lines l
      WHERE l.authority_id = $1 AND l.amount_pence < 0 AND l.reversed_at IS NULL
        AND ($2::uuid IS NULL OR l.budget_id = $2
             OR EXISTS (SELECT 1 FROM designated_account_budgets d WHERE d.authority_id = $1 AND d.budget_id = $2
                          AND d.designated_account_id = l.designated_account_id))
        AND (l.line_date BETWEEN $3 AND coalesce($4::date, 'infinity')
             OR EXISTS (SELECT 1 FROM allocations a WHERE a.authority_id = $1 AND a.statement_line_id = l.id
                          AND a.undone_at IS NULL AND a.service_date BETWEEN $3 AND coalesce($4::date, 'infinity')))
      ORDER BY l.line_date, l.id`,
    [tx.context.authorityId, budgetId, from, to],
  );
  return rows.map(({ id }) => id);
}

export async function payslipsWorkedBetween(
  tx: Transaction,
  { budgetId, from, to }: SpendsToAssess,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT id FROM payslips
      WHERE authority_id = $1 AND ($2::uuid IS NULL OR budget_id = $2)
        AND period_start <= coalesce($4::date, 'infinity') AND period_end >= $3
      ORDER BY period_end, id`,
    [tx.context.authorityId, budgetId, from, to],
  );
  return rows.map(({ id }) => id);
}
