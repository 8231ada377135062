import type { CalendarDate, CalendarMonth } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { firstDayOf } from './domain/periods.js';
import { refusing } from './refusals.js';

export interface Period {
  readonly month: CalendarMonth;
  /** The year of the April in which the financial year began. */
  readonly financialYear: number;
  readonly state: 'OPEN' | 'CLOSED';
}

/** The months that were ever opened or closed, newest first. A month not listed is open if it follows the last closed. */
export async function periods(tx: Transaction): Promise<Period[]> {
  return tx.query<Period & Record<string, unknown>>(
    `SELECT to_char(month, 'YYYY-MM') AS month, financial_year AS "financialYear", state FROM periods
      WHERE authority_id = $1 ORDER BY month DESC`,
    [tx.context.authorityId],
  );
}

/** Records a month as open, so that a later one cannot be closed before it. */
export async function openPeriod(tx: Transaction, month: CalendarMonth): Promise<void> {
  await setPeriod(tx, month, 'OPENED', null, null);
}

/** Closes a month for the whole authority. Months close in order: refuses while an earlier one is open and in use. */
export async function closePeriod(tx: Transaction, month: CalendarMonth): Promise<void> {
  await setPeriod(tx, month, 'CLOSED', null, null);
}

/** Re-opens the latest closed month. `approvedBy` must be an approver of the authority today; both are kept for ever. */
export async function reopenPeriod(
  tx: Transaction,
  month: CalendarMonth,
  approval: { readonly reason: string; readonly approvedBy: string },
): Promise<void> {
  await setPeriod(tx, month, 'REOPENED', approval.reason, approval.approvedBy);
}

/** The day itself or, when its month is closed, the first day that takes postings. */
export async function firstOpenDate(tx: Transaction, date: CalendarDate): Promise<CalendarDate> {
  const [row] = await tx.query<{ day: CalendarDate }>('SELECT greatest($2::date, first_open_day($1)) AS day', [
    tx.context.authorityId,
    date,
  ]);
  return row!.day;
}

async function setPeriod(
  tx: Transaction,
  month: CalendarMonth,
  action: 'OPENED' | 'CLOSED' | 'REOPENED',
  reason: string | null,
  approvedBy: string | null,
): Promise<void> {
  await refusing(() => tx.query('SELECT set_period($1, $2, $3, $4)', [firstDayOf(month), action, reason, approvedBy]));
}
