import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { newId, Problem, type CalendarDate } from '@ringfence/kernel';
import {
  Database,
  HandlesJob,
  requestJob,
  systemContext,
  type IdempotentRequest,
  type Transaction,
} from '@ringfence/platform';
import { policyWith, refuseChanges, type PolicyChange } from '@ringfence/spending-rules';
import {
  emptyReport,
  reportOf,
  requireBudget,
  spendsTried,
  triedSpends,
  type PolicyTrial,
  type PolicyTrialReport,
  type TriedSpend,
} from './try-policy.js';

/** Some three hundred accounts over two years; a larger authority tries one year at a time. */
export const triedByJobMax = 200_000;
/** Assessed in one transaction, and then kept: a job that is broken off goes on from there. */
export const triedPerBatchMax = 500;

export interface PolicyTrialState {
  readonly id: string;
  readonly state: 'RUNNING' | 'DONE';
  readonly spendsTotal: number;
  readonly spendsDone: number;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly budgetId: string | null;
  /** What was found so far; whole once the trial is done. */
  readonly report: PolicyTrialReport;
}

/** A policy tried on the spends of a whole authority, as a job with its progress. It assesses nothing for good. */
@Injectable()
export class PolicyTrials {
  constructor(private readonly database: Database) {}

  async ask(
    principal: Principal,
    trial: PolicyTrial,
    request: IdempotentRequest,
  ): Promise<{ id: string; spends: number }> {
    authorise(principal, 'policy.try', trial.budgetId ?? undefined);
    const { from, to, budgetId = null, changes } = trial;
    if (to < from) throw Problem.field('/to', `/to is ${to}, before /from, which is ${from}: check the dates.`);
    refuseChanges(changes);
    return this.database.once(contextOf(principal), request, async (tx) => {
      await requireBudget(tx, budgetId);
      const spends = (await spendsTried(tx, { budgetId, from, to })).length;
      if (spends > triedByJobMax) {
        const message = `${spends} spends lie between ${from} and ${to}: one trial takes ${triedByJobMax}, so try fewer days.`;
        throw new Problem('too-large', message);
      }
      const id = newId();
      await tx.query(
        `INSERT INTO policy_trials (authority_id, id, budget_id, changes, days_from, days_to, spends_total, report,
                                    asked_by, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, context_now())`,
        [
          ...[tx.context.authorityId, id, budgetId, JSON.stringify(changes), from, to, spends],
          ...[JSON.stringify(storedReport(emptyReport)), principal.id],
        ],
      );
      await requestJob(tx, 'try-policy', { trialId: id });
      return { id, spends };
    });
  }

  async view(principal: Principal, id: string): Promise<PolicyTrialState> {
    authorise(principal, 'policy.try');
    return this.database.transaction(contextOf(principal), async (tx) => {
      const row = await readTrial(tx, id, false);
      if (!row) throw new Problem('not-found', `There is no trial of a policy ${id} that you can see.`);
      const { doneAt, report, changes: _, ...state } = row;
      return { ...state, state: doneAt === null ? 'RUNNING' : 'DONE', report: reportFrom(report) };
    });
  }

  /** The job. Each batch is assessed and kept in a transaction of its own, so that it may be broken off and repeated. */
  @HandlesJob('try-policy')
  async run({ authorityId, trialId }: { authorityId: string; trialId: string }): Promise<void> {
    const context = systemContext(authorityId);
    for (let more = true; more;) more = await this.database.transaction(context, (tx) => tryNextBatch(tx, trialId));
  }
}

async function tryNextBatch(tx: Transaction, trialId: string): Promise<boolean> {
  const trial = await readTrial(tx, trialId, true);
  if (!trial || trial.doneAt !== null) return false;
  const { budgetId, from, to, spendsDone } = trial;
  const spends = await spendsTried(tx, { budgetId, from, to });
  const batch = spends.slice(spendsDone, spendsDone + triedPerBatchMax);
  const tried = policyWith({ id: 'trial', name: 'Trial', validFrom: from }, trial.changes);
  const report = reportOf(reportFrom(trial.report), await triedSpends(tx, batch, tried));
  const done = spendsDone + batch.length;
  const more = batch.length > 0 && done < spends.length;
  await tx.query(
    `UPDATE policy_trials SET spends_total = $3, spends_done = $4, report = $5,
            done_at = CASE WHEN $6 THEN NULL ELSE context_now() END
      WHERE authority_id = $1 AND id = $2`,
    // Lines that come while the trial runs are counted in its progress.
    [
      ...[tx.context.authorityId, trialId, Math.max(spends.length, done), done],
      ...[JSON.stringify(storedReport(report)), more],
    ],
  );
  return more;
}

interface TrialRow extends Omit<PolicyTrialState, 'report' | 'state'> {
  readonly changes: readonly PolicyChange[];
  readonly report: StoredReport;
  readonly doneAt: Date | null;
}

async function readTrial(tx: Transaction, id: string, locked: boolean): Promise<TrialRow | undefined> {
  const [row] = await tx.query<TrialRow & Record<string, unknown>>(
    `SELECT id, budget_id AS "budgetId", changes, days_from AS "from", days_to AS "to", spends_total AS "spendsTotal",
            spends_done AS "spendsDone", report, done_at AS "doneAt"
       FROM policy_trials WHERE authority_id = $1 AND id = $2 ${locked ? 'FOR UPDATE' : ''}`,
    [tx.context.authorityId, id],
  );
  return row;
}

/** Pence as text: JSON numbers are floats. */
type StoredReport = Omit<PolicyTrialReport, 'changed'> & {
  readonly changed: readonly (Omit<TriedSpend, 'amountPence'> & { readonly pence: string })[];
};

function storedReport({ changed, ...report }: PolicyTrialReport): StoredReport {
  return { ...report, changed: changed.map(({ amountPence, ...one }) => ({ ...one, pence: amountPence.toString() })) };
}

function reportFrom({ changed, ...report }: StoredReport): PolicyTrialReport {
  return { ...report, changed: changed.map(({ pence, ...one }) => ({ ...one, amountPence: BigInt(pence) })) };
}
