import { decimalText } from '@ringfence/kernel';
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
