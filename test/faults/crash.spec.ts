import { SystemClock } from '@ringfence/kernel';
import { openBook, postJournals, verifyBook } from '@ringfence/ledger';
import {
  appDataSource,
  Database,
  migrate,
  ownerPool,
  readConfig,
  startEmbeddedPostgres,
  systemContext,
} from '@ringfence/platform';
import { jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { addAuthority, brokenInvariants } from '../ledger/support.js';
import { runLength } from '../support/long.js';
import { askedBatch, draftsOf, type Asked, type FaultBook } from './asked.js';

/** Kills in all, half of them of the process and half of a backend of the database. */
const { long, steps: kills } = runLength({ short: 6, long: 240 });
jest.setTimeout(long ? 2 * 3_600_000 : 180_000);

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'ringfence-faults-'));
let server: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
let owner: pg.Pool;
let database: Database;
let authorityId: string;
let books: FaultBook[];
const seen = {
  processKills: 0,
  backendKills: 0,
  batches: 0,
  journals: 0,
  committedUnacknowledged: 0,
  cleanVerifications: 0,
  asked: [] as Asked[],
};
const began = Date.now();

// A durable server of its own: the one that the specs share writes nothing through, and must not be killed.
beforeAll(async () => {
  chmodSync(folder, 0o711);
  server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  await migrate(server.url);
  owner = ownerPool(server.url);
  owner.on('error', () => undefined);
  const config = readConfig({ DATABASE_URL: server.url, DATABASE_POOL_MAX: '8' });
  database = new Database(await appDataSource(config, []).initialize(), new SystemClock());
  const authority = await addAuthority(owner, database, 'FAULTS');
  authorityId = authority.id;
  books = await Promise.all(
    Array.from({ length: 6 }, async (_, order) => ({
      budgetId: authority.families[order % 2]!.budgetId,
      bookId: await database.transaction(authority.system, (tx) =>
        openBook(tx, { designatedAccountId: null, name: 'Notional' }),
      ),
    })),
  );
}, 120_000);
afterAll(async () => {
  if (long) record();
  await database?.close();
  await owner?.end();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const post = (asked: Asked) =>
  database.transaction(systemContext(authorityId), (tx) => postJournals(tx, draftsOf(asked, books)));

/** How many journals of the batch are there. */
async function thereOf({ batch }: Asked): Promise<number> {
  const { rows } = await owner.query('SELECT count(*)::integer AS there FROM journals WHERE source_id = $1', [batch]);
  return rows[0].there as number;
}

/** Every journal that was asked for is there once, no other is, and every sum and hash is right. */
async function expectExactlyWhatWasAsked(): Promise<void> {
  const { rows } = await owner.query('SELECT idempotency_key FROM journals ORDER BY 1');
  const asked = seen.asked.flatMap(({ batch, size }) =>
    Array.from({ length: size }, (_, order) => `${batch} ${order}`),
  );
  expect(rows.length).toBe(asked.length);
  expect(new Set(rows.map((row) => row.idempotency_key as string))).toEqual(new Set(asked));
  expect(await brokenInvariants(owner)).toEqual([]);
  for (const { bookId } of books) {
    const found = await database.transaction(systemContext(authorityId), (tx) => verifyBook(tx, bookId));
    expect(found.firstDifference).toBeNull();
  }
  seen.journals = asked.length;
  seen.batches = seen.asked.length;
  seen.cleanVerifications += 1;
}

describe('The ledger after a crash', () => {
  it('has every acknowledged journal once and no other when the posting process is killed', async () => {
    for (let kill = 0; kill < kills / 2; kill += 1) {
      const { asked, posted } = await postUntilKilled();
      seen.processKills += 1;
      for (const one of asked) {
        const there = await thereOf(one);
        if (posted.has(one.batch)) expect(there).toBe(one.size);
        else {
          // All of the batch, or nothing of it; asked again by its keys, it is there once.
          expect([0, one.size]).toContain(there);
          if (there > 0) seen.committedUnacknowledged += 1;
          const again = await post(one);
          expect(again.every(({ repeated }) => repeated === there > 0)).toBe(true);
        }
      }
      seen.asked.push(...asked);
    }
    await expectExactlyWhatWasAsked();
  });

  it('has every acknowledged journal once and no other when a backend of the database is killed', async () => {
    let killing = true;
    const client = async (): Promise<void> => {
      while (killing) {
        const asked = askedBatch();
        seen.asked.push(asked);
        await untilAnswered(() => post(asked));
      }
    };
    const clients = Array.from({ length: 6 }, client);
    for (let kill = 0; kill < kills / 2; kill += 1) {
      await pause(30 + Math.random() * 250);
      process.kill(await untilAnswered(backendThatPosts), 'SIGKILL');
      seen.backendKills += 1;
      await untilAnswered(() => owner.query('SELECT 1'));
    }
    killing = false;
    await Promise.all(clients);
    await expectExactlyWhatWasAsked();
  });
});

/** Kills a process that posts at a random moment; answers what it had asked for and what it had been told. */
async function postUntilKilled(): Promise<{ asked: Asked[]; posted: Set<string> }> {
  const child = spawn(
    process.execPath,
    [
      ...['--import', join(root, 'test/support/typescript.mjs'), join(import.meta.dirname, 'posting-process.ts')],
      ...[server.url, authorityId, JSON.stringify(books)],
    ],
    { env: { ...process.env, NODE_NO_WARNINGS: '1' }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise((done) => child.once('close', done));
  while (!said.includes('posted') && child.exitCode === null) await pause(5);
  await pause(Math.random() * 150);
  child.kill('SIGKILL');
  await ended;
  const lines = said.split('\n').filter((line) => /^(asked|posted) \S+ \d+$/.test(line));
  const of = (word: string): Asked[] =>
    lines
      .filter((line) => line.startsWith(word))
      .map((line) => ({ batch: line.split(' ')[1]!, size: Number(line.split(' ')[2]) }));
  expect(of('posted').length).toBeGreaterThan(0);
  // A batch that was still running when its client died may yet commit: wait until its backend has noticed.
  for (;;) {
    const { rows } = await owner.query(
      `SELECT count(*)::integer AS left FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'
          AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    );
    if (rows[0].left === 0) break;
    await pause(10);
  }
  return { asked: of('asked'), posted: new Set(of('posted').map(({ batch }) => batch)) };
}

async function backendThatPosts(): Promise<number> {
  for (;;) {
    const { rows } = await owner.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
          AND backend_type = 'client backend' AND (query LIKE '%post_journals%' OR query = 'COMMIT') AND state <> 'idle' ORDER BY random() LIMIT 1`,
    );
    if (rows[0]) return rows[0].pid;
    await pause(5);
  }
}

/** A killed backend takes every connection with it, and the server is away until it has recovered: ask until it answers. */
async function untilAnswered<T>(work: () => Promise<T>): Promise<T> {
  for (const until = Date.now() + 60_000; ;) {
    try {
      return await work();
    } catch (error) {
      const { code = '', message = '' } = error as { code?: string; message?: string };
      const away = /^(57P0|08|ECONN|EPIPE)/.test(code) || /terminat|connection|client|timeout/i.test(message);
      if (!away || Date.now() > until) throw error;
      await pause(20);
    }
  }
}

function record(): void {
  const { asked: _, ...figures } = seen;
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  const text = {
    ...figures,
    seconds: Math.round((Date.now() - began) / 1000),
    at: new Date().toISOString(),
  };
  if (seen.cleanVerifications === 2)
    writeFileSync(join(root, 'bench/results/ledger-faults.json'), `${JSON.stringify(text, null, 2)}\n`);
}

function pause(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}
