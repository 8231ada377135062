import { daysBetween, longDate, type CalendarDate } from '@ringfence/kernel';

/** "in 12 days", "tomorrow", "3 days ago": beside a date, never in its place. */
export function fromToday(today: CalendarDate, date: CalendarDate): string {
  const days = daysBetween(today, date);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}

/** "1 June 2026 (in 12 days)". */
export function dayInWords(today: CalendarDate, date: CalendarDate): string {
  return `${longDate(date)} (${fromToday(today, date)})`;
}

/** "April 2026". */
export function monthInWords(date: CalendarDate): string {
  return longDate(date).replace(/^\d+ /, '');
}

/** "April, May and June 2026": the year is said once for months that share it. */
export function monthsInWords(dates: readonly CalendarDate[]): string {
  const words = dates.map((date, at) => {
    const next = dates[at + 1];
    const [month, year] = monthInWords(date).split(' ') as [string, string];
    return next !== undefined && next.slice(0, 4) === year ? month : `${month} ${year}`;
  });
  return joined(words);
}

export function joined(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** "1 payment", "3 payments". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
