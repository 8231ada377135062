import { accessTable, authorityRoles, roles, type Action, type Role } from '@ringfence/identity';
import { newId } from '@ringfence/kernel';
import { password, startWorld, type World } from '../browser/world.js';
import type { TestApi } from '../support/api.js';
import { seedBudget, seedGrant, type SeededBudget } from '../support/seed.js';
import { CookieClient } from './cookie-client.js';

let world: World;
let seeds: TestApi;
let second: SeededBudget;
let client: CookieClient;

beforeAll(async () => {
  world = await startWorld();
  seeds = {
    owner: world.owner,
    databaseUrl: world.databaseUrl,
    issuer: 'elsewhere',
    as: () => ({}),
  } as unknown as TestApi;
  second = await seedBudget(seeds, world.authority, { streams: ['EDU'] });
  client = new CookieClient();
  const form = await client.get(`${world.url}/sign-in`);
  await client.post(form.url, { email: world.emails.family, password });
}, 120_000);

afterAll(() => world?.stop(), 60_000);

/** Lets the one who is signed in be nothing but these, from the next page on: the first on the first budget, and so on. */
async function letBe(...held: readonly (Role | null)[]): Promise<void> {
  const personId = world.budget.recipient.id;
  // A grant that ends before it begins gives nothing.
  await world.owner.query('UPDATE role_grants SET valid_to = valid_from - 1 WHERE person_id = $1', [personId]);
  for (const [order, role] of held.entries()) {
    if (role === null) continue;
    const budgetId = authorityRoles.includes(role) ? undefined : [world.budget.id, second.id][order];
    await seedGrant(seeds, world.authority.id, role, { personId }, budgetId);
  }
}

const has = (role: Role, action: Action) => (accessTable[action] as readonly Role[]).includes(role);
const ofBudgets = roles.filter((role) => !authorityRoles.includes(role));
const pairs = ofBudgets.flatMap((one) => ofBudgets.map((other): [Role, Role] => [one, other]));

/** The pages of one budget, each with what it takes. */
const pagesOf: Readonly<Record<string, Action>> = {
  '': 'agreements.read',
  '/statement-months': 'statements.read',
  '/send-statement': 'statements.upload',
  '/send-receipt': 'receipts.upload',
  '/statement-of-account.csv?from=2026-04-01&to=2026-06-15': 'ledger.read',
};

describe('Somebody with one role on a budget and another on a second', () => {
  it.each(pairs)(
    'as %s and %s finds at home, and on each budget’s pages, what the role there allows',
    async (...pair) => {
      await letBe(...pair);
      const home = await client.get(`${world.url}/home`);
      for (const [order, role] of pair.entries()) {
        const id = [world.budget.id, second.id][order]!;
        expect([role, home.text.includes(id)]).toEqual([role, has(role, 'agreements.read')]);
        expect([role, home.text.includes(`/budgets/${id}/send-statement`)]).toEqual([
          role,
          has(role, 'statements.upload'),
        ]);
        for (const [page, action] of Object.entries(pagesOf)) {
          const seen = await client.get(`${world.url}/budgets/${id}${page}`);
          expect([role, page, seen.status]).toEqual([role, page, has(role, action) ? 200 : 403]);
          if (seen.status === 403) expect(seen.text).toContain('You do not have access to this page.');
          if (page === '' && seen.status === 200) {
            expect([role, seen.text.includes('id="reviews"')]).toEqual([role, has(role, 'reviews.read')]);
          }
        }
      }
      expect((await client.get(`${world.url}/work-list`)).status).toBe(403);
    },
    30_000,
  );

  it.each(authorityRoles)('as %s finds both on the work list, whatever else they are', async (role) => {
    await letBe(role, 'PAYROLL_BUREAU');
    const page = await client.get(`${world.url}/work-list`);
    expect(page.status).toBe(200);
    for (const { id } of [world.budget, second]) expect(page.text).toContain(id);
  });

  it('sees the same page for a budget that is not opened to them as for one that does not exist', async () => {
    await letBe('RECIPIENT', null);
    for (const page of Object.keys(pagesOf)) {
      const unknown = newId();
      const [ungranted, none] = [
        await client.get(`${world.url}/budgets/${second.id}${page}`),
        await client.get(`${world.url}/budgets/${unknown}${page}`),
      ];
      expect([page, ungranted.status, none.status]).toEqual([page, 404, 404]);
      const words = (text: string, id: string) => text.replaceAll(id, '…').replace(/nonce="[^"]*"|value="[^"]*"/g, '');
      expect(words(ungranted.text, second.id)).toBe(words(none.text, unknown));
    }
  });
});
