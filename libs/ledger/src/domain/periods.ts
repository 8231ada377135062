import { calendarDate, firstOfMonth, type CalendarDate, type CalendarMonth, Problem } from '@ringfence/kernel';

/** The year in whose April a day's financial year began: `2027-03-31` is of 2026. */
export function financialYearOf(date: CalendarDate): number {
  const year = BigInt(date.slice(0, 4));
  return Number(date.slice(5, 7) < '04' ? year - 1n : year);
}

/** A financial year for a person: `2026` is `2026-27`. */
export function financialYearText(year: number): string {
  return `${year}-${String((year + 1) % 100).padStart(2, '0')}`;
}

/** The first day of `YYYY-MM`; refuses anything else. */
export function firstDayOf(month: CalendarMonth): CalendarDate {
  const first = calendarDate(`${month}-01`);
  if (first === undefined)
    throw Problem.field('/month', `/month is ${JSON.stringify(month)}: write a month, as "2026-04".`);
  return firstOfMonth(first);
}
