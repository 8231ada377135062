import { booksSql } from '@ringfence/ledger';
import type { CalendarDate } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { PayslipShare } from '../domain/accrual.js';
import { reimbursementsPence, type PayRunReport, type PayslipReport } from '../domain/pay-run.js';

export interface PayAccount {
  readonly budgetId: string;
  readonly designatedAccountId: string;
  readonly bookId: string;
}

/** The account that holds each budget on a day; where there are several, the one that it joined last. */
export function accountsOn(tx: Transaction, budgetIds: readonly string[], day: CalendarDate): Promise<PayAccount[]> {
  return tx.query<PayAccount & Record<string, unknown>>(
    `SELECT DISTINCT ON (d.budget_id) d.budget_id AS "budgetId", d.designated_account_id AS "designatedAccountId", k.id AS "bookId"
       FROM designated_account_budgets d
       JOIN ${booksSql} k ON k.authority_id = d.authority_id AND k.designated_account_id = d.designated_account_id
      WHERE d.authority_id = $1 AND d.budget_id = ANY ($2) AND $3 BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')
      ORDER BY d.budget_id, d.valid_from DESC, d.designated_account_id`,
    [tx.context.authorityId, budgetIds, day],
  );
}

export interface FirstRun {
  readonly id: string;
  readonly reference: string;
  readonly receivedAt: Date;
}

/** Claims the bureau's reference for this run; answers false where another run that waits or is posted has it. */
export async function insertRun(
  tx: Transaction,
  head: { readonly id: string; readonly organisationId: string; readonly state: 'HELD' | 'POSTED' },
  run: PayRunReport,
): Promise<boolean> {
  const { controlTotals } = run;
  const budgetIds = head.state === 'HELD' ? [...new Set(run.payslips.map(({ budgetId }) => budgetId))] : [];
  const inserted = await tx.query(
    `INSERT INTO pay_runs (authority_id, id, organisation_id, api_client_id, reference, pay_date, frequency, payslips_count,
                           gross_pence, net_pence, employer_costs_pence, state, budget_ids, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, context_now())
     ON CONFLICT (authority_id, organisation_id, reference_key) WHERE state IN ('HELD', 'POSTED') DO NOTHING RETURNING id`,
    [
      tx.context.authorityId,
      head.id,
      head.organisationId,
      tx.context.principal.id,
      run.reference,
      run.payDate,
      run.frequency,
      controlTotals.payslips,
      controlTotals.grossPence,
      controlTotals.netPence,
      controlTotals.employerCostsPence,
      head.state,
      budgetIds,
    ],
  );
  return inserted.length > 0;
}

/** The run that waits or is posted under a reference: neither case nor blanks make another. */
export async function runWithReference(
  tx: Transaction,
  organisationId: string,
  reference: string,
): Promise<FirstRun | undefined> {
  const [first] = await tx.query<FirstRun & Record<string, unknown>>(
    `SELECT id, reference, received_at AS "receivedAt" FROM pay_runs
      WHERE authority_id = $1 AND organisation_id = $2 AND reference_key = reference_key($3) AND state IN ('HELD', 'POSTED')`,
    [tx.context.authorityId, organisationId, reference],
  );
  return first;
}

export interface PayslipToKeep {
  readonly id: string;
  readonly position: number;
  readonly report: PayslipReport;
  readonly payeeId: string;
  readonly designatedAccountId: string;
  readonly shares: readonly PayslipShare[];
  readonly warnings: readonly string[];
  readonly journalId: string | null;
}

/** Writes the payslips of one run with their lines and shares, each table in one statement. */
export async function insertPayslips(
  tx: Transaction,
  runId: string,
  payDate: CalendarDate,
  payslips: readonly PayslipToKeep[],
): Promise<void> {
  await insertRows(
    tx,
    'payslips',
    payslipColumns,
    payslips.map((payslip) => payslipRow(runId, payDate, payslip)),
  );
  await insertRows(tx, 'payslip_lines', lineColumns, payslips.flatMap(lineRows));
  await insertRows(tx, 'payslip_shares', shareColumns, payslips.flatMap(shareRows));
}

