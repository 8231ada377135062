import { Injectable } from '@nestjs/common';
import {
  authorise,
  authoriseList,
  authoriseOn,
  contextOf,
  may,
  rolesOn,
  shownFields,
  type Action,
  type Principal,
} from '@ringfence/identity';
import { Problem, type CalendarDate, type FundingStream, type Money } from '@ringfence/kernel';
import { Database } from '@ringfence/platform';
import {
  accountOf,
  isEmployee,
  payeesOf,
  readBudget,
  requireBudget,
  type AccountWithBudgets,
  type BudgetDetail,
  type PayeeRow,
  type ShownAccount,
  type ShownBudget,
} from './budget-reading.js';
import { accountsSql, budgetsSql, payersSql } from './budgets.sql.js';
import type { PayerKind } from './domain/terms.js';
import { nextInstalment, readInstalments, type InstalmentFilter, type InstalmentRow } from './instalments.js';

/** The most that one page may hold, and one to tell whether there is more. */
export const rowsPerPageMax = 201;

/** A budget in a list. Of the child and of the money, what the reader's role gets (fieldsByRole). */
export interface BudgetSummary {
  readonly id: string;
  readonly reference: string;
  readonly childId?: string;
  readonly childName?: string;
  readonly recipientId: string;
  readonly recipientName: string;
  readonly startsOn: CalendarDate;
  readonly endsOn: CalendarDate | null;
  readonly streams: readonly FundingStream[];
  /** Of all lines; `cashPence` of those that are paid out. The difference is organised and never in an account. */
  readonly amountPence?: Money;
  readonly cashPence?: Money;
}

export type ShownAccountWithBudgets = ShownAccount & Pick<AccountWithBudgets, 'budgets'>;

export interface BudgetFilter {
  /** Found in the reference, the child's or the recipient's name. */
  readonly text?: string | undefined;
  readonly stream?: FundingStream | undefined;
  /** A day on which the budget runs. */
  readonly day?: CalendarDate | undefined;
  /** What the reader may do on the budget; to read it, unless said otherwise. */
  readonly action?: Action | undefined;
}

/**
 * What officers, families and other systems read of budgets. Row-level security decides which rows there are, and
 * fieldsByRole which of their fields each reader gets, by the role held on that budget.
 */
@Injectable()
export class BudgetReader {
  constructor(private readonly database: Database) {}

  /** By reference; `after` is the last reference seen. */
  async listBudgets(
    principal: Principal,
    filter: BudgetFilter,
    page: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<BudgetSummary[]> {
    const { text = null, stream = null, day = null, action = 'budgets.read' } = filter;
    authorise(principal, action);
    const rows = await this.database.transaction(contextOf(principal), (tx) =>
      tx.query<BudgetSummary>(budgetsSql, [
        principal.authorityId,
        text,
        stream,
        day,
        page.after ?? null,
        bounded(page.limit),
        action,
      ]),
    );
    return rows.map((row) => shownFields('BudgetSummary', rolesOn(principal, row.id), row));
  }

  /** A budget with the fields that the reader's role on it gets; to a bureau its employees' lines and payees alone. */
  async budget(principal: Principal, budgetId: string): Promise<ShownBudget> {
    authoriseOn(principal, 'budgets.read', budgetId);
    const budget = await this.database.transaction(contextOf(principal), (tx) => readBudget(tx, budgetId));
    const payees = shownPayees(principal, budgetId, budget.payees);
    const pays = (payeeId: string | null): boolean => payeeId === null || payees.some(({ id }) => id === payeeId);
    const lines = budget.lines.filter(({ payeeId }) => pays(payeeId));
    return shownFields('Budget', rolesOn(principal, budgetId), { ...budget, lines, payees });
  }

  /** The same for the pages, which are for families, their providers and officers: with all that was agreed. */
  async agreedBudget(principal: Principal, budgetId: string): Promise<BudgetDetail> {
    authoriseOn(principal, 'agreements.read', budgetId);
    return (await this.budget(principal, budgetId)) as BudgetDetail;
  }

  async payees(principal: Principal, budgetId: string): Promise<PayeeRow[]> {
    authoriseOn(principal, 'budgets.read', budgetId, '/budgetId');
    const payees = await this.database.transaction(contextOf(principal), async (tx) => {
      await requireBudget(tx, budgetId, '/budgetId');
      return payeesOf(tx, budgetId);
    });
    const held = rolesOn(principal, budgetId);
    return shownPayees(principal, budgetId, payees).map((payee) => shownFields('Payee', held, payee));
  }

  async payers(principal: Principal): Promise<{ id: string; name: string; kind: PayerKind; code: string }[]> {
    authorise(principal, 'budgets.read');
    return this.database.transaction(contextOf(principal), (tx) => tx.query(payersSql, [principal.authorityId]));
  }

  async designatedAccount(principal: Principal, id: string): Promise<ShownAccountWithBudgets> {
    authorise(principal, 'budgets.read');
    const account = await this.database.transaction(contextOf(principal), (tx) => accountOf(tx, id));
    if (!account) throw new Problem('not-found', `There is no designated account ${id} that you can see.`);
    return shownAccount(principal, account);
  }

  /** By name; `after` is the last [name, id] seen. */
  async listDesignatedAccounts(
    principal: Principal,
    filter: { readonly budgetId?: string | undefined },
    page: { readonly limit: number; readonly after?: readonly [string, string] | undefined },
  ): Promise<ShownAccountWithBudgets[]> {
    authoriseList(principal, 'budgets.read', filter.budgetId);
    const [name = null, id = null] = page.after ?? [];
    const values = [principal.authorityId, filter.budgetId ?? null, name, id, bounded(page.limit)];
    const accounts = await this.database.transaction(contextOf(principal), (tx) =>
      tx.query<AccountWithBudgets>(accountsSql, values),
    );
    return accounts.map((account) => shownAccount(principal, account));
  }

  /** By due day; `after` is the last [dueOn, id] seen. */
  async listInstalments(
    principal: Principal,
    filter: InstalmentFilter,
    page: { readonly limit: number; readonly after?: readonly [CalendarDate, string] | undefined },
  ): Promise<InstalmentRow[]> {
    authoriseList(principal, 'agreements.read', filter.budgetId);
    return this.database.transaction(contextOf(principal), (tx) =>
      readInstalments(tx, this.database.clock.today(), filter, { ...page, limit: bounded(page.limit) }),
    );
  }

  async nextInstalment(principal: Principal, budgetId: string): Promise<InstalmentRow | undefined> {
    authoriseOn(principal, 'agreements.read', budgetId);
    return this.database.transaction(contextOf(principal), (tx) =>
      nextInstalment(tx, budgetId, this.database.clock.today()),
    );
  }
}

function shownPayees(principal: Principal, budgetId: string, payees: readonly PayeeRow[]): readonly PayeeRow[] {
  return may(principal, 'payees.read', budgetId) ? payees : payees.filter(isEmployee);
}

/** An account is shown by the roles that the reader has on the budgets in it. */
function shownAccount(principal: Principal, account: AccountWithBudgets): ShownAccountWithBudgets {
  const held = account.budgets.flatMap(({ budgetId }) => rolesOn(principal, budgetId));
  return shownFields('DesignatedAccount', held, account);
}

function bounded(limit: number): number {
  return Math.max(1, Math.min(limit, rowsPerPageMax));
}
