import type { CalendarDate, Money } from '@ringfence/kernel';
import {
  difference,
  disagreement,
  overlapOf,
  ownBreak,
  unprovenBetween,
  type Answer,
  type ContinuityFinding,
  type ReceivedStatement,
} from './continuity-findings.js';

/** How two neighbours meet. `proven`: the balances agree, so that nothing moved on the days between. */
export type Join = 'proven' | 'unproven' | 'gap' | 'break';

/** Days that follow each other in the files, with what stands between them and the days before. */
export interface ReceivedDays {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly joinBefore: Join | null;
  /** Of a gap or break before it. */
  readonly keyBefore?: string | null;
}

export interface AccountContinuity {
  readonly findings: readonly ContinuityFinding[];
  /** Oldest first; they neither touch nor overlap unless something is wrong or unproven between them. */
  readonly received: readonly ReceivedDays[];
}

/**
 * Whether the files of an account follow from one another: each opens with the balance that the one before closed
 * with, and files that overlap agree on the balances they share. The order of the answer does not depend on the order
 * in which the files came. A file without balances is bridged where its neighbours prove it by theirs.
 */
export function accountContinuity(statements: readonly ReceivedStatement[]): AccountContinuity {
  const chain = new Chain();
  const order = (a: ReceivedStatement, b: ReceivedStatement): number =>
    compare(a.firstDate, b.firstDate) || compare(a.lastDate, b.lastDate) || compare(a.importId, b.importId);
  for (const statement of [...statements].sort(order)) chain.add(statement);
  return chain.result();
}

/** The gaps and breaks that stand in the way of an import: its own, and those between it and its neighbours. */
export function breaksOf(importId: string, { findings }: AccountContinuity): ContinuityFinding[] {
  return findings.filter(({ key, importIds }) => key !== null && importIds.includes(importId));
}

class Chain {
  private readonly findings: ContinuityFinding[] = [];
  private readonly received: ReceivedDays[] = [];
  /** Of the files so far, the one that ends last, and the balance it ends with, be it stated or bridged. */
  private last: ReceivedStatement | undefined;
  private closing: Money | null = null;
  /** Files without balances since the last stated one: proven if the next stated balance agrees. */
  private bridged: ContinuityFinding[] = [];

  add(next: ReceivedStatement): void {
    this.findings.push(...next.ownBreaks.map((own) => ownBreak(next, own)));
    const { last } = this;
    if (last === undefined) {
      this.receive(next, null);
      this.end(next, next.closingPence);
    } else if (next.firstDate > last.lastDate) this.follow(last, next);
    else this.overlap(last, next);
  }

  result(): AccountContinuity {
    const findings = [...this.findings, ...this.bridged];
    return {
      findings: findings.sort((a, b) => compare(a.to, b.to) || compare(a.from, b.from) || compare(a.kind, b.kind)),
      received: this.received,
    };
  }

  private follow(last: ReceivedStatement, next: ReceivedStatement): void {
    const { closing } = this;
    const opening = openingAfter(closing, next);
    if (closing === null || opening === null) {
      const finding = unprovenBetween(last, next, closing === null ? last : next);
      this.receive(next, 'unproven');
      if (closing === null || next.closingPence !== null) {
        this.findings.push(finding);
        this.end(next, next.closingPence);
      } else {
        this.bridged.push(finding);
        this.last = next;
        this.closing = closing + next.movedPence;
      }
      return;
    }
    if (closing === opening) {
      this.receive(next, 'proven');
      for (; this.bridged.length > 0; this.bridged.pop()) this.mergeLast();
    } else {
      const finding = difference(last, closing, next, opening);
      this.findings.push(finding);
      this.receive(next, finding.kind === 'gap' ? 'gap' : 'break', finding.key);
    }
    this.end(next, next.closingPence);
  }

