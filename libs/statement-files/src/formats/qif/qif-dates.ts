import { dateOf, type CalendarDate } from '@ringfence/kernel';
import { quoted } from '../../core/bank-text.js';
import { Refusal } from '../../core/outcome.js';
import type { QifField } from './qif-records.js';

export type QifDateOrder = 'day first' | 'month first';

/**
 * QIF does not say whether days or months stand first. One date that can be read in one way only decides for the file;
 * where none decides, days stand first as in the United Kingdom, and the reader is told (`assumed`).
 */
export class QifDateOrderSearch {
  private notDayFirst = false;
  private notMonthFirst = false;
  private ambiguous = false;
  private firstLine: number | null = null;

  take({ value, line }: QifField): void {
    this.firstLine ??= line;
    const [dayFirst, monthFirst] = [dayOf(value, 'day first'), dayOf(value, 'month first')];
    if (dayFirst === undefined) this.notDayFirst = true;
    if (monthFirst === undefined) this.notMonthFirst = true;
    if (dayFirst !== monthFirst) this.ambiguous = true;
  }

  /** `assumedAt` is the line of the first date where every date can be read both ways. */
  found(profile: string | undefined): { readonly order: QifDateOrder; readonly assumedAt: number | null } {
    if (profile === 'qif-uk') return { order: 'day first', assumedAt: null };
    if (profile === 'qif-us') return { order: 'month first', assumedAt: null };
    // What fits in neither way is refused when it is read, with its line.
    const order = this.notDayFirst && !this.notMonthFirst ? 'month first' : 'day first';
    const assumed = !this.notDayFirst && !this.notMonthFirst && this.ambiguous;
    return { order, assumedAt: assumed ? this.firstLine : null };
  }
}

export function qifDate({ value, line }: QifField, order: QifDateOrder): CalendarDate {
  const date = dayOf(value, order);
  if (date !== undefined) return date;
  const example = order === 'day first' ? '31/01/2026' : '01/31/2026';
  throw new Refusal(
    'DATE_WRONG',
    `Line ${line}: the date (D) is ${quoted(value)}, where a date such as "${example}" is expected.`,
    line,
  );
}

/** `31/01/2026`, `31/1/26`, `31-01-2026`, `31.01.2026`, `31/ 1'26`, `2026-01-31`. An apostrophe begins a year from 2000. */
function dayOf(written: string, order: QifDateOrder): CalendarDate | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(written);
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const match = /^(\d{1,2})[/.-] ?(\d{1,2})([/.'-]) ?(\d{2}|\d{4})$/.exec(written);
  if (!match) return undefined;
  const first = Number(match[1]);
  const second = Number(match[2]);
  const digits = match[4] as string;
  const year = digits.length === 4 ? Number(digits) : 2000 + Number(digits);
  return order === 'day first' ? dateOf(year, second, first) : dateOf(year, first, second);
}
