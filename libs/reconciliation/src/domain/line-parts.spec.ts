import type { Assessment, Finding } from '@ringfence/spending-rules';
import { joined, partsToAssess, withoutPlanQuery, type HeldPart } from './line-parts.js';

const held = (changes: Partial<HeldPart> = {}): HeldPart => ({
  type: 'budget-line',
  stream: 'EDU',
  serviceDate: '2026-05-31',
  pence: 10_000n,
  payslipPayeeId: null,
  ...changes,
});
const line = { linePence: 10_000n, lineDate: '2026-06-01', payeeId: 'ben' };

const finding = (changes: Partial<Finding> = {}): Finding => ({
  rule: 'HOUSEHOLD_FAMILY',
  verdict: 'excluded',
  evidence: 'household',
  seen: 'Ben Brown',
  amountPence: -10_000n,
  reason: 'He lives there.',
  source: 'The guide',
  ...changes,
});
const assessment = (...findings: Finding[]): Assessment => ({
  id: 'l',
  verdict: findings[0]?.verdict ?? 'allowed',
  policyVersion: 'p',
  findings,
});

describe('The parts of a line that are assessed', () => {
  it('are the line as it stands where nobody has said anything', () => {
    expect(partsToAssess(line, [])).toEqual([
      {
        stream: 'UNALLOCATED',
        serviceDate: '2026-06-01',
        planned: false,
        settled: false,
        ownPay: false,
        pence: 10_000n,
      },
    ]);
  });

  it('are planned by a line of the plan, and not by tax, a fee or the family’s money', () => {
    expect(partsToAssess(line, [held()])).toMatchObject([{ planned: true, settled: true, serviceDate: '2026-05-31' }]);
    for (const type of ['payroll-control', 'family-money'] as const) {
      expect(partsToAssess(line, [held({ type })])).toMatchObject([{ planned: false, settled: true, ownPay: false }]);
    }
  });

  it('are a payee’s own pay only by that payee’s payslip', () => {
    expect(partsToAssess(line, [held({ type: 'payslip', payslipPayeeId: 'ben' })])).toMatchObject([{ ownPay: true }]);
    expect(partsToAssess(line, [held({ type: 'payslip', payslipPayeeId: 'ann' })])).toMatchObject([
      { ownPay: false, planned: false, serviceDate: '2026-06-01' },
    ]);
  });

  it('count what is alike as one, and what is open beside own pay as more than pay', () => {
    expect(partsToAssess(line, [held({ pence: 3_000n }), held({ pence: 2_000n })])).toMatchObject([{ pence: 5_000n }]);
    expect(partsToAssess(line, [held({ type: 'payslip', payslipPayeeId: 'ben', pence: 9_000n })])).toMatchObject([
      { ownPay: true, pence: 9_000n },
      { ownPay: false, pence: 1_000n, serviceDate: '2026-06-01' },
    ]);
  });
});

describe('One assessment of a line', () => {
  it('is the only part’s', () => {
    const one = assessment(finding());
    expect(joined([{ pence: 10_000n, assessment: one }], 10_000n)).toBe(one);
  });

  it('is the strictest of its parts, for no more than the part that has it', () => {
    const asked = assessment(finding({ verdict: 'query' }));
    const both = joined(
      [
        { pence: 6_000n, assessment: asked },
        { pence: 4_000n, assessment: assessment(finding()) },
      ],
      10_000n,
    );
    expect(both).toMatchObject({ verdict: 'excluded', findings: [{ verdict: 'excluded', amountPence: -4_000n }] });
  });

  it('keeps what is said of parts that are alike, and of what is open, whole', () => {
    const parts = [4_000n, 3_000n].map((pence) => ({ pence, assessment: assessment(finding()) }));
    expect(joined(parts, 10_000n).findings).toMatchObject([{ amountPence: -10_000n }]);
  });

  it('keeps a receipt’s line for its own amount, and two alike as two', () => {
    const prescription = finding({ evidence: 'receipt-line', seen: 'NHS prescription', amountPence: -990n });
    const each = assessment(prescription, prescription);
    const parts = [6_000n, 4_000n].map((pence) => ({ pence, assessment: each }));
    expect(joined(parts, 10_000n).findings).toEqual([prescription, prescription]);
  });

  it('asks nothing about the plan of what was said to be tax, and everything else', () => {
    const plan = finding({ rule: 'NOT_IN_PLAN', verdict: 'query', evidence: 'plan-line' });
    expect(withoutPlanQuery(assessment(plan))).toMatchObject({ verdict: 'allowed', findings: [] });
    expect(withoutPlanQuery(assessment(finding(), plan))).toMatchObject({ verdict: 'excluded' });
  });
});
