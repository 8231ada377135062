import { Injectable } from '@nestjs/common';
import { authorise, contextOf, Organisation, Person, type Principal } from '@ringfence/identity';
import { type CalendarDate, nameCharactersMax, newId, Problem } from '@ringfence/kernel';
import { openBook } from '@ringfence/ledger';
import { Database, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import { IsNull } from 'typeorm';
import { accountNumberPattern, sortCodePattern } from './domain/bank-numbers.js';
import { Faults } from './domain/faults.js';
import { overlap, spanText } from './domain/overlap.js';
import { accountKinds, type AccountKind } from './domain/terms.js';
import { Budget, DesignatedAccount, DesignatedAccountBudget } from './entities/budgets.entities.js';
import { insertRecords, lockRecord, requireRecord } from './records.js';

export const budgetsPerAccountMax = 1_000;

export interface NewDesignatedAccount {
  readonly kind: AccountKind;
  readonly name: string;
  readonly bankName: string;
  /** Six digits. */
  readonly sortCode?: string | null | undefined;
  /** Six to ten digits. */
  readonly accountNumber?: string | null | undefined;
  /** One of the two holds the account; an organisation only a MANAGED one. */
  readonly holderPersonId?: string | null | undefined;
  readonly holderOrganisationId?: string | null | undefined;
  readonly openedOn: CalendarDate;
  /** One as a rule; several for siblings, or for a provider's pooled account. They are in it from the day it opens. */
  readonly budgetIds: readonly string[];
}

/** The separate accounts that direct payments are kept in. Each has a book in the ledger from the first moment. */
@Injectable()
export class AccountRegister {
  constructor(private readonly database: Database) {}

  async openDesignatedAccount(
    principal: Principal,
    input: NewDesignatedAccount,
    request: IdempotentRequest,
  ): Promise<{ id: string; bookId: string }> {
    authorise(principal, 'budgets.write');
    const faults = accountFaults(input);
    faults.refuse();
    return this.database.once(contextOf(principal), request, async (tx) => {
      await requireHolder(tx, input);
      for (const [order, id] of input.budgetIds.entries()) {
        await requireRecord(tx, Budget, id, 'budget', `/budgetIds/${order}`);
      }
      await requireFreeNumber(tx, input);
      const id = newId();
      const [bookId] = await insertAccounts(tx, [{ ...input, id }], principal.id);
      await insertRecords(
        tx,
        DesignatedAccountBudget,
        input.budgetIds.map((budgetId) => placing(id, budgetId, input.openedOn)),
      );
      return { id, bookId: bookId! };
    });
  }

  /** Puts a further budget into an account from a day on, as when a sibling's budget joins. */
  async addBudgetToAccount(
    principal: Principal,
    designatedAccountId: string,
    input: { readonly budgetId: string; readonly validFrom: CalendarDate },
    request: IdempotentRequest,
  ): Promise<{ designatedAccountId: string; budgetId: string }> {
    const { budgetId, validFrom } = input;
    authorise(principal, 'budgets.write', budgetId);
    const faults = new Faults();
    faults.day('/validFrom', validFrom);
    faults.refuse();
    return this.database.once(contextOf(principal), request, async (tx) => {
      const account = await requireOpen(tx, designatedAccountId, validFrom);
      await requireRecord(tx, Budget, budgetId, 'budget', '/budgetId');
      const { authorityId } = principal;
      const held = await tx.manager.findBy(DesignatedAccountBudget, { authorityId, designatedAccountId });
      const spans = held
        .filter((span) => span.budgetId === budgetId)
        .map((span) => ({ from: span.validFrom, to: span.validTo }));
      const clash = spans.find((span) => overlap(span, { from: validFrom }));
      if (clash) {
        throw new Problem('conflict', `The budget is in the account ${account.name} ${spanText(clash)} already.`);
      }
      if (new Set([...held.map((span) => span.budgetId), budgetId]).size > budgetsPerAccountMax) {
        throw Problem.field(
          '/budgetId',
          `The account ${account.name} has ${budgetsPerAccountMax} budgets, and can take no more.`,
        );
      }
      await insertRecords(tx, DesignatedAccountBudget, [placing(designatedAccountId, budgetId, validFrom)]);
      return { designatedAccountId, budgetId };
    });
  }

  /** `lastDay` is the last day on which the account was open. Its book stays, as all that was written in it. */
  async closeDesignatedAccount(
    principal: Principal,
    designatedAccountId: string,
    lastDay: CalendarDate,
  ): Promise<void> {
    authorise(principal, 'budgets.write');
    await this.database.transaction(contextOf(principal), async (tx) => {
      const account = await requireOpen(tx, designatedAccountId, lastDay);
      const [later] = await tx.query<{ due_on: string }>(
        `SELECT due_on FROM instalments WHERE authority_id = $1 AND designated_account_id = $2 AND due_on > $3
            AND withdrawn_on IS NULL ORDER BY due_on LIMIT 1`,
        [principal.authorityId, designatedAccountId, lastDay],
      );
      if (later) {
        throw new Problem(
          'conflict',
          `An instalment is to be paid into ${account.name} on ${later.due_on}: end its schedule before the account is closed on ${lastDay}.`,
        );
      }
      const { authorityId } = principal;
      await tx.manager.update(DesignatedAccount, { authorityId, id: designatedAccountId }, { closedOn: lastDay });
      await tx.manager.update(
        DesignatedAccountBudget,
        { authorityId, designatedAccountId, validTo: IsNull() },
        { validTo: lastDay },
      );
    });
  }
}

/** Inserts accounts, each with its book in the ledger, and returns the books' ids in order. */
export async function insertAccounts(
  tx: Transaction,
  accounts: readonly (Omit<NewDesignatedAccount, 'budgetIds'> & { readonly id: string })[],
  approvedBy: string,
): Promise<string[]> {
  await insertRecords(
    tx,
    DesignatedAccount,
    accounts.map((account) => ({
      id: account.id,
      kind: account.kind,
      name: account.name,
      bankName: account.bankName,
      openedOn: account.openedOn,
      sortCode: account.sortCode ?? null,
      accountNumber: account.accountNumber ?? null,
      holderPersonId: account.holderPersonId ?? null,
      holderOrganisationId: account.holderOrganisationId ?? null,
      closedOn: null,
      approvedBy,
    })),
  );
  const bookIds: string[] = [];
  for (const { id, name } of accounts) bookIds.push(await openBook(tx, { designatedAccountId: id, name }));
  return bookIds;
}

export function placing(designatedAccountId: string, budgetId: string, validFrom: CalendarDate) {
  return { designatedAccountId, budgetId, validFrom, validTo: null };
}

/** What is wrong with an account by itself. Pointers are the request's fields. */
export function accountFaults(input: NewDesignatedAccount): Faults {
  const faults = new Faults();
  faults.oneOf('/kind', input.kind, accountKinds);
  faults.text('/name', input.name, nameCharactersMax);
  faults.text('/bankName', input.bankName, nameCharactersMax);
  faults.day('/openedOn', input.openedOn);
  numberFaults(input, faults);
  const holders = [input.holderPersonId, input.holderOrganisationId].filter(Boolean).length;
  if (holders !== 1) {
    faults.add('/holderPersonId', 'An account has one holder: name one of holderPersonId and holderOrganisationId.');
  } else if (input.holderOrganisationId && input.kind !== 'MANAGED') {
    faults.add('/holderOrganisationId', `An organisation holds MANAGED accounts only, and this is ${input.kind}.`);
  }
  const { budgetIds } = input;
  if (budgetIds.length === 0 || budgetIds.length > budgetsPerAccountMax) {
    faults.add('/budgetIds', `/budgetIds has ${budgetIds.length}: name 1 to ${budgetsPerAccountMax} budgets.`);
  }
  if (new Set(budgetIds).size < budgetIds.length) faults.add('/budgetIds', '/budgetIds names a budget twice.');
  return faults;
}

function numberFaults({ kind, sortCode, accountNumber }: NewDesignatedAccount, faults: Faults): void {
  if (sortCode && !sortCodePattern.test(sortCode)) {
    faults.add('/sortCode', `/sortCode is ${JSON.stringify(sortCode)}: write its six digits, such as "309950".`);
  }
  if (accountNumber && !accountNumberPattern.test(accountNumber)) {
    faults.add(
      '/accountNumber',
      `/accountNumber is ${JSON.stringify(accountNumber)}: write its digits, such as "12345678".`,
    );
  }
  if (Boolean(sortCode) !== Boolean(accountNumber)) {
    faults.add('/accountNumber', 'sortCode and accountNumber belong together: give both or neither.');
  } else if (kind === 'OWN_BANK' && !sortCode) {
    faults.add('/sortCode', 'A bank account of the family is known by its sort code and number: give both.');
  }
}

async function requireHolder(tx: Transaction, input: NewDesignatedAccount): Promise<void> {
  const { holderPersonId, holderOrganisationId } = input;
  if (holderPersonId) await requireRecord(tx, Person, holderPersonId, 'person', '/holderPersonId');
  if (holderOrganisationId) {
    await requireRecord(tx, Organisation, holderOrganisationId, 'organisation', '/holderOrganisationId');
  }
}

async function requireFreeNumber(tx: Transaction, { sortCode, accountNumber }: NewDesignatedAccount): Promise<void> {
  await lockAccountNumbers(tx);
  if (!sortCode || !accountNumber) return;
  const { authorityId } = tx.context;
  const held = await tx.manager.findOneBy(DesignatedAccount, {
    authorityId,
    sortCode,
    accountNumber,
    closedOn: IsNull(),
  });
  if (!held) return;
  throw new Problem(
    'conflict',
    `The account ${sortCode} ${accountNumber} is recorded as ${JSON.stringify(held.name)} already: add the budget to it.`,
  );
}

/** Lets one transaction of an authority at a time open accounts: a number that is free has no row to lock. */
export async function lockAccountNumbers(tx: Transaction): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `designated accounts of ${tx.context.authorityId}`,
  ]);
}

async function requireOpen(tx: Transaction, id: string, day: CalendarDate): Promise<DesignatedAccount> {
  await lockRecord(tx, 'designated_accounts', id);
  const account = await requireRecord(tx, DesignatedAccount, id, 'designated account');
  if (day < account.openedOn) {
    throw new Problem('conflict', `The account ${account.name} was opened on ${account.openedOn}, after ${day}.`);
  }
  if (account.closedOn !== null) {
    throw new Problem('conflict', `The account ${account.name} was closed on ${account.closedOn}.`);
  }
  return account;
}
