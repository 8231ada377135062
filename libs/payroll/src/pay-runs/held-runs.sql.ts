import type { CalendarDate } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { PlacedSplit } from '../domain/accrual.js';
import type { HoldReason } from '../domain/hold-reasons.js';
import type { PayRunReport, PayslipReport } from '../domain/pay-run.js';
import type { PayRunState } from '../payslips/payroll-reading.sql.js';
import type { PreparedPayslip } from '../payslips/prepare-payslips.js';

/** What is kept of a payslip while its run waits: as it was sent, and where it would go. */
interface HeldContent {
  readonly id: string;
  readonly designatedAccountId: string;
  readonly placed: readonly PlacedSplit[];
  /** Worked out when it came: a date of birth is not kept. */
  readonly warnings: readonly string[];
  readonly report: PayslipReport;
}

export interface HeldPayslip extends HeldContent {
  readonly position: number;
  readonly payeeId: string;
  readonly payeeName: string;
}

export interface Hold {
  readonly heldAt: Date;
  readonly reasons: readonly HoldReason[];
}

export const decisionOutcomes = ['ACCEPTED', 'REFUSED', 'WITHDRAWN'] as const;
export type DecisionOutcome = (typeof decisionOutcomes)[number];

export interface PayRunDecision {
  readonly outcome: DecisionOutcome;
  readonly reasons: string;
  readonly decidedAt: Date;
  /** Null where the reader may not know the officer. */
  readonly decidedBy: string | null;
}

/** The head of a run that may be waiting, as a decision needs it. */
export interface RunToDecide {
  readonly id: string;
  readonly reference: string;
  readonly state: PayRunState;
  readonly apiClientId: string;
  readonly budgetIds: readonly string[];
}

/** Keeps a run's payslips and the reasons for which it waits. */
export async function insertHold(
  tx: Transaction,
  runId: string,
  prepared: readonly PreparedPayslip[],
  reasons: readonly HoldReason[],
): Promise<void> {
  const { authorityId } = tx.context;
  await tx.query(`INSERT INTO pay_run_holds (authority_id, pay_run_id, reasons) VALUES ($1, $2, $3)`, [
    authorityId,
    runId,
    JSON.stringify(reasons),
  ]);
  await tx.query(
    `INSERT INTO held_payslips (authority_id, pay_run_id, position, budget_id, payee_id, period_start, period_end, gross_pence, content)
     SELECT $1, $2, r.position, r.budget_id, r.payee_id, r.period_start, r.period_end, r.gross_pence, r.content
       FROM jsonb_to_recordset($3::jsonb) AS r (position integer, budget_id uuid, payee_id uuid, period_start date,
              period_end date, gross_pence bigint, content jsonb)`,
    [authorityId, runId, JSON.stringify(prepared.map(heldRow), penceAsText)],
  );
}

function heldRow({ id, position, report, payee, account, placed, warnings }: PreparedPayslip): object {
  const { employeeDateOfBirth: _, ...kept } = report;
  const content: HeldContent = {
    id,
    designatedAccountId: account.designatedAccountId,
    placed,
    warnings,
    report: kept,
  };
  return {
    position,
    budget_id: report.budgetId,
    payee_id: payee.id,
    period_start: report.periodStart,
    period_end: report.periodEnd,
    gross_pence: report.grossPence,
    content,
  };
}

/** The payslips of a run that is or was held, by their places. */
export async function readHeldPayslips(tx: Transaction, runId: string): Promise<HeldPayslip[]> {
  const rows = await tx.query<{ position: number; payeeId: string; payeeName: string; content: string }>(
    `SELECT h.position, h.payee_id AS "payeeId", y.name AS "payeeName", h.content::text AS content
       FROM held_payslips h JOIN payees y ON y.authority_id = h.authority_id AND y.id = h.payee_id
      WHERE h.authority_id = $1 AND h.pay_run_id = $2 ORDER BY h.position`,
    [tx.context.authorityId, runId],
  );
  return rows.map(({ content, ...row }) => ({ ...row, ...(JSON.parse(content, penceFromJson) as HeldContent) }));
}

