import { Injectable } from '@nestjs/common';
import { authorise, authoriseList, contextOf, may, type Principal } from '@ringfence/identity';
import { Clock, londonDay, newId, Problem, type CalendarDate } from '@ringfence/kernel';
import { Database, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import { currentVerdicts } from '@ringfence/spending-rules';
import { reasonsToHold, refuseDoubles } from '../plausibility/check-pay.js';
import { checkPayRun } from '../domain/check-pay-run.js';
import type { HoldReason } from '../domain/hold-reasons.js';
import type { PayRunReport } from '../domain/pay-run.js';
import {
  countHeld,
  insertHold,
  readDecision,
  readHeldPayslips,
  readHold,
  type Hold,
  type PayRunDecision,
} from './held-runs.sql.js';
import { heldItem } from './held-item.js';
import {
  readPayslipLines,
  readPayslips,
  readRuns,
  type PayRunFilter,
  type PayRunRow,
  type PayslipDetail,
} from '../payslips/payroll-reading.sql.js';
import { insertRun, runWithReference } from '../payslips/payroll.sql.js';
import { lockPayOf } from '../plausibility/plausibility.sql.js';
import { preparePayslips } from '../payslips/prepare-payslips.js';
import { recordPayRun, type PayRunReceipt } from '../payslips/record-pay-run.js';

/** The answer about a run that waits for a person: nothing of it is posted. */
export interface PayRunHeld {
  readonly id: string;
  readonly reference: string;
  readonly payDate: CalendarDate;
  readonly state: 'HELD';
  readonly reasons: readonly HoldReason[];
}

export interface PayRunDetail extends PayRunRow {
  readonly items: readonly PayslipDetail[];
  /** Why it waited, and what became of it; null where it never waited, and for families. */
  readonly hold: Hold | null;
  readonly decision: PayRunDecision | null;
}

/** Pay runs from payroll bureaux: taken whole or not at all, accrued at the pay date. */
@Injectable()
export class PayRuns {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a run: checks it, holds it against the registers, against what is recorded and against the spending rules, and
   * posts one journal for each payslip, all in one transaction. A payslip that the rules only ask about, or whose lines
   * hide something excluded, is kept and shown; one that pays a person who may not be paid, or pays again, refuses the
   * run. A run that is beyond the authority's thresholds is kept whole and waits for an officer; nothing of it is posted.
   */
  async submit(
    principal: Principal,
    run: PayRunReport,
    request: IdempotentRequest,
  ): Promise<PayRunReceipt | PayRunHeld> {
    const organisationId = bureauOf(principal, run);
    const today = this.clock.today();
    checkPayRun(run, today);
    return this.database.once(contextOf(principal), request, async (tx) => {
      await lockPayOf(
        tx,
        run.payslips.map(({ budgetId }) => budgetId),
      );
      const first = await runWithReference(tx, organisationId, run.reference);
      if (first) throw referenceTaken(run.reference, first);
      const prepared = await preparePayslips(tx, run);
      const reasons = [...(await refuseDoubles(tx, prepared)), ...(await reasonsToHold(tx, prepared, today))];
      const head = { id: newId(), organisationId, state: reasons.length > 0 ? 'HELD' : 'POSTED' } as const;
      if (!(await insertRun(tx, head, run))) {
        throw referenceTaken(run.reference, await runWithReference(tx, organisationId, run.reference));
      }
      if (head.state === 'POSTED') return recordPayRun(tx, head.id, run, prepared);
      await insertHold(tx, head.id, prepared, reasons);
      return { id: head.id, reference: run.reference, payDate: run.payDate, state: 'HELD', reasons };
    });
  }

  /** Latest pay date first; asked for one more than `limit`, so that the caller can tell whether there is another page. */
  async list(principal: Principal, filter: PayRunFilter & { readonly limit: number }): Promise<PayRunRow[]> {
    authoriseList(principal, 'pay-runs.read', filter.budgetId);
    return this.database.transaction(contextOf(principal), (tx) =>
      readRuns(tx, { ...filter, limit: filter.limit + 1 }),
    );
  }

  /** A run with the payslips that the reader may see. One that is not posted shows them as they were sent. */
  async view(principal: Principal, id: string): Promise<PayRunDetail> {
    authorise(principal, 'pay-runs.read');
    return this.database.transaction(contextOf(principal), async (tx) => {
      const [run] = await readRuns(tx, { id });
      if (!run) throw new Problem('not-found', `There is no pay run ${id} that you can see.`);
      const [hold, decision] = [(await readHold(tx, id)) ?? null, (await readDecision(tx, id)) ?? null];
      const items = run.state === 'POSTED' ? await postedItems(tx, id) : await heldItems(tx, run);
      return { ...run, hold, decision, items };
    });
  }

  /** How many runs wait for an officer of the authority. */
  async heldCount(principal: Principal): Promise<number> {
    authorise(principal, 'pay-runs.decide');
    return this.database.transaction(contextOf(principal), countHeld);
  }
}

async function postedItems(tx: Transaction, payRunId: string): Promise<PayslipDetail[]> {
  const payslips = await readPayslips(tx, { payRunId });
  const ids = payslips.map((payslip) => payslip.id);
  const lines = await readPayslipLines(tx, ids);
  const verdicts = await currentVerdicts(tx, { subjectType: 'payslip', subjectIds: ids });
  return payslips.map((payslip) => ({
    ...payslip,
    lines: lines.get(payslip.id) ?? [],
    verdict: verdicts.find(({ subjectId }) => subjectId === payslip.id) ?? null,
  }));
}

async function heldItems(tx: Transaction, run: PayRunRow): Promise<PayslipDetail[]> {
  return (await readHeldPayslips(tx, run.id)).map((payslip) => heldItem(run, payslip));
}

/** Only a bureau's own client reports a run, and only for budgets that it was granted. Returns its organisation. */
function bureauOf(principal: Principal, run: PayRunReport): string {
  authorise(principal, 'pay-runs.submit');
  for (const [index, { budgetId }] of run.payslips.entries()) {
    if (may(principal, 'pay-runs.submit', budgetId)) continue;
    const pointer = `/payslips/${index}/budgetId`;
    const message = `Payslip ${index + 1} (${pointer}) is for the budget ${budgetId}, for which you may not submit payslips: ask the authority to grant it, or leave the payslip out.`;
    throw new Problem('not-permitted', message, { errors: [{ pointer, message }] });
  }
  if (principal.kind !== 'client' || principal.organisationId === null) {
    throw new Problem(
      'not-permitted',
      'A pay run is reported by a payroll bureau’s own API client: sign in with its client credentials.',
    );
  }
  return principal.organisationId;
}

function referenceTaken(
  reference: string,
  first: { readonly id: string; readonly reference: string; readonly receivedAt: Date } | undefined,
): Problem {
  const written = first && first.reference !== reference ? `, written ${JSON.stringify(first.reference)},` : '';
  const which = first ? `${written} as ${first.id} on ${londonDay(first.receivedAt)}` : '';
  return new Problem(
    'conflict',
    `The run ${JSON.stringify(reference)} was received${which} already: give a new run its own reference.`,
    { extensions: first ? { firstId: first.id } : {} },
  );
}
