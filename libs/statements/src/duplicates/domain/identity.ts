import { addDays, type CalendarDate, type Money } from '@ringfence/kernel';
import type { ParsedLine } from '@ringfence/statement-files';

/** A line of the same account that is posted already. */
export interface HeldLine {
  readonly heldId: string;
  readonly date: CalendarDate;
  readonly amountPence: Money;
  readonly normalisedDescription: string;
  /** The bank's own, or the one by which a later file told it. */
  readonly bankId: string | null;
  readonly balancePence: Money | null;
}

/** What identity asks of a line that came in. */
export type ComparableLine = Pick<
  ParsedLine,
  'date' | 'amountPence' | 'normalisedDescription' | 'bankId' | 'balancePence'
>;

export interface NewLines<Line extends ComparableLine = ParsedLine> {
  /** Not held: to be posted. */
  readonly new: Line[];
  readonly held: { readonly line: Line; readonly heldId: string }[];
  /** Perhaps held: a person decides, nothing is merged or posted meanwhile. */
  readonly possibleDuplicates: { readonly line: Line; readonly heldId: string; readonly why: string }[];
}

/** How far apart two records of one payment may be dated and still be put before a person. */
export const nearDaysMax = 3;

/** The first and the last day of an upload. */
export interface DaysCovered {
  readonly first: CalendarDate;
  readonly last: CalendarDate;
}

/** Why a line may be a duplicate. */
export const duplicateReasons = {
  id: 'The bank gave this id to a line of another amount or another time.',
  balance: 'The same date, amount and description are posted with another running balance.',
  near: `The same amount is posted within ${nearDaysMax} days.`,
} as const;

/**
 * Which lines of an upload are new, given all lines held of the account within some days of it. Lines are matched in
 * steps over the whole upload, surest first, and each held line is claimed once, so that two equal coffees stay two
 * and an overlapping upload adds only what is new. No date is a watermark: a line that a bank adds late is new.
 *
 * 1. The bank's id and the amount, dated within {@link nearDaysMax} days.
 * 2. Date, amount and description, and the running balance where both have one (different balances are different
 *    lines).
 * 3. Possible duplicates: the bank's id with another amount or a far date; date, amount and description with another balance on
 *    a day that the upload covers whole; the amount alone within {@link nearDaysMax} days.
 *
 * Lines with different bank ids are never the same. The steps are {@link matchCertain}, {@link matchById} and
 * {@link matchNear}, which large uploads run on some amounts at a time.
 */
export function newLines<Line extends ComparableLine>(
  held: readonly HeldLine[],
  incoming: readonly Line[],
): NewLines<Line> {
  const matcher = new DuplicateMatcher(held, incoming);
  const days = daysCovered(incoming);
  matchCertain(matcher);
  matchById(matcher);
  if (days) matchNear(matcher, days);
  return matcher.result();
}

/**
 * Layers 1 and 2. They match lines of the same amount only, so they may be run on all lines of some amounts without the
 * others, with the same result.
 */
export function matchCertain<Line extends ComparableLine>(matcher: DuplicateMatcher<Line>): void {
  matcher.match('held', (line) => (line.bankId ? [idKey(line, line.date)] : []));
  matcher.match('held', (line) => (line.bankId ? matcher.daysNear(line).map((day) => idKey(line, day)) : []));
  matcher.match('held', (line) => (line.balancePence === null ? [] : keysOf(contentPrefix(line), line, 'equal')));
  matcher.match('held', (line) => keysOf(contentPrefix(line), line, 'unknown'));
}

/** Possible duplicates by id, once every line has been through {@link matchCertain}: it matches lines of one id only. */
export function matchById<Line extends ComparableLine>(matcher: DuplicateMatcher<Line>): void {
  matcher.match(duplicateReasons.id, (line) => (line.bankId ? [idKey(line, null)] : []));
}

/** The other possible duplicates, once every line has been through {@link matchById}: again of the same amount only. */
export function matchNear<Line extends ComparableLine>(
  matcher: DuplicateMatcher<Line>,
  { first, last }: DaysCovered,
): void {
  // Between the first and the last day of the upload every line of a day is in it; on those two perhaps not.
  matcher.match(duplicateReasons.balance, (line) =>
    first < line.date && line.date < last ? keysOf(contentPrefix(line), line, 'any') : [],
  );
  matcher.match(duplicateReasons.near, (line) =>
    matcher
      .daysNear(line)
      .map((day) => dayPrefix(line, day))
      .flatMap((prefix) => [...keysOf(prefix, line, 'equal'), ...keysOf(prefix, line, 'unknown')]),
  );
}

