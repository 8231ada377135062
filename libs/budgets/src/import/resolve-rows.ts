import { Organisation, Person } from '@ringfence/identity';
import type { Transaction } from '@ringfence/platform';
import { In, IsNull } from 'typeorm';
import { lockAccountNumbers } from '../account-register.js';
import { Budget, DesignatedAccount, Outcome, Payer, PlanDocument } from '../entities/budgets.entities.js';
import { accountKey } from './check-rows.js';
import type { ImportFaults } from './import-faults.js';
import type { ImportRow } from './import-row.js';

/** What the database knows already of the people, plans, payers and accounts that the rows name. */
export interface Known {
  readonly payers: ReadonlyMap<string, string>;
  readonly children: ReadonlyMap<string, string>;
  /** By email address in small letters. */
  readonly recipients: ReadonlyMap<string, string>;
  readonly plans: ReadonlyMap<string, { readonly id: string; readonly outcomes: ReadonlyMap<string, string> }>;
  readonly accounts: ReadonlyMap<string, DesignatedAccount>;
  readonly organisations: ReadonlyMap<string, string>;
}

export function childKey({ budget }: ImportRow): string {
  return `${budget.childName.toLowerCase()} ${budget.childBornOn}`;
}

export function planKey(row: ImportRow): string {
  return `${childKey(row)} ${row.budget.planKind} ${row.budget.planStartsOn}`;
}

/**
 * Looks up everything that the rows name, and collects what cannot be used as it is named. `complete` says that no row
 * of the file is missing: only then is something nowhere described.
 */
export async function resolveRows(
  tx: Transaction,
  rows: readonly ImportRow[],
  faults: ImportFaults,
  complete: boolean,
): Promise<Known> {
  await refuseKnownBudgets(tx, rows, faults);
  const payers = await resolvePayers(tx, rows, faults);
  const children = await resolveChildren(tx, rows, faults);
  const recipients = await resolveRecipients(tx, rows, faults);
  const organisations = await resolveOrganisations(tx, rows, faults);
  const plans = await resolvePlans(tx, rows, children);
  checkOutcomes(rows, plans, faults, complete);
  const accounts = await resolveAccounts(tx, rows, faults);
  return { payers, children, recipients, organisations, plans, accounts };
}

async function refuseKnownBudgets(tx: Transaction, rows: readonly ImportRow[], faults: ImportFaults): Promise<void> {
  const { authorityId } = tx.context;
  const references = [...new Set(rows.map(({ budget }) => budget.reference))];
  const known = new Set(
    (await tx.manager.findBy(Budget, { authorityId, reference: In(references) })).map(({ reference }) => reference),
  );
  for (const [reference, line] of firstLines(rows, ({ budget }) => budget.reference)) {
    if (known.has(reference)) {
      faults.add(
        line,
        'budget_reference',
        `The budget ${JSON.stringify(reference)} is recorded already: leave it out of the file.`,
      );
    }
  }
}

async function resolvePayers(
  tx: Transaction,
  rows: readonly ImportRow[],
  faults: ImportFaults,
): Promise<Map<string, string>> {
  const payers = await tx.manager.findBy(Payer, { authorityId: tx.context.authorityId });
  const byCode = new Map(payers.map(({ code, id }) => [code, id]));
  for (const [code, line] of firstLines(rows, ({ agreement }) => agreement.payerCode)) {
    if (byCode.has(code)) continue;
    const codes = payers
      .slice(0, 10)
      .map((payer) => payer.code)
      .sort()
      .join(', ');
    faults.add(
      line,
      'payer_code',
      `No payer has the code ${JSON.stringify(code)}: use one of ${codes}, or add the payer first.`,
    );
  }
  return byCode;
}

async function resolveChildren(
  tx: Transaction,
  rows: readonly ImportRow[],
  faults: ImportFaults,
): Promise<Map<string, string>> {
  const found = await tx.query<{ id: string; key: string }>(
    `SELECT id, lower(name) || ' ' || date_of_birth AS key FROM people
      WHERE authority_id = $1 AND lower(name) || ' ' || date_of_birth = ANY ($2)`,
    [tx.context.authorityId, [...new Set(rows.map(childKey))]],
  );
  const children = new Map<string, string>();
  for (const { id, key } of found) {
    if (!children.has(key)) children.set(key, id);
    else {
      const row = rows.find((one) => childKey(one) === key)!;
      faults.add(
        row.line,
        'child_name',
        `Two people are recorded as ${row.budget.childName}, born ${row.budget.childBornOn}: add this budget manually.`,
      );
    }
  }
  return children;
}

async function resolveRecipients(
  tx: Transaction,
  rows: readonly ImportRow[],
  faults: ImportFaults,
): Promise<Map<string, string>> {
  const emails = [...new Set(rows.flatMap(({ budget }) => budget.recipientEmail?.toLowerCase() ?? []))];
  const found = await tx.manager
    .createQueryBuilder(Person, 'p')
    .where('p.authority_id = :authorityId AND lower(p.email) IN (:...emails)', {
      authorityId: tx.context.authorityId,
      emails: emails.length === 0 ? [''] : emails,
    })
    .getMany();
  const names = new Map<string, string>();
  const recipients = new Map<string, string>();
  for (const person of found) {
    const email = person.email!.toLowerCase();
    if (recipients.has(email)) {
      const line = rows.find((row) => row.budget.recipientEmail?.toLowerCase() === email)!.line;
      faults.add(
        line,
        'recipient_email',
        `Two people are recorded with the address ${email}: add this budget manually.`,
      );
    }
    recipients.set(email, person.id);
    names.set(email, person.name);
  }
  for (const { line, budget } of rows) {
    const email = budget.recipientEmail?.toLowerCase();
    if (email === undefined) continue;
    const name = names.get(email);
    if (name === undefined) names.set(email, budget.recipientName);
    else if (name.toLowerCase() !== budget.recipientName.toLowerCase()) {
      faults.add(
        line,
        'recipient_email',
        `${email} belongs to ${name}, and this row names ${budget.recipientName}: correct one of the two.`,
      );
    }
  }
  return recipients;
}

