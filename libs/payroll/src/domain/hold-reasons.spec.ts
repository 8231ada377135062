import { doubles, type RecordedPay } from './doubles.js';
import { holdReasons, usualPerDay, type EarlierPay, type PlausiblePayslip, type StreamYear } from './hold-reasons.js';
import type { PayslipReport } from './pay-run.js';
import { streamFaults } from './stream-days.js';
import { nationalThresholds, thresholdsInForce, type PayrollThresholds } from './thresholds.js';

const [usual] = nationalThresholds as [PayrollThresholds];

/** Twenty-eight days of £400 from education money, for one budget. */
function payslip(changes: Partial<PayslipReport> = {}, about: Partial<PlausiblePayslip> = {}): PlausiblePayslip {
  const report: PayslipReport = {
    budgetId: 'b1',
    payeeId: 'ben',
    periodStart: '2026-05-04',
    periodEnd: '2026-05-31',
    lines: [{ description: 'Basic pay', amountPence: 400_00n }],
    grossPence: 400_00n,
    deductions: {
      taxPence: 0n,
      employeeNiPence: 0n,
      studentLoanPence: 0n,
      employeePensionPence: 0n,
      attachmentPence: 0n,
    },
    reimbursements: [],
    netPence: 400_00n,
    employerNiPence: 0n,
    employerPensionPence: 0n,
    employmentAllowancePence: 0n,
    holidayAccrualPence: 0n,
    feePence: 0n,
    streams: [{ stream: 'EDU', percent: '100' }],
    ...changes,
  };
  const shares = [{ stream: 'EDU' as const, costPence: report.grossPence }];
  return { index: 0, payeeId: 'ben', payeeName: 'Ben Brown', report, shares, ...about };
}

const earlier = (...daily: bigint[]): EarlierPay[] =>
  daily.map((pence) => ({ payeeId: 'ben', grossPence: pence * 10n, days: 10 }));

const year = (changes: Partial<StreamYear> = {}): StreamYear => ({
  budgetId: 'b1',
  day: '2026-05-31',
  stream: 'EDU',
  yearFrom: '2026-04-01',
  yearTo: '2027-03-31',
  agreedPence: 5_000_00n,
  spentPence: 0n,
  ...changes,
});

function kinds(
  payslips: readonly PlausiblePayslip[],
  known: { earlierPay?: readonly EarlierPay[]; streamYears?: readonly StreamYear[] } = {},
  thresholds: PayrollThresholds = usual,
): string[] {
  return holdReasons(payslips, { earlierPay: [], streamYears: [], ...known }, thresholds).map(({ kind }) => kind);
}

describe('usual pay', () => {
  it('is the middle of what a day came to, whatever the length of the periods', () => {
    expect(usualPerDay(earlier(100n, 900n, 200n))?.toString()).toBe('200');
    expect(usualPerDay(earlier(100n, 900n, 200n, 300n))?.toString()).toBe('250');
    const week = { payeeId: 'ben', grossPence: 70_00n, days: 7 };
    const month = { payeeId: 'ben', grossPence: 300_00n, days: 30 };
    expect(usualPerDay([week, month, week])?.toString()).toBe('1000');
  });

  it('is not known from fewer than three payslips', () => {
    expect(usualPerDay(earlier(100n, 100n))).toBeUndefined();
  });

  it('lets three times itself through, and not a penny more', () => {
    const known = { earlierPay: earlier(10_00n, 10_00n, 10_00n) };
    expect(kinds([payslip({ grossPence: 840_00n })], known)).toEqual([]);
    expect(kinds([payslip({ grossPence: 840_01n })], known)).toEqual(['gross-above-usual']);
  });

  it('is that of the employee alone', () => {
    const others = earlier(100_00n, 100_00n, 100_00n).map((one) => ({ ...one, payeeId: 'cara' }));
    expect(kinds([payslip({ grossPence: 6_000_01n })], { earlierPay: others })).toEqual(['gross-above-first']);
  });
});

describe('first pay', () => {
  it('is held against an amount for each week, day for day', () => {
    expect(kinds([payslip({ grossPence: 6_000_00n })])).toEqual([]);
    expect(kinds([payslip({ grossPence: 6_000_01n })])).toEqual(['gross-above-first']);
    expect(kinds([payslip({ grossPence: 214_30n, periodStart: '2026-05-31' })])).toEqual(['gross-above-first']);
  });
});

