import {
  addDays,
  addMonths,
  firstOfMonth,
  lastOfMonth,
  monthOf,
  type CalendarDate,
  type CalendarMonth,
  type Money,
} from '@ringfence/kernel';
import type { AccountContinuity, ReceivedDays } from './account-continuity.js';
import { quietDaysMax } from './continuity-findings.js';

/**
 * - `received`: every day of the month, as far as the account was open, is in a statement or proven to have been quiet.
 * - `part-received`: some of its days.
 * - `missing`: no statement has a day of it.
 * - `break`: balances disagree in it, and nobody has accepted that.
 */
export const monthStates = ['received', 'part-received', 'missing', 'break'] as const;
export type MonthState = (typeof monthStates)[number];

export interface MonthReceived {
  readonly month: CalendarMonth;
  readonly state: MonthState;
  /** False for the month that is still running. */
  readonly ended: boolean;
  /** Of the lines in it; null where it has none. */
  readonly firstDay: CalendarDate | null;
  readonly lastDay: CalendarDate | null;
  /** Posted, each once, however many files hold it. */
  readonly lines: number;
  /** Before its first and after its last line; where it had none, the balance that did not move. */
  readonly openingPence: Money | null;
  readonly closingPence: Money | null;
  readonly importIds: readonly string[];
}

/** One month of one file. */
export interface FileMonth {
  readonly importId: string;
  readonly month: CalendarMonth;
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
  /** The balances about its lines in this month, stated or worked out from those that the file states. */
  readonly openingPence: Money | null;
  readonly closingPence: Money | null;
}

export interface MonthsAsked {
  /** The first and the last day on which the account served a budget; no last day while it still does. */
  readonly from: CalendarDate;
  readonly to: CalendarDate | null;
  readonly today: CalendarDate;
  readonly continuity: AccountContinuity;
  readonly files: readonly FileMonth[];
  /** How many lines the books have in each month. */
  readonly lines: ReadonlyMap<CalendarMonth, number>;
  /** Keys of the gaps and breaks that an officer accepted. */
  readonly accepted: ReadonlySet<string>;
}

/** Twenty years of an account; of one that is older the latest are shown. */
export const monthsShownMax = 240;

/** The months of an account, oldest first, to the last one that has ended, or the running one once a file has a day of it. */
export function monthsReceived({ from, to, today, continuity, files, lines, accepted }: MonthsAsked): MonthReceived[] {
  const byMonth = new Map<CalendarMonth, FileMonth[]>();
  for (const file of files) byMonth.set(file.month, [...(byMonth.get(file.month) ?? []), file]);
  const broken = new Set(
    continuity.findings
      .filter(({ kind, key }) => kind === 'break' && key !== null && !accepted.has(key))
      .map((finding) => monthOf(finding.to)),
  );
  const known = [...byMonth.keys()].sort();
  const lastAsked = monthOf(to !== null && to < today ? to : addMonths(firstOfMonth(today), -1));
  const first = [monthOf(from), ...known].sort()[0]!;
  const last = [lastAsked, ...known].sort().at(-1)!;
  const shown = monthsFrom(first, last).slice(-monthsShownMax);
  const stretches = continuity.received;
  let quiet: Money | null = null;
  return shown.map((month): MonthReceived => {
    const inIt = byMonth.get(month) ?? [];
    const [opening, closing] = edges(inIt);
    const needed = {
      from: later(`${month}-01`, opening === undefined ? from : earlier(from, opening.firstDay)),
      to: to !== null && to < lastOfMonth(`${month}-01`) ? to : lastOfMonth(`${month}-01`),
    };
    const proven = stretches.some((days) => days.from < needed.from && days.to > needed.to);
    const state = broken.has(month)
      ? 'break'
      : inIt.length === 0 && !proven
        ? 'missing'
        : covered(needed, stretches, accepted)
          ? 'received'
          : 'part-received';
    if (inIt.length > 0) quiet = closing?.closingPence ?? null;
    return {
      month,
      state,
      ended: lastOfMonth(`${month}-01`) < today,
      firstDay: opening?.firstDay ?? null,
      lastDay: closing?.lastDay ?? null,
      lines: lines.get(month) ?? 0,
      openingPence: inIt.length > 0 ? (opening?.openingPence ?? null) : proven ? quiet : null,
      closingPence: inIt.length > 0 ? (closing?.closingPence ?? null) : proven ? quiet : null,
      importIds: inIt.map(({ importId }) => importId),
    };
  });
}

/** Of the files in a month, the one that begins first and the one that ends last. */
function edges(files: readonly FileMonth[]): [FileMonth | undefined, FileMonth | undefined] {
  const byFirst = [...files].sort((a, b) => (a.firstDay < b.firstDay ? -1 : a.firstDay > b.firstDay ? 1 : 0));
  const byLast = [...files].sort((a, b) => (a.lastDay < b.lastDay ? -1 : a.lastDay > b.lastDay ? 1 : 0));
  return [byFirst[0], byLast.at(-1)];
}

/** Whether every needed day is in a stretch, or in the quiet week beside one that nothing contradicts. */
function covered(
  needed: { readonly from: CalendarDate; readonly to: CalendarDate },
  stretches: readonly ReceivedDays[],
  accepted: ReadonlySet<string>,
): boolean {
  const mayBeQuiet = (before: ReceivedDays | undefined, after: ReceivedDays): boolean =>
    nothingContradicts(before, after) || accepted.has(after.keyBefore ?? '');
  let day = needed.from;
  stretches.forEach((stretch, at) => {
    const after = stretches[at + 1];
    const from = mayBeQuiet(stretches[at - 1], stretch) ? addDays(stretch.from, -quietDaysMax) : stretch.from;
    const to = after === undefined || mayBeQuiet(stretch, after) ? addDays(stretch.to, quietDaysMax) : stretch.to;
    if (from <= day && day <= to) day = addDays(to, 1);
  });
  return day > needed.to;
}

/** Where balances differ, the days between hold something; unless a whole month is missing, which explains it. */
function nothingContradicts(before: ReceivedDays | undefined, after: ReceivedDays): boolean {
  if (before === undefined || after.joinBefore === 'unproven' || after.joinBefore === 'proven') return true;
  const nextMonth = firstOfMonth(addMonths(firstOfMonth(before.to), 1));
  return addMonths(nextMonth, 1) <= after.from;
}

function monthsFrom(first: CalendarMonth, last: CalendarMonth): CalendarMonth[] {
  const months: CalendarMonth[] = [];
  for (let month = first; month <= last; month = monthOf(addMonths(`${first}-01`, months.length))) months.push(month);
  return months;
}

function later(a: CalendarDate, b: CalendarDate): CalendarDate {
  return a > b ? a : b;
}

function earlier(a: CalendarDate, b: CalendarDate): CalendarDate {
  return a < b ? a : b;
}
