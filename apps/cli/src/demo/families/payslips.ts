import { timesRate, type CalendarDate, type Money } from '@ringfence/kernel';
import type { DemoMonth } from '../demo-year.js';
import type { PayslipScenario } from '../scenario.js';

export interface Worker {
  readonly budget: string;
  readonly employee: string;
  readonly employeeReference: string;
  readonly dateOfBirth: CalendarDate;
  /** Category M is for people under 21: their employer owes no National Insurance for them. */
  readonly niCategory: 'A' | 'M';
  readonly ratePounds: string;
  readonly ratePence: Money;
  readonly feePence: Money;
  readonly inPension: boolean;
  readonly streams: PayslipScenario['streams'];
}

/**
 * A month's payslip as a bureau would work it out: tax and National Insurance above the month's threshold, pension on
 * what lies above its lower limit. Plain figures of 2026 for an example, not a payroll.
 */
export function monthsPayslip(
  worker: Worker,
  month: DemoMonth,
  hours: number,
  options: { readonly rolledUpHoliday?: boolean } = {},
): PayslipScenario {
  const { budget, employee, employeeReference, dateOfBirth, niCategory, ratePence, ratePounds, feePence } = worker;
  const basicPence = ratePence * BigInt(hours);
  // 5.6 weeks of 46.4 worked, paid with each hour (Working Time Regulations 1998 reg 16A).
  const holidayPence = options.rolledUpHoliday ? timesRate(basicPence, '0.1207') : 0n;
  const grossPence = basicPence + holidayPence;
  const above = (limitPence: Money): Money => (grossPence > limitPence ? grossPence - limitPence : 0n);
  const taxPence = timesRate(above(1_048_00n), '0.20');
  const employeeNiPence = timesRate(above(1_048_00n), '0.08');
  const employerNiPence = niCategory === 'M' ? 0n : timesRate(above(417_00n), '0.15');
  const qualifyingPence = worker.inPension ? above(520_00n) : 0n;
  const employeePensionPence = timesRate(qualifyingPence, '0.05');
  return {
    budget,
    employee,
    employeeReference,
    dateOfBirth,
    niCategory,
    periodStart: month.first,
    periodEnd: month.last,
    lines: [
      { description: 'Basic pay', hours: String(hours), ratePounds, amountPence: basicPence },
      ...(holidayPence > 0n ? [{ description: 'Holiday pay, rolled up', amountPence: holidayPence }] : []),
    ],
    grossPence,
    taxPence,
    employeeNiPence,
    employeePensionPence,
    employerNiPence,
    // A family that employs a carer may claim the allowance, and it is more than all they owe.
    employmentAllowancePence: employerNiPence,
    employerPensionPence: timesRate(qualifyingPence, '0.03'),
    feePence,
    netPence: grossPence - taxPence - employeeNiPence - employeePensionPence,
    streams: worker.streams,
  };
}
