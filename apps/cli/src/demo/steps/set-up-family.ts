import { addDays, decimalText } from '@ringfence/kernel';
import type { DemoApiClient } from '../api-client.js';
import type { AuthorityContext, FamilyContext, DemoContext } from '../context.js';
import type { AgreementScenario, BudgetScenario, DemoPerson, Family, LineScenario } from '../scenario.js';
import { readFamilyIds } from './family-ids.js';
import { acceptInvitations, giveRole } from './open-authorities.js';

type Made = { readonly id: string };

/** The finance officer records a family: people, plans, budgets, payees, agreements, the account and who may see it. */
export async function setUpFamily(context: DemoContext, family: Family): Promise<FamilyContext> {
  const authority = context.authorities[family.authority];
  const { officer } = authority;
  const recipientId = await addPerson(context, officer, family.recipient);
  const budgetIds = new Map<string, string>();
  for (const budget of family.budgets) {
    const sameperson = budget.child.name === family.recipient.name;
    const childId = sameperson ? recipientId : await addPerson(context, officer, budget.child);
    budgetIds.set(budget.key, await openBudget(context, officer, budget, childId, recipientId));
  }
  const { id: accountId } = await openAccount(context, family, recipientId, [...budgetIds.values()]);
  for (const budget of family.budgets) {
    const budgetId = budgetIds.get(budget.key)!;
    const payees = await addPayees(authority, budget, budgetId);
    await agree(context, authority, budget, { budgetId, accountId, payees });
    await letIn(context, officer, family, budget, budgetId, recipientId);
  }
  return { family, ids: await readFamilyIds(officer, family), uploader: uploaderOf(context, family) };
}

export function uploaderOf(context: DemoContext, { account, recipient, authority }: Family): DemoApiClient {
  if (account.uploadedBy === 'organisation') return context.organisations.get(account.organisation!)!.client;
  if (account.uploadedBy === 'recipient') return context.personClient(recipient.email!);
  return context.authorities[authority].officer;
}

async function addPerson(context: DemoContext, officer: DemoApiClient, person: DemoPerson): Promise<string> {
  const { name, email, dateOfBirth, says } = person;
  const signIn = email && says ? { signIn: await context.addSignIn({ name, email, says }) } : {};
  const made = await officer.post<Made>('/v1/people', { name, email, dateOfBirth, ...signIn }, `demo person ${name}`);
  if (email && says) await acceptInvitations(context.personClient(email));
  return made.id;
}

async function openBudget(
  { year }: DemoContext,
  officer: DemoApiClient,
  { reference, plan, outcomes }: BudgetScenario,
  childId: string,
  recipientId: string,
): Promise<string> {
  const { id: planDocumentId } = await officer.post<Made>(
    '/v1/plan-documents',
    { childId, kind: plan, startsOn: addDays(year.first, -30), outcomes },
    `demo plan ${reference}`,
  );
  const budget = { reference, childId, recipientId, planDocumentId, startsOn: year.first };
  return (await officer.post<Made>('/v1/budgets', budget, `demo budget ${reference}`)).id;
}

function openAccount(
  context: DemoContext,
  family: Family,
  recipientId: string,
  budgetIds: readonly string[],
): Promise<Made> {
  const { kind, name, bank, sortCode, accountNumber, openedOn, organisation } = family.account;
  const holder = organisation
    ? { holderOrganisationId: context.organisations.get(organisation)!.id }
    : { holderPersonId: recipientId };
  const account = { kind, name, bankName: bank, sortCode, accountNumber, ...holder, openedOn, budgetIds };
  return context.authorities[family.authority].officer.post(
    '/v1/designated-accounts',
    account,
    `demo account ${family.key}`,
  );
}

