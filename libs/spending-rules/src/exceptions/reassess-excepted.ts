import type { CalendarDate } from '@ringfence/kernel';
import { requestJob, type Database, type TenantContext, type Transaction } from '@ringfence/platform';
import { subjectsAssessedBy, takeLapsedApprovals } from './exception-approvals.sql.js';

/** Statement lines and payslips that one approval sends to be reassessed, newest first. */
export const subjectsReassessedMax = 500;

/** Sends what a rule has touched in a budget to be reassessed. */
export async function reassessExcepted(tx: Transaction, budgetId: string, rule: string): Promise<void> {
  for (const { subjectType, subjectId } of await subjectsAssessedBy(tx, budgetId, rule, subjectsReassessedMax)) {
    if (subjectType === 'payslip') await requestJob(tx, 'assess-payslip', { payslipId: subjectId });
    else await requestJob(tx, 'assess-line', { lineId: subjectId });
  }
}

/**
 * The daily sweep's part for one authority: exceptions whose last day has passed send what their rule had touched to be
 * reassessed, once. Spends of the days that they covered keep their verdict; later ones lose it.
 */
export async function sweepLapsedExceptions(
  database: Database,
  context: TenantContext,
  today: CalendarDate,
): Promise<number> {
  return database.transaction(context, async (tx) => {
    const lapsed = await takeLapsedApprovals(tx, today, lapsedPerSweepMax);
    for (const { budgetId, rule } of lapsed) await reassessExcepted(tx, budgetId, rule);
    return lapsed.length;
  });
}

export const lapsedPerSweepMax = 500;