function daysCovered(lines: readonly ComparableLine[]): DaysCovered | undefined {
  const days = lines.map(({ date }) => date).sort();
  const [first, last] = [days[0], days.at(-1)];
  return first === undefined || last === undefined ? undefined : { first, last };
}

/** Held lines under every key by which they may be looked for, so that each look takes the same short time. */
export class DuplicateMatcher<Line extends ComparableLine = ComparableLine> {
  private readonly claimed = new Set<HeldLine>();
  private readonly matches = new Map<Line, { readonly other: HeldLine; readonly verdict: string }>();
  private readonly queues = new Map<string, { readonly lines: HeldLine[]; next: number }>();
  private readonly near = new Map<CalendarDate, CalendarDate[]>();

  constructor(
    held: readonly HeldLine[],
    private readonly incoming: readonly Line[],
  ) {
    for (const line of held) {
      for (const key of heldKeys(line)) {
        const queue = this.queues.get(key);
        if (queue) queue.lines.push(line);
        else this.queues.set(key, { lines: [line], next: 0 });
      }
    }
  }

  /** Gives each line that has none yet the first held line under these keys that nobody has claimed. */
  match(verdict: string, keys: (line: Line) => readonly string[]): void {
    for (const line of this.incoming) {
      if (this.matches.has(line)) continue;
      for (const key of keys(line)) {
        const other = this.firstUnclaimed(key);
        if (other === undefined) continue;
        this.claimed.add(other);
        this.matches.set(line, { other, verdict });
        break;
      }
    }
  }

  /** Nearest first. */
  daysNear({ date }: ComparableLine): readonly CalendarDate[] {
    const known = this.near.get(date) ?? nearDays.map((days) => addDays(date, days));
    this.near.set(date, known);
    return known;
  }

  result(): NewLines<Line> {
    const result: NewLines<Line> = { new: [], held: [], possibleDuplicates: [] };
    for (const line of this.incoming) {
      const match = this.matches.get(line);
      if (match === undefined) result.new.push(line);
      else if (match.verdict === 'held') result.held.push({ line, heldId: match.other.heldId });
      else result.possibleDuplicates.push({ line, heldId: match.other.heldId, why: match.verdict });
    }
    return result;
  }

  private firstUnclaimed(key: string): HeldLine | undefined {
    const queue = this.queues.get(key);
    if (queue === undefined) return undefined;
    for (; queue.next < queue.lines.length; queue.next += 1) {
      const line = queue.lines[queue.next];
      if (line && !this.claimed.has(line)) return line;
    }
    return undefined;
  }
}

const nearDays = [0, ...Array.from({ length: nearDaysMax }, (_, at) => [-(at + 1), at + 1]).flat()];

function heldKeys(line: HeldLine): string[] {
  const owner = line.bankId ? 'id' : 'no id';
  const prefixes = [contentPrefix(line), dayPrefix(line, line.date)];
  const keys = prefixes.flatMap((prefix) => [`${prefix} ${owner} any`, `${prefix} ${owner} ${line.balancePence}`]);
  return line.bankId ? [...keys, idKey(line, line.date), idKey(line, null)] : keys;
}

/**
 * Keys under which a held line with this prefix may stand for the line: its balance equal, unknown on either side, or
 * any. A line with a bank id is looked for among those without one: the step by id has already tried its own, and
 * any other differs.
 */
function keysOf(
  prefix: string,
  { bankId, balancePence }: ComparableLine,
  balance: 'equal' | 'unknown' | 'any',
): string[] {
  const which = balance === 'equal' ? balancePence : balance === 'any' || balancePence === null ? 'any' : null;
  return (bankId ? ['no id'] : ['no id', 'id']).map((owner) => `${prefix} ${owner} ${which}`);
}

function idKey({ bankId, amountPence }: ComparableLine | HeldLine, day: CalendarDate | null): string {
  return JSON.stringify(day === null ? [bankId] : [bankId, day, amountPence.toString()]);
}

function contentPrefix({ date, amountPence, normalisedDescription }: ComparableLine | HeldLine): string {
  return JSON.stringify([date, amountPence.toString(), normalisedDescription, 'content']);
}

function dayPrefix({ amountPence }: ComparableLine | HeldLine, day: CalendarDate): string {
  return `${day} ${amountPence}`;
}
