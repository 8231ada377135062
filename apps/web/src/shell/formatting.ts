import { daysBetween, longDate, poundsText, type CalendarDate, type Money } from '@ringfence/kernel';

const relativeDays = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });
const months = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' });
const monthsWithYear = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const lists = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** An amount without its sign, where words beside it say whether it came in or went out. */
export function unsigned(pence: Money): string {
  return poundsText(pence < 0n ? -pence : pence);
}

/** "in 12 days", "tomorrow", "3 days ago": beside a date, never in its place. */
export function fromToday(today: CalendarDate, date: CalendarDate): string {
  return relativeDays.format(daysBetween(today, date), 'day');
}

/** "1 June 2026 (in 12 days)". */
export function dayInWords(today: CalendarDate, date: CalendarDate): string {
  return `${longDate(date)} (${fromToday(today, date)})`;
}

/** "1 June 2026 to 31 May 2027", or "from 1 June 2026" where it has no end. */
export function datesInWords(from: CalendarDate, to: CalendarDate | null): string {
  return to === null ? `from ${longDate(from)}` : `${longDate(from)} to ${longDate(to)}`;
}

/** "April 2026". */
export function monthInWords(date: CalendarDate): string {
  return monthsWithYear.format(utc(date));
}

/** "April, May and June 2026": the year is said once for months that share it. */
export function monthsInWords(dates: readonly CalendarDate[]): string {
  const words = dates.map((date, at) => {
    const sharesYear = dates[at + 1]?.slice(0, 4) === date.slice(0, 4);
    return (sharesYear ? months : monthsWithYear).format(utc(date));
  });
  return joined(words);
}

/** "A, B and C". */
export function joined(words: readonly string[]): string {
  return lists.format(words);
}

/** "1 payment", "3 payments". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function utc(date: CalendarDate): Date {
  return new Date(`${date}T00:00:00Z`);
}
