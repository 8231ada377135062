import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { Problem, type CalendarDate, type Money } from '@ringfence/kernel';
import { assessmentOf, payslipById } from '@ringfence/payroll';
import { Database, type Transaction } from '@ringfence/platform';
import {
  assessedTheSame,
  policyWith,
  policiesOf,
  refuseChanges,
  registerIndex,
  type Assessment,
  type PolicyChange,
  type RuleSet,
  type SubjectType,
  type Verdict,
} from '@ringfence/spending-rules';
import { linesServedBetween, payslipsWorkedBetween, type SpendsToAssess } from './reassess.js';
import { assessFacts } from '../assessment/assess-line.js';
import { lineFacts } from '../assessment/line-facts.js';

/** The most that one request assesses while its caller waits; `PolicyTrials` takes more, as a job. */
export const triedSpendsMax = 5_000;
export const triedExamplesMax = 100;

export interface PolicyTrial {
  readonly changes: readonly PolicyChange[];
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly budgetId?: string | null | undefined;
}

/** A past spend that the tried policy would assess differently. */
export interface TriedSpend {
  readonly subjectType: SubjectType;
  readonly subjectId: string;
  readonly budgetId: string;
  readonly date: CalendarDate;
  readonly description: string;
  readonly amountPence: Money;
  readonly before: Verdict;
  readonly after: Verdict;
  /** What the tried policy says, of the strictest finding first. */
  readonly reasons: readonly string[];
}

export interface PolicyTrialReport {
  readonly assessed: number;
  /** How many verdicts go from which to which; unchanged ones are counted under the same word twice. */
  readonly verdicts: readonly { readonly before: Verdict; readonly after: Verdict; readonly spends: number }[];
  /** The first {@link triedExamplesMax} that change, in order of date. */
  readonly changed: readonly TriedSpend[];
  readonly changedSpends: number;
}

/** A trial of one budget needs one of the authority's own: another one is refused like one that is nowhere. */
export async function requireBudget(tx: Transaction, budgetId: string | null): Promise<void> {
  if (budgetId === null) return;
  const seen = await tx.query('SELECT 1 AS seen FROM budgets WHERE authority_id = $1 AND id = $2', [
    tx.context.authorityId,
    budgetId,
  ]);
  if (seen.length === 0) throw Problem.field('/budgetId', `There is no budget ${budgetId} that you can see.`);
}

/**
 * Assesses the spends of past days by a policy that nobody has set, and says what would have been different. It records
 * nothing. What is compared is today's facts under both policies, so that only the policy makes the difference.
 */
@Injectable()
export class TryPolicy {
  constructor(private readonly database: Database) {}

  async run(principal: Principal, trial: PolicyTrial): Promise<PolicyTrialReport> {
    authorise(principal, 'policy.try', trial.budgetId ?? undefined);
    const { from, to, budgetId = null } = trial;
    if (to < from) throw Problem.field('/to', `/to is ${to}, before /from, which is ${from}: check the dates.`);
    refuseChanges(trial.changes);
    const tried = policyWith({ id: 'trial', name: 'Trial', validFrom: from }, trial.changes);
    return this.database.transaction(contextOf(principal), async (tx) => {
      await requireBudget(tx, budgetId);
      const spends = await spendsTried(tx, { budgetId, from, to });
      if (spends.length > triedSpendsMax) {
        const message = `${spends.length} spends lie between ${from} and ${to}: at once it takes ${triedSpendsMax}, so ask POST /v1/policy-trials, which goes through them as a job.`;
        throw new Problem('too-large', message);
      }
      return reportOf(emptyReport, await triedSpends(tx, spends, tried));
    });
  }
}

export interface SpendToTry {
  readonly subjectType: 'statement-line' | 'payslip';
  readonly id: string;
}

