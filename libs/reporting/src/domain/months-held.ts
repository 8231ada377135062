import {
  addDays,
  addMonths,
  firstOfMonth,
  lastOfMonth,
  type CalendarDate,
  type CalendarMonth,
} from '@ringfence/kernel';

export interface StatementSpan {
  readonly firstDate: CalendarDate;
  readonly lastDate: CalendarDate;
}

/**
 * The whole months, from the one in which the account was opened to the last that has ended, for which no statement
 * was received. A statement counts for every month that it touches: files say the days of their lines, not of their
 * period, so a quiet week at either end is no gap.
 */
export function missingMonths(
  openedOn: CalendarDate,
  today: CalendarDate,
  held: readonly StatementSpan[],
  closedOn: CalendarDate | null = null,
): CalendarMonth[] {
  const ended = closedOn !== null && closedOn < today ? closedOn : addDays(firstOfMonth(today), -1);
  const missing: CalendarMonth[] = [];
  for (let month = firstOfMonth(openedOn); month <= ended; month = addMonths(month, 1)) {
    const last = lastOfMonth(month);
    if (!held.some((span) => span.firstDate <= last && span.lastDate >= month)) missing.push(month.slice(0, 7));
  }
  return missing;
}
