import {
  AccountRegister,
  BudgetImport,
  BudgetReader,
  BudgetRegister,
  budgetsEntities,
  InstalmentRegister,
  PayeeRegister,
  PlanRegister,
  type NewBudgetLine,
} from '@ringfence/budgets';
import { addAuthority, identityEntities, type Principal, type Role } from '@ringfence/identity';
import { newId, Problem, SettableClock, type Fault } from '@ringfence/kernel';
import {
  appDataSource,
  Database,
  ownerPool,
  readConfig,
  systemContext,
  type IdempotentRequest,
} from '@ringfence/platform';
import type { Pool } from 'pg';
import { createTestDatabase } from '../support/database.js';

/** A council with one finance officer, and everything that its budgets are kept with. */
export interface Council {
  readonly authorityId: string;
  readonly officer: Principal;
  readonly payerId: string;
  readonly clock: SettableClock;
  readonly database: Database;
  readonly owner: Pool;
  readonly plans: PlanRegister;
  readonly register: BudgetRegister;
  readonly accounts: AccountRegister;
  readonly instalments: InstalmentRegister;
  readonly payees: PayeeRegister;
  readonly reader: BudgetReader;
  readonly imports: BudgetImport;
  close(): Promise<void>;
}

export const today = '2026-04-08';

export async function openCouncil(): Promise<Council> {
  const test = await createTestDatabase();
  const clock = new SettableClock(new Date(`${today}T09:00:00Z`));
  const config = readConfig({ DATABASE_URL: test.url, RINGFENCE_ENVIRONMENT: 'test' });
  const database = new Database(
    await appDataSource(config, [...identityEntities, ...budgetsEntities]).initialize(),
    clock,
  );
  const approver = { name: 'Ola', email: 'ola@example.org', issuer: 'http://localhost:4040', subject: 'ola' };
  const council = { name: 'Fernshire', kind: 'LOCAL_AUTHORITY' as const, code: 'FS', approver };
  const { authorityId } = await addAuthority(test.url, council, '2026-01-01');
  const owner = ownerPool(test.url);
  const payer = await owner.query<{ id: string }>('SELECT id FROM payers WHERE authority_id = $1', [authorityId]);
  const officer = await addPrincipal(owner, authorityId, 'FINANCE_OFFICER', null);
  return {
    authorityId,
    officer,
    payerId: payer.rows[0]!.id,
    clock,
    database,
    owner,
    plans: new PlanRegister(database),
    register: new BudgetRegister(database),
    accounts: new AccountRegister(database),
    instalments: new InstalmentRegister(database),
    payees: new PayeeRegister(database),
    reader: new BudgetReader(database),
    imports: new BudgetImport(database),
    close: async () => {
      await database.close();
      await owner.end();
      await test.drop();
    },
  };
}

export async function addPrincipal(
  owner: Pool,
  authorityId: string,
  role: Role,
  budgetId: string | null,
): Promise<Principal> {
  const id = await addPerson(owner, authorityId, 'Pat Finch', null);
  await owner.query(
    `INSERT INTO role_grants (authority_id, id, person_id, role, budget_id, valid_from, granted_by)
     VALUES ($1, $2, $3, $4, $5, '2026-01-01', '00000000-0000-7000-8000-000000000000')`,
    [authorityId, newId(), id, role, budgetId],
  );
  const grants = [{ role, budgetId, validFrom: '2026-01-01', validTo: null }];
  return {
    authorityId,
    authorityName: 'Fernshire',
    kind: 'person',
    id,
    name: 'Pat Finch',
    organisationId: null,
    grants,
    today,
  };
}

export async function addPerson(owner: Pool, authorityId: string, name: string, born: string | null): Promise<string> {
  const id = newId();
  await owner.query('INSERT INTO people (authority_id, id, name, date_of_birth) VALUES ($1, $2, $3, $4)', [
    authorityId,
    id,
    name,
    born,
  ]);
  return id;
}

let asked = 0;

/** A request of its own each time. */
export function once(key = `key-${(asked += 1)}`): IdempotentRequest {
  return { key, operation: 'test', payload: key };
}

export interface BudgetInPlace {
  readonly childId: string;
  readonly recipientId: string;
  readonly planDocumentId: string;
  readonly outcomeId: string;
  readonly budgetId: string;
  readonly agreementId: string;
}

/** A child of eleven with an EHC plan of one outcome, a budget for the financial year and the council's agreement. */
export async function budgetInPlace(council: Council, reference: string): Promise<BudgetInPlace> {
  const { officer, owner, authorityId, payerId } = council;
  const childId = await addPerson(owner, authorityId, `Child of ${reference}`, '2015-02-03');
  const recipientId = await addPerson(owner, authorityId, `Parent of ${reference}`, null);
  const plan = await council.plans.addPlanDocument(
    officer,
    {
      childId,
      kind: 'EHC_PLAN',
      startsOn: '2026-02-01',
      outcomes: [{ reference: '1', description: 'Rides the bus with a friend' }],
    },
    once(),
  );
  const budget = {
    reference,
    childId,
    recipientId,
    planDocumentId: plan.id,
    startsOn: '2026-04-01',
    endsOn: '2027-03-31',
  };
  const { id: budgetId } = await council.register.createBudget(officer, budget, once());
  const terms = { payerId, validFrom: '2026-04-01', signedOn: '2026-03-20', reason: 'First agreement' };
  const agreement = await council.register.addAgreement(officer, budgetId, terms, once());
  return {
    childId,
    recipientId,
    planDocumentId: plan.id,
    outcomeId: plan.outcomes[0]!.id,
    budgetId,
    agreementId: agreement.id,
  };
}

export function supportLine(
  { agreementId, outcomeId }: BudgetInPlace,
  change: Partial<NewBudgetLine> = {},
): NewBudgetLine {
  return {
    agreementId,
    name: 'Bus companion',
    stream: 'EDU',
    mechanism: 'DIRECT_PAYMENT',
    holder: 'FAMILY',
    planSection: 'F',
    amountPence: 650_000n,
    quantity: '520',
    unit: 'hours',
    ratePence: 1_250n,
    startsOn: '2026-04-01',
    endsOn: '2027-03-31',
    outcomeIds: [outcomeId],
    ...change,
  };
}

export function ownAccount(place: BudgetInPlace, change: object = {}) {
  return {
    kind: 'OWN_BANK' as const,
    name: 'Direct payments',
    bankName: 'Barlow Bank',
    sortCode: '123456',
    accountNumber: '00112233',
    holderPersonId: place.recipientId,
    openedOn: '2026-03-20',
    budgetIds: [place.budgetId],
    ...change,
  };
}

/** The code and the words of a refusal. */
export async function refusal(
  work: Promise<unknown>,
): Promise<{ code: string; message: string; errors: readonly Fault[] }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, message: error.message, errors: error.errors };
    throw error;
  }
  throw new Error('It was accepted.');
}

export function asSystem(council: Council) {
  return systemContext(council.authorityId);
}