  private overlap(last: ReceivedStatement, next: ReceivedStatement): void {
    const begins = met(next, 'opening', last);
    const ends = next.lastDate > last.lastDate ? met(last, 'closing', next) : met(next, 'closing', last);
    const answers = [
      next.firstDate === last.firstDate ? either(begins, met(last, 'opening', next)) : begins,
      next.lastDate === last.lastDate ? either(ends, met(last, 'closing', next)) : ends,
    ];
    const wrong = answers.find(({ agrees }) => agrees === false);
    const silent = answers.find(({ agrees }) => agrees === undefined);
    this.findings.push(overlapOf(last, next, next.lastDate < last.lastDate ? next.lastDate : last.lastDate));
    if (wrong) this.findings.push(disagreement(last, next, wrong));
    else if (silent)
      this.findings.push(unprovenBetween(last, next, silent.balance === null ? silent.of : silent.other));
    if (next.lastDate < last.lastDate) return;
    // Both end on one day: the one that goes on later in it holds the other's last balance.
    if (next.lastDate === last.lastDate && met(last, 'closing', next).agrees !== true) return;
    this.received[this.received.length - 1] = { ...this.received.at(-1)!, to: next.lastDate };
    this.end(next, next.closingPence);
  }

  private receive(
    { firstDate, lastDate }: ReceivedStatement,
    joinBefore: Join | null,
    keyBefore?: string | null,
  ): void {
    this.received.push({ from: firstDate, to: lastDate, joinBefore, ...(keyBefore ? { keyBefore } : {}) });
    if (joinBefore === 'proven') this.mergeLast();
  }

  private mergeLast(): void {
    const { to } = this.received.pop()!;
    this.received.push({ ...this.received.pop()!, to });
  }

  private end(statement: ReceivedStatement, closing: Money | null): void {
    this.findings.push(...this.bridged);
    this.bridged = [];
    this.last = statement;
    this.closing = closing;
  }
}

/** A file that states only how it ends begins where the one before ended, if that and its lines make its end. */
function openingAfter(
  closing: Money | null,
  { openingPence, movedPence, closingPence }: ReceivedStatement,
): Money | null {
  return openingPence ?? (closing !== null && closing + movedPence === closingPence ? closing : null);
}

function met(of: ReceivedStatement, end: Answer['end'], other: ReceivedStatement): Answer {
  const [on, balance] = end === 'opening' ? [of.firstDate, of.openingPence] : [of.lastDate, of.closingPence];
  const passed = balance === null ? [] : balancesThrough(other, on);
  const agrees = balance === null || passed.length === 0 ? undefined : passed.includes(balance);
  return { of, other, end, on, balance, agrees };
}

/** On a day that both begin or both end, either may hold more of it. */
function either(one: Answer, other: Answer): Answer {
  return other.agrees === true ? other : one;
}

/**
 * The balances that a file passes through on a day: before its lines of that day, and after each. A bank may list a
 * line some days after its date, so both what the dates and what the order of the file say counts, and the balances
 * that the lines state.
 */
function balancesThrough(file: ReceivedStatement, on: CalendarDate): Money[] {
  const { openingPence, closingPence, movedPence } = file;
  const edges = [on === file.firstDate ? openingPence : null, on === file.lastDate ? closingPence : null];
  const day = file.sharedDays.get(on) ?? { movedBeforePence: 0n, movedAbovePence: 0n, lines: null };
  if (day.lines === null) return edges.filter((balance) => balance !== null);
  const stated = day.lines.flatMap(({ amountPence, balancePence }) =>
    balancePence === null ? [] : [balancePence - amountPence, balancePence],
  );
  const starts = [openingPence, closingPence === null ? null : closingPence - movedPence].filter(
    (balance) => balance !== null,
  );
  const passed = starts
    .flatMap((start) => [start + day.movedBeforePence, start + day.movedAbovePence])
    .flatMap((before) => {
      let balance = before;
      return [before, ...day.lines.map(({ amountPence }) => (balance += amountPence))];
    });
  return [...edges.filter((balance) => balance !== null), ...stated, ...passed];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
