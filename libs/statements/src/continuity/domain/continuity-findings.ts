import { addDays, daysBetween, longDate, poundsText, type CalendarDate, type Money } from '@ringfence/kernel';

/** A file of an account as continuity sees it: its days, its balances, and what of it other files may share. */
export interface ReceivedStatement {
  readonly importId: string;
  readonly fileName: string;
  /** Of its lines: a file does not say for which days it was asked. */
  readonly firstDate: CalendarDate;
  readonly lastDate: CalendarDate;
  /** Before its first line and after its last one; null where it does not say. */
  readonly openingPence: Money | null;
  readonly closingPence: Money | null;
  /** What its lines add up to. */
  readonly movedPence: Money;
  /** The balances that do not follow from its own lines, as the reader of the file found them. */
  readonly ownBreaks: readonly { readonly on: CalendarDate; readonly message: string }[];
  /** Its lines of the days on which another file of the account begins or ends. */
  readonly sharedDays: ReadonlyMap<CalendarDate, StatementDay>;
}

/** The lines of one day in a file, and what came before them: summed by their dates, and in the order of the file. */
export interface StatementDay {
  readonly movedBeforePence: Money;
  readonly movedAbovePence: Money;
  readonly lines: readonly { readonly amountPence: Money; readonly balancePence: Money | null }[];
}

/**
 * - `gap`: two files follow each other, days are missing between them, and the balances differ.
 * - `break`: balances disagree where no days are missing, between two files or within one.
 * - `overlap`: two files hold the same days. It asks nothing of anybody.
 * - `unproven`: a file states no balances, so that nobody can tell whether something is missing beside it.
 */
export const continuityFindingKinds = ['gap', 'break', 'overlap', 'unproven'] as const;
export type ContinuityFindingKind = (typeof continuityFindingKinds)[number];

export interface ContinuityFinding {
  readonly kind: ContinuityFindingKind;
  /** The last day before it and the first one after it; the days that are shared, where files overlap. */
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  /** One file, or the earlier and the later one. */
  readonly importIds: readonly string[];
  /** One sentence: what was found, where, and the figures. */
  readonly words: string;
  /** Of gaps and breaks: by what an acceptance knows them again. It is made of the figures. */
  readonly key: string | null;
}

/** A balance that one file begins or ends with, looked for in another that holds the same day. */
export interface Answer {
  readonly of: ReceivedStatement;
  readonly other: ReceivedStatement;
  readonly end: 'opening' | 'closing';
  readonly on: CalendarDate;
  readonly balance: Money | null;
  /** Undefined where a file does not say. */
  readonly agrees: boolean | undefined;
}

/** How many days without a line are no gap: files say the days of their lines, and an account may have a quiet week. */
export const quietDaysMax = 7;

export function ownBreak(
  statement: ReceivedStatement,
  { on, message }: ReceivedStatement['ownBreaks'][number],
): ContinuityFinding {
  return {
    kind: 'break',
    from: on,
    to: on,
    importIds: [statement.importId],
    words: `In ${statement.fileName}: ${message}`,
    key: `within: ${message}`,
  };
}

export function difference(
  last: ReceivedStatement,
  closing: Money,
  next: ReceivedStatement,
  opening: Money,
): ContinuityFinding {
  const days = daysBetween(last.lastDate, next.firstDate) - 1;
  const between =
    days === 0
      ? ''
      : days === 1
        ? `, with no line on ${longDate(addDays(last.lastDate, 1))}`
        : `, with no line from ${longDate(addDays(last.lastDate, 1))} to ${longDate(addDays(next.firstDate, -1))}`;
  return {
    kind: days > quietDaysMax ? 'gap' : 'break',
    from: last.lastDate,
    to: next.firstDate,
    importIds: [last.importId, next.importId],
    words:
      `${last.fileName} ends on ${longDate(last.lastDate)} with ${poundsText(closing)}${last.closingPence === null ? ', by its lines,' : ''} and ${next.fileName} begins on ` +
      `${longDate(next.firstDate)} with ${poundsText(opening)}${between}: ${poundsText(magnitude(opening - closing))} is not explained.`,
    key: `between: ${last.lastDate} ${closing} and ${next.firstDate} ${opening}`,
  };
}

export function disagreement(
  last: ReceivedStatement,
  next: ReceivedStatement,
  { of, other, end, on, balance }: Answer,
): ContinuityFinding {
  return {
    kind: 'break',
    from: on,
    to: on,
    importIds: [last.importId, next.importId],
    words: `${of.fileName} ${end === 'opening' ? 'begins' : 'ends'} on ${longDate(on)} with ${poundsText(balance ?? 0n)}, a balance that ${other.fileName} does not have on that day, although it holds the same days.`,
    key: `on: ${on} ${balance}, of ${span(of)} in ${span(other)}`,
  };
}

export function overlapOf(last: ReceivedStatement, next: ReceivedStatement, to: CalendarDate): ContinuityFinding {
  const days = next.firstDate === to ? longDate(to) : `${longDate(next.firstDate)} to ${longDate(to)}`;
  return {
    kind: 'overlap',
    from: next.firstDate,
    to,
    importIds: [last.importId, next.importId],
    words: `${last.fileName} and ${next.fileName} both hold ${days}; each line is posted once.`,
    key: null,
  };
}

export function unprovenBetween(
  last: ReceivedStatement,
  next: ReceivedStatement,
  silent: ReceivedStatement,
): ContinuityFinding {
  return {
    kind: 'unproven',
    from: last.lastDate < next.firstDate ? last.lastDate : next.firstDate,
    to: next.firstDate,
    importIds: [last.importId, next.importId],
    words: `${silent.fileName} does not state its balances, so it cannot be shown that nothing is missing between ${last.fileName} and ${next.fileName}, on ${longDate(next.firstDate)} and the days before.`,
    key: null,
  };
}

function span({ firstDate, lastDate, openingPence, closingPence }: ReceivedStatement): string {
  return `${firstDate} ${openingPence} ${lastDate} ${closingPence}`;
}

function magnitude(pence: Money): Money {
  return pence < 0n ? -pence : pence;
}
