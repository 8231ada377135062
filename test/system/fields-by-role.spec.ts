import { authorityRoles, fieldsByRole, roles, type Role, type ShownKind } from '@ringfence/identity';
import { startApi, type Caller, type TestApi } from '../support/api.js';
import { seedGrant, seedPayee, seedPerson } from '../support/seed.js';
import { describedBy, type Described, type Schema } from './operations.js';
import { populateAuthority, type PopulatedAuthority, type PopulatedFamily } from './populate.js';

let api: TestApi;
let described: Described;
let authority: PopulatedAuthority;
let family: PopulatedFamily;

beforeAll(async () => {
  api = await startApi();
  described = describedBy(api);
  authority = await populateAuthority(api, 'Oakshire');
  family = authority.families[0]!;
  await seedPayee(api, authority.id, family.id, {
    name: 'Sue Speaks',
    kind: 'THERAPIST',
    relationship: 'aunt',
    livesWithChild: [{ from: '2026-01-01' }],
    livesWithRecipient: [{ from: '2026-01-01' }],
  });
  const ben = `(SELECT id FROM payees WHERE budget_id = $1 AND name = 'Ben Brown')`;
  await api.owner.query(
    `INSERT INTO household_memberships (authority_id, id, budget_id, payee_id, lives_with, valid_from, recorded_by)
     VALUES ($2, gen_random_uuid(), $1, ${ben}, 'RECIPIENT', '2026-01-01', $3)`,
    [family.id, authority.id, authority.financeOfficer.id],
  );
}, 120_000);

afterAll(() => api?.stop());

/** Where each thing of the table is answered: one, or the first of a list. */
const answered: Readonly<Record<ShownKind, () => readonly string[]>> = {
  BudgetSummary: () => ['/v1/budgets'],
  Budget: () => [`/v1/budgets/${family.id}`],
  DesignatedAccount: () => ['/v1/designated-accounts', `/v1/designated-accounts/${family.designatedAccountId}`],
  Payee: () => [`/v1/payees?budgetId=${family.id}`],
  ExceptionApproval: () => ['/v1/exception-approvals'],
};
const kinds = Object.keys(fieldsByRole) as ShownKind[];

/** The paths of every field that a schema describes, down to those that hold no others. */
function leaves(schema: Schema, within = ''): string[] {
  if (schema.$ref) return leaves(described.schemas[schema.$ref.split('/').at(-1)!]!, within);
  if (schema.items) return leaves(schema.items, within);
  const [one] = (schema.oneOf ?? []).filter(({ type }) => type !== 'null');
  if (one) return leaves(one, within);
  if (!schema.properties) return [within];
  return Object.entries(schema.properties).flatMap(([name, field]) =>
    leaves(field, within === '' ? name : `${within}.${name}`),
  );
}

/** The paths of the fields that a value has; an empty list counts as all that the table has under it. */
function held(value: unknown, within = ''): string[] {
  if (Array.isArray(value)) return value.length === 0 ? [`${within}.*`] : value.flatMap((item) => held(item, within));
  if (typeof value !== 'object' || value === null) return [within];
  return Object.entries(value).flatMap(([name, field]) => held(field, within === '' ? name : `${within}.${name}`));
}

/** Whether a schema lets a field be left out, where it stands or with a group around it. */
function mayBeAbsent(schema: Schema, path: readonly string[]): boolean {
  if (schema.$ref) return mayBeAbsent(described.schemas[schema.$ref.split('/').at(-1)!]!, path);
  if (schema.items) return mayBeAbsent(schema.items, path);
  const [name, ...rest] = path;
  if (name === undefined) return false;
  return !schema.required?.includes(name) || mayBeAbsent(schema.properties?.[name] ?? {}, rest);
}

async function holderOf(role: Role): Promise<Caller> {
  const person = await seedPerson(api, authority.id, `Somebody ${role}`);
  await seedGrant(
    api,
    authority.id,
    role,
    { personId: person.id },
    authorityRoles.includes(role) ? undefined : family.id,
  );
  return person;
}

