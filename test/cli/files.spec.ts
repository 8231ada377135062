import { jest } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FileStore, sweepFiles, sweepFilesWhenDue } from '@ringfence/platform';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, type SeededAuthority, type SeededBudget } from '../support/seed.js';
import { storedFiles, storedPath, writtenAt } from '../support/stored-files.js';
import { png } from '../evidence/sample-files.js';
import { runCli } from './run-cli.js';

jest.setTimeout(60_000);

let api: TestApi;
let authority: SeededAuthority;
let budget: SeededBudget;

beforeEach(async () => {
  api = await startApi();
  authority = await seedAuthority(api);
  budget = await seedBudget(api, authority);
});
afterEach(() => api.stop());

const files = (...args: string[]) =>
  runCli(['files', ...args], { DATABASE_URL: api.databaseUrl, RINGFENCE_DATA: api.folder });
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const longAgo = new Date('2020-01-01T00:00:00Z');

/** A receipt of the budget; answers its hash and its id. */
async function sent(word: string): Promise<{ hash: string; id: string }> {
  const bytes = png(word);
  const answer = await budget.recipient.upload(
    '/v1/receipts',
    { budgetId: budget.id },
    { name: 'till.png', type: 'image/png', bytes },
  );
  return { hash: hashOf(bytes), id: answer.body.id as string };
}

/** A file that no row names, written long ago unless said otherwise. */
async function unnamed(text: string, at: Date | null = longAgo): Promise<string> {
  const hash = await api.files.store(Buffer.from(text));
  if (at) await writtenAt(storedPath(api.folder, hash), at);
  return hash;
}

describe('ringfence files verify', () => {
  it('finds every file as it was sent', async () => {
    await sent('one');
    await sent('two');
    await unnamed('just written', null);
    const { code, stdout } = await files('verify', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      files: 2,
      missing: 0,
      torn: 0,
      altered: 0,
      unnamed: 0,
      differences: [],
    });
    expect((await files('verify')).stdout).toMatch(/^2 files, \d+ bytes: all as they were sent\.\n$/);
  });

  it('names what is missing, torn, altered and named by no record, ends with 1 and changes nothing', async () => {
    const [missing, torn, altered] = [await sent('missing'), await sent('torn'), await sent('altered')];
    const stray = await unnamed('of nobody');
    await rm(storedPath(api.folder, missing.hash));
    await truncate(storedPath(api.folder, torn.hash), 10);
    await writeFile(storedPath(api.folder, altered.hash), Buffer.alloc(png('altered').length, 'x'));
    const before = await storedFiles(api.folder);
    const { code, stdout, stderr } = await files('verify', '--json');
    expect([code, stderr]).toEqual([1, expect.stringContaining('reading the stored files')]);
    const report = JSON.parse(stdout) as { differences: { hash: string; difference: string; namedBy: object[] }[] };
    expect(report).toMatchObject({ ok: false, files: 3, missing: 1, torn: 1, altered: 1, unnamed: 1 });
    const by = (id: string) => [{ kind: 'receipt', authorityId: authority.id, id }];
    expect(new Map(report.differences.map(({ hash, difference, namedBy }) => [hash, { difference, namedBy }]))).toEqual(
      new Map([
        [missing.hash, { difference: 'missing', namedBy: by(missing.id) }],
        [torn.hash, { difference: 'torn', namedBy: by(torn.id) }],
        [altered.hash, { difference: 'altered', namedBy: by(altered.id) }],
        [stray, { difference: 'unnamed', namedBy: [] }],
      ]),
    );
    const inWords = await files('verify');
    expect(inWords.code).toBe(1);
    expect(inWords.stdout).toContain(
      `File ${missing.hash} is missing (receipt ${missing.id} of authority ${authority.id}).\n`,
    );
    expect(inWords.stdout).toContain('1 missing, 1 torn, 1 altered, 1 without a record.\n');
    expect(await storedFiles(api.folder)).toEqual(before);
  });
});

