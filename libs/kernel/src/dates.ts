import { Temporal } from 'temporal-polyfill';
import { Problem } from './problems.js';

/** A day on the calendar, `YYYY-MM-DD`. Compares as text. Never a midnight timestamp. */
export type CalendarDate = string;

/** A month on the calendar, `YYYY-MM`. */
export type CalendarMonth = string;

export const london = 'Europe/London';

/**
 * The days that any request, file or command may name. No birth, payment or agreement lies outside them, PostgreSQL
 * takes all of them, and so it does what months and years are added to them.
 */
export const dateMin: CalendarDate = '1900-01-01';
export const dateMax: CalendarDate = '2199-12-31';
export const dateRangeText = `from ${dateMin} to ${dateMax}`;

/** Undefined unless the text is `YYYY-MM-DD`, that day exists and lies from {@link dateMin} to {@link dateMax}. */
export function calendarDate(text: string): CalendarDate | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return year === undefined ? undefined : dateOf(Number(year), Number(month), Number(day));
}

/** Like {@link calendarDate}, but refuses with a sentence that names the field. `field` is a JSON pointer. */
export function requireDate(text: unknown, field: string): CalendarDate {
  const date = typeof text === 'string' ? calendarDate(text) : undefined;
  if (date === undefined) {
    throw Problem.field(
      field,
      `${field} is ${JSON.stringify(text)}: write a day that exists, ${dateRangeText}, as "2026-04-01".`,
    );
  }
  return date;
}

/** Undefined unless the text is `YYYY-MM` and the month lies from that of {@link dateMin} to that of {@link dateMax}. */
export function calendarMonth(text: string): CalendarMonth | undefined {
  return /^\d{4}-\d{2}$/.test(text) && calendarDate(`${text}-01`) !== undefined ? text : undefined;
}

/**
 * Undefined unless year, month (1 to 12) and day make a day that exists, which 30 February does not, from
 * {@link dateMin} to {@link dateMax}.
 */
export function dateOf(year: number, month: number, day: number): CalendarDate | undefined {
  try {
    const date = Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
    return dateMin <= date && date <= dateMax ? date : undefined;
  } catch {
    return undefined;
  }
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** By the calendar: 31 January and one month is 28 or 29 February. Add to the first date, not to the last result. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ months }, { overflow: 'constrain' }).toString();
}

/** Days from the first date to the second; negative when the second is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days;
}

export function monthOf(date: CalendarDate): CalendarMonth {
  return date.slice(0, 7);
}

export function firstOfMonth(date: CalendarDate): CalendarDate {
  return `${date.slice(0, 7)}-01`;
}

export function lastOfMonth(date: CalendarDate): CalendarDate {
  const first = Temporal.PlainDate.from(firstOfMonth(date));
  return first.add({ days: first.daysInMonth - 1 }).toString();
}

/** Whole years of age on a day. */
export function ageOn(born: CalendarDate, on: CalendarDate): number {
  return Temporal.PlainDate.from(born).until(Temporal.PlainDate.from(on), { largestUnit: 'year' }).years;
}

const longDates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** A date for a person: `2026-04-01` is `1 April 2026`. */
export function longDate(date: CalendarDate): string {
  return longDates.format(new Date(`${date}T00:00:00Z`));
}

/** A span of days, both ends included; no `to` means that it has no end yet. */
export interface DateRange {
  readonly from: CalendarDate;
  readonly to?: CalendarDate | null | undefined;
}

export function covers(range: DateRange, day: CalendarDate): boolean {
  return range.from <= day && (range.to === undefined || range.to === null || day <= range.to);
}

/** The day in London at an instant. */
export function londonDay(instant: Date): CalendarDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(london).toPlainDate().toString();
}

/** The instant at which a day begins in London, for waking jobs. */
export function londonMidnight(date: CalendarDate): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(london).epochMilliseconds);
}
