import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { largePng, png } from '../evidence/sample-files.js';
import { password, startWorld, type World } from '../browser/world.js';
import { smallDisk } from '../support/small-disk.js';
import { seedBudget } from '../support/seed.js';
import { storedFiles, storedPath } from '../support/stored-files.js';
import type { TestApi } from '../support/api.js';
import { CookieClient, hidden, type Seen } from './cookie-client.js';

const disk = smallDisk();
if (!disk) process.stdout.write('No disk can be mounted here: what the pages say of a full disk is not shown.\n');
let world: World;
let client: CookieClient;

beforeAll(async () => {
  world = await startWorld(undefined, {
    ...(disk ? { folder: disk.folder } : {}),
    settings: { UPLOADS_PER_DAY_MAX: '6' },
  });
  client = new CookieClient();
  const form = await client.get(`${world.url}/sign-in`);
  await client.post(form.url, { email: world.emails.family, password });
}, 120_000);
afterAll(async () => {
  // A mounted folder can be emptied and not removed.
  await world?.stop().catch(() => undefined);
  disk?.remove();
}, 60_000);

const kept = () => storedFiles(world.folder);

/** Sends a form as the page has it. `to` is another address than the page's own, `account` another account. */
async function send(
  what: 'receipt' | 'statement',
  bytes: Uint8Array,
  to = world.budget.id,
  account?: string,
): Promise<Seen> {
  const page = await client.get(`${world.url}/budgets/${world.budget.id}/send-${what}`);
  const form = new FormData();
  form.append('_csrf', hidden(page, '_csrf'));
  form.append('key', hidden(page, 'key'));
  if (what === 'statement') form.append('account', account ?? hidden(page, 'account'));
  form.append('file', new Blob([new Uint8Array(bytes)]), 'till.png');
  return client.send(`${world.url}/budgets/${to}/send-${what}`, { method: 'POST', body: form });
}

describe('What a family sends on a page', () => {
  it('for another family’s budget or account, or for none, is not kept', async () => {
    const other = await seedBudget(
      {
        owner: world.owner,
        databaseUrl: world.databaseUrl,
        issuer: 'http://nobody',
        as: () => ({}),
      } as unknown as TestApi,
      world.authority,
    );
    for (const budgetId of [other.id, randomUUID()]) {
      expect([403, 404]).toContain((await send('receipt', png('theirs'), budgetId)).status);
    }
    for (const account of [other.designatedAccountId, randomUUID()]) {
      expect((await send('statement', png('theirs'), world.budget.id, account)).status).toBe(404);
    }
    expect((await send('statement', png('theirs'), world.budget.id, 'mine')).status).toBe(422);
    expect(await kept()).toEqual([]);
  });

  (disk ? it : it.skip)('on a full disk is not kept, and the page says so calmly; with room it is', async () => {
    const receipt = largePng('full', 4_000_000);
    const refused = await send('receipt', receipt);
    expect(refused.status).toBe(507);
    expect(refused.text).toContain('the disk of this service is full. Nothing of it was kept: send it again later.');
    expect(refused.text).toContain('Send a receipt');
    expect(await kept()).toEqual([]);
    disk!.grow();
    const taken = await send('receipt', receipt);
    expect([taken.status, taken.text]).toEqual([200, expect.stringContaining('Thank you, we have your receipt.')]);
    expect(await kept()).toHaveLength(1);
  });

  it('is whole again when its file was lost and it is sent again', async () => {
    await send('receipt', png('lost'));
    const { rows } = await world.owner.query<{ hash: string }>(
      'SELECT file_hash AS hash FROM receipts ORDER BY id DESC LIMIT 1',
    );
    const path = storedPath(world.folder, rows[0]!.hash);
    await rm(path);
    expect((await send('receipt', png('lost'))).text).toContain(
      'We have this receipt already, and do not know its payment yet.',
    );
    expect((await kept()).some((name) => path.endsWith(name))).toBe(true);
  });

  it('is limited in a day, and the page says when to come again', async () => {
    let refused: Seen;
    do refused = await send('receipt', png(randomUUID()));
    while (refused.status === 200);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, String(14 * 3600)]);
    expect(refused.text).toContain('You have sent 6 files today, as many as one sender may: send this one tomorrow.');
    expect(refused.text).toContain('Send a receipt');
  });
});
