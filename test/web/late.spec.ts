import { jest } from '@jest/globals';
import { keptUploadsPerPersonMax } from '@ringfence/evidence';
import { Database } from '@ringfence/platform';
import { password, startWorld, statement, type World } from '../browser/world.js';
import { png } from '../evidence/sample-files.js';
import type { TestApi } from '../support/api.js';
import { seedStatementLine } from '../support/seed.js';
import { CookieClient, hidden, type Seen } from './cookie-client.js';

// Each test signs in, some of them several times.
jest.setTimeout(60_000);

let world: World;
let swimming: string;
let [receiptForm, statementForm]: string[] = [];
const notKept = 'What you sent was not kept: send it again after signing in.';
const nothingChanged = 'You had been signed out before you sent that, so nothing was changed. Please do it again.';

beforeAll(async () => {
  world = await startWorld();
  const api = { owner: world.owner, database: world.web.get(Database) } as unknown as TestApi;
  const line = { date: '2026-06-01', amountPence: -1_800n, description: 'SWIM SCHOOL' };
  swimming = await seedStatementLine(api, world.authority.id, world.budget, line);
  receiptForm = `${world.url}/budgets/${world.budget.id}/send-receipt`;
  statementForm = `${world.url}/budgets/${world.budget.id}/send-statement`;
}, 120_000);
afterAll(() => world?.stop(), 60_000);
beforeEach(() => world.owner.query('DELETE FROM kept_uploads'));

async function signedIn(email: string, path = '/'): Promise<{ client: CookieClient; page: Seen }> {
  const client = new CookieClient();
  const form = await client.get(`${world.url}/sign-in?to=${encodeURIComponent(path)}`);
  return { client, page: await client.post(form.url, { email, password }) };
}

/** Two idle hours pass, or more, at the pages and at the identity provider. */
async function goIdle(client: CookieClient, hours = 3): Promise<void> {
  await world.owner.query(
    `UPDATE web_sessions SET expires_at = clock_timestamp() + interval '2 hours' - make_interval(hours => $1)
      WHERE expires_at <> '-infinity'`,
    [hours],
  );
  client.cookies.delete('provider_session');
}

interface Given {
  readonly payment?: string;
  readonly token?: string;
  readonly bytes?: Uint8Array;
}

function filled(page: Seen, word: string, given: Given = {}): FormData {
  const form = new FormData();
  form.append('_csrf', given.token ?? hidden(page, '_csrf'));
  form.append('key', hidden(page, 'key'));
  form.append('payment', given.payment ?? '');
  form.append('supplier', 'Swim School');
  form.append('amount', '£18.00');
  form.append('file', new Blob([new Uint8Array(given.bytes ?? png(word))], { type: 'image/png' }), `${word}.png`);
  return form;
}

const post = (client: CookieClient, address: string, body: FormData | URLSearchParams): Promise<Seen> =>
  client.send(address, { method: 'POST', body });

const again = (client: CookieClient, asked: Seen, email: string): Promise<Seen> =>
  client.post(asked.url, { email, password });

/** A receipt that the family sends three hours after they last did something. */
async function sentLate(word: string, given: Given = {}): Promise<{ client: CookieClient; asked: Seen }> {
  const { client } = await signedIn(world.emails.family);
  const page = await client.get(receiptForm!);
  await goIdle(client);
  return { client, asked: await post(client, receiptForm!, filled(page, word, given)) };
}

async function count(table: 'receipts' | 'kept_uploads' | 'statement_imports', name: string): Promise<number> {
  const { rows } = await world.owner.query(`SELECT 1 FROM ${table} WHERE file_name = $1`, [name]);
  return rows.length;
}

const press = (client: CookieClient, page: Seen, button: 'add' | 'leave'): Promise<Seen> => {
  const address = new RegExp(`action="(/kept-uploads/[^"]+/${button})"`).exec(page.text)![1]!;
  return client.post(world.url + address, { _csrf: hidden(page, '_csrf') });
};

