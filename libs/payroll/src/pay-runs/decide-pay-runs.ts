import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { london, londonDay, longDate, Problem, reasonsCharactersMax } from '@ringfence/kernel';
import { Database, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import { refuseDoubles } from '../plausibility/check-pay.js';
import {
  insertDecision,
  lockRunToDecide,
  readDecision,
  readHeldPayslips,
  readHeldReport,
  type DecisionOutcome,
  type PayRunDecision,
  type RunToDecide,
} from './held-runs.sql.js';
import { lockPayOf } from '../plausibility/plausibility.sql.js';
import { nothingStored, preparePayslips } from '../payslips/prepare-payslips.js';
import { recordPayRun, type PayRunReceipt } from '../payslips/record-pay-run.js';

export interface PayRunEnded {
  readonly id: string;
  readonly state: 'REFUSED' | 'WITHDRAWN';
}

/** What becomes of a pay run that waits: an officer accepts or refuses it, or its bureau withdraws it. Once. */
@Injectable()
export class DecidePayRuns {
  constructor(private readonly database: Database) {}

  /**
   * Posts what the run would have posted if it had come now: the registers and what is recorded are asked again. What
   * they refuse is said, and the run goes on waiting. What made it wait is what the person accepts.
   */
  async accept(principal: Principal, id: string, reasons: string, request: IdempotentRequest): Promise<PayRunReceipt> {
    authorise(principal, 'pay-runs.decide');
    const why = requireReasons(reasons);
    return this.database.once(contextOf(principal), request, async (tx) => {
      const run = await requireHeld(tx, id);
      await lockPayOf(tx, run.budgetIds);
      await insertDecision(tx, id, 'ACCEPTED', why);
      return stillHeldWhenRefused(run, () => post(tx, id));
    });
  }

  /** The run stays on record and is not posted; its reference may be used again. */
  async refuse(principal: Principal, id: string, reasons: string, request: IdempotentRequest): Promise<PayRunEnded> {
    authorise(principal, 'pay-runs.decide');
    const why = requireReasons(reasons);
    return this.database.once(contextOf(principal), request, async (tx) => {
      await requireHeld(tx, id);
      await insertDecision(tx, id, 'REFUSED', why);
      return { id, state: 'REFUSED' };
    });
  }

  /** By the client that sent the run, as when it was wrong. */
  async withdraw(principal: Principal, id: string, reasons: string, request: IdempotentRequest): Promise<PayRunEnded> {
    authorise(principal, 'pay-runs.submit');
    const why = requireReasons(reasons);
    return this.database.once(contextOf(principal), request, async (tx) => {
      const run = await requireHeld(tx, id);
      if (run.apiClientId !== principal.id) {
        throw new Problem(
          'not-permitted',
          `The run “${run.reference}” was sent by another client: only the client that sent a run withdraws it.`,
        );
      }
      await insertDecision(tx, id, 'WITHDRAWN', why);
      return { id, state: 'WITHDRAWN' };
    });
  }
}

async function post(tx: Transaction, id: string): Promise<PayRunReceipt> {
  const held = await readHeldPayslips(tx, id);
  const report = await readHeldReport(tx, id, held);
  const prepared = (await preparePayslips(tx, report)).map((payslip, place) => {
    const { id: payslipId, warnings } = held[place]!;
    return { ...payslip, id: payslipId, warnings };
  });
  await refuseDoubles(tx, prepared, id);
  return recordPayRun(tx, id, report, prepared);
}

/** Refuses a run that does not wait, in words that say what became of it. */
async function requireHeld(tx: Transaction, id: string): Promise<RunToDecide> {
  const run = await lockRunToDecide(tx, id);
  if (!run) throw new Problem('not-found', `There is no pay run ${id} that you can see.`);
  if (run.state === 'HELD') return run;
  const decision = await readDecision(tx, id);
  const what = decision ? `was ${inWords(decision)}` : 'was posted when it came, and never waited for a decision';
  throw new Problem('conflict', `The run “${run.reference}” ${what}: there is nothing left to decide.`);
}

const outcomeWords: Readonly<Record<DecisionOutcome, string>> = {
  ACCEPTED: 'accepted',
  REFUSED: 'refused',
  WITHDRAWN: 'withdrawn',
};

/** "accepted by Finn Finance on 15 June 2026 at 10:00". */
function inWords({ outcome, decidedBy, decidedAt }: PayRunDecision): string {
  const time = decidedAt.toLocaleTimeString('en-GB', { timeZone: london, hour: '2-digit', minute: '2-digit' });
  const who = decidedBy ?? 'an officer of the authority';
  return `${outcomeWords[outcome]} by ${who} on ${longDate(londonDay(decidedAt))} at ${time}`;
}

async function stillHeldWhenRefused<T>({ reference }: RunToDecide, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, errors, extensions } = error;
    const found = error.message.replace(` ${nothingStored}`, '');
    throw new Problem(code, `The run “${reference}” stays held, because it cannot be posted now: ${found}`, {
      errors,
      extensions,
      cause: error,
    });
  }
}

function requireReasons(text: string): string {
  const reasons = text.trim();
  if (reasons.length >= 1 && reasons.length <= reasonsCharactersMax) return reasons;
  throw Problem.field(
    '/reasons',
    `/reasons has ${reasons.length} characters: say why in 1 to ${reasonsCharactersMax}.`,
  );
}
