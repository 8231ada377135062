import type { CalendarDate, FundingStream, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { PayslipShare } from './domain/accrual.js';
import { reimbursementsPence, type PayFrequency, type PayRunReport, type PayslipReport } from './domain/pay-run.js';

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
       JOIN books k ON k.authority_id = d.authority_id AND k.designated_account_id = d.designated_account_id
      WHERE d.authority_id = $1 AND d.budget_id = ANY ($2) AND $3 BETWEEN d.valid_from AND coalesce(d.valid_to, 'infinity')
      ORDER BY d.budget_id, d.valid_from DESC, d.designated_account_id`,
    [tx.context.authorityId, budgetIds, day],
  );
}

export interface FirstRun {
  readonly id: string;
  readonly receivedAt: Date;
}

/** Claims the bureau's reference for this run; answers false where an earlier run has it. */
export async function insertRun(
  tx: Transaction,
  id: string,
  organisationId: string,
  run: PayRunReport,
): Promise<boolean> {
  const { controlTotals } = run;
  const inserted = await tx.query(
    `INSERT INTO pay_runs (authority_id, id, organisation_id, api_client_id, reference, pay_date, frequency, payslips_count,
                           gross_pence, net_pence, employer_costs_pence, received_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, context_now())
     ON CONFLICT (authority_id, organisation_id, reference) DO NOTHING RETURNING id`,
    [
      tx.context.authorityId,
      id,
      organisationId,
      tx.context.principal.id,
      run.reference,
      run.payDate,
      run.frequency,
      controlTotals.payslips,
      controlTotals.grossPence,
      controlTotals.netPence,
      controlTotals.employerCostsPence,
    ],
  );
  return inserted.length > 0;
}

export async function runWithReference(
  tx: Transaction,
  organisationId: string,
  reference: string,
): Promise<FirstRun | undefined> {
  const [first] = await tx.query<FirstRun & Record<string, unknown>>(
    `SELECT id, received_at AS "receivedAt" FROM pay_runs WHERE authority_id = $1 AND organisation_id = $2 AND reference = $3`,
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
const shareColumns = `payslip_id uuid, position integer, stream text, budget_line_id uuid, outcome_id uuid, cost_pence bigint,
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
    cost_pence: share.costPence,
    net_pence: share.owed.NET_PAY,
  }));
}

/** A run as its reader sees it: the totals are those of the payslips that the reader may see. */
export interface PayRunRow {
  readonly id: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly reference: string;
  readonly payDate: CalendarDate;
  readonly frequency: PayFrequency;
  readonly receivedAt: Date;
  readonly payslips: number;
  readonly grossPence: Money;
  readonly netPence: Money;
  readonly employerCostsPence: Money;
  /** Whether these are all the payslips of the run. */
  readonly complete: boolean;
}

export interface PayRunFilter {
  readonly id?: string | undefined;
  readonly budgetId?: string | undefined;
  readonly reference?: string | undefined;
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly before?: { readonly payDate: CalendarDate; readonly id: string } | undefined;
  readonly limit?: number | undefined;
}

/** Latest pay date first. */
export function readRuns(tx: Transaction, filter: PayRunFilter): Promise<PayRunRow[]> {
  return tx.query<PayRunRow & Record<string, unknown>>(
    `SELECT r.id, r.organisation_id AS "organisationId", o.name AS "organisationName", r.reference, r.pay_date AS "payDate",
            r.frequency, r.received_at AS "receivedAt", p.payslips, p.gross AS "grossPence", p.net AS "netPence",
            p.employer_costs AS "employerCostsPence", p.payslips = r.payslips_count AS complete
       FROM pay_runs r
       JOIN organisations o ON o.authority_id = r.authority_id AND o.id = r.organisation_id
       JOIN LATERAL (
         SELECT count(*)::integer AS payslips, sum(p.gross_pence)::bigint AS gross, sum(p.net_pence)::bigint AS net,
                sum(p.employer_ni_pence + p.employer_pension_pence)::bigint AS employer_costs
           FROM payslips p WHERE p.authority_id = r.authority_id AND p.pay_run_id = r.id
            AND ($3::uuid IS NULL OR p.budget_id = $3)) p ON p.payslips > 0
      WHERE r.authority_id = $1 AND ($2::uuid IS NULL OR r.id = $2) AND ($4::text IS NULL OR r.reference = $4)
        AND ($5::date IS NULL OR r.pay_date >= $5) AND ($6::date IS NULL OR r.pay_date <= $6)
        AND ($7::date IS NULL OR (r.pay_date, r.id) < ($7, $8::uuid))
      ORDER BY r.pay_date DESC, r.id DESC LIMIT $9`,
    [
      tx.context.authorityId,
      filter.id ?? null,
      filter.budgetId ?? null,
      filter.reference ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.before?.payDate ?? null,
      filter.before?.id ?? null,
      filter.limit ?? null,
    ],
  );
}

export interface PayslipLineRow {
  readonly kind: 'PAY' | 'REIMBURSEMENT';
  readonly code: string | null;
  readonly description: string;
  readonly hours: string | null;
  readonly ratePounds: string | null;
  readonly amountPence: Money;
}

export interface PayslipShareRow {
  readonly stream: FundingStream;
  readonly budgetLineId: string | null;
  readonly outcomeId: string | null;
  readonly costPence: Money;
  /** The share's part of the net pay: what clears NET_PAY in this stream when the wages leave the bank. */
  readonly netPence: Money;
}

