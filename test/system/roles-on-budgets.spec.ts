import { accessTable, authorityRoles, roles, type Action, type Role } from '@ringfence/identity';
import { startApi, type Answer, type Caller, type TestApi } from '../support/api.js';
import { seedClient, seedGrant, seedPerson } from '../support/seed.js';
import { idsOfBudget, type IdsOfBudget } from './ids-of-budget.js';
import { describedBy, type Operation } from './operations.js';
import { populateAuthority, type PopulatedAuthority } from './populate.js';

/**
 * What each operation that reads takes, for every row that it shows; null where no row is of a budget. An operation that
 * is missing here fails the first test.
 */
const actionOf: Readonly<Record<string, Action | null>> = {
  'GET /v1/me': null,
  'GET /v1/people': 'people.read',
  'GET /v1/invitations': null,
  'GET /v1/people/{id}/invitations': null,
  'GET /v1/api-clients/{id}/invitations': null,
  'GET /v1/role-grants': 'grants.read',
  'GET /v1/role-grants/{id}': null,
  'GET /v1/role-grant-proposals': 'grants.read',
  'GET /v1/payers': null,
  'GET /v1/budgets': 'budgets.read',
  'GET /v1/budgets/{id}': 'budgets.read',
  'GET /v1/designated-accounts': 'budgets.read',
  'GET /v1/designated-accounts/{id}': 'budgets.read',
  'GET /v1/instalments': 'agreements.read',
  'GET /v1/payees': 'budgets.read',
  'GET /v1/budgets/{id}/manual-journals': 'ledger.read',
  'GET /v1/policy-trials/{id}': null,
  'GET /v1/policy-versions': null,
  'GET /v1/policy-versions/difference': null,
  'GET /v1/policy-versions/{id}': null,
  'GET /v1/premises-consents': 'consents.read',
  'GET /v1/exception-approvals': 'exceptions.read',
  'GET /v1/exception-approvals/{id}': 'exceptions.read',
  'GET /v1/statement-imports': 'statements.read',
  'GET /v1/statement-imports/{id}': 'statements.read',
  'GET /v1/statement-imports/{id}/lines': 'statements.read',
  'GET /v1/designated-accounts/{id}/statement-months': 'statements.read',
  'GET /v1/designated-accounts/{id}/warnings': 'statements.read',
  'GET /v1/statement-profiles': null,
  'GET /v1/statement-profiles/{id}': null,
  'GET /v1/receipts': 'receipts.read',
  'GET /v1/receipts/{id}': 'receipts.read',
  'GET /v1/receipts/{id}/file': 'receipts.read',
  'GET /v1/periods': null,
  'GET /v1/payroll-thresholds': null,
  'GET /v1/pay-runs': 'pay-runs.read',
  'GET /v1/pay-runs/{id}': 'pay-runs.read',
  'GET /v1/statement-lines': 'statements.read',
  'GET /v1/statement-lines/{id}': 'statements.read',
  'GET /v1/reviews': 'reviews.read',
  'GET /v1/reviews/{id}': 'reviews.read',
  'GET /v1/review-policies': null,
  'GET /v1/reports/balances': 'ledger.read',
  'GET /v1/reports/statement-of-account': 'ledger.read',
  'GET /v1/reports/trial-balance': null,
  'GET /v1/reports/balances.csv': 'ledger.read',
  'GET /v1/reports/statement-of-account.csv': 'ledger.read',
  'GET /v1/reports/trial-balance.csv': null,
  'GET /v1/reports/work-list.csv': 'work-list.read',
};

/** The row of a budget that an operation is asked about, where it does not have one example of each. */
const readyImport = `SELECT id FROM statement_imports WHERE id = ANY ($1) AND state = 'COMMITTED' ORDER BY received_at LIMIT 1`;

interface Side {
  readonly id: string;
  readonly ids: IdsOfBudget;
  readonly importId: string;
}

let api: TestApi;
let authority: PopulatedAuthority;
let reads: readonly Operation[];
let sides: readonly [Side, Side];

beforeAll(async () => {
  api = await startApi();
  authority = await populateAuthority(api, 'Oakshire');
  reads = describedBy(api).operations.filter(({ method }) => method === 'get');
  const [first, second] = authority.families;
  for (const { id: budgetId } of authority.families) {
    const { id: personId } = await seedPerson(api, authority.id, 'Somebody proposed');
    const proposal = { role: 'RECIPIENT', personId, budgetId, validFrom: '2026-05-01', reason: 'The mother was ill.' };
    expect((await authority.financeOfficer.post('/v1/role-grant-proposals', proposal)).status).toBe(201);
  }
  sides = [await sideOf(first!.id), await sideOf(second!.id)];
}, 120_000);

afterAll(() => api?.stop());

async function sideOf(id: string): Promise<Side> {
  const ids = await idsOfBudget(api, authority.id, id);
  const { rows } = await api.owner.query<{ id: string }>(readyImport, [ids.get('statement_imports')]);
  return { id, ids, importId: rows[0]!.id };
}

