import { Person, type Principal } from '@ringfence/identity';
import { newId } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { insertAccounts, placing } from '../account-register.js';
import { lineRecord } from '../budget-lines.js';
import {
  Agreement,
  AgreementVersion,
  Budget,
  BudgetLine,
  BudgetLineOutcome,
  DesignatedAccountBudget,
  Outcome,
  Payee,
  PlanDocument,
} from '../entities/budgets.entities.js';
import { insertSchedules, type ScheduleRecord } from '../instalment-register.js';
import { payeeRecord } from '../payee-register.js';
import { insertRecords } from '../records.js';
import { accountKey } from './check-rows.js';
import type { ImportRow } from './import-row.js';
import { childKey, planKey, type Known } from './resolve-rows.js';

export interface ImportCounts {
  readonly budgets: number;
  readonly lines: number;
  readonly instalments: number;
}

/** The ids of what the import makes, by what the rows call it. */
interface Made {
  readonly children: Map<string, string>;
  readonly recipients: Map<string, string>;
  readonly plans: Map<string, { readonly id: string; readonly outcomes: Map<string, string> }>;
  readonly budgets: Map<string, string>;
  readonly agreements: Map<string, string>;
  readonly payees: Map<string, string>;
  readonly accounts: Map<string, { readonly id: string; readonly openedOn: string }>;
}

/** Writes rows that have been checked and resolved, a kind of record at a time. */
export async function writeRows(
  tx: Transaction,
  principal: Principal,
  rows: readonly ImportRow[],
  known: Known,
): Promise<ImportCounts> {
  const made: Made = {
    children: new Map(known.children),
    recipients: new Map(known.recipients),
    plans: new Map([...known.plans].map(([key, { id, outcomes }]) => [key, { id, outcomes: new Map(outcomes) }])),
    budgets: new Map(),
    agreements: new Map(),
    payees: new Map(),
    accounts: new Map(known.accounts),
  };
  await writePeople(tx, rows, made);
  await writePlans(tx, rows, made);
  await writeBudgets(tx, rows, made);
  await writeAgreements(tx, principal, rows, known, made);
  await writePayees(tx, rows, made);
  await writeLines(tx, rows, made);
  await writeAccounts(tx, principal, rows, known, made);
  const instalments = await insertSchedules(tx, schedulesOf(rows, made));
  return { budgets: made.budgets.size, lines: rows.length, instalments };
}

/** Without an address a recipient is told from another by the budget: two people may share a name. */
function recipientKey({ budget }: ImportRow): string {
  return budget.recipientEmail?.toLowerCase() ?? `of budget ${budget.reference}`;
}

async function writePeople(tx: Transaction, rows: readonly ImportRow[], made: Made): Promise<void> {
  const people: Omit<Person, 'authorityId'>[] = [];
  for (const row of rows) {
    const { childName, childBornOn, recipientName, recipientEmail } = row.budget;
    // A young person may be the recipient (SI 2014/1652 reg 5): then both are one.
    const own = recipientName.toLowerCase() === childName.toLowerCase();
    if (!made.children.has(childKey(row))) {
      const held = own && recipientEmail ? made.recipients.get(recipientKey(row)) : undefined;
      const id = held ?? newId();
      made.children.set(childKey(row), id);
      const email = own ? recipientEmail : null;
      if (!held) people.push({ id, name: childName, dateOfBirth: childBornOn, email, organisationId: null });
    }
    if (own && !made.recipients.has(recipientKey(row)))
      made.recipients.set(recipientKey(row), made.children.get(childKey(row))!);
    if (!made.recipients.has(recipientKey(row))) {
      const id = newId();
      made.recipients.set(recipientKey(row), id);
      people.push({ id, name: recipientName, dateOfBirth: null, email: recipientEmail, organisationId: null });
    }
  }
  await insertRecords(tx, Person, people);
}

async function writePlans(tx: Transaction, rows: readonly ImportRow[], made: Made): Promise<void> {
  const plans: Omit<PlanDocument, 'authorityId'>[] = [];
  const outcomes: Omit<Outcome, 'authorityId'>[] = [];
  for (const row of rows) {
    const { planKind: kind, planStartsOn: startsOn, planEndsOn: endsOn } = row.budget;
    if (!made.plans.has(planKey(row))) {
      const id = newId();
      made.plans.set(planKey(row), { id, outcomes: new Map() });
      plans.push({ id, childId: made.children.get(childKey(row))!, kind, startsOn, endsOn });
    }
    const plan = made.plans.get(planKey(row))!;
    for (const { reference, description } of row.outcomes) {
      if (description === null || plan.outcomes.has(reference)) continue;
      const id = newId();
      plan.outcomes.set(reference, id);
      outcomes.push({ id, planDocumentId: plan.id, reference, description });
    }
  }
  await insertRecords(tx, PlanDocument, plans);
  await insertRecords(tx, Outcome, outcomes);
}

