import { newId } from '@ringfence/kernel';
import { startApi, type Answer, type Caller, type TestApi } from '../support/api.js';
import { seedClient, seedPerson, type Actor } from '../support/seed.js';
import { writtenBodies } from './written-bodies.js';
import { send } from './calling.js';
import { idsOfBudget } from './ids-of-budget.js';
import { describedBy, type Described, type Operation, type Schema } from './operations.js';
import { populateAuthority, type PopulatedAuthority } from './populate.js';
import { idsByTable, samplerFor, type Ids, type SampleCall, type Sampler } from './sample.js';

let api: TestApi;
let described: Described;
let authority: PopulatedAuthority;
let own: Ids;
let otherFamily: Ids;
let otherAuthority: Ids;
let sampler: Sampler;
let provider: Actor;
let bureauPerson: Actor;

beforeAll(async () => {
  api = await startApi();
  described = describedBy(api);
  authority = await populateAuthority(api, 'Oakshire');
  const elsewhere = await populateAuthority(api, 'Elmshire');
  const [first, second] = authority.families;
  own = new Map([...(await idsByTable(api, authority.id)), ...(await familyIds(authority.id, first!.id))]);
  otherFamily = await familyIds(authority.id, second!.id);
  otherAuthority = new Map([
    ...(await idsByTable(api, elsewhere.id)),
    ...(await familyIds(elsewhere.id, elsewhere.families[0]!.id)),
  ]);
  sampler = samplerFor(described, own, writtenBodies);
  provider = await seedClient(api, authority.id, [first!.id], { role: 'MANAGED_ACCOUNT_PROVIDER' });
  bureauPerson = await seedPerson(api, authority.id, 'Bea Bureau', 'PAYROLL_BUREAU', first!.id);
}, 180_000);

afterAll(() => api?.stop());

async function familyIds(authorityId: string, budgetId: string): Promise<Ids> {
  const ids = await idsOfBudget(api, authorityId, budgetId);
  return new Map([...ids].flatMap(([table, of]) => (of[0] === undefined ? [] : [[table, of[0]] as const])));
}

const idPattern = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** A call with one of its ids to be replaced, wherever it stands: in the path, the query or the body. */
interface NamedId {
  readonly operation: Operation;
  readonly table: string;
  with(id: string): SampleCall;
}

/** Every id that an operation takes, optional filters included, each with the table that it is of. */
function placesOf(operation: Operation): NamedId[] {
  const sampled = sampler(operation);
  const optional = operation.parameters
    .filter(({ in: place, required, schema }) => place === 'query' && !required && schema?.format === 'uuid')
    .map(({ name }) => [name, tableOf(name)] as const)
    .filter(([, table]) => own.has(table));
  const withFilters = optional.map(([name, table]): NamedId => ({
    operation,
    table,
    with: (id) => ({ ...sampled, path: `${sampled.path}${sampled.path.includes('?') ? '&' : '?'}${name}=${id}` }),
  }));
  const text = JSON.stringify(sampled);
  const found = [...text.matchAll(idPattern)].flatMap(({ 0: id, index }): NamedId[] => {
    const table = [...own].find(([, held]) => held === id)?.[0];
    if (table === undefined) return [];
    const replaced = (by: string) => text.slice(0, index) + by + text.slice(index + id.length);
    return [{ operation, table, with: (by) => JSON.parse(replaced(by)) as SampleCall }];
  });
  const [schema] = Object.values(operation.bodies);
  const inBody = optionalIds(schema ?? {}, sampled.body, '').map(({ pointer, table }): NamedId => ({
    operation,
    table,
    with: (id) => ({ ...sampled, body: withValue(sampled.body, pointer, id) }),
  }));
  return [...withFilters, ...found, ...inBody];
}

/** Ids that a body may have and the sample leaves out, wherever the sample has the object for them. */
function optionalIds(schema: Schema, value: unknown, pointer: string): { pointer: string; table: string }[] {
  if (schema.$ref) return optionalIds(described.schemas[schema.$ref.split('/').at(-1)!]!, value, pointer);
  if (Array.isArray(value)) {
    return value.flatMap((item, order) => optionalIds(schema.items ?? {}, item, `${pointer}/${order}`));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = `${pointer}/${name}`;
    if (name in value) return optionalIds(field, (value as Record<string, unknown>)[name], at);
    const table = tableOf(name);
    return field.format === 'uuid' && own.has(table) ? [{ pointer: at, table }] : [];
  });
}

