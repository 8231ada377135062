import { Injectable } from '@nestjs/common';
import { payeesOf, type PayeeRow } from '@ringfence/budgets';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { Problem, type Fault } from '@ringfence/kernel';
import { Database } from '@ringfence/platform';
import { approvalsOf, engineApprovals } from './approvals.js';
import type { Judgement, PayeeFacts, SpendCandidate } from './domain/candidate.js';
import { judgeSpend } from './domain/judge.js';
import { policyInForce } from './domain/rule.js';
import { nationalPolicy } from './domain/rules.js';
import { spendCheckJson } from './domain/spend-check.js';
import { normalise } from './domain/text.js';
import type { ApprovalRow } from './spending-rules.sql.js';

export const candidatesPerCheckMax = 200;

/** Answers whether spends are allowed. It records nothing: it may be asked before the money is spent. */
@Injectable()
export class SpendChecks {
  constructor(private readonly database: Database) {}

  /**
   * Judges candidates in the form of `ringfence spend check`. With a budget, payees are looked up by name in its
   * register and their household and written exceptions are used; what the caller says of them is not.
   */
  async check(
    principal: Principal,
    candidates: readonly unknown[],
    budgetId?: string,
    pointerOf: (index: number) => string = (index) => `/candidates/${index}`,
  ): Promise<Judgement[]> {
    authorise(principal, 'spend-checks.make', budgetId);
    if (candidates.length < 1 || candidates.length > candidatesPerCheckMax) {
      const message = `/candidates has ${candidates.length} entries: ask about 1 to ${candidatesPerCheckMax} at once.`;
      throw Problem.field('/candidates', message);
    }
    const read = candidates.map((candidate, index) => inPlace(pointerOf(index), () => spendCheckJson(candidate)));
    const known = budgetId === undefined ? undefined : await this.registersOf(principal, budgetId);
    return read.map((candidate, index) =>
      inPlace(pointerOf(index), () => {
        const full = known ? withRegisters(candidate, known) : candidate;
        return judgeSpend(full, policyInForce([nationalPolicy], full.date));
      }),
    );
  }

  private async registersOf(principal: Principal, budgetId: string): Promise<Registers> {
    return this.database.transaction(contextOf(principal), async (tx) => {
      const seen = await tx.query('SELECT 1 FROM budgets WHERE authority_id = $1 AND id = $2', [
        principal.authorityId,
        budgetId,
      ]);
      if (seen.length === 0) throw new Problem('not-found', `There is no budget ${budgetId} that you can see.`);
      return { payees: await payeesOf(tx, budgetId), approvals: await approvalsOf(tx, budgetId) };
    });
  }
}

interface Registers {
  readonly payees: readonly PayeeRow[];
  readonly approvals: readonly ApprovalRow[];
}

/** The candidate with what the budget's registers say of its payee. A payee that they do not know stays as given. */
export function withRegisters(candidate: SpendCandidate, known: Registers): SpendCandidate {
  const given = normalise(candidate.payee?.name ?? '');
  const payee = known.payees.find(({ name, names }) => [name, ...names].some((one) => normalise(one) === given));
  if (!payee || given === '') return { ...candidate, approvals: [] };
  return {
    ...candidate,
    payee: payeeFacts(payee, candidate.payee?.kind),
    approvals: engineApprovals(known.approvals, payee, candidate.stream),
  };
}

/** A payee of the register as the engine takes it. */
export function payeeFacts(payee: PayeeRow, kind?: string): PayeeFacts {
  const { name, relationship, livesWithChild, livesWithRecipient } = payee;
  return { name, kind, relationship, livesWithChild, livesWithRecipient };
}

/** Puts the candidate's place before the pointers of a refusal. */
function inPlace<T>(at: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Problem) || at === '') throw error;
    const errors = error.errors.map((fault): Fault => ({ ...fault, pointer: `${at}${fault.pointer ?? ''}` }));
    throw new Problem(error.code, `${at}: ${error.message}`, { errors, extensions: error.extensions });
  }
}
