import { poundsText, streamNames, type LedgerStream, type Money } from '@ringfence/kernel';
import type { FundingStreamSummary } from '@ringfence/reporting';
import type { Vocabulary } from '../shell/vocabulary.js';

/** The width of a whole bar, in units of its drawing. */
export const barWidth = 1000;

export interface BarSegment {
  readonly kind: 'spent' | 'queried' | 'remaining';
  readonly from: number;
  readonly width: number;
}

export interface FundingStreamView {
  readonly name: string;
  readonly stream: LedgerStream;
  readonly moneyIn: string;
  readonly spent: string;
  readonly remaining: string;
  /** What the bank holds of it, where that is not what remains: wages, tax or bills are owed. Else null. */
  readonly inBank: string | null;
  readonly queried: string | null;
  /** What the drawing says, for who does not see it. */
  readonly described: string;
  readonly bar: readonly BarSegment[];
}

export interface FundingStreamsView {
  /** What is unallocated is a note, and no stream. */
  readonly streams: readonly FundingStreamView[];
  readonly unallocated: { readonly moneyIn: string | null; readonly moneyOut: string | null } | null;
}

export function presentFundingStreams(
  summaries: readonly FundingStreamSummary[],
  terms: Vocabulary,
): FundingStreamsView {
  const unallocated = summaries.find(({ stream }) => stream === 'UNALLOCATED');
  const some = (pence: Money): string | null => (pence > 0n ? poundsText(pence) : null);
  return {
    streams: summaries.filter(({ stream }) => stream !== 'UNALLOCATED').map((summary) => presentStream(summary, terms)),
    unallocated:
      unallocated && unallocated.inPence + unallocated.outPence > 0n
        ? { moneyIn: some(unallocated.inPence), moneyOut: some(unallocated.outPence) }
        : null,
  };
}

function presentStream(summary: FundingStreamSummary, terms: Vocabulary): FundingStreamView {
  const queriedPence = summary.queriedPence + summary.excludedPence;
  const remainingPence = summary.inPence - summary.outPence;
  const name = streamNames[summary.stream];
  const [moneyIn, spent, remaining] = [summary.inPence, summary.outPence, remainingPence].map(poundsText) as [
    string,
    string,
    string,
  ];
  const queried = queriedPence > 0n ? poundsText(queriedPence) : null;
  return {
    name,
    stream: summary.stream,
    moneyIn,
    spent,
    remaining,
    inBank: summary.bankPence === remainingPence ? null : poundsText(summary.bankPence),
    queried,
    described: `${name}: ${moneyIn} in, ${spent} spent${queried ? `. ${terms.underQuery}: ${queried}` : ''}. ${terms.remaining}: ${remaining}.`,
    bar: barOf(summary, remainingPence),
  };
}

/**
 * The money out, with what is under query last, and the money that remains, as parts of their sum. Places are rounded down,
 * so that no part passes the whole.
 */
function barOf(summary: FundingStreamSummary, remainingPence: Money): BarSegment[] {
  const out = notBelowZero(summary.outPence);
  const queried = smaller(summary.queriedPence + summary.excludedPence, out);
  const parts = [
    { kind: 'spent', pence: out - queried },
    { kind: 'queried', pence: queried },
    { kind: 'remaining', pence: notBelowZero(remainingPence) },
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
