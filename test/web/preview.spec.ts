import { decimalText } from '@ringfence/kernel';
import { password, startWorld, type World } from '../browser/world.js';
import { CookieClient, hidden, type Seen } from './cookie-client.js';

let world: World;
let family: CookieClient;

beforeAll(async () => {
  world = await startWorld();
  family = new CookieClient();
  const form = await family.get(`${world.url}/sign-in`);
  await family.post(form.url, { email: world.emails.family, password });
}, 120_000);
afterAll(() => world?.stop(), 60_000);

/** HSBC's export: no header, no balances. So many payments of different amounts, of one day. */
function file(day: string, words: string, count: number): string {
  const rows = Array.from({ length: count }, (_, at) => `${day},${words} ${at},-${decimalText(BigInt(1_000 + at))}`);
  return rows.join('\n');
}

/** Sends a file and waits for its preview. */
async function sent(name: string, content: string): Promise<Seen> {
  const page = await family.get(`${world.url}/budgets/${world.budget.id}/send-statement`);
  const form = new FormData();
  for (const field of ['_csrf', 'key', 'account']) form.append(field, hidden(page, field));
  form.append('file', new Blob([content], { type: 'text/csv' }), name);
  const answer = await family.send(`${world.url}/budgets/${world.budget.id}/send-statement`, {
    method: 'POST',
    body: form,
  });
  for (let waited = 0; waited < 100; waited += 1) {
    const seen = await family.get(answer.url);
    if (!seen.text.includes('id="waiting"')) return seen;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`${name} was not read.`);
}

/** Presses a button of the preview's form, with what the page carries and these ticks besides. */
function press(
  page: Seen,
  action: 'preview' | 'confirm',
  fields: Readonly<Record<string, string | readonly string[]>>,
) {
  const body = new URLSearchParams();
  for (const [, name, value] of page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)) {
    if (name !== '_csrf' || !body.has('_csrf')) body.append(name!, value!);
  }
  for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) body.append(name, value);
  const address = page.url.replace(/\/(preview|confirm)$/, '');
  return family.send(`${address}/${action}`, { method: 'POST', body });
}

const goOf = (page: Seen, text: string, heading: string): string =>
  new RegExp(`value="([^"]+)" name="go"[^>]*>\\s*${text}<span[^>]*>: ${heading}`).exec(page.text)?.[1] ?? '';

const positionsOf = (page: Seen): string[] =>
  [...page.text.matchAll(/type="checkbox" name="accept" value="(\d+)"/g)].map(([, value]) => value!);

async function postedSince(words: string): Promise<number> {
  const { rows } = await world.owner.query<{ lines: bigint }>(
    'SELECT count(*) AS lines FROM statement_lines WHERE description LIKE $1',
    [`${words} %`],
  );
  return Number(rows[0]!.lines);
}

describe('A preview of more lines than a page shows', () => {
  it('is paged through to its end and back', async () => {
    const first = await sent('april.csv', file('10/04/2026', 'PAYMENT', 250));
    expect(first.text).toContain('Lines 1 to 100 of 250');
    const second = await press(first, 'preview', { go: goOf(first, 'Next lines', 'New') });
    expect(second.status).toBe(200);
    expect(second.text).toContain('Lines 101 to 200 of 250');
    expect(second.text).toContain('PAYMENT 149<');
    const third = await press(second, 'preview', { go: goOf(second, 'Next lines', 'New') });
    expect(third.text).toContain('Lines 201 to 250 of 250');
    expect(third.text).toContain('PAYMENT 0<');
    expect(goOf(third, 'Next lines', 'New')).toBe('');
    const again = await press(third, 'preview', { go: goOf(third, 'First lines', 'New') });
    expect(again.text).toContain('Lines 1 to 100 of 250');
    const done = await press(again, 'confirm', {});
    expect(done.text).toContain('Your payments are added: 250 new');
    expect(await postedSince('PAYMENT')).toBe(250);
  }, 60_000);

  it('lets possible duplicates be accepted on every page of it, and keeps what was ticked on another', async () => {
    const first = await sent('april-again.csv', file('11/04/2026', 'RENAMED', 130));
    expect(first.text).toContain('Lines 1 to 100 of 130');
    expect(positionsOf(first)).toHaveLength(100);
    const [one, two] = positionsOf(first) as [string, string];
    const next = goOf(first, 'Next lines', 'These may be there already');
    const second = await press(first, 'preview', { go: next, accept: [one, two] });
    expect(positionsOf(second)).toHaveLength(30);
    const back = await press(second, 'preview', {
      go: goOf(second, 'First lines', 'These may be there already'),
      accept: positionsOf(second)[29]!,
    });
    expect(back.text.match(/name="accept" value="\d+" checked/g)).toHaveLength(2);
    const done = await press(back, 'confirm', { accept: [one, two] });
    expect(done.text).toContain('Your payments are added: 3 new');
    expect(await postedSince('RENAMED')).toBe(3);
  }, 60_000);

  it('lets all possible duplicates be accepted at once, also those on pages that were not opened', async () => {
    const first = await sent('april-once-more.csv', file('12/04/2026', 'ONCE MORE', 110));
    expect(first.text).toContain('All 110 of these are new');
    const done = await press(first, 'confirm', { acceptAll: 'yes' });
    expect(done.text).toContain('Your payments are added: 110 new');
    expect(await postedSince('ONCE MORE')).toBe(110);
  }, 60_000);

  it('leads back to itself where a page of it is asked for by address', async () => {
    const first = await sent('may.csv', file('10/05/2026', 'MAY', 3));
    const seen = await family.get(`${first.url}/preview`);
    expect([seen.status, seen.url]).toEqual([200, first.url]);
  }, 60_000);
});
