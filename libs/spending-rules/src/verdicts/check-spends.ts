import { Injectable } from '@nestjs/common';
import { budgetLinesInForce, isEmployee, payeesOf, requireBudget, type PayeeRow } from '@ringfence/budgets';
import { authoriseList, contextOf, may, type Principal } from '@ringfence/identity';
import { Problem, type CalendarDate, type Fault, type FundingStream } from '@ringfence/kernel';
import { Database, type Transaction } from '@ringfence/platform';
import { approvalsOf, engineApprovals, type GivenApproval } from '../exceptions/approvals.js';
import { answerOf, type OutcomeMet, type PlainAnswer } from './answer.js';
import type { Assessment, PayeeFacts, SpendCandidate } from '../engine/candidate.js';
import { assessSpend } from '../engine/assess.js';
import type { RegisterIndex } from '../registers/register-index.js';
import type { RuleSet } from '../engine/rule-set.js';
import { policyInForce } from '../engine/rule.js';
import { spendCheckJson } from './spend-check.js';
import { normalise } from '../text/text.js';
import { policiesOf } from '../policy/policies.js';
import { registerIndex } from '../registers/registers-held.js';

export const candidatesPerCheckMax = 200;

/** Says whether spends are allowed. It records nothing: it may be asked before the money is spent. */
@Injectable()
export class CheckSpends {
  constructor(private readonly database: Database) {}

  /**
   * Assesses candidates in the form of `ringfence spend check`. A bureau asks about its employees, by the names recorded,
   * and is not told which line or outcome of the plan a spend would meet. With a budget, payees are looked up by name in its
   * register and their household and written exceptions are used; what the caller says of them is not.
   */
  async check(
    principal: Principal,
    candidates: readonly unknown[],
    budgetId?: string,
    pointerOf: (index: number) => string = (index) => `/candidates/${index}`,
  ): Promise<SpendAnswer[]> {
    authoriseList(principal, 'spend-checks.make', budgetId);
    if (candidates.length < 1 || candidates.length > candidatesPerCheckMax) {
      const message = `/candidates has ${candidates.length} entries: ask about 1 to ${candidatesPerCheckMax} at once.`;
      throw Problem.field('/candidates', message);
    }
    const read = candidates.map((candidate, index) => inPlace(pointerOf(index), () => spendCheckJson(candidate)));
    const rules = await this.rulesFor(principal);
    const known = budgetId === undefined ? undefined : await this.registersOf(principal, budgetId, read);
    return read.map((candidate, index) =>
      inPlace(pointerOf(index), () => {
        if (known?.employeesOnly) requireEmployee(candidate, known);
        const full = known ? withRegisters(candidate, known) : candidate;
        const policy = policyInForce(rules.policies, full.date);
        const assessment = assessSpend(full, policy, { registers: rules.registers });
        return { ...assessment, ...answerOf(assessment, policy, full.planned, known ? outcomesMet(full, known) : []) };
      }),
    );
  }

  private rulesFor(principal: Principal): Promise<{ policies: RuleSet[]; registers: RegisterIndex }> {
    return this.database.transaction(contextOf(principal), async (tx) => ({
      policies: await policiesOf(tx),
      registers: await registerIndex(tx),
    }));
  }

  private async registersOf(
    principal: Principal,
    budgetId: string,
    candidates: readonly SpendCandidate[],
  ): Promise<Registers> {
    return this.database.transaction(contextOf(principal), async (tx) => {
      await requireBudget(tx, budgetId, '/budgetId');
      const lines = new Map<string, PlanLine[]>();
      if (may(principal, 'agreements.read', budgetId)) {
        for (const day of new Set(candidates.map(({ date }) => date)))
          lines.set(day, await planLines(tx, budgetId, day));
      }
      const employeesOnly = !may(principal, 'payees.read', budgetId);
      const payees = (await payeesOf(tx, budgetId)).filter((payee) => !employeesOnly || isEmployee(payee));
      return { payees, employeesOnly, approvals: await approvalsOf(tx, budgetId), lines };
    });
  }
}