/** The run as the bureau reported it. */
export async function readHeldReport(
  tx: Transaction,
  runId: string,
  payslips: readonly HeldPayslip[],
): Promise<PayRunReport> {
  type Head = Omit<PayRunReport, 'payslips' | 'controlTotals'> & PayRunReport['controlTotals'];
  const [head] = await tx.query<Head & Record<string, unknown>>(
    `SELECT reference, pay_date AS "payDate", frequency, payslips_count AS payslips, gross_pence AS "grossPence",
            net_pence AS "netPence", employer_costs_pence AS "employerCostsPence"
       FROM pay_runs WHERE authority_id = $1 AND id = $2`,
    [tx.context.authorityId, runId],
  );
  const { reference, payDate, frequency, ...totals } = head!;
  return {
    reference,
    payDate: payDate as CalendarDate,
    frequency,
    payslips: payslips.map(({ report, payeeId }) => ({ ...report, payeeId })),
    controlTotals: {
      payslips: totals.payslips,
      grossPence: totals.grossPence,
      netPence: totals.netPence,
      employerCostsPence: totals.employerCostsPence,
    },
  };
}

export async function readHold(tx: Transaction, runId: string): Promise<Hold | undefined> {
  const [hold] = await tx.query<Hold & Record<string, unknown>>(
    `SELECT held_at AS "heldAt", reasons FROM pay_run_holds WHERE authority_id = $1 AND pay_run_id = $2`,
    [tx.context.authorityId, runId],
  );
  return hold;
}

/** What was decided, with the officer's name, or the bureau's where it withdrew the run itself. */
export async function readDecision(tx: Transaction, runId: string): Promise<PayRunDecision | undefined> {
  const [decision] = await tx.query<PayRunDecision & Record<string, unknown>>(
    `SELECT d.outcome, d.reasons, d.decided_at AS "decidedAt",
            CASE d.outcome WHEN 'WITHDRAWN' THEN o.name ELSE p.name END AS "decidedBy"
       FROM pay_run_decisions d
       JOIN pay_runs r ON r.authority_id = d.authority_id AND r.id = d.pay_run_id
       LEFT JOIN organisations o ON o.authority_id = r.authority_id AND o.id = r.organisation_id
       LEFT JOIN people p ON p.authority_id = d.authority_id AND p.id = d.decided_by
      WHERE d.authority_id = $1 AND d.pay_run_id = $2`,
    [tx.context.authorityId, runId],
  );
  return decision;
}

/** Reads a run for a decision, after whoever is deciding it now: who comes second reads what the first decided. */
export async function lockRunToDecide(tx: Transaction, runId: string): Promise<RunToDecide | undefined> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('pay run ' || $1, 30))`, [runId]);
  const [run] = await tx.query<RunToDecide & Record<string, unknown>>(
    `SELECT id, reference, state, api_client_id AS "apiClientId", budget_ids AS "budgetIds"
       FROM pay_runs WHERE authority_id = $1 AND id = $2`,
    [tx.context.authorityId, runId],
  );
  return run;
}

/** Records the decision; the database moves the run with it. */
export async function insertDecision(
  tx: Transaction,
  runId: string,
  outcome: DecisionOutcome,
  reasons: string,
): Promise<void> {
  await tx.query(`INSERT INTO pay_run_decisions (authority_id, pay_run_id, outcome, reasons) VALUES ($1, $2, $3, $4)`, [
    tx.context.authorityId,
    runId,
    outcome,
    reasons,
  ]);
}

export async function countHeld(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ held: number }>(
    `SELECT count(*)::integer AS held FROM pay_runs WHERE authority_id = $1 AND state = 'HELD'`,
    [tx.context.authorityId],
  );
  return row!.held;
}

/** Pence travel as text, so that no float touches them; the fields that hold them end in "Pence". */
function penceAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

function penceFromJson(key: string, value: unknown): unknown {
  return key.endsWith('Pence') && typeof value === 'string' ? BigInt(value) : value;
}
