import { decimalText, penceFromText } from '@ringfence/kernel';

export type PayslipJson = Record<string, unknown> & {
  gross: string;
  net: string;
  employerNi: string;
  employerPension: string;
};

/** £400 gross, £46 deducted, £27 of employer's costs: four weeks in May 2026, all of it from education money. */
export function samplePayslip(budgetId: string, changes: Record<string, unknown> = {}): PayslipJson {
  return {
    budgetId,
    employeeReference: 'E7',
    niCategory: 'A',
    periodStart: '2026-05-04',
    periodEnd: '2026-05-31',
    datesWorked: ['2026-05-06', '2026-05-13', '2026-05-20', '2026-05-27'],
    lines: [{ code: 'BASIC', description: 'Basic pay', hours: '25', rate: '16.00', amount: '400.00' }],
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
    streams: [{ stream: 'EDU', percent: '100' }],
    ...changes,
  };
}

/** A run whose control totals are those of its payslips. */
export function sampleRun(payslips: readonly PayslipJson[], changes: Record<string, unknown> = {}) {
  const sum = (...fields: ('gross' | 'net' | 'employerNi' | 'employerPension')[]) =>
    decimalText(
      payslips.flatMap((one) => fields.map((field) => penceFromText(one[field]) ?? 0n)).reduce((a, b) => a + b, 0n),
    );
  return {
    reference: `RUN-${(count += 1)}`,
    payDate: '2026-05-29',
    frequency: 'FOUR_WEEKLY',
    payslips,
    controlTotals: {
      payslips: payslips.length,
      gross: sum('gross'),
      net: sum('net'),
      employerCosts: sum('employerNi', 'employerPension'),
    },
    ...changes,
  };
}

let count = 0;
