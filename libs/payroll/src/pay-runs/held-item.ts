import { sharePayslip } from '../domain/accrual.js';
import { reimbursementsPence } from '../domain/pay-run.js';
import type { HeldPayslip } from './held-runs.sql.js';
import type { PayRunRow, PayslipDetail, PayslipLineRow } from '../payslips/payroll-reading.sql.js';

/** A payslip that is not posted, in the form of one that is: without a journal and without an assessment. */
export function heldItem(run: PayRunRow, held: HeldPayslip): PayslipDetail {
  const { report } = held;
  const { deductions } = report;
  return {
    id: held.id,
    payRunId: run.id,
    position: held.position,
    budgetId: report.budgetId,
    designatedAccountId: held.designatedAccountId,
    payeeId: held.payeeId,
    payeeName: held.payeeName,
    payeeNames: [],
    employeeReference: report.employeeReference ?? null,
    niCategory: report.niCategory ?? null,
    payDate: run.payDate,
    periodStart: report.periodStart,
    periodEnd: report.periodEnd,
    datesWorked: [...(report.datesWorked ?? [])].sort(),
    grossPence: report.grossPence,
    ...deductions,
    reimbursementsPence: reimbursementsPence(report),
    netPence: report.netPence,
    employerNiPence: report.employerNiPence,
    employerPensionPence: report.employerPensionPence,
    employmentAllowancePence: report.employmentAllowancePence,
    holidayAccrualPence: report.holidayAccrualPence,
    feePence: report.feePence,
    warnings: held.warnings,
    journalId: null,
    shares: sharePayslip(report, held.placed).map(({ owed, costPence, stream, weight, budgetLineId, outcomeId }) => {
      return { stream, weight, budgetLineId, outcomeId, costPence, netPence: owed.NET_PAY };
    }),
    lines: linesOf(held),
    verdict: null,
  };
}

function linesOf({ report }: HeldPayslip): PayslipLineRow[] {
  const pay = report.lines.map(({ code, description, hours, ratePounds, amountPence }): PayslipLineRow => {
    return {
      kind: 'PAY',
      code: code ?? null,
      description,
      hours: hours ?? null,
      ratePounds: ratePounds ?? null,
      amountPence,
    };
  });
  const paidBack = report.reimbursements.map(({ description, amountPence }): PayslipLineRow => {
    return { kind: 'REIMBURSEMENT', code: null, description, hours: null, ratePounds: null, amountPence };
  });
  return [...pay, ...paidBack];
}