describe('ringfence files sweep', () => {
  it('removes what no record names, after a day, and says what it did; a dry run only says it', async () => {
    const { hash } = await sent('kept');
    await writtenAt(storedPath(api.folder, hash), longAgo);
    const [old, young] = [await unnamed('long ago'), await unnamed('just now', null)];
    const cutOff = join(api.folder, 'files', 'arriving', randomUUID());
    await mkdir(dirname(cutOff), { recursive: true });
    await writeFile(cutOff, 'half of a file');
    await writtenAt(cutOff, longAgo);
    const all = await storedFiles(api.folder);
    const dry = await files('sweep', '--dry-run', '--json');
    const report = { stored: 3, removed: 1, removedBytes: 8, cutOffRemoved: 1, more: false };
    expect([dry.code, JSON.parse(dry.stdout)]).toEqual([0, expect.objectContaining({ dryRun: true, ...report })]);
    expect(await storedFiles(api.folder)).toEqual(all);
    const swept = await files('sweep');
    expect(swept).toMatchObject({
      code: 0,
      stdout: '3 files looked at: 1 without a record removed (8 bytes), 1 cut off uploads removed.\n',
    });
    const left = (await storedFiles(api.folder)).map((name) => name.split('/').at(-1));
    expect(left).toEqual(expect.arrayContaining([hash, young]));
    expect(left).not.toContain(old);
    expect(left).toHaveLength(2);
  });

  it('refuses the files of another database, which names none of them', async () => {
    await unnamed('of the first database');
    expect((await files('sweep', '--json')).code).toBe(0);
    const stray = await unnamed('another');
    // As another database has it.
    await api.owner.query('UPDATE installation SET id = gen_random_uuid()');
    const { code, stderr } = await files('sweep');
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('belong to another database, and this one names none of them: nothing was swept.'),
    ]);
    expect(await storedFiles(api.folder)).toEqual([`${stray.slice(0, 2)}/${stray}`]);
  });
});

describe('a sweep', () => {
  const now = () => new Date();

  it('leaves a file whose row is written at this moment', async () => {
    const bytes = Buffer.from('04/04/2026,SWIM CLUB,-20.00\n');
    const hash = await unnamed(bytes.toString());
    const client = await api.owner.connect();
    try {
      // As an upload does: it holds the name, and its row is not committed yet.
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 22))', [hash]);
      await client.query(
        `INSERT INTO statement_imports (authority_id, id, designated_account_id, file_name, file_hash, file_bytes, uploaded_by, received_at)
         VALUES ($1, $2, $3, 'april.csv', $4, $5, $6, now())`,
        [authority.id, randomUUID(), budget.designatedAccountId, hash, bytes.length, budget.recipient.id],
      );
      const sweeping = sweepFiles(api.database, api.files, now());
      await waitsForLock();
      await client.query('COMMIT');
      expect(await sweeping).toMatchObject({ stored: 1, removed: 0 });
      expect(await api.files.check(hash, bytes.length)).toBe('whole');
    } finally {
      client.release();
    }
  });

  it('is made by one worker a day, and its report is kept', async () => {
    const hash = await unnamed('long ago');
    const at = (time: string) =>
      sweepFilesWhenDue(api.database, new FileStore({ dataFolder: api.folder }), new Date(time));
    const first = await Promise.all([at('2026-06-15T09:00:00Z'), at('2026-06-15T09:00:00Z')]);
    expect(first.filter((report) => report !== undefined)).toMatchObject([{ removed: 1, removedBytes: 8 }]);
    expect(await api.files.check(hash, 8)).toBe('missing');
    expect(await at('2026-06-16T08:59:00Z')).toBeUndefined();
    expect(await at('2026-06-16T09:00:00Z')).toMatchObject({ removed: 0 });
    const { rows } = await api.owner.query('SELECT report FROM file_sweeps WHERE ended_at IS NOT NULL ORDER BY id');
    expect(rows).toMatchObject([{ report: { removed: 1 } }, { report: { removed: 0 } }]);
  });

  async function waitsForLock(): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const { rows } = await api.owner.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
      if (rows.length > 0) return;
      await new Promise((wake) => setTimeout(wake, 25));
    }
    throw new Error('The sweep asked for no lock.');
  }
});
