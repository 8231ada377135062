import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { Problem, type CalendarDate, type FundingStream, type Money } from '@ringfence/kernel';
import { Database } from '@ringfence/platform';
import {
  accountOf,
  payeesOf,
  readBudget,
  type AccountWithBudgets,
  type BudgetDetail,
  type PayeeRow,
} from './budget-reading.js';
import { accountsSql, budgetsSql, payersSql } from './budgets.sql.js';
import type { PayerKind } from './domain/terms.js';
import { nextInstalment, readInstalments, type InstalmentFilter, type InstalmentRow } from './instalments.js';

/** The most that one page may hold, and one to tell whether there is more. */
export const rowsPerPageMax = 201;

export interface BudgetSummary {
  readonly id: string;
  readonly reference: string;
  readonly childId: string;
  readonly childName: string;
  readonly recipientId: string;
  readonly recipientName: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate | null;
  readonly streams: readonly FundingStream[];
  /** Of all lines; `cashPence` of those that are paid out. The difference is organised and never in an account. */
  readonly amountPence: Money;
  readonly cashPence: Money;
}

export interface BudgetFilter {
  /** Found in the reference, the child's or the recipient's name. */
  readonly text?: string | undefined;
  readonly stream?: FundingStream | undefined;
  /** A day on which the budget runs. */
  readonly day?: CalendarDate | undefined;
}

/** What officers, families and other systems read of budgets. Row-level security decides which rows there are. */
@Injectable()
export class BudgetReader {
  constructor(private readonly database: Database) {}

  /** By reference; `after` is the last reference seen. */
  async listBudgets(
    principal: Principal,
    filter: BudgetFilter,
    page: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<BudgetSummary[]> {
    authorise(principal, 'budgets.read');
    const { text = null, stream = null, day = null } = filter;
    return this.database.transaction(contextOf(principal), (tx) =>
      tx.query<BudgetSummary>(budgetsSql, [
        principal.authorityId,
        text,
        stream,
        day,
        page.after ?? null,
        bounded(page.limit),
      ]),
    );
  }

  async budget(principal: Principal, budgetId: string): Promise<BudgetDetail> {
    authorise(principal, 'budgets.read', budgetId);
    return this.database.transaction(contextOf(principal), (tx) => readBudget(tx, budgetId));
  }

  async payees(principal: Principal, budgetId: string): Promise<PayeeRow[]> {
    authorise(principal, 'budgets.read', budgetId);
    return this.database.transaction(contextOf(principal), (tx) => payeesOf(tx, budgetId));
  }

  async payers(principal: Principal): Promise<{ id: string; name: string; kind: PayerKind; code: string }[]> {
    authorise(principal, 'budgets.read');
    return this.database.transaction(contextOf(principal), (tx) => tx.query(payersSql, [principal.authorityId]));
  }

  async designatedAccount(principal: Principal, id: string): Promise<AccountWithBudgets> {
    authorise(principal, 'budgets.read');
    const account = await this.database.transaction(contextOf(principal), (tx) => accountOf(tx, id));
    if (!account) throw new Problem('not-found', `There is no designated account ${id} that you can see.`);
    return account;
  }

  /** By name; `after` is the last [name, id] seen. */
  async listDesignatedAccounts(
    principal: Principal,
    filter: { readonly budgetId?: string | undefined },
    page: { readonly limit: number; readonly after?: readonly [string, string] | undefined },
  ): Promise<AccountWithBudgets[]> {
    authorise(principal, 'budgets.read', filter.budgetId);
    const [name = null, id = null] = page.after ?? [];
    return this.database.transaction(contextOf(principal), (tx) =>
      tx.query(accountsSql, [principal.authorityId, filter.budgetId ?? null, name, id, bounded(page.limit)]),
    );
  }

  /** By due day; `after` is the last [dueOn, id] seen. */
  async listInstalments(
    principal: Principal,
    filter: InstalmentFilter,
    page: { readonly limit: number; readonly after?: readonly [CalendarDate, string] | undefined },
  ): Promise<InstalmentRow[]> {
    authorise(principal, 'budgets.read', filter.budgetId);
    return this.database.transaction(contextOf(principal), (tx) =>
      readInstalments(tx, this.database.clock.today(), filter, { ...page, limit: bounded(page.limit) }),
    );
  }

  async nextInstalment(principal: Principal, budgetId: string): Promise<InstalmentRow | undefined> {
    authorise(principal, 'budgets.read', budgetId);
    return this.database.transaction(contextOf(principal), (tx) =>
      nextInstalment(tx, budgetId, this.database.clock.today()),
    );
  }
}

function bounded(limit: number): number {
  return Math.max(1, Math.min(limit, rowsPerPageMax));
}
