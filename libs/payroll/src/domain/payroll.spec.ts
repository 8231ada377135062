import fc from 'fast-check';
import type { Money } from '@ringfence/kernel';
import { nationalPolicy } from '@ringfence/spending-rules';
import { accrualEntries, sharePayslip, type PlacedSplit } from './accrual.js';
import { checkPayRun, controlTotalFaults, payslipFaults } from './check-pay-run.js';
import { householdExclusions, assessPayslip } from './assess-payslip.js';
import { minimumWageWarnings } from './minimum-wage.js';
import { costPence, sumOf, type PayRunReport, type PayslipReport } from './pay-run.js';
import { placeSplits, type PlanLine } from './place-splits.js';

function payslip(changes: Partial<PayslipReport> = {}): PayslipReport {
  return {
    budgetId: 'budget',
    payeeId: 'ben',
    periodStart: '2026-05-04',
    periodEnd: '2026-05-31',
    lines: [{ description: 'Basic pay', hours: '25', ratePounds: '16.00', amountPence: 40000n }],
    grossPence: 40000n,
    deductions: {
      taxPence: 2000n,
      employeeNiPence: 1000n,
      studentLoanPence: 0n,
      employeePensionPence: 1600n,
      attachmentPence: 0n,
    },
    reimbursements: [],
    netPence: 35400n,
    employerNiPence: 1500n,
    employerPensionPence: 1200n,
    employmentAllowancePence: 0n,
    holidayAccrualPence: 0n,
    feePence: 0n,
    streams: [{ stream: 'EDU', percent: '100' }],
    ...changes,
  };
}

function run(payslips: PayslipReport[], changes: Partial<PayRunReport> = {}): PayRunReport {
  return {
    reference: 'RUN',
    payDate: '2026-05-29',
    frequency: 'FOUR_WEEKLY',
    payslips,
    controlTotals: {
      payslips: payslips.length,
      grossPence: sumOf(payslips.map((one) => one.grossPence)),
      netPence: sumOf(payslips.map((one) => one.netPence)),
      employerCostsPence: sumOf(payslips.map((one) => one.employerNiPence + one.employerPensionPence)),
    },
    ...changes,
  };
}

const messages = (changes: Partial<PayslipReport>, payDate = '2026-05-29') =>
  payslipFaults(payslip(changes), payDate, '/payslips/0').map(({ message }) => message);

describe('a pay run', () => {
  it('that adds up is accepted', () => {
    expect(() => checkPayRun(run([payslip(), payslip()]), '2026-06-15')).not.toThrow();
  });

  it('reported too early, or of long ago, is refused', () => {
    expect(() => checkPayRun(run([payslip()], { payDate: '2026-09-01' }), '2026-06-15')).toThrow(
      '/payDate is 2026-09-01, more than 62 days from today: report the run nearer its day.',
    );
    expect(() => checkPayRun(run([payslip()], { payDate: '2018-05-29' }), '2026-06-15')).toThrow(
      '/payDate is 2018-05-29, more than 7 years ago: check the date.',
    );
  });

  it('is held against its control totals, all of them', () => {
    const totals = { payslips: 2, grossPence: 1n, netPence: 2n, employerCostsPence: 3n };
    expect(controlTotalFaults(run([payslip()], { controlTotals: totals })).map(({ message }) => message)).toEqual([
      '/controlTotals/payslips says 2, but the run has 1 payslips: send the whole run.',
      '/controlTotals/gross says 0.01, but the payslips sum to 400.00, a difference of 399.99: correct the payslip or the total.',
      '/controlTotals/net says 0.02, but the payslips sum to 354.00, a difference of 353.98: correct the payslip or the total.',
      '/controlTotals/employerCosts says 0.03, but the payslips sum to 27.00, a difference of 26.97: correct the payslip or the total.',
    ]);
  });
});