/** Every spend of the days, bank lines first, in an order that stays. */
export async function spendsTried(tx: Transaction, days: SpendsToAssess): Promise<SpendToTry[]> {
  const lines = await linesServedBetween(tx, days);
  const payslips = await payslipsWorkedBetween(tx, days);
  return [
    ...lines.map((id): SpendToTry => ({ subjectType: 'statement-line', id })),
    ...payslips.map((id): SpendToTry => ({ subjectType: 'payslip', id })),
  ];
}

export async function triedSpends(
  tx: Transaction,
  spends: readonly SpendToTry[],
  tried: RuleSet,
): Promise<readonly Tried[]> {
  const now = await policiesOf(tx);
  const ids = (type: SpendToTry['subjectType']): string[] =>
    spends.filter(({ subjectType }) => subjectType === type).map(({ id }) => id);
  return [
    ...(await triedLines(tx, ids('statement-line'), now, tried)),
    ...(await triedPayslips(tx, ids('payslip'), now, tried)),
  ];
}

export const emptyReport: PolicyTrialReport = { assessed: 0, verdicts: [], changed: [], changedSpends: 0 };

export interface Tried {
  readonly spend: TriedSpend;
  readonly same: boolean;
}

async function triedLines(
  tx: Transaction,
  lineIds: readonly string[],
  now: readonly RuleSet[],
  tried: RuleSet,
): Promise<Tried[]> {
  const registers = await registerIndex(tx);
  const found: Tried[] = [];
  for (const facts of await lineFacts(tx, lineIds)) {
    if (facts.budgetId === null) continue;
    // A part may have been served before the days that are tried: the tried policy holds for those too.
    const [firstDay = facts.lineDate] = facts.parts.map(({ serviceDate }) => serviceDate).sort();
    const policy = firstDay < tried.validFrom ? tried.beginningOn(firstDay) : tried;
    const before = await assessFacts(tx, facts, { policies: now, registers });
    const after = await assessFacts(tx, facts, { policies: [policy], registers });
    const { id: subjectId, budgetId, description, amountPence } = facts;
    const date = facts.parts[0]?.serviceDate ?? facts.lineDate;
    found.push(
      compared({ subjectType: 'statement-line', subjectId, budgetId, date, description, amountPence }, before, after),
    );
  }
  return found;
}

async function triedPayslips(
  tx: Transaction,
  payslipIds: readonly string[],
  now: readonly RuleSet[],
  tried: RuleSet,
): Promise<Tried[]> {
  const found: Tried[] = [];
  for (const id of payslipIds) {
    const payslip = await payslipById(tx, id);
    if (!payslip) continue;
    const before = await assessmentOf(tx, payslip, now);
    const after = await assessmentOf(tx, payslip, [tried.beginningOn(payslip.periodStart)]);
    if (!before || !after) continue;
    const { budgetId, periodEnd: date, payeeName: description, netPence: amountPence } = payslip;
    found.push(
      compared({ subjectType: 'payslip', subjectId: id, budgetId, date, description, amountPence }, before, after),
    );
  }
  return found;
}

function compared(
  spend: Omit<TriedSpend, 'before' | 'after' | 'reasons'>,
  before: Assessment,
  after: Assessment,
): Tried {
  const reasons = after.findings.map(({ reason }) => reason);
  return {
    spend: { ...spend, before: before.verdict, after: after.verdict, reasons },
    same: assessedTheSame(before, after),
  };
}

/** The report so far with more spends in it. */
export function reportOf(before: PolicyTrialReport, tried: readonly Tried[]): PolicyTrialReport {
  const counts = new Map(before.verdicts.map((one) => [`${one.before} ${one.after}`, one.spends]));
  for (const { spend } of tried) {
    const key = `${spend.before} ${spend.after}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const fresh = tried.filter(({ same }) => !same).map(({ spend }) => spend);
  const changed = [...before.changed, ...fresh].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return {
    assessed: before.assessed + tried.length,
    verdicts: [...counts].map(([key, spends]) => {
      const [was, is] = key.split(' ') as [Verdict, Verdict];
      return { before: was, after: is, spends };
    }),
    changed: changed.slice(0, triedExamplesMax),
    changedSpends: before.changedSpends + fresh.length,
  };
}
