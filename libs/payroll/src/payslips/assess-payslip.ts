import { Injectable } from '@nestjs/common';
import { payeesOf } from '@ringfence/budgets';
import { Database, HandlesJob, systemContext, type Transaction } from '@ringfence/platform';
import {
  approvalsOf,
  engineApprovals,
  payeeFacts,
  policiesOf,
  recordVerdict,
  type Assessment,
  type RuleSet,
} from '@ringfence/spending-rules';
import { assessPayslip } from '../domain/assess-payslip.js';
import type { PayslipReport } from '../domain/pay-run.js';
import { readPayslipLines, readPayslips, type PayslipLineRow, type PayslipRow } from './payroll-reading.sql.js';

/**
 * The job that assesses a kept payslip again, as when an exception was approved or ended since. Nothing is posted anew:
 * only what the rules say of it changes. It is idempotent.
 */
@Injectable()
export class AssessPayslip {
  constructor(private readonly database: Database) {}

  @HandlesJob('assess-payslip')
  async run({ authorityId, payslipId }: { authorityId: string; payslipId: string }): Promise<void> {
    await this.database.transaction(systemContext(authorityId), async (tx) => {
      const [payslip] = await readPayslips(tx, { ids: [payslipId] });
      if (payslip) await reassess(tx, payslip);
    });
  }
}

async function reassess(tx: Transaction, payslip: PayslipRow): Promise<void> {
  const { id, budgetId } = payslip;
  const assessment = await assessmentOf(tx, payslip, await policiesOf(tx));
  if (assessment) await recordVerdict(tx, { subjectType: 'payslip', subjectId: id, budgetId, assessment });
}

/** What some versions of the policy say of a kept payslip; nothing is recorded. Undefined where its payee is gone. */
export async function assessmentOf(
  tx: Transaction,
  payslip: PayslipRow,
  policies: readonly RuleSet[],
): Promise<Assessment | undefined> {
  const { id, budgetId, payeeId } = payslip;
  const lines = (await readPayslipLines(tx, [id])).get(id) ?? [];
  const payee = (await payeesOf(tx, budgetId)).find((one) => one.id === payeeId);
  if (!payee) return undefined;
  const approvals = await approvalsOf(tx, budgetId);
  return assessPayslip(
    reportOf(payslip, lines),
    {
      payee: payeeFacts(payee),
      approvalsFor: (stream) => engineApprovals(approvals, payee, stream),
      shares: payslip.shares.map((share) => ({
        stream: share.stream,
        weight: share.weight,
        planned: share.budgetLineId !== null,
      })),
    },
    policies,
  );
}

/** The payslip as it was reported, as far as the rules look at it. */
function reportOf(payslip: PayslipRow, lines: readonly PayslipLineRow[]): PayslipReport {
  const { taxPence, employeeNiPence, studentLoanPence, employeePensionPence, attachmentPence } = payslip;
  return {
    budgetId: payslip.budgetId,
    payeeId: payslip.payeeId,
    periodStart: payslip.periodStart,
    periodEnd: payslip.periodEnd,
    datesWorked: payslip.datesWorked,
    lines: lines
      .filter(({ kind }) => kind === 'PAY')
      .map(({ description, amountPence }) => ({ description, amountPence })),
    grossPence: payslip.grossPence,
    deductions: { taxPence, employeeNiPence, studentLoanPence, employeePensionPence, attachmentPence },
    reimbursements: lines.filter(({ kind }) => kind === 'REIMBURSEMENT'),
    netPence: payslip.netPence,
    employerNiPence: payslip.employerNiPence,
    employerPensionPence: payslip.employerPensionPence,
    employmentAllowancePence: payslip.employmentAllowancePence,
    holidayAccrualPence: payslip.holidayAccrualPence,
    feePence: payslip.feePence,
    streams: [],
  };
}