async function resolveOrganisations(
  tx: Transaction,
  rows: readonly ImportRow[],
  faults: ImportFaults,
): Promise<Map<string, string>> {
  const organisations = await tx.manager.findBy(Organisation, { authorityId: tx.context.authorityId });
  const byName = new Map<string, string>();
  for (const [written, line] of firstLines(rows, ({ account }) => account?.organisation ?? '')) {
    if (written === '') continue;
    const named = organisations.filter(({ name }) => name.toLowerCase() === written.toLowerCase());
    if (named.length === 1) byName.set(written, named[0]!.id);
    else {
      const count = named.length === 0 ? 'No organisation is' : `${named.length} organisations are`;
      faults.add(
        line,
        'account_organisation',
        `${count} recorded as ${JSON.stringify(written)}: add it, or correct the name.`,
      );
    }
  }
  return byName;
}

/** A plan is known by its child, kind and first day. */
async function resolvePlans(
  tx: Transaction,
  rows: readonly ImportRow[],
  children: ReadonlyMap<string, string>,
): Promise<Known['plans']> {
  const { authorityId } = tx.context;
  const childIds = [...new Set(children.values())];
  if (childIds.length === 0) return new Map();
  const held = await tx.manager.findBy(PlanDocument, { authorityId, childId: In(childIds) });
  const outcomes = await tx.manager.findBy(Outcome, { authorityId, planDocumentId: In(held.map(({ id }) => id)) });
  const plans = new Map<string, { id: string; outcomes: Map<string, string> }>();
  for (const row of rows) {
    const childId = children.get(childKey(row));
    const { planKind, planStartsOn } = row.budget;
    const plan = held.find((one) => one.childId === childId && one.kind === planKind && one.startsOn === planStartsOn);
    if (!plan || plans.has(planKey(row))) continue;
    const own = outcomes.filter((outcome) => outcome.planDocumentId === plan.id);
    plans.set(planKey(row), { id: plan.id, outcomes: new Map(own.map(({ reference, id }) => [reference, id])) });
  }
  return plans;
}

/** Every outcome of a new plan is described once, and never in two ways. */
function checkOutcomes(
  rows: readonly ImportRow[],
  plans: Known['plans'],
  faults: ImportFaults,
  complete: boolean,
): void {
  const described = new Map<string, { line: number; description: string }>();
  const key = (row: ImportRow, reference: string): string => JSON.stringify([planKey(row), reference]);
  for (const row of rows) {
    for (const { reference, description } of row.outcomes) {
      if (description === null) continue;
      const first = described.get(key(row, reference));
      if (!first) described.set(key(row, reference), { line: row.line, description });
      else if (first.description !== description) {
        faults.add(
          row.line,
          'outcomes',
          `Outcome ${reference} is described otherwise in line ${first.line}: make them agree.`,
        );
      }
    }
  }
  if (!complete) return;
  for (const row of rows) {
    for (const { reference } of row.outcomes) {
      if (described.has(key(row, reference)) || plans.get(planKey(row))?.outcomes.has(reference)) continue;
      faults.add(
        row.line,
        'outcomes',
        `Outcome ${JSON.stringify(reference)} is nowhere described: write "${reference}: what it is" once.`,
      );
    }
  }
}

async function resolveAccounts(
  tx: Transaction,
  rows: readonly ImportRow[],
  faults: ImportFaults,
): Promise<Map<string, DesignatedAccount>> {
  await lockAccountNumbers(tx);
  const { authorityId } = tx.context;
  const named = rows.flatMap(({ account }) => account ?? []);
  const open = { authorityId, closedOn: IsNull() };
  const numbers = [...new Set(named.flatMap(({ accountNumber }) => accountNumber ?? []))];
  const names = [...new Set(named.flatMap(({ name, sortCode }) => (sortCode ? [] : [name])))];
  const held = [
    ...(await tx.manager.findBy(DesignatedAccount, { ...open, accountNumber: In(numbers) })),
    ...(await tx.manager.findBy(DesignatedAccount, { ...open, name: In(names), sortCode: IsNull() })),
  ];
  const byKey = new Map(held.map((account) => [accountKey(account), account]));
  const known = new Map<string, DesignatedAccount>();
  for (const { line, account } of rows) {
    const found = account && byKey.get(accountKey(account));
    if (!found || known.has(accountKey(account))) continue;
    known.set(accountKey(account), found);
    if (found.kind !== account.kind) {
      const kinds = `${found.kind}, not ${account.kind}`;
      faults.add(line, 'account_kind', `The account ${found.name} is recorded as ${kinds}: correct the kind.`);
    }
    if (found.openedOn > account.openedOn) {
      const days = `${found.openedOn}, not ${account.openedOn}`;
      faults.add(
        line,
        'account_opened_on',
        `The account ${found.name} is recorded as opened on ${days}: correct the day.`,
      );
    }
  }
  return known;
}

function firstLines(rows: readonly ImportRow[], keyOf: (row: ImportRow) => string): Map<string, number> {
  const lines = new Map<string, number>();
  for (const row of rows) if (!lines.has(keyOf(row))) lines.set(keyOf(row), row.line);
  return lines;
}
