import { Database } from '@ringfence/platform';
import { originalText } from '@ringfence/reporting';
import { parse } from 'csv-parse/sync';
import type { TestApi } from '../support/api.js';
import { seedStatementLine } from '../support/seed.js';
import { password, startWorld, type World } from '../browser/world.js';
import { CookieClient } from './cookie-client.js';

let world: World;
let family: CookieClient;
let officer: CookieClient;

beforeAll(async () => {
  world = await startWorld();
  const seeds = { owner: world.owner, database: world.web.get(Database) } as unknown as TestApi;
  for (const [date, amountPence, description] of [
    ['2026-04-02', 50_000n, 'COUNCIL DP'],
    ['2026-04-09', -2_000n, '+SWIM SCHOOL'],
  ] as const) {
    await seedStatementLine(seeds, world.authority.id, world.budget, { date, amountPence, description });
  }
  [family, officer] = [await signedIn(world.emails.family), await signedIn(world.emails.officer)];
}, 120_000);
afterAll(() => world?.stop(), 60_000);

async function signedIn(email: string): Promise<CookieClient> {
  const client = new CookieClient();
  const form = await client.get(`${world.url}/sign-in`);
  await client.post(form.url, { email, password });
  return client;
}

const statement = (days: string): string => `${world.url}/budgets/${world.budget.id}/statement-of-account.csv?${days}`;

function rowsOf(text: string): Readonly<Record<string, string>>[] {
  return parse(text, { bom: true, columns: true, record_delimiter: '\r\n' });
}

describe('A download', () => {
  it('of a family’s statement of account is offered on its budget, for all dates so far', async () => {
    const page = await family.get(`${world.url}/budgets/${world.budget.id}`);
    expect(page.text).toContain('Download as CSV');
    expect(page.text).toMatch(/name="from" type="date" value="2026-04-01"[^]*name="to" type="date" value="2026-06-15"/);
    const file = await family.get(statement('from=2026-04-01&to=2026-06-15'));
    expect(file.headers.get('content-disposition')).toBe(
      'attachment; filename="statement-of-account-2026-04-01-to-2026-06-15.csv"',
    );
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    const words = rowsOf(file.text)
      .filter(({ account, row }) => account === 'BANK' && row === 'entry')
      .map(({ description, amount }) => [originalText(description!), amount]);
    expect(words).toEqual([
      ['COUNCIL DP', '500.00'],
      ['+SWIM SCHOOL', '-20.00'],
    ]);
    expect(file.text).toContain("'+SWIM SCHOOL");
  });

  it('is refused on a page, in a sentence, for dates that make no sense', async () => {
    const wrong = await family.get(statement('from=1%2F4%2F2026&to=2026-06-15'));
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('The first day of the file is &quot;1/4/2026&quot;: go back and choose a day');
    const turned = await family.get(statement('from=2026-06-15&to=2026-04-01'));
    expect(turned.status).toBe(422);
    expect(turned.text).toContain('The last day of the file, 1 April 2026, is before the first, 15 June 2026');
  });

  it('of the work list or the trial balance is for officers alone', async () => {
    const page = await officer.get(`${world.url}/work-list?need=suspense`);
    expect(page.text).toContain('href="/work-list.csv?need=suspense"');
    expect(page.text).toContain('href="/trial-balance.csv"');
    const list = await officer.get(`${world.url}/work-list.csv?need=suspense`);
    expect(rowsOf(list.text).map(({ budgetId }) => budgetId)).toEqual([world.budget.id]);
    expect(rowsOf((await officer.get(`${world.url}/trial-balance.csv`)).text).length).toBeGreaterThan(0);
    for (const path of ['work-list.csv', 'trial-balance.csv']) {
      expect((await family.get(`${world.url}/${path}`)).status).toBe(403);
    }
    const elsewhere = '0190f0f0-0000-7000-8000-000000000001';
    const stranger = await family.get(
      `${world.url}/budgets/${elsewhere}/statement-of-account.csv?from=2026-04-01&to=2026-06-15`,
    );
    expect(stranger.status).toBe(404);
  });

  it('asks a stranger to sign in first', async () => {
    const page = await new CookieClient().get(`${world.url}/work-list.csv`);
    expect(page.url).toContain('/interaction/');
  });
});
