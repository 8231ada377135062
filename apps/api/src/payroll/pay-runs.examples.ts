import { type ResponseOf } from '../http/schemas.js';
import type { payRun, payRunDetail, payRunHeld, payRunTaken } from './pay-runs.responses.js';
import type { PayRunDto } from './pay-runs.dto.js';

/** One run of one payslip, as a bureau sends it and as it is answered. Everybody in it is invented. */
const run = '01976e3a-5c00-7a10-8f01-3b1d5a7c0101';
const payslip = '01976e3a-5c00-7a10-8f01-3b1d5a7c0102';
const budget = '01976e3a-5c00-7a10-8f01-3b1d5a7c0103';
const employee = '01976e3a-5c00-7a10-8f01-3b1d5a7c0104';

const reported = {
  employeeReference: 'E7',
  niCategory: 'A',
  periodStart: '2026-05-04',
  periodEnd: '2026-05-31',
  datesWorked: ['2026-05-06', '2026-05-13', '2026-05-20', '2026-05-27'],
  gross: '400.00',
  deductions: {
    tax: '20.00',
    employeeNi: '10.00',
    studentLoan: '0.00',
    employeePension: '16.00',
    attachment: '0.00',
  },
  net: '354.00',
  employerNi: '15.00',
  employerPension: '12.00',
};

export const runSent: PayRunDto = {
  reference: 'RUN-2026-05',
  payDate: '2026-05-29',
  frequency: 'FOUR_WEEKLY',
  payslips: [
    {
      budgetId: budget,
      ...reported,
      lines: [{ code: 'BASIC', description: 'Basic pay', hours: '25', rate: '16.00', amount: '400.00' }],
      streams: [{ stream: 'EDU', percent: '100' }],
    },
  ],
  controlTotals: { payslips: 1, gross: '400.00', net: '354.00', employerCosts: '27.00' },
};

export const runTaken: ResponseOf<typeof payRunTaken> = {
  id: run,
  reference: 'RUN-2026-05',
  payDate: '2026-05-29',
  state: 'POSTED',
  payslips: [
    {
      id: payslip,
      position: 1,
      budgetId: budget,
      payeeId: employee,
      employeeReference: 'E7',
      net: '354.00',
      cost: '427.00',
      postedOn: '2026-05-29',
      verdict: 'allowed',
      findings: [],
      warnings: [],
    },
  ],
};

export const runHeld: ResponseOf<typeof payRunHeld> = {
  id: run,
  reference: 'RUN-2026-05',
  payDate: '2026-05-29',
  state: 'HELD',
  reasons: [
    {
      kind: 'gross-above-usual',
      pointer: '/payslips/0/gross',
      message:
        'Payslip 1, Ben Brown: the gross pay is £4,000.00 for 28 days, more than 3 times the £400.00 that the last 6 payslips make usual.',
      found: '£4,000.00',
      threshold: '£1,200.00',
      source: 'Payroll checks 2026, section 2',
    },
  ],
};

export const runListed: ResponseOf<typeof payRun> = {
  id: run,
  organisation: { id: '01976e3a-5c00-7a10-8f01-3b1d5a7c0105', name: 'Payday Bureau' },
  reference: 'RUN-2026-05',
  payDate: '2026-05-29',
  frequency: 'FOUR_WEEKLY',
  state: 'POSTED',
  receivedAt: '2026-05-26T10:15:00.000Z',
  payslips: 1,
  gross: '400.00',
  net: '354.00',
  employerCosts: '27.00',
  complete: true,
};

export const runShown: ResponseOf<typeof payRunDetail> = {
  ...runListed,
  hold: null,
  decision: null,
  items: [
    {
      id: payslip,
      position: 1,
      budgetId: budget,
      designatedAccountId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0106',
      payee: { id: employee, name: 'Ben Brown' },
      payDate: '2026-05-29',
      ...reported,
      lines: [{ code: 'BASIC', description: 'Basic pay', hours: '25', rate: '16', amount: '400.00' }],
      reimbursements: [],
      employmentAllowance: '0.00',
      holidayAccrual: '0.00',
      fee: '0.00',
      streams: [
        {
          stream: 'EDU',
          budgetLineId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0107',
          outcomeId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0108',
          cost: '427.00',
          net: '354.00',
        },
      ],
      journalId: '01976e3a-5c00-7a10-8f01-3b1d5a7c0109',
      verdict: 'allowed',
      findings: [],
      warnings: [],
    },
  ],
};
