import { Injectable } from '@nestjs/common';
import { Budget, payeesOf } from '@ringfence/budgets';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { type CalendarDate, Clock, type Fault, newId, Problem, reasonsCharactersMax } from '@ringfence/kernel';
import { Database, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import { exceptionFaults, type ExceptionTerms } from './exception.js';
import { ExceptionApproval } from './exception-approval.entity.js';
import { policyOn } from '../policy/policies.js';
import { nextReviewOn } from './exception-approvals.sql.js';
import { reassessExcepted } from './reassess-excepted.js';

export interface NewException extends ExceptionTerms {
  readonly budgetId: string;
  readonly payeeId: string;
}

/** Gives written exceptions to spending rules, for one payee and for dated days, and ends them. */
@Injectable()
export class ApproveExceptions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Approves an exception. One that begins before today is marked retrospective. What the rule had touched is
   * reassessed; nothing is posted anew.
   */
  async approve(
    principal: Principal,
    input: NewException,
    request: IdempotentRequest,
  ): Promise<{ id: string; retrospective: boolean }> {
    authorise(principal, 'exceptions.approve', input.budgetId);
    return this.database.once(contextOf(principal), request, async (tx) => {
      const today = this.clock.today();
      const nextReview = await nextReviewOn(tx, input.budgetId, today);
      const faults = [
        ...exceptionFaults(input, await policyOn(tx, input.validFrom), nextReview),
        ...(await peopleFaults(tx, principal, input)),
      ];
      refuse(faults);
      const id = newId();
      const retrospective = input.validFrom < today;
      await tx.manager.insert(ExceptionApproval, {
        authorityId: principal.authorityId,
        id,
        budgetId: input.budgetId,
        rule: input.rule,
        payeeId: input.payeeId,
        stream: input.stream ?? null,
        approverId: principal.id,
        approverRelationship: input.approverRelationship ?? 'none',
        reasons: input.reasons,
        evidence: input.evidence,
        conditions: input.conditions ?? null,
        validFrom: input.validFrom,
        validTo: input.validTo,
        approvedTo: input.validTo,
        retrospective,
        approvedAt: this.clock.now(),
        endedBy: null,
        endedAt: null,
        endReasons: null,
      });
      await reassessExcepted(tx, input.budgetId, input.rule);
      return { id, retrospective };
    });
  }

  /** Ends an exception early. The past is not rewritten: its last day is today at the earliest. */
  async end(principal: Principal, id: string, lastDay: CalendarDate, reasons: string): Promise<void> {
    authorise(principal, 'exceptions.approve');
    await this.database.transaction(contextOf(principal), async (tx) => {
      const { authorityId } = principal;
      await tx.query('SELECT 1 FROM exception_approvals WHERE authority_id = $1 AND id = $2 FOR UPDATE', [
        authorityId,
        id,
      ]);
      const held = await tx.manager.findOneBy(ExceptionApproval, { authorityId, id });
      if (!held) throw new Problem('not-found', `There is no exception approval ${id} that you can see.`);
      const earliest = held.validFrom > this.clock.today() ? held.validFrom : this.clock.today();
      if (lastDay < earliest || lastDay > held.validTo) {
        const message = `/validTo is ${lastDay}: this exception can end on a day from ${earliest} to ${held.validTo}.`;
        throw Problem.field('/validTo', message);
      }
      if (reasons.trim() === '' || reasons.length > reasonsCharactersMax) {
        const message = `/reasons has ${reasons.length} characters: say why it ends, in ${reasonsCharactersMax} characters at most.`;
        throw Problem.field('/reasons', message);
      }
      await tx.manager.update(
        ExceptionApproval,
        { authorityId, id },
        { validTo: lastDay, endedBy: principal.id, endedAt: this.clock.now(), endReasons: reasons },
      );
      await reassessExcepted(tx, held.budgetId, held.rule);
    });
  }
}

/** The payee must be the budget's, and the approver must have no part in the budget. */
async function peopleFaults(tx: Transaction, principal: Principal, input: NewException): Promise<Fault[]> {
  const { authorityId } = principal;
  const budget = await tx.manager.findOneBy(Budget, { authorityId, id: input.budgetId });
  if (!budget) {
    return [{ pointer: '/budgetId', message: `There is no budget ${input.budgetId} that you can see.` }];
  }
  const payee = (await payeesOf(tx, input.budgetId)).find(({ id }) => id === input.payeeId);
  if (!payee) {
    const message = `There is no payee ${input.payeeId} in this budget: add the payee first.`;
    return [{ pointer: '/payeeId', message }];
  }
  const called = (name: string): string => name.trim().toLowerCase();
  const isPayee = [payee.name, ...payee.names].some((name) => called(name) === called(principal.name));
  if (budget.recipientId !== principal.id && !isPayee) return [];
  const part = isPayee ? 'are the payee' : 'receive the payments';
  const message = `You ${part} of this budget: an exception is approved by somebody else.`;
  return [{ pointer: isPayee ? '/payeeId' : '/budgetId', message }];
}

function refuse(faults: readonly Fault[]): void {
  const [first] = faults;
  if (!first) return;
  const more = faults.length > 1 ? ` There are ${faults.length - 1} more faults under "errors".` : '';
  throw new Problem('invalid-request', first.message + more, { errors: faults });
}
