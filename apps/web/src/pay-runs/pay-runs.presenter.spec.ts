import { Problem } from '@ringfence/kernel';
import type { PayRunDetail, PayRunRow, PayslipDetail } from '@ringfence/payroll';
import { heldRunsShownMax, presentHeldRuns, presentPayRun, refusalInWords } from './pay-runs.presenter.js';

const row: PayRunRow = {
  id: 'r1',
  organisationId: 'o1',
  organisationName: 'Payday Bureau',
  reference: 'RUN-7',
  payDate: '2026-05-29',
  frequency: 'FOUR_WEEKLY',
  state: 'HELD',
  receivedAt: new Date('2026-05-28T23:30:00Z'),
  payslips: 1,
  grossPence: 1_000_000_00n,
  netPence: 999_000_00n,
  employerCostsPence: 27_00n,
  complete: true,
};

const payslip = {
  position: 1,
  payeeName: 'Ben Brown',
  budgetId: 'b1',
  periodStart: '2026-05-04',
  periodEnd: '2026-05-31',
  datesWorked: ['2026-05-06', '2026-05-13'],
  grossPence: 1_000_000_00n,
  netPence: 999_000_00n,
  employerNiPence: 15_00n,
  employerPensionPence: 12_00n,
  shares: [
    { stream: 'EDU', costPence: 600_000_00n },
    { stream: 'HEALTH', costPence: 400_027_00n },
  ],
  lines: [
    { kind: 'PAY', code: null, description: 'Basic pay', hours: '25', ratePounds: '16.00', amountPence: 400_00n },
    { kind: 'PAY', code: null, description: 'Bonus', hours: null, ratePounds: null, amountPence: 999_600_00n },
  ],
  warnings: ['Below the minimum wage.'],
} as unknown as PayslipDetail;

const run: PayRunDetail = {
  ...row,
  hold: {
    heldAt: row.receivedAt,
    reasons: [
      {
        kind: 'gross-above-first',
        pointer: '/payslips/0/gross',
        message: 'Payslip 1, Ben Brown: the gross pay is £1,000,000.00 for 28 days.',
        found: '£1,000,000.00',
        threshold: '£6,000.00',
        source: 'Payroll checks 2026',
      },
    ],
  },
  decision: null,
  items: [payslip],
};

describe('Held pay runs', () => {
  it('are listed with who sent them, when they pay and what', () => {
    expect(presentHeldRuns('2026-05-29', [row])).toEqual({
      title: 'Held pay runs',
      items: [
        {
          href: '/pay-runs/r1',
          reference: 'RUN-7',
          bureau: 'Payday Bureau',
          payDate: '29 May 2026 (today)',
          since: '29 May 2026 (today)',
          gross: '£1,000,000.00',
          payslips: '1 payslip',
        },
      ],
      more: null,
    });
  });

  it('say that there are more than the page shows', () => {
    const page = presentHeldRuns('2026-05-29', Array<PayRunRow>(heldRunsShownMax + 1).fill(row));
    expect([page.items.length, page.more]).toEqual([
      heldRunsShownMax,
      'There are more: they come up here as these are decided.',
    ]);
  });
});

describe('A pay run', () => {
  it('shows its reasons with what they were held against, and each payslip in words', () => {
    const page = presentPayRun('2026-05-29', run, true);
    expect(page.reasons).toEqual([
      {
        message: 'Payslip 1, Ben Brown: the gross pay is £1,000,000.00 for 28 days.',
        threshold: 'Held against: £6,000.00.',
      },
    ]);
    expect(page.source).toBe('What is usual here is set by: Payroll checks 2026.');
    expect(page.payslips).toEqual([
      {
        name: 'Payslip 1, Ben Brown',
        budgetHref: '/budgets/b1',
        period: '4 May 2026 to 31 May 2026',
        worked: '2 days worked',
        gross: '£1,000,000.00',
        net: '£999,000.00',
        employer: '£27.00',
        streams: 'Education £600,000.00 and Health £400,027.00',
        lines: ['Basic pay: 25 hours at £16.00, £400.00', 'Bonus: £999,600.00'],
        warnings: ['Below the minimum wage.'],
      },
    ]);
  });

  it('names the source of each reason where they have several', () => {
    const [reason] = run.hold!.reasons;
    const hold = { ...run.hold!, reasons: [reason!, { ...reason!, source: 'Payroll checks 2027' }] };
    const page = presentPayRun('2026-05-29', { ...run, hold }, true);
    expect(page.source).toBeNull();
    expect(page.reasons[1]!.threshold).toBe('Held against: £6,000.00 (Payroll checks 2027).');
  });

  it('is decided by who may, while it waits', () => {
    expect(presentPayRun('2026-05-29', run, true).mayDecide).toBe(true);
    expect(presentPayRun('2026-05-29', run, false).mayDecide).toBe(false);
    expect(presentPayRun('2026-05-29', { ...run, state: 'REFUSED' }, true).mayDecide).toBe(false);
  });

  it('that cannot be posted now says why, without the bureau’s fields', () => {
    const messages = [
      '/payslips/0/gross pays Ben Brown £400.00 for 2026-05-04 to 2026-05-31, which is recorded already: leave it out.',
      '/payslips/11/streams/0/stream is EDU, for which this budget has no line.',
      'Payslip 3 is excluded by HOUSEHOLD_FAMILY: Ben Brown was living with your child.',
    ];
    const refused = new Problem('invalid-request', 'It stays held.', {
      errors: messages.map((message) => ({ message })),
    });
    expect(refusalInWords(refused).errors.map(({ message }) => message)).toEqual([
      'The run is still held, because it cannot be posted now.',
      'Payslip 1 pays Ben Brown £400.00 for 2026-05-04 to 2026-05-31, which is recorded already: leave it out.',
      'The stream of payslip 12 is EDU, for which this budget has no line.',
      'Payslip 3 is excluded by HOUSEHOLD_FAMILY: Ben Brown was living with your child.',
    ]);
    const decided = new Problem('conflict', 'The run was refused by Finn Finance.');
    expect(refusalInWords(decided)).toBe(decided);
  });

  it('says what became of it', () => {
    const decision = {
      outcome: 'REFUSED',
      reasons: 'Ten times what was agreed.',
      decidedAt: new Date('2026-05-29T10:00:00Z'),
      decidedBy: 'Finn Finance',
    } as const;
    expect(presentPayRun('2026-05-30', { ...run, state: 'REFUSED', decision }, true)).toMatchObject({
      standing: 'This run was refused. None of it is posted.',
      decision: { words: 'Refused by Finn Finance on 29 May 2026.', reasons: 'Ten times what was agreed.' },
    });
  });
});
