import type { CalendarDate, FundingStream, Money } from '@ringfence/kernel';

export const payslipsPerRunMax = 500;
/** Pay lines of one payslip, and as many reimbursements again. */
export const linesPerPayslipMax = 50;
export const streamsPerPayslipMax = 10;
export const datesWorkedMax = 92;
/** The longest pay period: a quarter. */
export const periodDaysMax = 92;
/** How long before its pay date a run may be reported, and how long after the period pay may come. */
export const payAheadDaysMax = 62;
export const payLagDaysMax = 186;
/** How old a run may be: records go back the current financial year and six before it. */
export const payAgeMonthsMax = 84;

export const payFrequencies = ['WEEKLY', 'FORTNIGHTLY', 'FOUR_WEEKLY', 'MONTHLY', 'IRREGULAR'] as const;
export type PayFrequency = (typeof payFrequencies)[number];

/** A pay run as a bureau reports it (domain: what a bureau sends). */
export interface PayRunReport {
  /** The bureau's own name for the run. */
  readonly reference: string;
  readonly payDate: CalendarDate;
  readonly frequency: PayFrequency;
  readonly payslips: readonly PayslipReport[];
  readonly controlTotals: ControlTotals;
}

/** What the bureau says the run sums to: employer costs are employer's National Insurance and employer's pension. */
export interface ControlTotals {
  readonly payslips: number;
  readonly grossPence: Money;
  readonly netPence: Money;
  readonly employerCostsPence: Money;
}

export interface PayslipReport {
  readonly budgetId: string;
  /** The payee by our id, or by the reference under which the bureau knows the employee. */
  readonly payeeId?: string | undefined;
  readonly employeeReference?: string | undefined;
  /** National Insurance category letter. */
  readonly niCategory?: string | undefined;
  /** Used for the National Minimum Wage alone, and not kept. */
  readonly employeeDateOfBirth?: CalendarDate | undefined;
  readonly apprentice?: boolean | undefined;
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  /** Without it every day of the period is taken as worked when the household is tested. */
  readonly datesWorked?: readonly CalendarDate[] | undefined;
  readonly lines: readonly PayLine[];
  readonly grossPence: Money;
  readonly deductions: Deductions;
  readonly reimbursements: readonly ReimbursementLine[];
  /** What is paid to the employee: gross less deductions plus reimbursements. */
  readonly netPence: Money;
  readonly employerNiPence: Money;
  readonly employerPensionPence: Money;
  /** What the Employment Allowance takes off the employer's National Insurance. */
  readonly employmentAllowancePence: Money;
  readonly holidayAccrualPence: Money;
  /** The bureau's own fee for this payslip, where it is taken from the budget. */
  readonly feePence: Money;
  readonly streams: readonly StreamSplit[];
}

export interface PayLine {
  readonly code?: string | undefined;
  readonly description: string;
  /** Decimal text, two places at most. */
  readonly hours?: string | undefined;
  /** Pounds an hour as decimal text, four places at most: bureaux work with fractions of a penny. */
  readonly ratePounds?: string | undefined;
  /** Negative where earlier pay is corrected. */
  readonly amountPence: Money;
}

export interface ReimbursementLine {
  readonly description: string;
  readonly amountPence: Money;
}

export interface Deductions {
  /** Negative where tax is given back. */
  readonly taxPence: Money;
  readonly employeeNiPence: Money;
  readonly studentLoanPence: Money;
  readonly employeePensionPence: Money;
  readonly attachmentPence: Money;
}

/** Which stream bears how much: percentages that sum to 100, or amounts that sum to the gross. */
export interface StreamSplit {
  readonly stream: FundingStream;
  readonly percent?: string | undefined;
  readonly amountPence?: Money | undefined;
  readonly budgetLineId?: string | undefined;
  readonly outcomeId?: string | undefined;
}

/** A reference as it is compared: neither case nor blanks make another. */
export function referenceKey(reference: string): string {
  return reference.replace(/\s/g, '').toUpperCase();
}

export function deductionsPence(deductions: Deductions): Money {
  return sumOf(Object.values(deductions) as Money[]);
}

export function reimbursementsPence(payslip: Pick<PayslipReport, 'reimbursements'>): Money {
  return sumOf(payslip.reimbursements.map((line) => line.amountPence));
}

export function employerCostsPence(payslip: PayslipReport): Money {
  return payslip.employerNiPence + payslip.employerPensionPence;
}

/** What the payslip costs the budget in all; it equals the sum of what is owed for it. */
export function costPence(payslip: PayslipReport): Money {
  return (
    payslip.grossPence +
    reimbursementsPence(payslip) +
    employerCostsPence(payslip) -
    payslip.employmentAllowancePence +
    payslip.holidayAccrualPence +
    payslip.feePence
  );
}

export function sumOf(amounts: readonly Money[]): Money {
  return amounts.reduce((sum, amount) => sum + amount, 0n);
}
