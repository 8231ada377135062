import type { Fault, FundingStream } from '@ringfence/kernel';
import type { PlacedSplit } from './accrual.js';
import type { PayslipReport, StreamSplit } from './pay-run.js';

/** What of a budget line matters here. */
export interface PlanLine {
  readonly id: string;
  readonly name: string;
  readonly stream: FundingStream;
  readonly mechanism: 'DIRECT_PAYMENT' | 'ORGANISED' | 'THIRD_PARTY';
  readonly agreementId: string;
  readonly payeeId: string | null;
  readonly outcomeIds: readonly string[];
}

/**
 * Finds the plan's line for each stream that bears a payslip. A line that the bureau names must run in the pay period,
 * be paid in cash and be of that stream. Without a name it is the stream's only line for this payee, or its only line
 * for nobody in particular; otherwise the share stays outside the plan and the rules ask about it.
 */
export function placeSplits(
  payslip: PayslipReport,
  payeeId: string,
  lines: readonly PlanLine[],
  at: string,
): { readonly placed: PlacedSplit[]; readonly faults: Fault[] } {
  const faults: Fault[] = [];
  const placed = payslip.streams.map((split, index) => {
    const pointer = `${at}/streams/${index}`;
    const named = namedLine(split, lines, pointer);
    if (named.fault) faults.push(named.fault);
    const line = named.line ?? (split.budgetLineId === undefined ? onlyLine(split.stream, payeeId, lines) : undefined);
    const outcome = outcomeOf(split, line, pointer);
    if (outcome.fault) faults.push(outcome.fault);
    return {
      stream: split.stream,
      weight: split.percent ?? (split.amountPence ?? 0n).toString(),
      budgetLineId: line?.id ?? null,
      outcomeId: outcome.id,
      agreementId: line?.agreementId ?? null,
    };
  });
  return { placed, faults };
}

function namedLine(
  { budgetLineId, stream }: StreamSplit,
  lines: readonly PlanLine[],
  at: string,
): { line?: PlanLine; fault?: Fault } {
  if (budgetLineId === undefined) return {};
  const pointer = `${at}/budgetLineId`;
  const line = lines.find(({ id }) => id === budgetLineId);
  if (!line) {
    const message = `${pointer} is ${budgetLineId}, which is no line of this budget that runs in the pay period: check the line.`;
    return { fault: { pointer, message } };
  }
  if (line.stream !== stream) {
    const message = `${pointer} names a line whose stream is ${line.stream} and not ${stream}: correct one of them.`;
    return { fault: { pointer, message } };
  }
  if (line.mechanism === 'ORGANISED') {
    const message = `${pointer} names a line that is organised for the family and has no money in this account: name another.`;
    return { fault: { pointer, message } };
  }
  return { line };
}

function onlyLine(stream: FundingStream, payeeId: string, lines: readonly PlanLine[]): PlanLine | undefined {
  const ofStream = lines.filter((line) => line.stream === stream && line.mechanism !== 'ORGANISED');
  const own = ofStream.filter((line) => line.payeeId === payeeId);
  if (own.length > 0) return own.length === 1 ? own[0] : undefined;
  const open = ofStream.filter((line) => line.payeeId === null);
  return open.length === 1 ? open[0] : undefined;
}

/** The outcome that the bureau names, or the line's only one. A line for several outcomes leaves it to a person. */
function outcomeOf(
  { outcomeId }: StreamSplit,
  line: PlanLine | undefined,
  at: string,
): { id: string | null; fault?: Fault } {
  if (outcomeId === undefined) return { id: line?.outcomeIds.length === 1 ? line.outcomeIds[0]! : null };
  if (line?.outcomeIds.includes(outcomeId)) return { id: outcomeId };
  const pointer = `${at}/outcomeId`;
  const message = `${pointer} is ${outcomeId}, which is no outcome of the budget line: check the outcome.`;
  return { id: null, fault: { pointer, message } };
}