describe('a payslip is refused', () => {
  it('for pay before the period, or long after it', () => {
    expect(messages({}, '2026-05-01')).toEqual([
      '/payslips/0/periodStart is 2026-05-04, after the pay date 2026-05-01: check the dates.',
    ]);
    expect(messages({}, '2026-12-25')).toEqual([
      '/payslips/0/periodEnd is 2026-05-31, more than 186 days before the pay date 2026-12-25: check it.',
    ]);
  });

  it('for a period of more than a quarter', () => {
    expect(messages({ periodStart: '2026-01-01' })).toEqual([
      '/payslips/0/periodEnd makes a period of 151 days: 92 is the most, so split it.',
    ]);
  });

  it('for a day of work named twice', () => {
    expect(messages({ datesWorked: ['2026-05-06', '2026-05-06'] })).toEqual([
      '/payslips/0/datesWorked/1 is 2026-05-06 again: name each day worked once.',
    ]);
  });

  it('for amounts below zero, tax apart', () => {
    const deductions = { ...payslip().deductions, taxPence: -2000n };
    expect(messages({ deductions, netPence: 39400n })).toEqual([]);
    expect(messages({ feePence: -1n })).toEqual(['/payslips/0/fee is -0.01: it cannot be below zero.']);
  });

  it('for an Employment Allowance above the employer’s National Insurance', () => {
    expect(messages({ employmentAllowancePence: 1501n })).toEqual([
      "/payslips/0/employmentAllowance is 15.01, more than the employer's National Insurance of 15.00: it can take off no more than that.",
    ]);
  });

  it('for streams shared out in two ways, in none, or for amounts that are not the gross', () => {
    expect(messages({ streams: [] })).toEqual([
      '/payslips/0/streams has 0 entries: say which 1 to 10 streams bear the cost.',
    ]);
    expect(
      messages({
        streams: [
          { stream: 'EDU', percent: '50' },
          { stream: 'HEALTH', amountPence: 20000n },
        ],
      }),
    ).toEqual(['/payslips/0/streams must give every entry a percent, or every entry an amount.']);
    expect(messages({ streams: [{ stream: 'EDU', amountPence: 20000n }] })).toEqual([
      '/payslips/0/streams have amounts that sum to 200.00, but the gross is 400.00: amounts share out the gross.',
    ]);
  });
});

describe('the plan’s line of a payslip', () => {
  const line = (changes: Partial<PlanLine>): PlanLine => ({
    id: 'line',
    name: 'Assistant',
    stream: 'EDU',
    mechanism: 'DIRECT_PAYMENT',
    agreementId: 'agreement',
    payeeId: null,
    outcomeIds: ['outcome'],
    ...changes,
  });
  const placed = (lines: PlanLine[], split = {}) =>
    placeSplits(payslip({ streams: [{ stream: 'EDU', percent: '100', ...split }] }), 'ben', lines, '/payslips/0');

  it('is the stream’s line for this payee, before its only line for nobody in particular', () => {
    expect(placed([line({ id: 'own', payeeId: 'ben' }), line({})]).placed[0]).toMatchObject({
      budgetLineId: 'own',
      outcomeId: 'outcome',
    });
    expect(placed([line({}), line({ id: 'other', payeeId: 'ann' })]).placed[0]).toMatchObject({ budgetLineId: 'line' });
  });

  it('is left open where there are several, or none that holds cash', () => {
    expect(placed([line({}), line({ id: 'two' })]).placed[0]).toMatchObject({ budgetLineId: null });
    expect(placed([line({ mechanism: 'ORGANISED' })]).placed[0]).toMatchObject({ budgetLineId: null });
  });

  it('is refused where the bureau names one of another stream, one that is organised, or none of the budget', () => {
    const at = '/payslips/0/streams/0/budgetLineId';
    const named = (lines: PlanLine[]) => placed(lines, { budgetLineId: 'line' }).faults.map(({ message }) => message);
    expect(named([line({ stream: 'HEALTH' })])).toEqual([
      `${at} names a line whose stream is HEALTH and not EDU: correct one of them.`,
    ]);
    expect(named([line({ mechanism: 'ORGANISED' })])).toEqual([
      `${at} names a line that is organised for the family and has no money in this account: name another.`,
    ]);
    expect(named([])).toEqual([
      `${at} is line, which is no line of this budget that runs in the pay period: check the line.`,
    ]);
  });

  it('leaves the outcome to a person where it has several, unless the bureau names one of them', () => {
    const several = [line({ outcomeIds: ['a', 'b'] })];
    expect(placed(several).placed[0]).toMatchObject({ budgetLineId: 'line', outcomeId: null });
    expect(placed(several, { outcomeId: 'b' }).placed[0]).toMatchObject({ outcomeId: 'b' });
    expect(placed(several, { outcomeId: 'c' }).faults.map(({ message }) => message)).toEqual([
      '/payslips/0/streams/0/outcomeId is c, which is no outcome of the budget line: check the outcome.',
    ]);
  });
});