describe('A receipt that is sent after the session has ended', () => {
  it('is kept, asked about after signing in again, and added with the payment that was chosen', async () => {
    const { client, asked } = await sentLate('swim', { payment: swimming });
    expect(asked.url).toContain('/interaction/');
    expect(await count('receipts', 'swim.png')).toBe(0);

    const page = await again(client, asked, world.emails.family);
    expect(page.url).toBe(`${world.url}/kept-uploads`);
    expect(page.text).toContain('You sent swim.png at 10:00, after you had been signed out. Add it?');
    expect(page.text).toMatch(/A receipt for Kit[^<]*’s budget, for the payment of 1 June 2026, £18.00, SWIM SCHOOL\./);

    const done = await press(client, page, 'add');
    expect(done.url).toBe(`${world.url}/home`);
    expect(done.text).toContain('swim.png was added. Thank you, we have your receipt.');
    const { rows } = await world.owner.query('SELECT * FROM receipts WHERE file_name = $1', ['swim.png']);
    expect(rows).toEqual([
      expect.objectContaining({ statement_line_id: swimming, supplier: 'Swim School', amount_pence: 1_800n }),
    ]);
    expect(await count('kept_uploads', 'swim.png')).toBe(0);
    const twice = await press(
      client,
      { ...page, text: page.text.replaceAll(/_csrf" value="[^"]*/g, `_csrf" value="${hidden(done, '_csrf')}`) },
      'add',
    );
    expect([twice.status, twice.text.includes('This is not kept any more')]).toEqual([404, true]);
    expect(await count('receipts', 'swim.png')).toBe(1);
  });

  it('is left out where its sender says so', async () => {
    const { client, asked } = await sentLate('not-mine');
    const page = await again(client, asked, world.emails.family);
    const done = await press(client, page, 'leave');
    expect(done.url).toBe(`${world.url}/home`);
    expect(done.text).toContain('not-mine.png was not added.');
    expect([await count('receipts', 'not-mine.png'), await count('kept_uploads', 'not-mine.png')]).toEqual([0, 0]);
  });

  it('is shown to nobody but its sender, whoever signs in at the same browser, and to them whenever they come back', async () => {
    const { client, asked } = await sentLate('private');
    const other = await again(client, asked, world.emails.officer);
    expect(other.url).toBe(`${world.url}/work-list`);
    expect(other.text).not.toContain('private.png');
    const { rows } = await world.owner.query<{ id: string }>('SELECT id FROM kept_uploads');
    for (const action of ['add', 'leave']) {
      const refused = await client.post(`${world.url}/kept-uploads/${rows[0]!.id}/${action}`, {
        _csrf: hidden(other, '_csrf'),
      });
      expect(refused.status).toBe(404);
    }
    const { page } = await signedIn(world.emails.family, '/home');
    expect(page.url).toBe(`${world.url}/kept-uploads`);
    expect(page.text).toContain('You sent private.png at 10:00');
  });

  it('that is sent twice is kept once', async () => {
    const { client } = await signedIn(world.emails.family);
    const page = await client.get(receiptForm!);
    await goIdle(client);
    await Promise.all([1, 2].map(() => post(client, receiptForm!, filled(page, 'twice'))));
    expect(await count('kept_uploads', 'twice.png')).toBe(1);
  });

  it('is asked about once more where the form has a fault, and the fault is shown', async () => {
    const { client } = await signedIn(world.emails.family);
    const page = await client.get(receiptForm!);
    await goIdle(client);
    const form = filled(page, 'faulty');
    form.set('amount', 'twelve');
    const kept = await again(client, await post(client, receiptForm!, form), world.emails.family);
    const refused = await press(client, kept, 'add');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('The amount is &quot;twelve&quot;');
    expect(refused.text).toContain('You sent faulty.png at 10:00');
    expect(await count('receipts', 'faulty.png')).toBe(0);
  });

  it.each([
    ['by somebody who never signed in', undefined, {}],
    ['more than a day after the session ended', 27, {}],
    ['with a token that is not the session’s', 3, { token: 'nonsense' }],
    ['that is larger than a receipt can be', 3, { bytes: new Uint8Array(21 * 1024 * 1024) }],
    ['without a file', 3, { bytes: new Uint8Array(0) }],
  ])('%s is not kept, and the page says so plainly', async (_, hours, given) => {
    const page = await (await signedIn(world.emails.family)).client.get(receiptForm!);
    const { client } = hours === undefined ? { client: new CookieClient() } : await signedIn(world.emails.family);
    const own = hours === undefined ? page : await client.get(receiptForm!);
    await goIdle(client, hours);
    const answer = await post(client, receiptForm!, filled(own, 'lost', given));
    expect([answer.status, answer.text.includes(notKept)]).toEqual([200, true]);
    expect(await count('kept_uploads', 'lost.png')).toBe(0);
    const asked = await client.get(world.url + /href="(\/sign-in\?to=[^"]+)"/.exec(answer.text)![1]!);
    expect((await again(client, asked, world.emails.family)).url).toBe(receiptForm);
  });

  it('is not kept for somebody whose grant has ended meanwhile, nor for another family’s budget', async () => {
    const { client } = await signedIn(world.emails.family);
    const page = await client.get(receiptForm!);
    await goIdle(client);
    await world.owner.query(`UPDATE role_grants SET valid_to = '2026-06-14' WHERE budget_id = $1`, [world.budget.id]);
    const refused = await post(client, receiptForm!, filled(page, 'ended'));
    await world.owner.query('UPDATE role_grants SET valid_to = NULL WHERE budget_id = $1', [world.budget.id]);
    expect(refused.text).toContain(notKept);
    const elsewhere = receiptForm!.replace(world.budget.id, '0190f0f0-0000-7000-8000-000000000001');
    expect((await post(client, elsewhere, filled(page, 'ended'))).text).toContain(notKept);
    expect(await count('kept_uploads', 'ended.png')).toBe(0);
  });

  it(`is not kept beside ${keptUploadsPerPersonMax} others`, async () => {
    const { client } = await signedIn(world.emails.family);
    const page = await client.get(receiptForm!);
    await goIdle(client);
    for (let n = 0; n < keptUploadsPerPersonMax; n += 1) await post(client, receiptForm!, filled(page, `many-${n}`));
    expect((await post(client, receiptForm!, filled(page, 'one-more'))).text).toContain(notKept);
    expect(await count('kept_uploads', 'one-more.png')).toBe(0);
    expect(await count('kept_uploads', 'many-4.png')).toBe(1);
  });

  it('is forgotten after a while, and swept', async () => {
    const { client, asked } = await sentLate('old');
    await world.owner.query(
      `UPDATE kept_uploads SET kept_at = '2026-06-12T08:00:00Z', expires_at = '2026-06-15T08:00:00Z'`,
    );
    expect((await again(client, asked, world.emails.family)).url).toBe(`${world.url}/home`);
    await world.owner.query(`UPDATE web_sessions SET expires_at = clock_timestamp() - interval '25 hours'`);
    const report = await world.sweep();
    expect(report.keptUploadsExpired).toBe(1);
    expect(report.sessionsDeleted).toBeGreaterThan(0);
    expect(await count('kept_uploads', 'old.png')).toBe(0);
  });
});

describe('A statement that is sent after the session has ended', () => {
  it('is kept like a receipt, and read once it is added', async () => {
    const { client } = await signedIn(world.emails.family);
    const page = await client.get(statementForm!);
    await goIdle(client);
    const form = new FormData();
    for (const field of ['_csrf', 'key', 'account']) form.append(field, hidden(page, field));
    const bytes = statement(world.accountNumber, [['02/06/2026', 'SWIM SCHOOL', '20.00', '']], 10_000n);
    form.append('file', new Blob([new Uint8Array(bytes)], { type: 'text/csv' }), 'june.csv');
    const kept = await again(client, await post(client, statementForm!, form), world.emails.family);
    expect(kept.text).toContain('You sent june.csv at 10:00, after you had been signed out. Add it?');
    expect(await count('statement_imports', 'june.csv')).toBe(0);
    const done = await press(client, kept, 'add');
    expect(done.url).toMatch(/\/statements\/[0-9a-f-]{36}$/);
    expect(done.text).toContain('june.csv was added');
    expect(await count('statement_imports', 'june.csv')).toBe(1);
  });
});

describe('A session that has ended', () => {
  it('opens no page and does nothing else', async () => {
    const { client, page } = await signedIn(world.emails.family, '/home');
    await goIdle(client);
    expect((await client.get(`${world.url}/home`)).url).toContain('/interaction/');
    expect((await client.get(`${world.url}/kept-uploads`)).url).toContain('/interaction/');
    const out = await client.post(`${world.url}/sign-out`, { _csrf: hidden(page, '_csrf') });
    expect([out.status, out.url]).toEqual([200, `${world.url}/signed-out`]);
  });

  it.each([
    ['for a line', `/budgets/#/lines/%/allocate`, `/budgets/#/lines/%/allocate`],
    ['on a budget’s page', `/budgets/#/suggestions/accept`, `/budgets/#`],
    ['for a receipt', `/budgets/#/receipts/%/payment`, `/budgets/#/receipts/%/payment`],
    ['of a statement', `/statements/%/confirm`, `/statements/%`],
    ['to take a statement back', `/statements/%/reverse`, `/statements/%/reverse`],
  ])('changes nothing by a form %s, and leads back to its page, which says so', async (_, form, page) => {
    const { client, page: home } = await signedIn(world.emails.officer);
    await goIdle(client);
    const at = (path: string): string => world.url + path.replace('#', world.budget.id).replace('%', swimming);
    const body = new URLSearchParams({ _csrf: hidden(home, '_csrf') });
    const landed = await again(client, await post(client, at(form), body), world.emails.officer);
    expect(landed.url).toBe(at(page));
    expect(landed.text).toContain(nothingChanged);
    expect((await client.get(`${world.url}/work-list`)).text).not.toContain(nothingChanged);
  });

  it('is named on the page behind one that only redirects', async () => {
    const client = new CookieClient();
    const asked = await post(client, `${world.url}/statements/${swimming}/preview/elsewhere`, new URLSearchParams());
    expect(asked.status).toBe(404);
    const late = await post(
      client,
      `${world.url}/budgets/${world.budget.id}/suggestions/accept`,
      new URLSearchParams(),
    );
    expect((await again(client, late, world.emails.family)).text).toContain(nothingChanged);
  });
});
