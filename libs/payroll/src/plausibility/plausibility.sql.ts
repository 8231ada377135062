import type { CalendarDate, FundingStream, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { EarlierPay, StreamYear } from '../domain/hold-reasons.js';

/** An employee and the days for which a payslip pays. */
export interface PaidDays {
  readonly budgetId: string;
  readonly payeeId: string;
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
}

export interface RecordedPayslip {
  /** Which of the questions it answers, from 0. */
  readonly place: number;
  readonly payRunId: string;
  readonly grossPence: Money;
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  /** Undefined where the caller may not see the run. */
  readonly reference: string | undefined;
}

/**
 * Lets the pay of each budget be checked and recorded by one transaction after the other: two runs that pay the same
 * days cannot both find that nothing is recorded. Held until the transaction ends, and taken in one order by all.
 */
export async function lockPayOf(tx: Transaction, budgetIds: readonly string[]): Promise<void> {
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('pay of ' || budget, 30))
       FROM (SELECT DISTINCT unnest($1::uuid[])::text AS budget ORDER BY 1) b`,
    [budgetIds],
  );
}

/** Payslips on record, posted or waiting, that pay the same employees for some of the same days. */
export function recordedPay(
  tx: Transaction,
  days: readonly PaidDays[],
  exceptRun?: string,
): Promise<RecordedPayslip[]> {
  return tx.query<RecordedPayslip & Record<string, unknown>>(
    `SELECT o.place - 1 AS place, o.pay_run_id AS "payRunId", o.gross_pence AS "grossPence", o.period_start AS "periodStart",
            o.period_end AS "periodEnd", r.reference
       FROM payslips_of_days($2, $3, $4, $5, $6) o
       LEFT JOIN pay_runs r ON r.authority_id = $1 AND r.id = o.pay_run_id`,
    [
      tx.context.authorityId,
      days.map(({ budgetId }) => budgetId),
      days.map(({ payeeId }) => payeeId),
      days.map(({ periodStart }) => periodStart),
      days.map(({ periodEnd }) => periodEnd),
      exceptRun ?? null,
    ],
  );
}

/** The last payslips of the employees, so many of each at most. */
export function earlierPay(
  tx: Transaction,
  employees: readonly Pick<PaidDays, 'budgetId' | 'payeeId'>[],
  payslipsMax: number,
): Promise<EarlierPay[]> {
  return tx.query<EarlierPay & Record<string, unknown>>(
    `SELECT payee_id AS "payeeId", gross_pence AS "grossPence", days FROM last_pay($1, $2, $3)`,
    [employees.map(({ budgetId }) => budgetId), employees.map(({ payeeId }) => payeeId), payslipsMax],
  );
}

/** What each stream of the budgets has for the year around a day, and what was spent of it. */
export function streamYears(
  tx: Transaction,
  asked: readonly { readonly budgetId: string; readonly day: CalendarDate }[],
): Promise<StreamYear[]> {
  return tx.query<StreamYear & { stream: FundingStream } & Record<string, unknown>>(
    `SELECT budget_id AS "budgetId", day, stream, year_from AS "yearFrom", year_to AS "yearTo", agreed_pence AS "agreedPence",
            spent_pence AS "spentPence"
       FROM streams_in_year($1, $2)`,
    [asked.map(({ budgetId }) => budgetId), asked.map(({ day }) => day)],
  );
}
