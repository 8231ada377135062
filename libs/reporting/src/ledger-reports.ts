import { Injectable } from '@nestjs/common';
import { requireBudget } from '@ringfence/budgets';
import { authorise, authoriseOn, contextOf, type Principal } from '@ringfence/identity';
import { Clock, type CalendarDate, type CalendarMonth, type LedgerStream } from '@ringfence/kernel';
import {
  statementOfAccount,
  streamBalances,
  trialBalance,
  type AccountStatement,
  type StreamBalance,
  type TrialBalanceRow,
} from '@ringfence/ledger';
import { Database } from '@ringfence/platform';

/** What the books say, as figures: of one budget for whoever may see it, of the authority for its officers. */
@Injectable()
export class LedgerReports {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Each stream of a budget at the end of a day, by effective date; today when left out. */
  async balances(
    principal: Principal,
    budgetId: string,
    at: CalendarDate = this.clock.today(),
  ): Promise<StreamBalance[]> {
    authoriseOn(principal, 'ledger.read', budgetId, '/budgetId');
    return this.database.transaction(contextOf(principal), async (tx) => {
      await requireBudget(tx, budgetId, '/budgetId');
      return streamBalances(tx, { budgetId, at });
    });
  }

  /** Opening balance, entries and closing balance of every account of a budget between two days, both included. */
  async statement(
    principal: Principal,
    query: {
      readonly budgetId: string;
      readonly stream?: LedgerStream | undefined;
      readonly from: CalendarDate;
      readonly to: CalendarDate;
    },
  ): Promise<AccountStatement[]> {
    authoriseOn(principal, 'ledger.read', query.budgetId, '/budgetId');
    const { stream, ...which } = query;
    return this.database.transaction(contextOf(principal), async (tx) => {
      await requireBudget(tx, query.budgetId, '/budgetId');
      return statementOfAccount(tx, { ...which, ...(stream ? { stream } : {}) });
    });
  }

  async trialBalance(principal: Principal, month?: CalendarMonth): Promise<TrialBalanceRow[]> {
    authorise(principal, 'periods.read');
    return this.database.transaction(contextOf(principal), (tx) => trialBalance(tx, month ? { month } : {}));
  }
}
