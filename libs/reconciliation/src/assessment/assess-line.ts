import { Injectable } from '@nestjs/common';
import type { Money } from '@ringfence/kernel';
import { Database, HandlesJob, systemContext, type Transaction } from '@ringfence/platform';
import {
  approvalsOf,
  engineApprovals,
  assessSpend,
  payeeFacts,
  policiesOf,
  policyInForce,
  recordVerdicts,
  registerIndex,
  type Assessed,
  type Assessment,
  type RuleSet,
  type RegisterIndex,
} from '@ringfence/spending-rules';
import { joined, withoutPlanQuery, type LinePart } from '../domain/line-parts.js';
import { lineFacts, type LineFacts } from './line-facts.js';

/** The job that assesses a line again when something about it has changed: a receipt, an allocation, an undoing. */
@Injectable()
export class AssessLine {
  constructor(private readonly database: Database) {}

  @HandlesJob('assess-line')
  async run({ authorityId, lineId }: { authorityId: string; lineId: string }): Promise<void> {
    await this.database.transaction(systemContext(authorityId), (tx) => assessLines(tx, [lineId]));
  }
}

/** Assesses lines by the spending rules and keeps the verdicts, with their history. Money in is not a spend. */
export async function assessLines(tx: Transaction, lineIds: readonly string[]): Promise<void> {
  const rules = await assessmentRules(tx);
  const assessed: Assessed[] = [];
  for (const facts of await lineFacts(tx, lineIds)) {
    const { id: subjectId, budgetId } = facts;
    if (facts.amountPence >= 0n || budgetId === null) continue;
    assessed.push({
      subjectType: 'statement-line',
      subjectId,
      budgetId,
      assessment: await assessFacts(tx, facts, rules),
    });
  }
  await recordVerdicts(tx, assessed);
}

/** What lines are assessed by: the policy's versions, of which the day of service picks one, and the registers. */
export interface AssessmentRules {
  readonly policies: readonly RuleSet[];
  readonly registers: RegisterIndex;
}

export async function assessmentRules(tx: Transaction): Promise<AssessmentRules> {
  return { policies: await policiesOf(tx), registers: await registerIndex(tx) };
}

/** One assessment of a line from all that is known of it, whatever its parts were put on. */
export async function assessFacts(tx: Transaction, facts: LineFacts, rules: AssessmentRules): Promise<Assessment> {
  const assessed = [];
  for (const part of facts.parts)
    assessed.push({ pence: part.pence, assessment: await assessPart(tx, facts, part, rules) });
  return joined(assessed, magnitude(facts.amountPence));
}

/** What is assessed of a spend, beside what it was for. */
export type SpendFacts = Pick<
  LineFacts,
  'id' | 'amountPence' | 'description' | 'mcc' | 'receipt' | 'payee' | 'budgetId'
>;

/** A spend assessed as money of the part's stream, on its day. */
export async function assessPart(
  tx: Transaction,
  facts: SpendFacts,
  part: LinePart,
  rules: AssessmentRules,
  evidenceKind: 'statement-line' | 'journal' = 'statement-line',
): Promise<Assessment> {
  const { payee } = facts;
  const assessment = assessSpend(
    {
      id: facts.id,
      date: part.serviceDate,
      amountPence: facts.amountPence,
      stream: part.stream,
      description: facts.description,
      mcc: facts.mcc ?? undefined,
      planned: part.planned,
      receipt: facts.receipt.length > 0 ? facts.receipt : undefined,
      payee: payee && { ...payeeFacts(payee), ...(part.ownPay ? { livesWithChild: [], livesWithRecipient: [] } : {}) },
      approvals: payee ? engineApprovals(await approvalsOf(tx, payee.budgetId), payee, part.stream) : [],
      evidenceKind,
    },
    policyInForce(rules.policies, part.serviceDate),
    { registers: rules.registers },
  );
  return part.settled && !part.planned ? withoutPlanQuery(assessment) : assessment;
}

function magnitude(pence: Money): Money {
  return pence < 0n ? -pence : pence;
}
