import { requireDate, requirePence, type Money } from '@ringfence/kernel';
import type { PayRunReport, PayslipReport } from '@ringfence/payroll';
import type { PayRunDto, PayslipDto } from './pay-runs.dto.js';

/** The run as the domain takes it: amounts in pence, null as left out. The class has checked that each field can be read. */
export function payRunOf(body: PayRunDto): PayRunReport {
  const { controlTotals, payslips, ...head } = body;
  return {
    ...head,
    payslips: payslips.map((payslip, index) => payslipOf(payslip, `/payslips/${index}`)),
    controlTotals: {
      payslips: controlTotals.payslips,
      grossPence: requirePence(controlTotals.gross, '/controlTotals/gross'),
      netPence: requirePence(controlTotals.net, '/controlTotals/net'),
      employerCostsPence: requirePence(controlTotals.employerCosts, '/controlTotals/employerCosts'),
    },
  };
}

function payslipOf(body: PayslipDto, at: string): PayslipReport {
  const pence = (field: string, text: string | undefined): Money => requirePence(text ?? '0', `${at}/${field}`);
  const { deductions } = body;
  return {
    budgetId: body.budgetId,
    payeeId: body.payeeId ?? undefined,
    employeeReference: body.employeeReference ?? undefined,
    niCategory: body.niCategory ?? undefined,
    employeeDateOfBirth: body.employeeDateOfBirth ?? undefined,
    apprentice: body.apprentice ?? undefined,
    periodStart: body.periodStart,
    periodEnd: body.periodEnd,
    datesWorked: body.datesWorked?.map((day, index) => requireDate(day, `${at}/datesWorked/${index}`)),
    lines: body.lines.map(({ code, description, hours, rate, amount }, index) => ({
      code: code ?? undefined,
      description,
      hours: hours ?? undefined,
      ratePounds: rate ?? undefined,
      amountPence: pence(`lines/${index}/amount`, amount),
    })),
    grossPence: pence('gross', body.gross),
    deductions: {
      taxPence: pence('deductions/tax', deductions.tax),
      employeeNiPence: pence('deductions/employeeNi', deductions.employeeNi),
      studentLoanPence: pence('deductions/studentLoan', deductions.studentLoan),
      employeePensionPence: pence('deductions/employeePension', deductions.employeePension),
      attachmentPence: pence('deductions/attachment', deductions.attachment),
    },
    reimbursements: (body.reimbursements ?? []).map(({ description, amount }, index) => ({
      description,
      amountPence: pence(`reimbursements/${index}/amount`, amount),
    })),
    netPence: pence('net', body.net),
    employerNiPence: pence('employerNi', body.employerNi),
    employerPensionPence: pence('employerPension', body.employerPension),
    employmentAllowancePence: pence('employmentAllowance', body.employmentAllowance),
    holidayAccrualPence: pence('holidayAccrual', body.holidayAccrual),
    feePence: pence('fee', body.fee),
    streams: body.streams.map(({ stream, percent, amount, budgetLineId, outcomeId }, index) => ({
      stream,
      percent: percent ?? undefined,
      amountPence: amount ? pence(`streams/${index}/amount`, amount) : undefined,
      budgetLineId: budgetLineId ?? undefined,
      outcomeId: outcomeId ?? undefined,
    })),
  };
}
