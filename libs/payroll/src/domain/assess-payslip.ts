import {
  assessSpend,
  assessWork,
  policyInForce,
  strictest,
  type Approval,
  type Finding,
  type Assessment,
  type PayeeFacts,
  type RuleSet,
} from '@ringfence/spending-rules';
import { splitMoney, type CalendarDate, type FundingStream, type Money } from '@ringfence/kernel';
import { costPence, type PayslipReport } from './pay-run.js';

/** What is known of the employee and of the plan when a payslip is assessed. */
export interface PayslipFacts {
  readonly payee: PayeeFacts;
  /** The written exceptions for the payee, for the money of one stream. */
  readonly approvalsFor: (stream: FundingStream) => readonly Approval[];
  readonly shares: readonly {
    readonly stream: FundingStream;
    readonly weight: string;
    readonly planned: boolean;
  }[];
}

/**
 * Assesses a payslip three ways: who was paid, on every day of work and for each stream; what the pay lines say; and
 * what the reimbursements say, because an employee's expenses can hide a prescription (domain: classification rule).
 * A line's own amount is assessed whole, whichever streams bear it.
 */
export function assessPayslip(payslip: PayslipReport, facts: PayslipFacts, policies: readonly RuleSet[]): Assessment {
  const worked = workedOf(payslip);
  const policy = policyInForce(policies, lastDayOf(worked));
  const parts = splitMoney(
    costPence(payslip),
    facts.shares.map(({ weight }) => weight),
  );
  const findings = facts.shares.flatMap(({ stream, planned }, place) => {
    const approvals = facts.approvalsFor(stream);
    const work = assessWork(
      {
        id: 'pay',
        amountPence: parts[place] ?? 0n,
        stream,
        planned,
        description: 'Pay',
        payee: facts.payee,
        approvals,
        worked,
      },
      policy,
    );
    const lines = [...payslip.lines, ...payslip.reimbursements].flatMap((line) => {
      const { description, amountPence } = line;
      const candidate = { id: 'line', date: lastDayOf(worked), amountPence, stream, planned: true, description };
      return assessSpend({ ...candidate, evidenceKind: 'payslip' as const }, policy).findings;
    });
    return [
      ...work.findings.map((one) => ({ ...one, perShare: true })),
      ...lines.map((one) => ({ ...one, perShare: false })),
    ];
  });
  const merged = mergeFindings(findings);
  return { id: 'payslip', verdict: strictest(merged), policyVersion: policy.id, findings: merged };
}

/** The findings that keep a payslip out: somebody was paid whom the rules do not allow to be paid. */
export function householdExclusions(assessment: Assessment): Finding[] {
  return assessment.findings.filter(({ evidence, verdict }) => evidence === 'household' && verdict === 'excluded');
}

function workedOf(payslip: PayslipReport): readonly CalendarDate[] | { from: CalendarDate; to: CalendarDate } {
  const { datesWorked, periodStart, periodEnd } = payslip;
  return datesWorked && datesWorked.length > 0 ? datesWorked : { from: periodStart, to: periodEnd };
}

function lastDayOf(worked: readonly CalendarDate[] | { to: CalendarDate }): CalendarDate {
  if ('to' in worked) return worked.to;
  return [...worked].sort().at(-1) ?? '';
}

const severity = { excluded: 0, query: 1, allowed: 2 } as const;

/** One finding for the same fact found in several streams; amounts of shares are added, a line's amount is whole. */
function mergeFindings(findings: readonly (Finding & { perShare: boolean })[]): Finding[] {
  const merged = new Map<string, Finding>();
  for (const { perShare, ...finding } of findings) {
    const key = [
      finding.rule,
      finding.verdict,
      finding.evidence,
      finding.seen,
      perShare ? finding.reason : finding.amountPence,
    ].join('|');
    const held = merged.get(key);
    const amountPence: Money = held && perShare ? held.amountPence + finding.amountPence : finding.amountPence;
    merged.set(key, { ...finding, amountPence });
  }
  return [...merged.values()].sort((a, b) => severity[a.verdict] - severity[b.verdict]);
}