describe('the table of field × role', () => {
  it.each(kinds)('lists exactly the fields of %s in the OpenAPI document', (kind) => {
    // A new field takes a row in libs/identity/src/domain/fields.ts: decide there which roles get it.
    expect([...new Set(leaves(described.schemas[kind]!))].sort()).toEqual(Object.keys(fieldsByRole[kind]).sort());
  });

  it.each(kinds)('hides only fields of %s that the OpenAPI document calls optional', (kind) => {
    const table: Readonly<Record<string, readonly Role[]>> = fieldsByRole[kind];
    const kept = Object.keys(table).filter((path) => table[path]!.length < roles.length);
    const promised = kept.filter((path) => !mayBeAbsent(described.schemas[kind]!, path.split('.')));
    expect(promised).toEqual([]);
  });

  describe.each(roles)('for %s', (role) => {
    it('decides which fields an answer contains', async () => {
      const caller = await holderOf(role);
      for (const kind of kinds) {
        const table: Readonly<Record<string, readonly Role[]>> = fieldsByRole[kind];
        for (const path of answered[kind]()) {
          const { status, body } = await caller.get(path);
          if (kind === 'ExceptionApproval' && status === 403) {
            expect(role).toBe('MANAGED_ACCOUNT_PROVIDER');
            continue;
          }
          const items = (body.items ?? [body]) as unknown[];
          expect([path, status, items.length > 0]).toEqual([path, 200, true]);
          const found = new Set(items.flatMap((item) => held(item)));
          const whole = (field: string) =>
            field.split('.').some((_, order, parts) => found.has(`${parts.slice(0, order + 1).join('.')}.*`));
          const given = Object.keys(table).filter((field) => table[field]!.includes(role));
          const missing = given.filter((field) => !found.has(field) && !whole(field) && !nullAbove(items, field));
          const tooMuch = [...found].filter(
            (field) => !field.endsWith('.*') && !table[field]?.includes(role) && !above(table, field, role),
          );
          expect({ path, missing, tooMuch }).toEqual({ path, missing: [], tooMuch: [] });
        }
      }
    });
  });

  it('applies to each budget: a person who is recipient of one and bureau of another sees all fields of the first only', async () => {
    const [first, second] = authority.families;
    const both = await seedPerson(api, authority.id, 'Bo Both');
    await seedGrant(api, authority.id, 'RECIPIENT', { personId: both.id }, first!.id);
    await seedGrant(api, authority.id, 'PAYROLL_BUREAU', { personId: both.id }, second!.id);
    expect((await both.get(`/v1/budgets/${first!.id}`)).body.child.dateOfBirth).toBe('2014-05-05');
    expect(Object.keys((await both.get(`/v1/budgets/${second!.id}`)).body)).not.toContain('child');
    const { items } = (await both.get('/v1/budgets')).body as { items: { id: string; childName?: string }[] };
    expect(items.map(({ id, childName }) => [id, childName !== undefined]).sort()).toEqual(
      [
        [first!.id, true],
        [second!.id, false],
      ].sort(),
    );
    const accounts = (await both.get('/v1/designated-accounts')).body.items as { id: string; sortCode?: string }[];
    expect(accounts.find(({ id }) => id === second!.designatedAccountId)).not.toHaveProperty('sortCode');
    expect(accounts.find(({ id }) => id === first!.designatedAccountId)).toHaveProperty('sortCode');
  });

  it('shows a payroll bureau only its employees, and nothing about a therapy', async () => {
    const { bureau } = family;
    const names = (await bureau.get(`/v1/payees?budgetId=${family.id}`)).body.items.map(
      ({ name }: { name: string }) => name,
    );
    expect(names).toEqual(['Anna Smith', 'Ben Brown']);
    const budget = await bureau.get(`/v1/budgets/${family.id}`);
    expect(budget.body.payees.map(({ name }: { name: string }) => name)).toEqual(names);
    expect(budget.bytes.toString()).not.toMatch(/Speaks|Acorns|joins in|Personal assistant \(|2014-05-05|309950|Kit/);
  });
});

describe('a spend check', () => {
  const check = async (caller: Caller, payee: string) => {
    const asked = { id: '1', date: '2026-06-01', amount: '-40.00', stream: 'EDU', planned: true };
    const description = 'Personal assistant';
    const body = { budgetId: family.id, ...asked, description, payee: { name: payee, relationship: 'none' } };
    return (await caller.post('/v1/spend-checks', body)).body;
  };

  it('shows the budget line and its outcome to a family and not to a payroll bureau', async () => {
    const told = await check(family.recipient, 'Anna Smith');
    expect(told.outcomesMet).toMatchObject([{ budgetLine: 'Personal assistant (EDU)', outcomes: ['Kit joins in'] }]);
    const { outcomesMet, answer } = await check(family.bureau, 'Anna Smith');
    expect({ outcomesMet, answer }).toEqual({
      outcomesMet: [],
      answer: 'Yes, this can be paid from the budget, as it is agreed in the plan.',
    });
  });

  it('tells a payroll bureau which of its employees live with the child, and nobody else', async () => {
    expect(await check(family.recipient, 'Sue Speaks')).toMatchObject({ verdict: 'excluded' });
    expect(await check(family.bureau, 'Ben Brown')).toMatchObject({ verdict: 'excluded' });
    for (const name of ['Sue Speaks', 'Nobody Known']) {
      expect(await check(family.bureau, name)).toMatchObject({
        status: 422,
        errors: [
          {
            pointer: '/payee/name',
            message: `There is no employee "${name}" of this budget that you can see: ask about an employee by the name that the authority has recorded.`,
          },
        ],
      });
    }
  });
});

/** A value that stands for a group with nothing in it, such as null, is shown where any field of the group is. */
function above(table: Readonly<Record<string, readonly Role[]>>, field: string, role: Role): boolean {
  return Object.keys(table).some((path) => path.startsWith(`${field}.`) && table[path]!.includes(role));
}

function nullAbove(items: readonly unknown[], field: string): boolean {
  const [first] = field.split('.');
  return items.every((item) => (item as Record<string, unknown>)[first!] === null);
}
