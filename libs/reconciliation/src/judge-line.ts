import { Injectable } from '@nestjs/common';
import { Problem, type Money } from '@ringfence/kernel';
import { Database, systemContext, type Transaction } from '@ringfence/platform';
import {
  approvalsOf,
  engineApprovals,
  judgeSpend,
  payeeFacts,
  policiesOf,
  policyInForce,
  recordVerdicts,
  registerIndex,
  type Judged,
  type Judgement,
  type PolicyVersion,
  type RegisterIndex,
} from '@ringfence/spending-rules';
import type { AllocatedLine } from './allocated-line.js';
import { lineFacts, type LineFacts } from './line-facts.js';
import type { ResolvedTarget } from './targets.js';

/** The job that judges a line again when something about it has changed: a receipt, an allocation, an undoing. */
@Injectable()
export class JudgeLine {
  constructor(private readonly database: Database) {}

  async run({ authorityId, lineId }: { authorityId: string; lineId: string }): Promise<void> {
    await this.database.transaction(systemContext(authorityId), (tx) => judgeLines(tx, [lineId]));
  }
}

/** Judges lines by the spending rules and keeps the verdicts, with their history. Money in is not a spend. */
export async function judgeLines(tx: Transaction, lineIds: readonly string[]): Promise<void> {
  const rules = await judgingRules(tx);
  const judged: Judged[] = [];
  for (const facts of await lineFacts(tx, lineIds)) {
    const { id: subjectId, budgetId } = facts;
    if (facts.amountPence >= 0n || budgetId === null) continue;
    judged.push({
      subjectType: 'statement-line',
      subjectId,
      budgetId,
      judgement: await judgeFacts(tx, facts, rules),
    });
  }
  await recordVerdicts(tx, judged);
}

/**
 * Refuses to count an excluded spend as agreed provision. Of a line whose receipt is excluded in part, the rest may be
 * allocated; the excluded part waits for an officer's decision.
 */
export async function refuseExcluded(
  tx: Transaction,
  line: AllocatedLine,
  target: ResolvedTarget,
  amountPence: Money,
): Promise<void> {
  if (target.type !== 'budget-line' || target.stream === 'FAMILY' || target.stream === 'UNALLOCATED') return;
  const [facts] = await lineFacts(tx, [line.id]);
  if (!facts) return;
  const { budgetId, stream, serviceDate } = target;
  const changed = { ...facts, budgetId, stream, serviceDate, planned: true, isPay: false };
  const judgement = await judgeFacts(tx, changed, await judgingRules(tx));
  const excluded = judgement.findings.filter(({ verdict }) => verdict === 'excluded');
  const [first] = excluded;
  if (!first) return;
  const excludedPence = excluded.reduce((sum, finding) => sum + magnitude(finding.amountPence), 0n);
  const allowedPence = magnitude(line.remainingPence) - excludedPence;
  if (magnitude(amountPence) <= allowedPence) return;
  throw new Problem('spend-excluded', first.reason, {
    errors: excluded.map((finding) => ({ pointer: '/target', message: finding.reason })),
    extensions: { rule: first.rule, source: first.source },
  });
}

/** What lines are judged by: the policy's versions, of which the day of service picks one, and the registers. */
export interface JudgingRules {
  readonly policies: readonly PolicyVersion[];
  readonly registers: RegisterIndex;
}

export async function judgingRules(tx: Transaction): Promise<JudgingRules> {
  return { policies: await policiesOf(tx), registers: await registerIndex(tx) };
}

export async function judgeFacts(
  tx: Transaction,
  facts: LineFacts,
  rules: JudgingRules,
  evidenceKind: 'statement-line' | 'journal' = 'statement-line',
): Promise<Judgement> {
  const { payee } = facts;
  return judgeSpend(
    {
      id: facts.id,
      date: facts.serviceDate,
      amountPence: facts.amountPence,
      stream: facts.stream,
      description: facts.description,
      mcc: facts.mcc ?? undefined,
      planned: facts.planned,
      receipt: facts.receipt.length > 0 ? facts.receipt : undefined,
      payee: payee && { ...payeeFacts(payee), ...(facts.isPay ? { livesWithChild: [], livesWithRecipient: [] } : {}) },
      approvals:
        payee && facts.budgetId ? engineApprovals(await approvalsOf(tx, facts.budgetId), payee, facts.stream) : [],
      evidenceKind,
    },
    policyInForce(rules.policies, facts.serviceDate),
    { registers: rules.registers },
  );
}

function magnitude(pence: Money): Money {
  return pence < 0n ? -pence : pence;
}
