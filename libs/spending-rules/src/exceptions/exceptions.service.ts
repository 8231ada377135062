import { Injectable } from '@nestjs/common';
import { Budget, payeesOf } from '@ringfence/budgets';
import { authorise, authoriseList, contextOf, rolesOn, shownFields, type Principal } from '@ringfence/identity';
import { Clock, newId, Problem, type CalendarDate, type Fault } from '@ringfence/kernel';
import {
  Database,
  requestJob,
  type IdempotentRequest,
  type TenantContext,
  type Transaction,
} from '@ringfence/platform';
import { exceptionFaults, exceptionTextMax, type ExceptionTerms } from './exception.js';
import { ExceptionApproval } from './spending-rules.entities.js';
import { policyOn } from '../policy/policies.js';
import {
  subjectsAssessedBy,
  nextReviewOn,
  readApprovals,
  takeLapsedApprovals,
  type ApprovalFilter,
  type ApprovalRow,
} from '../verdicts/spending-rules.sql.js';

/** Statement lines and payslips that one approval sends back to be judged again, newest first. */
export const subjectsReassessedMax = 500;

export interface NewException extends ExceptionTerms {
  readonly budgetId: string;
  readonly payeeId: string;
}

/** Written exceptions to spending rules, given by an approver for one payee and for dated days. */
@Injectable()
export class ExceptionApprovals {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Approves an exception. One that begins before today is marked retrospective. What the rule had touched is judged
   * again; nothing is posted anew.
   */
  async approveException(
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
      await judgeAgain(tx, input.budgetId, input.rule);
      return { id, retrospective };
    });
  }

  /** Ends an exception early. The past is not rewritten: its last day is today at the earliest. */
  async endException(principal: Principal, id: string, lastDay: CalendarDate, reasons: string): Promise<void> {
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
      if (reasons.trim() === '' || reasons.length > exceptionTextMax) {
        const message = `/reasons has ${reasons.length} characters: say why it ends, in ${exceptionTextMax} characters at most.`;
        throw Problem.field('/reasons', message);
      }
      await tx.manager.update(
        ExceptionApproval,
        { authorityId, id },
        { validTo: lastDay, endedBy: principal.id, endedAt: this.clock.now(), endReasons: reasons },
      );
      await judgeAgain(tx, held.budgetId, held.rule);
    });
  }

  /** Newest first; asked for one more than `limit`, so that the caller can tell whether there is another page. */
  async list(principal: Principal, filter: ApprovalFilter & { readonly limit: number }): Promise<ShownApproval[]> {
    authoriseList(principal, 'exceptions.read', filter.budgetId);
    const rows = await this.database.transaction(contextOf(principal), (tx) =>
      readApprovals(tx, { ...filter, shown: true, limit: filter.limit + 1 }),
    );
    return rows.map((row) => shownApproval(principal, row));
  }

  async view(principal: Principal, id: string): Promise<ShownApproval> {
    authorise(principal, 'exceptions.read');
    return this.database.transaction(contextOf(principal), async (tx) => {
      const [found] = await readApprovals(tx, { id, shown: true });
      if (!found) throw new Problem('not-found', `There is no exception approval ${id} that you can see.`);
      return shownApproval(principal, found);
    });
  }
}

/** An exception as it is shown: a bureau does not get why, and by whom, somebody may be paid. */
export type ShownApproval = Omit<ApprovalRow, ForOfficersAndFamilies> &
  Partial<Pick<ApprovalRow, ForOfficersAndFamilies>>;
type ForOfficersAndFamilies =
  'approverId' | 'approverName' | 'approverRelationship' | 'reasons' | 'evidence' | 'endReasons';

function shownApproval(principal: Principal, row: ApprovalRow): ShownApproval {
  return shownFields('ExceptionApproval', rolesOn(principal, row.budgetId), row);
}

/**
 * The daily sweep's part for one authority: exceptions whose last day has passed send what their rule had touched to be
 * judged again, once. Spends of the days that they covered keep their verdict; later ones lose it.
 */
export async function sweepLapsedExceptions(
  database: Database,
  context: TenantContext,
  today: CalendarDate,
): Promise<number> {
  return database.transaction(context, async (tx) => {
    const lapsed = await takeLapsedApprovals(tx, today, lapsedPerSweepMax);
    for (const { budgetId, rule } of lapsed) await judgeAgain(tx, budgetId, rule);
    return lapsed.length;
  });
}

export const lapsedPerSweepMax = 500;

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

async function judgeAgain(tx: Transaction, budgetId: string, rule: string): Promise<void> {
  for (const { subjectType, subjectId } of await subjectsAssessedBy(tx, budgetId, rule, subjectsReassessedMax)) {
    if (subjectType === 'payslip') await requestJob(tx, 'assess-payslip', { payslipId: subjectId });
    else await requestJob(tx, 'assess-line', { lineId: subjectId });
  }
}

function refuse(faults: readonly Fault[]): void {
  const [first] = faults;
  if (!first) return;
  const more = faults.length > 1 ? ` There are ${faults.length - 1} more faults under "errors".` : '';
  throw new Problem('invalid-request', first.message + more, { errors: faults });
}
