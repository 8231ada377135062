import { poundsText, Problem, splitMoney, type LedgerStream, type Money } from '@ringfence/kernel';
import type { AccountCode } from './chart.js';
import type { NewEntry } from './journal.js';
import type { Dimensions } from './postings.js';

/** A share of a payslip's cost: `weight` is hours or a percentage, as a decimal text, zero or more. */
export interface PayslipShare extends Dimensions {
  readonly stream: LedgerStream;
  readonly weight: string;
}

export interface PayslipAmounts {
  readonly budgetId: string;
  readonly grossPence: Money;
  readonly employerNiPence: Money;
  readonly employerPensionPence: Money;
  /** Holiday earned and not yet taken: a cost of the period in which it is earned. */
  readonly holidayAccrualPence: Money;
  /** Mileage and expenses paid through the payslip, on top of gross. */
  readonly reimbursedPence?: Money;
  readonly netPence: Money;
  /** All that HMRC is owed: tax, and National Insurance of employee and employer. */
  readonly taxAndNiPence: Money;
  /** All that the pension provider is owed: of employee and employer. */
  readonly pensionPence: Money;
  readonly attachmentPence: Money;
  readonly shares: readonly PayslipShare[];
}

/**
 * The posting of a payslip at payday: the whole cost of employment to PROVISION, against what is owed to the worker,
 * HMRC, the pension and the holder of an attachment, and the holiday provision. Each is split over the shares to the
 * penny (largest remainder, in the order given), so that each stream balances. Throws `control-total-mismatch` when
 * the cost is not what is owed.
 */
export function payslipEntries(payslip: PayslipAmounts): NewEntry[] {
  const { reimbursedPence = 0n } = payslip;
  const cost = payslip.grossPence + reimbursedPence + payslip.employerNiPence + payslip.employerPensionPence;
  const owed = payslip.netPence + payslip.taxAndNiPence + payslip.pensionPence + payslip.attachmentPence;
  if (cost !== owed) {
    throw new Problem(
      'control-total-mismatch',
      `The payslip costs ${poundsText(cost)} (gross, reimbursements, employer’s National Insurance and pension) but ` +
        `${poundsText(owed)} is owed (net, HMRC, pension and attachment): correct the amounts so that they agree.`,
    );
  }
  const liabilities: readonly (readonly [AccountCode, Money])[] = [
    ['NET_PAY', payslip.netPence],
    ['HMRC', payslip.taxAndNiPence],
    ['PENSION', payslip.pensionPence],
    ['ATTACHMENT', payslip.attachmentPence],
    ['HOLIDAY_PROVISION', payslip.holidayAccrualPence],
  ];
  const weights = payslip.shares.map((share) => share.weight);
  const parts = liabilities.map(([account, amount]) => ({ account, amounts: splitMoney(amount, weights) }));
  return payslip.shares.flatMap((share, order) => {
    const { weight: _, ...dimensions } = share;
    const place = { ...dimensions, budgetId: payslip.budgetId };
    const credits = parts.map(({ account, amounts }) => ({ ...place, account, amountPence: -amounts[order]! }));
    const total = credits.reduce((sum, credit) => sum - credit.amountPence, 0n);
    return [{ ...place, account: 'PROVISION' as const, amountPence: total }, ...credits].filter(
      (entry) => entry.amountPence !== 0n,
    );
  });
}