async function writeBudgets(tx: Transaction, rows: readonly ImportRow[], made: Made): Promise<void> {
  const budgets: Omit<Budget, 'authorityId'>[] = [];
  for (const row of rows) {
    const { reference, startsOn, endsOn } = row.budget;
    if (made.budgets.has(reference)) continue;
    const id = newId();
    made.budgets.set(reference, id);
    const [childId, recipientId] = [made.children.get(childKey(row))!, made.recipients.get(recipientKey(row))!];
    budgets.push({
      id,
      reference,
      childId,
      recipientId,
      planDocumentId: made.plans.get(planKey(row))!.id,
      startsOn,
      endsOn,
    });
  }
  await insertRecords(tx, Budget, budgets);
}

function agreementKey({ budget, agreement }: ImportRow): string {
  return JSON.stringify([budget.reference, agreement.payerCode]);
}

async function writeAgreements(
  tx: Transaction,
  principal: Principal,
  rows: readonly ImportRow[],
  known: Known,
  made: Made,
): Promise<void> {
  const agreements: Omit<Agreement, 'authorityId'>[] = [];
  const versions: Omit<AgreementVersion, 'authorityId'>[] = [];
  for (const row of rows) {
    if (made.agreements.has(agreementKey(row))) continue;
    const { payerCode, validFrom, signedOn } = row.agreement;
    const id = newId();
    made.agreements.set(agreementKey(row), id);
    agreements.push({ id, budgetId: made.budgets.get(row.budget.reference)!, payerId: known.payers.get(payerCode)! });
    const reason = 'First agreement, imported';
    versions.push({
      agreementId: id,
      version: 1,
      validFrom,
      signedOn,
      changesServices: false,
      reason,
      createdBy: principal.id,
    });
  }
  await insertRecords(tx, Agreement, agreements);
  await insertRecords(tx, AgreementVersion, versions);
}

function payeeKey({ budget, payee }: ImportRow): string {
  return JSON.stringify([budget.reference, payee?.name]);
}

async function writePayees(tx: Transaction, rows: readonly ImportRow[], made: Made): Promise<void> {
  const payees: Omit<Payee, 'authorityId'>[] = [];
  for (const row of rows) {
    if (!row.payee || made.payees.has(payeeKey(row))) continue;
    const id = newId();
    made.payees.set(payeeKey(row), id);
    payees.push(payeeRecord(id, made.budgets.get(row.budget.reference)!, row.payee));
  }
  await insertRecords(tx, Payee, payees);
}

async function writeLines(tx: Transaction, rows: readonly ImportRow[], made: Made): Promise<void> {
  const lines: Omit<BudgetLine, 'authorityId'>[] = [];
  const links: Omit<BudgetLineOutcome, 'authorityId'>[] = [];
  for (const row of rows) {
    const [id, budgetId] = [newId(), made.budgets.get(row.budget.reference)!];
    const { outcomes } = made.plans.get(planKey(row))!;
    const outcomeIds = row.outcomes.map(({ reference }) => outcomes.get(reference)!);
    const agreementId = made.agreements.get(agreementKey(row))!;
    const payeeId = made.payees.get(payeeKey(row)) ?? null;
    lines.push(lineRecord(id, budgetId, { ...row.terms, agreementId, payeeId, outcomeIds }));
    links.push(...outcomeIds.map((outcomeId) => ({ budgetId, budgetLineId: id, outcomeId })));
  }
  await insertRecords(tx, BudgetLine, lines);
  await insertRecords(tx, BudgetLineOutcome, links);
}

async function writeAccounts(
  tx: Transaction,
  principal: Principal,
  rows: readonly ImportRow[],
  known: Known,
  made: Made,
): Promise<void> {
  const accounts: Parameters<typeof insertAccounts>[1][number][] = [];
  const placings = new Map<string, Omit<DesignatedAccountBudget, 'authorityId'>>();
  for (const row of rows) {
    const { account } = row;
    if (!account) continue;
    const key = accountKey(account);
    if (!made.accounts.has(key)) {
      const id = newId();
      made.accounts.set(key, { id, openedOn: account.openedOn });
      const holder =
        account.organisation === null
          ? { holderPersonId: made.recipients.get(recipientKey(row))! }
          : { holderOrganisationId: known.organisations.get(account.organisation)! };
      accounts.push({ ...account, ...holder, id });
    }
    const { id, openedOn } = made.accounts.get(key)!;
    const budgetId = made.budgets.get(row.budget.reference)!;
    placings.set(`${id} ${budgetId}`, placing(id, budgetId, openedOn));
  }
  await insertAccounts(tx, accounts, principal.id);
  await insertRecords(tx, DesignatedAccountBudget, [...placings.values()]);
}

function schedulesOf(rows: readonly ImportRow[], made: Made): ScheduleRecord[] {
  return rows.flatMap((row) => {
    if (!row.schedule || !row.account) return [];
    return [
      {
        ...row.schedule,
        id: newId(),
        budgetId: made.budgets.get(row.budget.reference)!,
        agreementId: made.agreements.get(agreementKey(row))!,
        designatedAccountId: made.accounts.get(accountKey(row.account))!.id,
        stream: row.terms.stream,
      },
    ];
  });
}