describe('the accrual', () => {
  it('gives every stream a balanced part and loses no penny, whatever the weights', () => {
    const pence = (max: number) => fc.integer({ min: 0, max }).map(BigInt);
    const weight = fc.integer({ min: 1, max: 10_000 }).map(String);
    fc.assert(
      fc.property(
        fc.record({
          gross: pence(500_000),
          tax: pence(1),
          ni: pence(5_000),
          pension: pence(3_000),
          fee: pence(5_000),
          holiday: pence(60_000),
        }),
        fc.array(fc.record({ weight, stream: fc.constantFrom('EDU', 'HEALTH', 'SOCIAL_CHILD') }), {
          minLength: 1,
          maxLength: 10,
        }),
        ({ gross, tax, ni, pension, fee, holiday }, splits) => {
          const netPence: Money = gross + 100_000n - tax - ni - pension;
          const report = payslip({
            grossPence: gross + 100_000n,
            deductions: {
              taxPence: tax,
              employeeNiPence: ni,
              studentLoanPence: 0n,
              employeePensionPence: pension,
              attachmentPence: 0n,
            },
            netPence,
            feePence: fee,
            holidayAccrualPence: holiday,
          });
          const placed = splits.map((split) => ({
            ...split,
            budgetLineId: null,
            outcomeId: null,
            agreementId: null,
          })) as PlacedSplit[];
          const entries = accrualEntries(report, placed);
          const shares = sharePayslip(report, placed);
          for (const stream of new Set(splits.map((split) => split.stream))) {
            expect(sumOf(entries.filter((entry) => entry.stream === stream).map((entry) => entry.amountPence))).toBe(
              0n,
            );
          }
          const debits = sumOf(
            entries.filter(({ account }) => account === 'PROVISION').map((entry) => entry.amountPence),
          );
          expect(debits).toBe(costPence(report));
          expect(sumOf(shares.map((share) => share.costPence))).toBe(costPence(report));
          expect(sumOf(shares.map((share) => share.owed.NET_PAY))).toBe(netPence);
        },
      ),
    );
  });
});

describe('the National Minimum Wage', () => {
  const paid = (ratePounds: string, changes: Partial<PayslipReport> = {}) =>
    minimumWageWarnings(payslip({ lines: [{ description: 'Pay', ratePounds, amountPence: 40000n }], ...changes }));

  it('is that of the age on the first day of the pay period', () => {
    expect(paid('10.84', { employeeDateOfBirth: '2005-05-05' })[0]).toContain('£10.85 for ages 18 to 20');
    expect(paid('10.85', { employeeDateOfBirth: '2005-05-05' })).toEqual([]);
    expect(paid('10.85', { employeeDateOfBirth: '2005-05-04' })[0]).toContain('£12.71 for ages 21 and over');
    expect(paid('7.99', { employeeDateOfBirth: '2009-05-04' })[0]).toContain('£8.00 for ages 16 and 17');
    expect(paid('7.99', { apprentice: true })[0]).toContain('for apprentices');
  });

  it('is last year’s for a period that began before April', () => {
    const march = { periodStart: '2026-03-09', employeeDateOfBirth: '2000-01-01' };
    expect(paid('12.21', march)).toEqual([]);
    expect(paid('12.20', march)[0]).toContain('£12.21');
  });

  it('names only a rate below every rate where the age is not known', () => {
    expect(paid('8.00')).toEqual([]);
    expect(paid('7.99')[0]).toContain('for the youngest workers');
  });
});

describe('what the rules say of a payslip', () => {
  const payee = { name: 'Ben Brown', relationship: 'brother', livesWithChild: [{ from: '2026-05-31', to: null }] };
  const assessed = (report: PayslipReport, streams: PlacedSplit['stream'][] = ['EDU', 'HEALTH'], who: object = payee) =>
    assessPayslip(
      report,
      {
        payee: { name: 'Ben Brown', ...who },
        approvalsFor: () => [],
        shares: streams.map((stream) => ({ stream, weight: '50', planned: true })),
      },
      [nationalPolicy],
    );

  it('excludes it for one day of living with the child, once for all its streams and with its whole cost', () => {
    const exclusions = householdExclusions(assessed(payslip()));
    expect(exclusions).toEqual([
      expect.objectContaining({ rule: 'HOUSEHOLD_FAMILY', amountPence: costPence(payslip()) }),
    ]);
  });

  it('reads pay lines and reimbursements, and counts each amount once', () => {
    const report = payslip({ reimbursements: [{ description: 'Dental check-up fee', amountPence: 2700n }] });
    const assessment = assessed(report, ['EDU', 'HEALTH'], { relationship: 'none' });
    expect(assessment.verdict).toBe('excluded');
    expect(assessment.findings).toEqual([expect.objectContaining({ rule: 'DENTAL', amountPence: 2700n })]);
    expect(householdExclusions(assessment)).toEqual([]);
  });

  it('allows pay for taking the child to the dentist', () => {
    const report = payslip({
      lines: [{ description: 'Support hours taking Kit to the dentist', amountPence: 40000n }],
    });
    expect(assessed(report, ['EDU'], { relationship: 'none' }).verdict).toBe('allowed');
  });
});
