import { newId } from '@ringfence/kernel';
import { canonicalJson, type Transaction } from '@ringfence/platform';
import type { Judgement } from './domain/candidate.js';
import {
  lockSubject,
  readVerdicts,
  replaceVerdict,
  storedFinding,
  type StoredVerdict,
  type SubjectType,
  type VerdictFilter,
} from './spending-rules.sql.js';

export interface Judged {
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly budgetId: string;
  readonly judgement: Pick<Judgement, 'verdict' | 'policyVersion' | 'findings'>;
}

/**
 * Keeps what the rules say about a subject now, beside what they said before. A judgement that says the same again
 * adds nothing, so that a job may be repeated. Answers whether anything changed.
 */
export async function recordVerdict(tx: Transaction, judged: Judged): Promise<{ changed: boolean }> {
  const { subjectType, subjectId, budgetId, judgement } = judged;
  await lockSubject(tx, subjectType, subjectId);
  const findings = judgement.findings.map(storedFinding);
  const { verdict, policyVersion } = judgement;
  const [held] = await readVerdicts(tx, { subjectType, subjectIds: [subjectId] });
  const saysTheSame =
    held?.verdict === verdict &&
    held.policyVersion === policyVersion &&
    held.budgetId === budgetId &&
    canonicalJson(held.findings) === canonicalJson(findings);
  if (saysTheSame) return { changed: false };
  await replaceVerdict(tx, { id: newId(), budgetId, subjectType, subjectId, verdict, findings, policyVersion });
  return { changed: true };
}

/** The judgements that count now, of the subjects or the budget asked for; with `history`, those before them too. */
export function currentVerdicts(tx: Transaction, filter: VerdictFilter): Promise<StoredVerdict[]> {
  return readVerdicts(tx, filter);
}