/** An assessment with the words for a family: see {@link answerOf}. */
export type SpendAnswer = Assessment & PlainAnswer;

/** A line of the plan that runs on a day, with the outcomes that it is for. */
interface PlanLine {
  readonly id: string;
  readonly name: string;
  readonly stream: FundingStream;
  readonly payeeId: string | null;
  readonly outcomes: readonly string[];
}

async function planLines(tx: Transaction, budgetId: string, day: CalendarDate): Promise<PlanLine[]> {
  const lines = await budgetLinesInForce(tx, budgetId, day);
  const ids = [...new Set(lines.flatMap(({ outcomeIds }) => outcomeIds))];
  const outcomes = await tx.query<{ id: string; text: string }>(
    'SELECT id, description AS text FROM outcomes WHERE authority_id = $1 AND id = ANY ($2)',
    [tx.context.authorityId, ids],
  );
  const texts = new Map(outcomes.map(({ id, text }) => [id, text]));
  return lines.map(({ id, name, stream, payeeId, outcomeIds }) => {
    const known = outcomeIds.flatMap((outcome) => texts.get(outcome) ?? []);
    return { id, name, stream, payeeId, outcomes: known };
  });
}

/** Lines of the plan that the spend may meet: those of its payee, else those whose name shares a word with it. */
function outcomesMet(candidate: SpendCandidate, known: Registers): OutcomeMet[] {
  const { date, stream, description, payee } = candidate;
  const lines = (known.lines.get(date) ?? []).filter((line) => stream === 'UNALLOCATED' || line.stream === stream);
  const payeeId = known.payees.find(({ name }) => name === payee?.name)?.id;
  const ofPayee = lines.filter((line) => payeeId !== undefined && line.payeeId === payeeId);
  const words = new Set(
    normalise(description)
      .split(' ')
      .filter((word) => word.length > 3),
  );
  const alike = lines.filter(({ name }) =>
    normalise(name)
      .split(' ')
      .some((word) => words.has(word)),
  );
  return (ofPayee.length > 0 ? ofPayee : alike).map(({ id, name, outcomes }) => ({
    budgetLineId: id,
    budgetLine: name,
    outcomes,
  }));
}

interface Registers {
  readonly payees: readonly PayeeRow[];
  /** Whether the asker is a bureau, for whom the payees are the employees. */
  readonly employeesOnly: boolean;
  readonly approvals: readonly GivenApproval[];
  /** By day. */
  readonly lines: ReadonlyMap<CalendarDate, readonly PlanLine[]>;
}

/** Without what the registers say of somebody, an answer could allow what they would exclude: so there is none. */
function requireEmployee({ payee }: SpendCandidate, known: Pick<Registers, 'payees'>): void {
  if (payee === undefined || payeeNamed(payee.name, known)) return;
  const message = `There is no employee ${JSON.stringify(payee.name)} of this budget that you can see: ask about an employee by the name that the authority has recorded.`;
  throw Problem.field('/payee/name', message);
}

function payeeNamed(name: string, known: Pick<Registers, 'payees'>): PayeeRow | undefined {
  const given = normalise(name);
  if (given === '') return undefined;
  return known.payees.find((payee) => [payee.name, ...payee.names].some((one) => normalise(one) === given));
}

/** The candidate with what the budget's registers say of its payee. A payee that they do not know stays as given. */
export function withRegisters(
  candidate: SpendCandidate,
  known: Pick<Registers, 'payees' | 'approvals'>,
): SpendCandidate {
  const payee = payeeNamed(candidate.payee?.name ?? '', known);
  if (!payee) return { ...candidate, approvals: [] };
  return {
    ...candidate,
    payee: payeeFacts(payee),
    approvals: engineApprovals(known.approvals, payee, candidate.stream),
  };
}

/** A payee of the register as the engine takes it; its kind is one that a person has confirmed. */
export function payeeFacts(payee: PayeeRow): PayeeFacts {
  const { name, relationship, livesWithChild, livesWithRecipient } = payee;
  const kind = payee.kind.toLowerCase().replaceAll('_', '-');
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
