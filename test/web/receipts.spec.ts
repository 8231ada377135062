import { jest } from '@jest/globals';
import { Database } from '@ringfence/platform';
import { password, startWorld, type World } from '../browser/world.js';
import { png } from '../evidence/sample-files.js';
import type { TestApi } from '../support/api.js';
import { seedBudget, seedStatementLine } from '../support/seed.js';
import { CookieClient, hidden, type Seen } from './cookie-client.js';

// Each test signs in, some of them several times.
jest.setTimeout(60_000);

let world: World;
let [family, officer]: CookieClient[] = [];
let swimming: string;
let club: string;

beforeAll(async () => {
  world = await startWorld();
  [family, officer] = await Promise.all([world.emails.family, world.emails.officer].map(signedIn));
  const api = seeder();
  const line = { date: '2026-06-01', amountPence: -1_800n, description: 'SWIM SCHOOL' };
  swimming = await seedStatementLine(api, world.authority.id, world.budget, line);
  club = await seedStatementLine(api, world.authority.id, world.budget, {
    ...line,
    amountPence: -2_500n,
    description: 'YOUTH CLUB',
  });
}, 120_000);
afterAll(() => world?.stop(), 60_000);

/** What seeding takes of an API, over the pages' database. */
function seeder(): TestApi {
  const { owner, databaseUrl, issuer } = world;
  return { owner, databaseUrl, issuer, database: world.web.get(Database), as: () => ({}) } as unknown as TestApi;
}

async function signedIn(email: string): Promise<CookieClient> {
  const client = new CookieClient();
  const form = await client.get(`${world.url}/sign-in`);
  await client.post(form.url, { email, password });
  return client;
}

async function send(client: CookieClient, word: string, payment = ''): Promise<Seen> {
  const address = `${world.url}/budgets/${world.budget.id}/send-receipt`;
  const page = await client.get(address);
  const form = new FormData();
  for (const field of ['_csrf', 'key']) form.append(field, hidden(page, field));
  for (const [field, value] of [
    ['payment', payment],
    ['supplier', ''],
    ['amount', ''],
  ] as const)
    form.append(field, value);
  form.append('file', new Blob([new Uint8Array(png(word))], { type: 'image/png' }), `${word}.png`);
  return client.send(address, { method: 'POST', body: form });
}

const linkOf = async (word: string): Promise<{ id: string; line: string | null }> => {
  const { rows } = await world.owner.query<{ id: string; line: string | null }>(
    'SELECT id, statement_line_id AS line FROM receipts WHERE file_name = $1',
    [`${word}.png`],
  );
  return rows[0]!;
};

describe('A receipt without a payment', () => {
  it('is listed for the family and for officers, who can choose its payment', async () => {
    const home = await send(family!, 'waiting');
    expect(home.text).toContain('1 receipt has no payment yet.');
    const { id } = await linkOf('waiting');
    const choose = `/budgets/${world.budget.id}/receipts/${id}/payment`;
    for (const client of [family!, officer!]) {
      const page = await client.get(`${world.url}/budgets/${world.budget.id}`);
      expect(page.text).toContain('Receipts without a payment');
      expect(page.text).toContain(`href="${choose}"`);
    }
    const form = await family!.get(world.url + choose);
    expect(form.text).toContain('1 June 2026, £18.00, SWIM SCHOOL');
    const empty = await family!.post(form.url, { _csrf: hidden(form, '_csrf'), payment: '' });
    expect([empty.status, empty.text.includes('Choose the payment.')]).toEqual([422, true]);
    const done = await family!.post(form.url, { _csrf: hidden(form, '_csrf'), payment: swimming });
    expect(done.text).toContain('The receipt goes with this payment now: 1 June 2026, £18.00, SWIM SCHOOL.');
    expect(done.text).not.toContain('Receipts without a payment');
    expect(await linkOf('waiting')).toEqual({ id, line: swimming });
  });

  it('gets its payment when it is sent again with one', async () => {
    await send(family!, 'again');
    const told = await send(family!, 'again', club);
    expect(told.text).toContain(
      'We had this receipt already. It goes with this payment now: 1 June 2026, £25.00, YOUTH CLUB.',
    );
    expect((await linkOf('again')).line).toBe(club);
    const once = await send(family!, 'again');
    expect(once.text).toContain('We have this receipt already, with this payment: 1 June 2026, £25.00, YOUTH CLUB.');
  });

  it('that has another payment keeps it until its sender has decided', async () => {
    const asked = await send(family!, 'again', swimming);
    const { id } = await linkOf('again');
    expect(asked.url).toBe(`${world.url}/budgets/${world.budget.id}/receipts/${id}/payment?payment=${swimming}`);
    expect(asked.text).toContain('It goes with this payment now: 1 June 2026, £25.00, YOUTH CLUB.');
    expect(asked.text).toContain('Nothing has been changed: choose the right one and save.');
    expect((await linkOf('again')).line).toBe(club);
    const done = await family!.post(asked.url.split('?')[0]!, { _csrf: hidden(asked, '_csrf'), payment: swimming });
    expect(done.text).toContain('The receipt goes with this payment now: 1 June 2026, £18.00, SWIM SCHOOL.');
    const none = await family!.post(asked.url.split('?')[0]!, { _csrf: hidden(done, '_csrf'), payment: '' });
    expect(none.text).toContain('The receipt has no payment now.');
  });

  it('is nobody else’s to link: not by another budget’s address, and not to another budget’s payment', async () => {
    const { id } = await linkOf('again');
    const elsewhere = '0190f0f0-0000-7000-8000-000000000001';
    expect((await officer!.get(`${world.url}/budgets/${elsewhere}/receipts/${id}/payment`)).status).toBe(404);
    expect((await family!.get(`${world.url}/budgets/${elsewhere}/receipts/${id}/payment`)).status).toBe(403);
    expect((await family!.get(`${world.url}/budgets/${world.budget.id}/receipts/${elsewhere}/payment`)).status).toBe(
      404,
    );
    const seeds = seeder();
    const other = await seedBudget(seeds, world.authority);
    const foreign = await seedStatementLine(seeds, world.authority.id, other, {
      date: '2026-06-02',
      amountPence: -100n,
      description: 'OTHER',
    });
    const form = await family!.get(`${world.url}/budgets/${world.budget.id}/receipts/${id}/payment`);
    const refused = await family!.post(form.url, { _csrf: hidden(form, '_csrf'), payment: foreign });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(`There is no statement line ${foreign} that you can see.`);
  });
});
