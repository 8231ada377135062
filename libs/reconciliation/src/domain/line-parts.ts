import type { CalendarDate, FundingStream, Money } from '@ringfence/kernel';
import { strictest, type Assessment, type Finding, type Verdict } from '@ringfence/spending-rules';

export type TargetType = 'instalment' | 'payslip' | 'budget-line' | 'payroll-control' | 'family-money';

/** What a part of a line was put on, or is suggested for. */
export interface HeldPart {
  readonly type: TargetType;
  /** Null for the family's own money, and where nobody has said whose it is. */
  readonly stream: FundingStream | null;
  readonly serviceDate: CalendarDate | null;
  /** Above zero, whichever way the money went. */
  readonly pence: Money;
  /** Of a payslip: whose pay it is. */
  readonly payslipPayeeId: string | null;
}

/** A part of a line as the rules see it. */
export interface LinePart {
  readonly stream: FundingStream | 'UNALLOCATED';
  readonly serviceDate: CalendarDate;
  /** A line of the plan was named for it: that answers what a plan can answer. */
  readonly planned: boolean;
  /** A person, or a suggestion, has said what it was for: whether it is in the plan is not asked any more. */
  readonly settled: boolean;
  /** The payee's own wages: the payslip is assessed by the days of work, and the day at the bank says nothing. */
  readonly ownPay: boolean;
  readonly pence: Money;
}

/**
 * A target says whose money pays, and may settle the plan's queries. It hides nobody: only a payslip of the very payee
 * speaks for the payee's household, and tax, pension, fees and the family's money answer nothing but NOT_IN_PLAN.
 */
export function partOf(held: HeldPart, lineDate: CalendarDate, payeeId: string | undefined): LinePart {
  const ownPay = held.type === 'payslip' && (payeeId === undefined || payeeId === held.payslipPayeeId);
  return {
    stream: held.stream ?? 'UNALLOCATED',
    // Somebody else's payslip says nothing of the days on which this payee worked.
    serviceDate: held.serviceDate === null || (held.type === 'payslip' && !ownPay) ? lineDate : held.serviceDate,
    planned: held.type === 'budget-line' || ownPay,
    settled: true,
    ownPay,
    pence: held.pence,
  };
}

/**
 * The parts of a line to assess, the largest first, those alike as one. What is open beside parts is assessed with the
 * largest, unless that is the payee's own wages: these say nothing about the rest.
 */
export function partsToAssess(
  line: { readonly linePence: Money; readonly lineDate: CalendarDate; readonly payeeId: string | undefined },
  held: readonly HeldPart[],
): LinePart[] {
  const alike = new Map<string, LinePart>();
  const add = (part: LinePart): void => {
    const { stream, serviceDate, planned, ownPay } = part;
    const key = [stream, serviceDate, planned, ownPay].join(' ');
    const known = alike.get(key);
    alike.set(key, known ? { ...known, pence: known.pence + part.pence } : part);
  };
  for (const one of held) add(partOf(one, line.lineDate, line.payeeId));
  const parts = [...alike.values()];
  const open = line.linePence - parts.reduce((sum, { pence }) => sum + pence, 0n);
  const [first] = parts;
  if (!first) {
    const unknown = { stream: 'UNALLOCATED', planned: false, settled: false, ownPay: false } as const;
    return [{ ...unknown, serviceDate: line.lineDate, pence: line.linePence }];
  }
  const rest = parts.every(({ ownPay }) => ownPay) && open > 0n;
  return rest ? [...parts, { ...first, serviceDate: line.lineDate, ownPay: false, pence: open }] : parts;
}

/** NOT_IN_PLAN is no query about what a person has said to be tax, a fee or the family's money. */
export function withoutPlanQuery(assessment: Assessment): Assessment {
  const findings = assessment.findings.filter(({ rule, verdict }) => rule !== 'NOT_IN_PLAN' || verdict === 'allowed');
  return { ...assessment, findings, verdict: strictest(findings) };
}

export interface AssessedPart {
  readonly pence: Money;
  readonly assessment: Assessment;
}

const severity: Readonly<Record<Verdict, number>> = { excluded: 0, query: 1, allowed: 2 };

/**
 * One assessment of a line from those of its parts: the strictest that any part gives, so that putting a part elsewhere
 * takes nothing away. A finding about the whole payment is for no more than the parts that have it, and what is open.
 */
export function joined(parts: readonly AssessedPart[], linePence: Money): Assessment {
  const [first] = parts;
  if (!first) throw new Error('A line has at least one part to assess.');
  if (parts.length === 1) return first.assessment;
  const found = new Map<string, { finding: Finding; pence: Money }>();
  for (const { pence, assessment } of parts) {
    const seen = new Set<string>();
    for (const finding of assessment.findings) {
      const once = keyOf(finding);
      let key = once;
      for (let copy = 2; seen.has(key); copy += 1) key = `${once} ${copy}`;
      seen.add(key);
      const known = found.get(key);
      if (!known || severity[finding.verdict] < severity[known.finding.verdict]) found.set(key, { finding, pence });
      else if (known.finding.verdict === finding.verdict) known.pence += pence;
    }
  }
  const open = linePence - parts.reduce((sum, { pence }) => sum + pence, 0n);
  const findings = [...found.values()]
    .map(({ finding, pence }) => (finding.evidence === 'receipt-line' ? finding : atMost(finding, pence + open)))
    .sort((a, b) => severity[a.verdict] - severity[b.verdict]);
  return { ...first.assessment, findings, verdict: strictest(findings) };
}

function keyOf({ rule, evidence, seen }: Finding): string {
  return [rule, evidence, seen].join('|');
}

function atMost(finding: Finding, pence: Money): Finding {
  const { amountPence } = finding;
  if (amountPence <= pence && amountPence >= -pence) return finding;
  return { ...finding, amountPence: amountPence < 0n ? -pence : pence };
}