/** Column names with their types, as jsonb_to_recordset wants them: amounts travel as text, so no float touches them. */
const payslipColumns = `id uuid, pay_run_id uuid, position integer, budget_id uuid, designated_account_id uuid, payee_id uuid,
  employee_reference text, ni_category text, pay_date date, period_start date, period_end date, dates_worked date[],
  gross_pence bigint, tax_pence bigint, employee_ni_pence bigint, student_loan_pence bigint, employee_pension_pence bigint,
  attachment_pence bigint, reimbursements_pence bigint, net_pence bigint, employer_ni_pence bigint,
  employer_pension_pence bigint, employment_allowance_pence bigint, holiday_accrual_pence bigint, fee_pence bigint,
  warnings jsonb, journal_id uuid`;
const lineColumns = `payslip_id uuid, position integer, kind text, code text, description text, hours numeric,
  rate_pounds numeric, amount_pence bigint`;
const shareColumns = `payslip_id uuid, position integer, stream text, budget_line_id uuid, outcome_id uuid, weight numeric, cost_pence bigint,
  net_pence bigint`;

async function insertRows(tx: Transaction, table: string, columns: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return;
  const names = columns.split(',').map((column) => column.trim().split(' ')[0]);
  await tx.query(
    `INSERT INTO ${table} (authority_id, ${names.join(', ')})
     SELECT $1, ${names.map((name) => `r.${name}`).join(', ')} FROM jsonb_to_recordset($2::jsonb) AS r (${columns})`,
    [
      tx.context.authorityId,
      JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ],
  );
}

function payslipRow(runId: string, payDate: CalendarDate, payslip: PayslipToKeep): object {
  const { report } = payslip;
  return {
    id: payslip.id,
    pay_run_id: runId,
    position: payslip.position,
    budget_id: report.budgetId,
    designated_account_id: payslip.designatedAccountId,
    payee_id: payslip.payeeId,
    employee_reference: report.employeeReference ?? null,
    ni_category: report.niCategory ?? null,
    pay_date: payDate,
    period_start: report.periodStart,
    period_end: report.periodEnd,
    dates_worked: [...(report.datesWorked ?? [])].sort(),
    gross_pence: report.grossPence,
    tax_pence: report.deductions.taxPence,
    employee_ni_pence: report.deductions.employeeNiPence,
    student_loan_pence: report.deductions.studentLoanPence,
    employee_pension_pence: report.deductions.employeePensionPence,
    attachment_pence: report.deductions.attachmentPence,
    reimbursements_pence: reimbursementsPence(report),
    net_pence: report.netPence,
    employer_ni_pence: report.employerNiPence,
    employer_pension_pence: report.employerPensionPence,
    employment_allowance_pence: report.employmentAllowancePence,
    holiday_accrual_pence: report.holidayAccrualPence,
    fee_pence: report.feePence,
    warnings: payslip.warnings,
    journal_id: payslip.journalId,
  };
}

function lineRows({ id, report }: PayslipToKeep): object[] {
  const pay = report.lines.map((line) => ({ kind: 'PAY', ...line }));
  const reimbursed = report.reimbursements.map((line) => ({ kind: 'REIMBURSEMENT', ...line }));
  return [...pay, ...reimbursed].map((line, index) => ({
    payslip_id: id,
    position: index + 1,
    kind: line.kind,
    code: 'code' in line ? line.code : null,
    description: line.description,
    hours: 'hours' in line ? line.hours : null,
    rate_pounds: 'ratePounds' in line ? line.ratePounds : null,
    amount_pence: line.amountPence,
  }));
}

function shareRows({ id, shares }: PayslipToKeep): object[] {
  return shares.map((share, index) => ({
    payslip_id: id,
    position: index + 1,
    stream: share.stream,
    budget_line_id: share.budgetLineId,
    outcome_id: share.outcomeId,
    weight: share.weight,
    cost_pence: share.costPence,
    net_pence: share.owed.NET_PAY,
  }));
}