describe('hours', () => {
  const lines = (hours: string, amountPence = 400_00n) => [{ description: 'Basic pay', hours, amountPence }];

  it('fit into the days worked, or into the period where no days are named', () => {
    const datesWorked = ['2026-05-06', '2026-05-13'];
    expect(kinds([payslip({ lines: lines('48'), datesWorked })])).toEqual([]);
    expect(kinds([payslip({ lines: lines('48.25'), datesWorked })])).toEqual(['hours-per-day']);
    expect(kinds([payslip({ lines: lines('672') })])).toEqual([]);
    expect(kinds([payslip({ lines: lines('672.01') })])).toEqual(['hours-per-day']);
  });

  it('that are reversed are taken off', () => {
    const corrected = [...lines('60'), ...lines('20', -100_00n)];
    expect(kinds([payslip({ lines: corrected, datesWorked: ['2026-05-06', '2026-05-13'] })])).toEqual([]);
  });
});

describe('an amount of pay', () => {
  const line = (amountPence: bigint) => [{ description: 'Basic pay', hours: '25', ratePounds: '16.0049', amountPence }];

  it('is its hours times its rate, to within the difference that is let through', () => {
    expect(kinds([payslip({ lines: line(400_12n) })])).toEqual([]);
    expect(kinds([payslip({ lines: line(401_12n) })])).toEqual([]);
    expect(kinds([payslip({ lines: line(401_13n) })])).toEqual(['line-amount']);
    expect(kinds([payslip({ lines: line(399_11n) })])).toEqual(['line-amount']);
  });

  it('that is reversed is compared without its sign', () => {
    expect(kinds([payslip({ lines: line(-400_12n) })])).toEqual([]);
  });

  it('without hours or without a rate is not compared', () => {
    expect(kinds([payslip({ lines: [{ description: 'Bonus', amountPence: 400_00n, hours: '1' }] })])).toEqual([]);
  });
});

describe('employer’s costs', () => {
  it('stay within their part of the gross', () => {
    expect(kinds([payslip({ employerNiPence: 100_00n, employerPensionPence: 80_00n })])).toEqual([]);
    expect(kinds([payslip({ employerNiPence: 100_00n, employerPensionPence: 80_01n })])).toEqual(['employer-costs']);
    expect(kinds([payslip({ grossPence: 0n, employerNiPence: 1n })])).toEqual(['employer-costs']);
  });
});

describe('what is left of a stream', () => {
  it('is taken by the run as a whole, and named at the payslip that goes beyond it', () => {
    const streamYears = [year({ spentPence: 4_200_00n })];
    const two = [payslip(), payslip({}, { index: 1, payeeId: 'cara', payeeName: 'Cara Green' })];
    expect(kinds(two, { streamYears })).toEqual([]);
    const three = [...two, payslip({ grossPence: 1n }, { index: 2, payeeId: 'dan', payeeName: 'Dan Gray' })];
    expect(holdReasons(three, { earlierPay: [], streamYears }, usual)).toMatchObject([
      { kind: 'over-budget', pointer: '/payslips/2/streams', found: '£800.01', threshold: '£800.00' },
    ]);
  });

  it('may be exceeded by what the authority lets pass', () => {
    const streamYears = [year({ spentPence: 4_700_00n })];
    expect(kinds([payslip()], { streamYears })).toEqual(['over-budget']);
    expect(kinds([payslip()], { streamYears }, { ...usual, overBudgetPence: 100_00n })).toEqual([]);
  });

  it('is that of the stream, the budget and the year', () => {
    for (const other of [{ stream: 'HEALTH' as const }, { budgetId: 'b2' }, { day: '2027-05-31' }]) {
      expect(kinds([payslip()], { streamYears: [year({ spentPence: 5_000_00n, ...other })] })).toEqual([]);
    }
  });

  it('with nothing left holds a payslip that costs something, and not one that costs nothing', () => {
    const streamYears = [year({ spentPence: 5_100_00n })];
    expect(kinds([payslip({ grossPence: 1n })], { streamYears })).toEqual(['over-budget']);
    expect(kinds([payslip({ grossPence: 0n })], { streamYears })).toEqual([]);
  });
});

