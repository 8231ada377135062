import type { CalendarDate, Money } from '@ringfence/kernel';

/** From which figures on a pay run waits for a person, from a day. Nothing follows from one but that somebody looks. */
export interface PayrollThresholds {
  readonly validFrom: CalendarDate;
  /** The document that says so. */
  readonly source: string;
  /** Gross pay above so many times the usual of the employee, as decimal text. */
  readonly grossTimesUsual: string;
  /** The usual is the middle of so many last payslips, day for day. */
  readonly usualPayslips: number;
  /** Gross pay for seven days, as long as there are fewer than {@link usualPayslipsMin} payslips. */
  readonly firstGrossPerWeekPence: Money;
  /** Hours for each day worked, or for each day of the period where the bureau names none; decimal text. */
  readonly hoursPerDay: string;
  /** Employer's National Insurance and pension as a percentage of the gross, as decimal text. */
  readonly employerCostsPercent: string;
  /** By how much an amount may differ from its hours times its rate. */
  readonly lineDifferencePence: Money;
  /** By how much a stream may go beyond what remains of it for the budget's year. */
  readonly overBudgetPence: Money;
}

/** Fewer payslips do not say what is usual. */
export const usualPayslipsMin = 3;
export const usualPayslipsMax = 26;
export const grossTimesUsualMax = 100;
export const hoursPerDayMax = 24;
export const employerCostsPercentMax = 200;

/**
 * Dated data, newest first, for authorities that have set none of their own. No regulation sets these figures: they let
 * a month of ordinary pay through and stop slips of the pen. The costs of an employer are 15 % National Insurance and,
 * in the dearest public pension schemes, somewhat below 30 %.
 */
export const nationalThresholds: readonly PayrollThresholds[] = [
  {
    validFrom: '2000-01-01',
    source: 'Ringfence’s usual thresholds: no regulation sets them, and the authority may set its own',
    grossTimesUsual: '3',
    usualPayslips: 6,
    firstGrossPerWeekPence: 1_500_00n,
    hoursPerDay: '24',
    employerCostsPercent: '45',
    lineDifferencePence: 1_00n,
    overBudgetPence: 0n,
  },
];

/** Those in force on a day: the authority's newest by then, else the national ones. `own` in any order. */
export function thresholdsInForce(own: readonly PayrollThresholds[], day: CalendarDate): PayrollThresholds {
  const newestFirst = [...own].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
  const found = [...newestFirst, ...nationalThresholds].find(({ validFrom }) => validFrom <= day);
  if (!found) throw new RangeError(`There are no payroll thresholds for ${day}.`);
  return found;
}
