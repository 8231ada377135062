import { poundsText, streamNames, type LedgerStream, type Money } from '@ringfence/kernel';
import type { FundingStreamSummary } from '@ringfence/reporting';

/** The width of a whole bar, in units of its drawing. */
export const barWidth = 1000;

export interface BarSegment {
  readonly kind: 'spent' | 'queried' | 'left';
  readonly from: number;
  readonly width: number;
}

export interface PotView {
  readonly name: string;
  readonly stream: LedgerStream;
  readonly moneyIn: string;
  readonly spent: string;
  readonly left: string;
  /** What the bank holds of it, where that is not what is left: wages, tax or bills are owed. Else null. */
  readonly inBank: string | null;
  readonly queried: string | null;
  /** What the drawing says, for who does not see it. */
  readonly described: string;
  readonly bar: readonly BarSegment[];
}

export interface PotsView {
  /** What is not understood yet is a note, and not a pot. */
  readonly pots: readonly PotView[];
  readonly notUnderstood: { readonly moneyIn: string | null; readonly moneyOut: string | null } | null;
}

export function presentPots(pots: readonly FundingStreamSummary[]): PotsView {
  const unknown = pots.find(({ stream }) => stream === 'UNALLOCATED');
  const some = (pence: Money): string | null => (pence > 0n ? poundsText(pence) : null);
  return {
    pots: pots.filter(({ stream }) => stream !== 'UNALLOCATED').map(presentPot),
    notUnderstood:
      unknown && unknown.inPence + unknown.outPence > 0n
        ? { moneyIn: some(unknown.inPence), moneyOut: some(unknown.outPence) }
        : null,
  };
}

function presentPot(pot: FundingStreamSummary): PotView {
  const checked = pot.queriedPence + pot.excludedPence;
  const leftPence = pot.inPence - pot.outPence;
  const name = streamNames[pot.stream];
  const [moneyIn, spent, left] = [pot.inPence, pot.outPence, leftPence].map(poundsText) as [string, string, string];
  const queried = checked > 0n ? poundsText(checked) : null;
  return {
    name,
    stream: pot.stream,
    moneyIn,
    spent,
    left,
    inBank: pot.bankPence === leftPence ? null : poundsText(pot.bankPence),
    queried,
    described: `${name}: ${moneyIn} in, ${spent} spent${queried ? `, of which ${queried} is being checked` : ''}, ${left} left.`,
    bar: barOf(pot, leftPence),
  };
}

/**
 * The money out, with what is being checked last, and the money left, as parts of their sum. Places are rounded down, so that no part passes the whole.
 */
function barOf(pot: FundingStreamSummary, leftPence: Money): BarSegment[] {
  const out = notBelowZero(pot.outPence);
  const queried = smaller(pot.queriedPence + pot.excludedPence, out);
  const parts = [
    { kind: 'spent', pence: out - queried },
    { kind: 'queried', pence: queried },
    { kind: 'left', pence: notBelowZero(leftPence) },
  ] as const;
  const whole = parts.reduce((total, { pence }) => total + pence, 0n);
  if (whole === 0n) return [];
  const place = (pence: Money): number => Number((pence * BigInt(barWidth)) / whole);
  const segments: BarSegment[] = [];
  let before = 0n;
  for (const { kind, pence } of parts) {
    const [from, to] = [place(before), place(before + pence)];
    if (to > from) segments.push({ kind, from, width: to - from });
    before += pence;
  }
  return segments;
}

function notBelowZero(pence: Money): Money {
  return pence > 0n ? pence : 0n;
}

function smaller(a: Money, b: Money): Money {
  return a < b ? a : b;
}