describe('a payslip for the same days', () => {
  const onRecord = (changes: Partial<RecordedPay> = {}): RecordedPay => ({
    index: 0,
    grossPence: 400_00n,
    periodStart: '2026-05-18',
    periodEnd: '2026-06-14',
    run: { id: 'r1', reference: 'RUN-1' },
    ...changes,
  });

  it('of the same gross is refused, of another waits', () => {
    expect(doubles([payslip()], [onRecord()])).toMatchObject({
      faults: [{ pointer: '/payslips/0/gross' }],
      reasons: [],
    });
    expect(doubles([payslip()], [onRecord({ grossPence: 1n })])).toMatchObject({
      faults: [],
      reasons: [{ kind: 'possible-double' }],
    });
  });

  it('is named with its amount and its days only to who may see its run', () => {
    const { reasons } = doubles([payslip()], [onRecord({ grossPence: 123_45n, run: undefined })]);
    expect(reasons[0]!.message).toBe(
      'Payslip 1, Ben Brown: £400.00 for 4 May 2026 to 31 May 2026 comes on top of other pay that is recorded for some of these days: it may be a further payment, or correct the first.',
    );
  });

  it('is none of another employee, of another budget or of other days', () => {
    const second = (changes: Partial<PayslipReport>, payeeId = 'ben') => payslip(changes, { index: 1, payeeId });
    for (const other of [
      second({}, 'cara'),
      second({ budgetId: 'b2' }),
      second({ periodStart: '2026-06-01', periodEnd: '2026-06-28' }),
    ]) {
      expect(doubles([payslip(), other], [])).toEqual({ faults: [], reasons: [] });
    }
    expect(doubles([payslip(), second({})], []).faults).toHaveLength(1);
  });

  it('doubles nothing where it pays nothing, as a fee', () => {
    expect(doubles([payslip({ grossPence: 0n })], [onRecord({ grossPence: 0n })])).toEqual({ faults: [], reasons: [] });
    expect(doubles([payslip()], [onRecord({ grossPence: 0n })])).toEqual({ faults: [], reasons: [] });
  });
});

describe('a stream', () => {
  const line = { stream: 'EDU', mechanism: 'DIRECT_PAYMENT', startsOn: '2026-05-10', endsOn: '2026-05-20' } as const;
  const faults = (report: Partial<PayslipReport>, lines: Parameters<typeof streamFaults>[1]) =>
    streamFaults(payslip(report).report, lines, '/payslips/0').map(({ pointer }) => pointer);

  it('pays for the days of its lines', () => {
    expect(faults({ datesWorked: ['2026-05-10', '2026-05-20'] }, [line])).toEqual([]);
    expect(faults({ datesWorked: ['2026-05-09'] }, [line])).toEqual(['/payslips/0/streams/0/stream']);
    const next = { ...line, startsOn: '2026-05-21', endsOn: '2027-03-31' };
    expect(faults({ datesWorked: ['2026-05-20', '2026-05-21'] }, [line, next])).toEqual([]);
  });

  it('pays for a period that it touches, where no days are named', () => {
    expect(faults({}, [line])).toEqual([]);
    expect(faults({ periodStart: '2026-05-21' }, [line])).toEqual(['/payslips/0/streams/0/stream']);
  });

  it('pays nothing from a line that is organised for the family, or of another stream', () => {
    expect(faults({}, [{ ...line, mechanism: 'ORGANISED' }])).toHaveLength(1);
    expect(faults({}, [{ ...line, stream: 'HEALTH' }])).toHaveLength(1);
  });
});

describe('thresholds', () => {
  it('are the newest of the authority by a day, else the national ones', () => {
    const own = (validFrom: string) => ({ ...usual, validFrom, source: validFrom });
    const both = [own('2026-04-01'), own('2026-06-01')];
    expect(thresholdsInForce(both, '2026-03-31')).toBe(usual);
    expect(thresholdsInForce(both, '2026-05-31').source).toBe('2026-04-01');
    expect(thresholdsInForce(both, '2026-06-01').source).toBe('2026-06-01');
  });
});
