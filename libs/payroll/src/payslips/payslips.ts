import type { Transaction } from '@ringfence/platform';
import { readPayslips, type PayslipFilter, type PayslipRow } from './payroll-reading.sql.js';

/**
 * Payslips whose wages may be on a statement: those of the budgets, the account or the book asked for, paid between
 * two dates, by pay date. What has been allocated to them is known to reconciliation, which subtracts it. A payslip
 * of nothing net is left out: no wage of it will ever leave the bank.
 */
export async function payslipsUnpaid(
  tx: Transaction,
  around: Omit<PayslipFilter, 'ids' | 'payRunId'>,
): Promise<PayslipRow[]> {
  const payslips = await readPayslips(tx, around);
  return payslips.filter(({ netPence }) => netPence > 0n);
}

export async function payslipById(tx: Transaction, id: string): Promise<PayslipRow | undefined> {
  const [payslip] = await readPayslips(tx, { ids: [id] });
  return payslip;
}
