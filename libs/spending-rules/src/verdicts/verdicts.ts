import { newId } from '@ringfence/kernel';
import { canonicalJson, type Transaction } from '@ringfence/platform';
import type { Assessment } from '../engine/candidate.js';
import {
  lockSubjects,
  readVerdicts,
  replaceVerdicts,
  storedFinding,
  type NewVerdict,
  type StoredVerdict,
  type SubjectType,
  type VerdictFilter,
} from './verdicts.sql.js';

export interface Assessed {
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly budgetId: string;
  readonly assessment: Pick<Assessment, 'verdict' | 'policyVersion' | 'findings'>;
}

/**
 * Keeps what the rules say about a subject now, beside what they said before. An assessment that says the same again
 * adds nothing, so that a job may be repeated. Returns whether anything changed.
 */
export async function recordVerdict(tx: Transaction, assessed: Assessed): Promise<{ changed: boolean }> {
  return { changed: (await recordVerdicts(tx, [assessed])) > 0 };
}

/** The same for many subjects in a few statements, each subject once. Returns how many verdicts changed. */
export async function recordVerdicts(tx: Transaction, assessed: readonly Assessed[]): Promise<number> {
  if (assessed.length === 0) return 0;
  await lockSubjects(tx, assessed);
  const held = await readVerdicts(tx, { subjectIds: assessed.map(({ subjectId }) => subjectId) });
  const fresh = assessed
    .map(({ subjectType, subjectId, budgetId, assessment }) => {
      const { verdict, policyVersion } = assessment;
      const findings = assessment.findings.map(storedFinding);
      return { id: newId(), subjectType, subjectId, budgetId, verdict, policyVersion, findings };
    })
    .filter((verdict) => !held.some((one) => saysTheSame(one, verdict)));
  if (fresh.length > 0) await replaceVerdicts(tx, fresh);
  return fresh.length;
}

function saysTheSame(held: StoredVerdict, verdict: NewVerdict): boolean {
  return (
    held.subjectType === verdict.subjectType &&
    held.subjectId === verdict.subjectId &&
    held.budgetId === verdict.budgetId &&
    held.verdict === verdict.verdict &&
    held.policyVersion === verdict.policyVersion &&
    canonicalJson(held.findings) === canonicalJson(verdict.findings)
  );
}

/** Whether two assessments say the same, whichever versions of the policy they were made by. */
export function assessedTheSame(one: Assessed['assessment'], other: Assessed['assessment']): boolean {
  const said = ({ verdict, findings }: Assessed['assessment']): string =>
    canonicalJson([verdict, findings.map(storedFinding)]);
  return said(one) === said(other);
}

/** A subject that is no spend any more has no verdict that counts; what was said of it stays on record. */
export async function retireVerdict(tx: Transaction, subjectType: SubjectType, subjectId: string): Promise<void> {
  await lockSubjects(tx, [{ subjectType, subjectId }]);
  await tx.query(
    `UPDATE spend_verdicts SET current = false
      WHERE authority_id = $1 AND subject_type = $2 AND subject_id = $3 AND current`,
    [tx.context.authorityId, subjectType, subjectId],
  );
}

/** The same for many subjects in one statement. The caller holds what keeps them from being assessed meanwhile. */
export async function retireVerdicts(
  tx: Transaction,
  subjectType: SubjectType,
  subjectIds: readonly string[],
): Promise<void> {
  await tx.query(
    `UPDATE spend_verdicts v SET current = false FROM unnest($3::uuid[]) AS s (id)
      WHERE v.authority_id = $1 AND v.subject_type = $2 AND v.subject_id = s.id AND v.current`,
    [tx.context.authorityId, subjectType, subjectIds],
  );
}

/** The assessments that count now, of the subjects or the budget asked for; with `history`, those before them too. */
export function currentVerdicts(tx: Transaction, filter: VerdictFilter): Promise<StoredVerdict[]> {
  return readVerdicts(tx, filter);
}
