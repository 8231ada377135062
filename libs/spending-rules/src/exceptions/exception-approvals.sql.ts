import { employeeSql } from '@ringfence/budgets';
import { readableSql } from '@ringfence/identity';
import type { CalendarDate, FundingStream } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';

export interface ApprovalRow {
  readonly id: string;
  readonly budgetId: string;
  readonly rule: string;
  readonly payeeId: string;
  readonly payeeName: string;
  readonly stream: FundingStream | null;
  readonly approverId: string;
  readonly approverName: string | null;
  readonly approverRelationship: string;
  readonly reasons: string;
  readonly evidence: string;
  readonly conditions: string | null;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate;
  readonly approvedTo: CalendarDate;
  readonly retrospective: boolean;
  readonly approvedAt: Date;
  readonly endedAt: Date | null;
  readonly endReasons: string | null;
}

/** Statement lines and payslips of a budget whose assessment now names the rule, newest first. */
export function subjectsAssessedBy(
  tx: Transaction,
  budgetId: string,
  rule: string,
  subjectsMax: number,
): Promise<{ subjectType: 'statement-line' | 'payslip'; subjectId: string }[]> {
  return tx.query(
    `SELECT subject_type AS "subjectType", subject_id AS "subjectId" FROM spend_verdicts
      WHERE authority_id = $1 AND budget_id = $2 AND current AND subject_type IN ('statement-line', 'payslip')
        AND findings @> jsonb_build_array(jsonb_build_object('rule', $3::text))
      ORDER BY assessed_at DESC, id DESC LIMIT $4`,
    [tx.context.authorityId, budgetId, rule, subjectsMax],
  );
}

/** Exceptions whose last day has passed and that no sweep has looked at; marks them as looked at. */
export function takeLapsedApprovals(
  tx: Transaction,
  today: CalendarDate,
  approvalsMax: number,
): Promise<{ budgetId: string; rule: string }[]> {
  return tx.query(
    `UPDATE exception_approvals SET lapse_assessed_at = context_now()
      WHERE authority_id = $1 AND id IN (
        SELECT id FROM exception_approvals
         WHERE authority_id = $1 AND valid_to < $2 AND lapse_assessed_at IS NULL ORDER BY valid_to, id LIMIT $3
           FOR UPDATE SKIP LOCKED)
      RETURNING budget_id AS "budgetId", rule`,
    [tx.context.authorityId, today, approvalsMax],
  );
}

export interface ApprovalFilter {
  readonly budgetId?: string | undefined;
  readonly payeeId?: string | undefined;
  readonly rule?: string | undefined;
  /** In force on this day. */
  readonly on?: CalendarDate | undefined;
  /** Continue after this id, going back in time. */
  readonly before?: string | undefined;
  readonly id?: string | undefined;
  /** To be shown: of budgets whose exceptions the reader may read, and to a bureau its employees' alone. */
  readonly shown?: boolean | undefined;
  readonly limit?: number | undefined;
}

/** Newest first: ids are made in order of time. */
export async function readApprovals(tx: Transaction, filter: ApprovalFilter): Promise<ApprovalRow[]> {
  return tx.query<ApprovalRow & Record<string, unknown>>(
    `SELECT e.id, e.budget_id AS "budgetId", e.rule, e.payee_id AS "payeeId", p.name AS "payeeName", e.stream,
            e.approver_id AS "approverId", a.name AS "approverName", e.approver_relationship AS "approverRelationship",
            e.reasons, e.evidence, e.conditions, e.valid_from AS "validFrom", e.valid_to AS "validTo",
            e.approved_to AS "approvedTo", e.retrospective, e.approved_at AS "approvedAt", e.ended_at AS "endedAt",
            e.end_reasons AS "endReasons"
       FROM exception_approvals e
       JOIN payees p ON p.authority_id = e.authority_id AND p.id = e.payee_id
       LEFT JOIN people a ON a.authority_id = e.authority_id AND a.id = e.approver_id
      WHERE e.authority_id = $1 AND ($2::uuid IS NULL OR e.budget_id = $2) AND ($3::uuid IS NULL OR e.payee_id = $3)
        AND ($4::text IS NULL OR e.rule = $4) AND ($5::date IS NULL OR $5 BETWEEN e.valid_from AND e.valid_to)
        AND ($6::uuid IS NULL OR e.id < $6) AND ($7::uuid IS NULL OR e.id = $7)
        AND (NOT $9 OR (${readableSql('exceptions.read', 'e.budget_id')}
                        AND (${readableSql('payees.read', 'e.budget_id')} OR ${employeeSql('p')})))
      ORDER BY e.id DESC LIMIT $8`,
    [
      tx.context.authorityId,
      filter.budgetId ?? null,
      filter.payeeId ?? null,
      filter.rule ?? null,
      filter.on ?? null,
      filter.before ?? null,
      filter.id ?? null,
      filter.limit ?? null,
      filter.shown ?? false,
    ],
  );
}

/**
 * The day of the next review of a budget, or null where none is planned yet. Reviews are kept by a library above this
 * one, so their table is read and their code is not used.
 */
export async function nextReviewOn(
  tx: Transaction,
  budgetId: string,
  after: CalendarDate,
): Promise<CalendarDate | null> {
  const [row] = await tx.query<{ dueOn: CalendarDate | null }>(
    `SELECT min(due_on) AS "dueOn" FROM reviews
      WHERE authority_id = $1 AND budget_id = $2 AND state = 'SCHEDULED' AND due_on >= $3`,
    [tx.context.authorityId, budgetId, after],
  );
  return row?.dueOn ?? null;
}
