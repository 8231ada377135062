import { booksSql } from '@ringfence/ledger';
import type { CalendarDate, FundingStream, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { StoredVerdict } from '@ringfence/spending-rules';
import type { PayFrequency } from '../domain/pay-run.js';

/** Where a run stands. One that is not posted has no payslips posted. */
export const payRunStates = ['POSTED', 'HELD', 'REFUSED', 'WITHDRAWN'] as const;
export type PayRunState = (typeof payRunStates)[number];

/** A run as its reader sees it: the totals are those of the payslips that the reader may see. */
export interface PayRunRow {
  readonly id: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly reference: string;
  readonly payDate: CalendarDate;
  readonly frequency: PayFrequency;
  readonly state: PayRunState;
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
  readonly state?: PayRunState | undefined;
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly before?: { readonly payDate: CalendarDate; readonly id: string } | undefined;
  readonly limit?: number | undefined;
}

/** Latest pay date first. */
export function readRuns(tx: Transaction, filter: PayRunFilter): Promise<PayRunRow[]> {
  return tx.query<PayRunRow & Record<string, unknown>>(
    `SELECT r.id, r.organisation_id AS "organisationId", o.name AS "organisationName", r.reference, r.pay_date AS "payDate",
            r.frequency, r.state, r.received_at AS "receivedAt", p.payslips, p.gross AS "grossPence", p.net AS "netPence",
            p.employer_costs AS "employerCostsPence", p.payslips = r.payslips_count AS complete
       FROM pay_runs r
       JOIN organisations o ON o.authority_id = r.authority_id AND o.id = r.organisation_id
       JOIN LATERAL (
         SELECT count(*)::integer AS payslips, sum(p.gross_pence)::bigint AS gross, sum(p.net_pence)::bigint AS net,
                sum(p.employer_ni_pence + p.employer_pension_pence)::bigint AS employer_costs
           FROM payslips p WHERE p.authority_id = r.authority_id AND p.pay_run_id = r.id AND r.state = 'POSTED'
            AND ($3::uuid IS NULL OR p.budget_id = $3)
         HAVING r.state = 'POSTED'
         -- Nobody sees a part of a run that is not posted.
         UNION ALL
         SELECT r.payslips_count, r.gross_pence, r.net_pence, r.employer_costs_pence
          WHERE r.state <> 'POSTED' AND ($3::uuid IS NULL OR $3 = ANY (r.budget_ids))) p ON p.payslips > 0
      WHERE r.authority_id = $1 AND ($2::uuid IS NULL OR r.id = $2) AND ($4::text IS NULL OR r.reference = $4)
        AND ($5::date IS NULL OR r.pay_date >= $5) AND ($6::date IS NULL OR r.pay_date <= $6)
        AND ($7::date IS NULL OR (r.pay_date, r.id) < ($7, $8::uuid)) AND ($10::text IS NULL OR r.state = $10)
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
      filter.state ?? null,
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
  /** The bureau's measure of the share: a percentage, or pence of the gross. */
  readonly weight: string;
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

export interface PayslipDetail extends PayslipRow {
  readonly lines: readonly PayslipLineRow[];
  readonly verdict: StoredVerdict | null;
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
              SELECT json_agg(json_build_object('stream', s.stream, 'budgetLineId', s.budget_line_id, 'outcomeId', s.outcome_id, 'weight', trim_scale(s.weight)::text,
                       'costPence', s.cost_pence::text, 'netPence', s.net_pence::text) ORDER BY s.position)
                FROM payslip_shares s WHERE s.authority_id = p.authority_id AND s.payslip_id = p.id) AS shares
       FROM payslips p
       JOIN payees y ON y.authority_id = p.authority_id AND y.id = p.payee_id
      WHERE p.authority_id = $1 AND ($2::uuid[] IS NULL OR p.id = ANY ($2)) AND ($3::uuid IS NULL OR p.pay_run_id = $3)
        AND ($4::uuid[] IS NULL OR p.budget_id = ANY ($4)) AND ($5::uuid IS NULL OR p.designated_account_id = $5)
        AND ($6::uuid IS NULL OR p.designated_account_id = (
              SELECT k.designated_account_id FROM ${booksSql} k WHERE k.authority_id = $1 AND k.id = $6))
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
