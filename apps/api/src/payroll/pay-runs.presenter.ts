import { decimalText } from '@ringfence/kernel';
import type { PayRunDetail, PayRunRow, PayslipDetail } from '@ringfence/payroll';

export function presentRun(run: PayRunRow) {
  return {
    id: run.id,
    organisation: { id: run.organisationId, name: run.organisationName },
    reference: run.reference,
    payDate: run.payDate,
    frequency: run.frequency,
    state: run.state,
    receivedAt: run.receivedAt.toISOString(),
    payslips: run.payslips,
    gross: decimalText(run.grossPence),
    net: decimalText(run.netPence),
    employerCosts: decimalText(run.employerCostsPence),
    complete: run.complete,
  };
}

export function presentRunDetail({ items, hold, decision, ...run }: PayRunDetail) {
  return {
    ...presentRun(run),
    hold: hold && { heldAt: hold.heldAt.toISOString(), reasons: hold.reasons },
    decision: decision && {
      outcome: decision.outcome,
      by: decision.decidedBy,
      at: decision.decidedAt.toISOString(),
      reasons: decision.reasons,
    },
    items: items.map(presentPayslip),
  };
}

function presentPayslip(payslip: PayslipDetail) {
  const { verdict, lines, shares } = payslip;
  return {
    id: payslip.id,
    position: payslip.position,
    budgetId: payslip.budgetId,
    designatedAccountId: payslip.designatedAccountId,
    payee: { id: payslip.payeeId, name: payslip.payeeName },
    employeeReference: payslip.employeeReference,
    niCategory: payslip.niCategory,
    payDate: payslip.payDate,
    periodStart: payslip.periodStart,
    periodEnd: payslip.periodEnd,
    datesWorked: payslip.datesWorked,
    lines: lines
      .filter(({ kind }) => kind === 'PAY')
      .map(({ code, description, hours, ratePounds, amountPence }) => {
        return { code, description, hours, rate: ratePounds, amount: decimalText(amountPence) };
      }),
    reimbursements: lines
      .filter(({ kind }) => kind === 'REIMBURSEMENT')
      .map(({ description, amountPence }) => ({ description, amount: decimalText(amountPence) })),
    gross: decimalText(payslip.grossPence),
    deductions: {
      tax: decimalText(payslip.taxPence),
      employeeNi: decimalText(payslip.employeeNiPence),
      studentLoan: decimalText(payslip.studentLoanPence),
      employeePension: decimalText(payslip.employeePensionPence),
      attachment: decimalText(payslip.attachmentPence),
    },
    net: decimalText(payslip.netPence),
    employerNi: decimalText(payslip.employerNiPence),
    employerPension: decimalText(payslip.employerPensionPence),
    employmentAllowance: decimalText(payslip.employmentAllowancePence),
    holidayAccrual: decimalText(payslip.holidayAccrualPence),
    fee: decimalText(payslip.feePence),
    streams: shares.map(({ costPence, netPence, weight: _, ...share }) => {
      return { ...share, cost: decimalText(costPence), net: decimalText(netPence) };
    }),
    journalId: payslip.journalId,
    verdict: verdict?.verdict ?? null,
    findings: verdict?.findings ?? [],
    warnings: payslip.warnings,
  };
}