export interface PayslipRow {
  readonly id: string;
  readonly payRunId: string;
  readonly position: number;
  readonly budgetId: string;
  readonly designatedAccountId: string;
  readonly payeeId: string;
  readonly payeeName: string;
  /** The ways in which statements write the payee. */
  readonly payeeNames: readonly string[];
  readonly employeeReference: string | null;
  readonly niCategory: string | null;
  readonly payDate: CalendarDate;
  readonly periodStart: CalendarDate;
  readonly periodEnd: CalendarDate;
  readonly datesWorked: readonly CalendarDate[];
  readonly grossPence: Money;
  readonly taxPence: Money;
  readonly employeeNiPence: Money;
  readonly studentLoanPence: Money;
  readonly employeePensionPence: Money;
  readonly attachmentPence: Money;
  readonly reimbursementsPence: Money;
  readonly netPence: Money;
  readonly employerNiPence: Money;
  readonly employerPensionPence: Money;
  readonly employmentAllowancePence: Money;
  readonly holidayAccrualPence: Money;
  readonly feePence: Money;
  readonly warnings: readonly string[];
  readonly journalId: string | null;
  readonly shares: readonly PayslipShareRow[];
}

export interface PayslipFilter {
  readonly ids?: readonly string[] | undefined;
  readonly payRunId?: string | undefined;
  readonly budgetIds?: readonly string[] | undefined;
  readonly designatedAccountId?: string | undefined;
  readonly bookId?: string | undefined;
  readonly paidFrom?: CalendarDate | undefined;
  readonly paidTo?: CalendarDate | undefined;
}

type StoredShare = Omit<PayslipShareRow, 'costPence' | 'netPence'> & { costPence: string; netPence: string };

export async function readPayslips(tx: Transaction, filter: PayslipFilter): Promise<PayslipRow[]> {
  const rows = await tx.query<Omit<PayslipRow, 'shares'> & { shares: StoredShare[] }>(
    `SELECT p.id, p.pay_run_id AS "payRunId", p.position, p.budget_id AS "budgetId",
            p.designated_account_id AS "designatedAccountId", p.payee_id AS "payeeId", y.name AS "payeeName",
            y.names AS "payeeNames", p.employee_reference AS "employeeReference", p.ni_category AS "niCategory",
            p.pay_date AS "payDate", p.period_start AS "periodStart", p.period_end AS "periodEnd",
            p.dates_worked::text[] AS "datesWorked", p.gross_pence AS "grossPence", p.tax_pence AS "taxPence",
            p.employee_ni_pence AS "employeeNiPence", p.student_loan_pence AS "studentLoanPence",
            p.employee_pension_pence AS "employeePensionPence", p.attachment_pence AS "attachmentPence",
            p.reimbursements_pence AS "reimbursementsPence", p.net_pence AS "netPence",
            p.employer_ni_pence AS "employerNiPence", p.employer_pension_pence AS "employerPensionPence",
            p.employment_allowance_pence AS "employmentAllowancePence", p.holiday_accrual_pence AS "holidayAccrualPence",
            p.fee_pence AS "feePence", p.warnings, p.journal_id AS "journalId", (
              SELECT json_agg(json_build_object('stream', s.stream, 'budgetLineId', s.budget_line_id, 'outcomeId', s.outcome_id,
                       'costPence', s.cost_pence::text, 'netPence', s.net_pence::text) ORDER BY s.position)
                FROM payslip_shares s WHERE s.authority_id = p.authority_id AND s.payslip_id = p.id) AS shares
       FROM payslips p
       JOIN payees y ON y.authority_id = p.authority_id AND y.id = p.payee_id
      WHERE p.authority_id = $1 AND ($2::uuid[] IS NULL OR p.id = ANY ($2)) AND ($3::uuid IS NULL OR p.pay_run_id = $3)
        AND ($4::uuid[] IS NULL OR p.budget_id = ANY ($4)) AND ($5::uuid IS NULL OR p.designated_account_id = $5)
        AND ($6::uuid IS NULL OR p.designated_account_id = (
              SELECT k.designated_account_id FROM books k WHERE k.authority_id = $1 AND k.id = $6))
        AND ($7::date IS NULL OR p.pay_date >= $7) AND ($8::date IS NULL OR p.pay_date <= $8)
      ORDER BY p.pay_date, p.pay_run_id, p.position`,
    [
      tx.context.authorityId,
      filter.ids ?? null,
      filter.payRunId ?? null,
      filter.budgetIds ?? null,
      filter.designatedAccountId ?? null,
      filter.bookId ?? null,
      filter.paidFrom ?? null,
      filter.paidTo ?? null,
    ],
  );
  return rows.map((row) => ({
    ...row,
    shares: row.shares.map((share) => ({
      ...share,
      costPence: BigInt(share.costPence),
      netPence: BigInt(share.netPence),
    })),
  }));
}

/** The lines of payslips, by payslip. */
export async function readPayslipLines(
  tx: Transaction,
  payslipIds: readonly string[],
): Promise<Map<string, PayslipLineRow[]>> {
  const rows = await tx.query<PayslipLineRow & { payslipId: string }>(
    `SELECT payslip_id AS "payslipId", kind, code, description, trim_scale(hours)::text AS hours,
            trim_scale(rate_pounds)::text AS "ratePounds", amount_pence AS "amountPence"
       FROM payslip_lines WHERE authority_id = $1 AND payslip_id = ANY ($2) ORDER BY payslip_id, position`,
    [tx.context.authorityId, payslipIds],
  );
  const lines = new Map<string, PayslipLineRow[]>();
  for (const { payslipId, ...line } of rows) lines.set(payslipId, [...(lines.get(payslipId) ?? []), line]);
  return lines;
}
