import { splitMoney, type FundingStream, type Money } from '@ringfence/kernel';
import { payslipEntries, type NewEntry } from '@ringfence/ledger';
import { reimbursementsPence, sumOf, type PayslipReport } from './pay-run.js';

/** The ledger's accounts that payroll owes through. */
export const payControls = ['NET_PAY', 'HMRC', 'PENSION', 'ATTACHMENT', 'HOLIDAY_PROVISION', 'PAYROLL_FEE'] as const;
export type PayControl = (typeof payControls)[number];

/** What one stream bears of a payslip. The cost is the sum of what is owed in that stream, to the penny. */
export interface PayslipShare {
  readonly stream: FundingStream;
  readonly budgetLineId: string | null;
  readonly outcomeId: string | null;
  readonly agreementId: string | null;
  readonly weight: string;
  readonly costPence: Money;
  readonly owed: Readonly<Record<PayControl, Money>>;
}

/** Where a split of the bureau's has been placed in the plan. */
export interface PlacedSplit {
  readonly stream: FundingStream;
  /** A percentage or pence as decimal text: any measure, the same for all. */
  readonly weight: string;
  readonly budgetLineId: string | null;
  readonly outcomeId: string | null;
  readonly agreementId: string | null;
}

/**
 * What is owed for a payslip, by control. HMRC is owed tax, both National Insurances and student loan, less the
 * Employment Allowance; wages leave the bank net (domain: payroll on the statement).
 */
export function owedFor(payslip: PayslipReport): Record<PayControl, Money> {
  const { deductions } = payslip;
  return {
    NET_PAY: payslip.netPence,
    HMRC:
      deductions.taxPence +
      deductions.employeeNiPence +
      deductions.studentLoanPence +
      payslip.employerNiPence -
      payslip.employmentAllowancePence,
    PENSION: deductions.employeePensionPence + payslip.employerPensionPence,
    ATTACHMENT: deductions.attachmentPence,
    HOLIDAY_PROVISION: payslip.holidayAccrualPence,
    PAYROLL_FEE: payslip.feePence,
  };
}

/**
 * Shares a payslip out. Each control is split by itself, so that its parts sum to what is owed to the penny whatever
 * the weights, and a share's cost is the sum of its parts, so that each stream balances by itself.
 */
export function sharePayslip(payslip: PayslipReport, splits: readonly PlacedSplit[]): PayslipShare[] {
  const owed = owedFor(payslip);
  const weights = splits.map(({ weight }) => weight);
  const parts = payControls.map((control) => splitMoney(owed[control], weights));
  return splits.map(({ stream, weight, budgetLineId, outcomeId, agreementId }, place) => {
    const own = Object.fromEntries(
      payControls.map((control, order) => [control, parts[order]?.[place] ?? 0n]),
    ) as Record<PayControl, Money>;
    return { stream, weight, budgetLineId, outcomeId, agreementId, costPence: sumOf(Object.values(own)), owed: own };
  });
}

/**
 * The accrual at the pay date, as the ledger posts every payslip, with the bureau's fee beside it: the cost is the
 * gross and reimbursements, employer's National Insurance and pension, holiday and fee. Expensing the bank's lines
 * instead would overstate the surplus by up to three months' tax. The service date is the last day of the pay period.
 */
export function accrualEntries(payslip: PayslipReport, splits: readonly PlacedSplit[]): NewEntry[] {
  const owed = owedFor(payslip);
  const places = splits.map(({ weight, ...dimensions }) => ({ ...dimensions, weight, serviceDate: payslip.periodEnd }));
  const pay = payslipEntries({
    budgetId: payslip.budgetId,
    grossPence: payslip.grossPence,
    reimbursedPence: reimbursementsPence(payslip),
    employerNiPence: payslip.employerNiPence - payslip.employmentAllowancePence,
    employerPensionPence: payslip.employerPensionPence,
    netPence: owed.NET_PAY,
    taxAndNiPence: owed.HMRC,
    pensionPence: owed.PENSION,
    attachmentPence: owed.ATTACHMENT,
    holidayAccrualPence: owed.HOLIDAY_PROVISION,
    shares: places,
  });
  const fees = splitMoney(
    owed.PAYROLL_FEE,
    splits.map(({ weight }) => weight),
  );
  const fee = places.flatMap(({ weight: _, ...place }, order): NewEntry[] => {
    const amountPence = fees[order] ?? 0n;
    const { budgetId } = payslip;
    if (amountPence === 0n) return [];
    return [
      { ...place, budgetId, account: 'PROVISION', amountPence },
      { ...place, budgetId, account: 'PAYROLL_FEE', amountPence: -amountPence },
    ];
  });
  return [...pay, ...fee];
}