/** The co-ordinator records who lives with whom: a dated fact, and not the finance officer's to know first. */
async function addPayees(
  { officer, coordinator }: AuthorityContext,
  { key: budgetKey, payees }: BudgetScenario,
  budgetId: string,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { key, livesWithChild, ...payee } of payees) {
    const { id } = await officer.post<Made>('/v1/payees', { budgetId, ...payee }, `demo payee ${budgetKey} ${key}`);
    ids.set(key, id);
    if (!livesWithChild) continue;
    const membership = { payeeId: id, livesWith: 'CHILD', validFrom: livesWithChild.from, validTo: livesWithChild.to };
    await coordinator.post('/v1/household-memberships', membership, `demo household ${budgetKey} ${key}`);
  }
  return ids;
}

interface Surroundings {
  readonly budgetId: string;
  readonly accountId: string;
  readonly payees: ReadonlyMap<string, string>;
}

async function agree(
  context: DemoContext,
  authority: AuthorityContext,
  budget: BudgetScenario,
  around: Surroundings,
): Promise<void> {
  const { officer } = authority;
  const { plan } = await officer.get<{ plan: { outcomes: { id: string; reference: string }[] } }>(
    `/v1/budgets/${around.budgetId}`,
  );
  const outcomes = new Map(plan.outcomes.map(({ reference, id }) => [reference, id]));
  for (const agreement of budget.agreements) {
    const key = `${budget.reference} ${agreement.payer}`;
    const { id: agreementId } = await officer.post<Made>(
      '/v1/agreements',
      {
        budgetId: around.budgetId,
        payerId: authority.payers[agreement.payer],
        validFrom: agreement.from,
        signedOn: addDays(agreement.from, -14),
        reason: 'The plan was agreed with the family.',
      },
      `demo agreement ${key}`,
    );
    const lines = agreement.lines.map((line) => lineBody(line, agreementId, outcomes, around.payees));
    await officer.post(`/v1/budgets/${around.budgetId}/lines`, { lines }, `demo lines ${key}`);
    await addSchedules(officer, agreement, agreementId, around.accountId);
    for (const { from, ...change } of agreement.changes) {
      const terms = { validFrom: from, ...change };
      await officer.post(`/v1/agreements/${agreementId}/versions`, terms, `demo version ${key} ${from}`);
    }
  }
}

function lineBody(
  line: LineScenario,
  agreementId: string,
  outcomes: ReadonlyMap<string, string>,
  payees: ReadonlyMap<string, string>,
): object {
  const { hours } = line;
  return {
    agreementId,
    name: line.name,
    stream: line.stream,
    mechanism: 'DIRECT_PAYMENT',
    holder: line.holder,
    planSection: line.section,
    amount: decimalText(line.amountPence),
    ...(hours ? { quantity: hours.quantity, unit: hours.unit, rate: decimalText(hours.ratePence) } : {}),
    startsOn: line.from,
    endsOn: line.to,
    ...(line.payee ? { payeeId: payees.get(line.payee) } : {}),
    outcomeIds: [outcomes.get(line.outcome)],
  };
}

async function addSchedules(
  officer: DemoApiClient,
  { schedules }: AgreementScenario,
  agreementId: string,
  accountId: string,
) {
  for (const { key, amountPence, ...schedule } of schedules) {
    const body = { agreementId, designatedAccountId: accountId, amount: decimalText(amountPence), ...schedule };
    await officer.post('/v1/instalment-schedules', body, `demo schedule ${key}`);
  }
}

async function letIn(
  context: DemoContext,
  officer: DemoApiClient,
  family: Family,
  budget: BudgetScenario,
  budgetId: string,
  recipientId: string,
): Promise<void> {
  const { account, recipient } = family;
  const give = (role: string, to: object, who: string): Promise<void> =>
    giveRole(officer, { role, ...to, budgetId }, `demo grant ${budget.reference} ${who}`);
  if (recipient.email) await give('RECIPIENT', { personId: recipientId }, 'recipient');
  const holder = account.organisation ? context.organisations.get(account.organisation) : undefined;
  if (holder) await give('MANAGED_ACCOUNT_PROVIDER', { personId: holder.personId }, 'holder');
  const bureau = budget.bureau ? context.organisations.get(budget.bureau) : undefined;
  if (bureau) await give('PAYROLL_BUREAU', { apiClientId: bureau.apiClientId }, 'bureau');
}