function withValue(body: unknown, pointer: string, value: unknown): unknown {
  const copy = structuredClone(body);
  const path = pointer.split('/').slice(1);
  const at = path.slice(0, -1).reduce<unknown>((held, key) => (held as Record<string, unknown>)[key], copy);
  (at as Record<string, unknown>)[path.at(-1)!] = value;
  return copy;
}

/** `designatedAccountId` is a row of designated_accounts, and `holderPersonId` of people. */
function tableOf(name: string): string {
  if (/(person|child|recipient)Id$/i.test(name)) return 'people';
  if (/organisationId$/i.test(name)) return 'organisations';
  return `${name.replace(/Id$/, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}s`;
}

/** What an answer tells: its status and its words, but for the id that was asked for and the number of a failure. */
function told({ status, body, bytes }: Answer, id: string): string {
  return `${status} ${(body === undefined ? bytes.toString() : JSON.stringify(body)).replaceAll(id, '…').replace(/Quote \S+/, 'Quote …')}`;
}

async function toldApart(caller: Caller, others: readonly Ids[]): Promise<{ apart: string[]; asked: number }> {
  const apart: string[] = [];
  let asked = 0;
  for (const place of described.operations.flatMap(placesOf)) {
    const ids = others.flatMap((of) => of.get(place.table) ?? []);
    if (ids.length === 0) continue;
    const unknown = newId();
    const expected = told(await send(caller, place.operation, place.with(unknown)), unknown);
    for (const id of ids) {
      asked += 1;
      const answer = told(await send(caller, place.operation, place.with(id)), id);
      if (answer !== expected) {
        apart.push(
          `${place.operation.name} (${place.table})\n  unknown: ${expected}\n  not theirs: ${answer}`.slice(0, 900),
        );
      }
    }
  }
  return { apart, asked };
}

describe('an id of another family gets the same answer as an id that does not exist', () => {
  const families: readonly (readonly [string, () => Caller])[] = [
    ['a recipient', () => authority.families[0]!.recipient],
    ['a managed-account provider', () => provider],
    ['a payroll bureau', () => authority.families[0]!.bureau],
    ['a person of a payroll bureau', () => bureauPerson],
  ];
  it.each(families)(
    'to %s: of another family and of another authority',
    async (_, caller) => {
      const { apart, asked } = await toldApart(caller(), [otherFamily, otherAuthority]);
      expect(asked).toBeGreaterThan(100);
      expect(apart).toEqual([]);
    },
    60_000,
  );

  const officers = ['financeOfficer', 'approver', 'planCoordinator', 'auditor'] as const;
  it.each(officers)(
    'to the %s: of another authority',
    async (role) => {
      const { apart, asked } = await toldApart(authority[role], [otherAuthority]);
      expect(asked).toBeGreaterThan(50);
      expect(apart).toEqual([]);
    },
    60_000,
  );

  it('a budget: 404 in the path, an error of the field in a body or a query', async () => {
    const [first, second] = authority.families;
    const sentence = `There is no budget ${second!.id} that you can see.`;
    for (const path of [`/v1/budgets/${second!.id}`, `/v1/budgets/${second!.id}/manual-journals`]) {
      expect(await first!.recipient.get(path)).toMatchObject({ status: 404, body: { detail: sentence } });
    }
    for (const path of [
      'payees',
      'receipts',
      'statement-lines',
      'reviews',
      'pay-runs',
      'instalments',
      'reports/balances',
    ]) {
      expect(await first!.recipient.get(`/v1/${path}?budgetId=${second!.id}`)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/budgetId', message: sentence }] },
      });
    }
  });

  it('403 is only for what a person may see but not do', async () => {
    const [first] = authority.families;
    expect(await first!.bureau.get(`/v1/receipts?budgetId=${first!.id}`)).toMatchObject({
      status: 403,
      body: {
        detail:
          'You may not see the receipts of this budget: you need the role of finance officer or approver or plan co-ordinator or auditor or recipient of direct payments or managed-account provider. Ask the authority to grant it if you should have it.',
      },
    });
  });
});
