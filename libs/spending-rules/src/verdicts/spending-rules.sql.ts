import { employeeSql } from '@ringfence/budgets';
import { readableSql } from '@ringfence/identity';
import { decimalText, type CalendarDate, type FundingStream } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { Finding } from '../engine/candidate.js';
import type { Verdict } from '../engine/rule.js';

export const subjectTypes = ['statement-line', 'payslip', 'receipt', 'journal'] as const;
export type SubjectType = (typeof subjectTypes)[number];

/** A finding as it is kept and shown: the amount is a decimal string. */
export interface StoredFinding extends Omit<Finding, 'amountPence'> {
  readonly amount: string;
}

export interface StoredVerdict {
  readonly id: string;
  readonly budgetId: string;
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly verdict: Verdict;
  readonly findings: readonly StoredFinding[];
  readonly policyVersion: string;
  readonly assessedAt: Date;
  readonly current: boolean;
}

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

export function storedFinding({ amountPence, ...finding }: Finding): StoredFinding {
  return { ...finding, amount: decimalText(amountPence) };
}

const verdictColumns = `id, budget_id AS "budgetId", subject_type AS "subjectType", subject_id AS "subjectId", verdict,
  findings, policy_version AS "policyVersion", assessed_at AS "assessedAt", current`;

export interface VerdictFilter {
  readonly subjectType?: SubjectType;
  readonly subjectIds?: readonly string[];
  readonly budgetId?: string;
  /** Also the assessments that a later one replaced, newest first. */
  readonly history?: boolean;
}

export async function readVerdicts(tx: Transaction, filter: VerdictFilter): Promise<StoredVerdict[]> {
  return tx.query<StoredVerdict & Record<string, unknown>>(
    `SELECT ${verdictColumns} FROM spend_verdicts
      WHERE authority_id = $1 AND ($2::text IS NULL OR subject_type = $2) AND ($3::uuid[] IS NULL OR subject_id = ANY ($3))
        AND ($4::uuid IS NULL OR budget_id = $4) AND (current OR $5)
      ORDER BY assessed_at DESC, id DESC`,
    [
      tx.context.authorityId,
      filter.subjectType ?? null,
      filter.subjectIds ?? null,
      filter.budgetId ?? null,
      filter.history ?? false,
    ],
  );
}

export interface NewVerdict {
  readonly id: string;
  readonly budgetId: string;
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly verdict: Verdict;
  readonly findings: readonly StoredFinding[];
  readonly policyVersion: string;
}

/** Supersedes the assessments that count now; the caller holds the subjects' locks. */
export async function replaceVerdicts(tx: Transaction, verdicts: readonly NewVerdict[]): Promise<void> {
  const { authorityId } = tx.context;
  const rows = JSON.stringify(verdicts);
  await tx.query(
    `UPDATE spend_verdicts v SET current = false
       FROM jsonb_to_recordset($2::jsonb) AS n ("subjectType" text, "subjectId" uuid)
      WHERE v.authority_id = $1 AND v.subject_type = n."subjectType" AND v.subject_id = n."subjectId" AND v.current`,
    [authorityId, rows],
  );
  await tx.query(
    `INSERT INTO spend_verdicts (authority_id, id, budget_id, subject_type, subject_id, verdict, findings, policy_version, assessed_at)
     SELECT $1, n.id, n."budgetId", n."subjectType", n."subjectId", n.verdict, n.findings, n."policyVersion", context_now()
       FROM jsonb_to_recordset($2::jsonb) AS n (id uuid, "budgetId" uuid, "subjectType" text, "subjectId" uuid, verdict text,
                                                findings jsonb, "policyVersion" text)`,
    [authorityId, rows],
  );
}

/** One assessment of a subject at a time, so that two jobs cannot both find none. Taken in one order by everybody. */
export async function lockSubjects(
  tx: Transaction,
  subjects: readonly { readonly subjectType: SubjectType; readonly subjectId: string }[],
): Promise<void> {
  const names = subjects.map(({ subjectType, subjectId }) => `${tx.context.authorityId} ${subjectType} ${subjectId}`);
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('spend verdict ' || name, 0)) FROM unnest($1::text[]) AS name`,
    [names.sort()],
  );
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
 * The day of the next review of a budget, or null where none is planned yet. Reviews are kept by a room above this
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