/** The address that asks an operation about one budget, or undefined where it asks about all at once. */
function addressed({ path, parameters }: Operation, { id, ids, importId }: Side): string | undefined {
  if (path.startsWith('/v1/statement-imports/{id}')) return path.replace('{id}', importId);
  const byPath = path.includes('{id}');
  const byQuery = parameters.some((parameter) => parameter.name === 'budgetId' && parameter.required);
  if (!byPath && !byQuery) return undefined;
  const table = path.split('/')[2]!.replaceAll('-', '_');
  const dates = path.includes('statement-of-account') ? '&from=2026-04-01&to=2026-06-30' : '';
  return path.replace('{id}', ids.get(table)?.[0] ?? '') + (byQuery ? `?budgetId=${id}${dates}` : '');
}

/** Whether an answer shows something: a row, a field or a line of a file. */
function shows({ status, body, bytes }: Answer): boolean {
  if (status !== 200) return false;
  if (body === undefined)
    return bytes.toString().trim().split('\n').length > 1 || bytes.subarray(1, 4).toString() === 'PNG';
  return Array.isArray(body.items) ? body.items.length > 0 : true;
}

function mentions({ status, bytes }: Answer, { ids }: Side): boolean {
  return status === 200 && [...ids.values()].flat().some((id) => bytes.includes(id));
}

/** Which of two budgets an operation shows to a caller. */
async function shownOf(caller: Caller, operation: Operation): Promise<[boolean, boolean]> {
  const path = sides.map((side) => addressed(operation, side));
  if (path[0] !== undefined && path[1] !== undefined) {
    return [shows(await caller.get(path[0])), shows(await caller.get(path[1]))];
  }
  const paged = operation.parameters.some(({ name }) => name === 'limit');
  const answer = await caller.get(paged ? `${operation.path}?limit=200` : operation.path);
  return [mentions(answer, sides[0]), mentions(answer, sides[1])];
}

async function holder(kind: 'person' | 'client', pair: readonly [Role, Role]): Promise<Caller> {
  const made = await (kind === 'person'
    ? seedPerson(api, authority.id, `Two of ${pair.join(' and ')}`)
    : seedClient(api, authority.id, []));
  const to = kind === 'person' ? { personId: made.id } : { apiClientId: made.id };
  for (const [order, role] of pair.entries()) {
    if (authorityRoles.includes(role) && pair.indexOf(role) < order) continue;
    const budgetId = authorityRoles.includes(role) ? undefined : sides[order]!.id;
    await seedGrant(api, authority.id, role, to, budgetId);
  }
  return made;
}

/** What the access table says of each budget: the first role is held on the first, the second on the second. */
function allowed(action: Action, pair: readonly [Role, Role]): [boolean, boolean] {
  const may = (on: number): boolean =>
    pair.some(
      (role, order) =>
        (authorityRoles.includes(role) || order === on) && (accessTable[action] as readonly Role[]).includes(role),
    );
  return [may(0), may(1)];
}

/** What a client may be (0020-role-grants-by-two.sql). */
const machineRoles: readonly Role[] = ['MANAGED_ACCOUNT_PROVIDER', 'PAYROLL_BUREAU'];

function pairsOf(held: readonly Role[]): [Role, Role][] {
  return held.flatMap((one, order) => held.slice(order).map((other): [Role, Role] => [one, other]));
}

describe('a person with one role on a budget and another role on a second budget', () => {
  it('is tried on every operation that reads: the list above has each, with its action', () => {
    expect(reads.map(({ name }) => name).sort()).toEqual(Object.keys(actionOf).sort());
  });

  it('would see data of both budgets everywhere, if every action were allowed', async () => {
    const unseen: string[] = [];
    for (const operation of reads.filter(({ name }) => actionOf[name])) {
      const shown = await shownOf(authority.financeOfficer, operation);
      if (!shown.every(Boolean)) unseen.push(`${operation.name}: ${shown.join()}`);
    }
    expect(unseen).toEqual([]);
  });

  it.each([
    ['person', roles],
    ['client', machineRoles],
  ] as const)(
    'sees of each what the role there allows, as a %s: all pairs of the roles that one may have, everything that can be read',
    async (kind, held) => {
      const wrong: string[] = [];
      for (const pair of pairsOf(held)) {
        const caller = await holder(kind, pair);
        for (const operation of reads) {
          const action = actionOf[operation.name];
          if (!action) continue;
          const [shown, expected] = [await shownOf(caller, operation), allowed(action, pair)];
          if (String(shown) !== String(expected)) {
            wrong.push(`${pair.join(' + ')} ${operation.name}: shown ${shown.join()}, allowed ${expected.join()}`);
          }
        }
      }
      expect(wrong).toEqual([]);
    },
    120_000,
  );
});
