import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { Problem, proseCharactersMax, type CalendarMonth } from '@ringfence/kernel';
import { Database, type IdempotentRequest } from '@ringfence/platform';
import { closePeriod, periods, reopenPeriod, type Period } from './periods.js';

/** The months of an authority: closed by a finance officer, re-opened with a reason by an approver who did not close them. */
@Injectable()
export class AccountingPeriods {
  constructor(private readonly database: Database) {}

  /** The months that were ever opened or closed, newest first. */
  async list(principal: Principal): Promise<Period[]> {
    authorise(principal, 'periods.read');
    return this.database.transaction(contextOf(principal), periods);
  }

  /** Refuses with `period-closed`, or with `conflict` while the month is not over or an earlier one is open and in use. */
  async close(principal: Principal, month: CalendarMonth, request: IdempotentRequest): Promise<Period> {
    authorise(principal, 'periods.close');
    return this.database.once(contextOf(principal), request, async (tx) => {
      await closePeriod(tx, month);
      return (await periods(tx)).find((period) => period.month === month)!;
    });
  }

  /** The latest closed month alone. The principal is the approver, and stays named with the reason. */
  async reopen(
    principal: Principal,
    month: CalendarMonth,
    reason: string | undefined,
    request: IdempotentRequest,
  ): Promise<Period> {
    authorise(principal, 'periods.reopen');
    const characters = [...(reason?.trim() ?? '')].length;
    if (reason === undefined || characters < 1 || characters > proseCharactersMax) {
      throw Problem.field(
        '/reason',
        `/reason has ${characters} characters: say in 1 to ${proseCharactersMax} why ${month} is opened again.`,
      );
    }
    return this.database.once(contextOf(principal), request, async (tx) => {
      await reopenPeriod(tx, month, { reason: reason.trim(), approvedBy: principal.id });
      return (await periods(tx)).find((period) => period.month === month)!;
    });
  }
}
