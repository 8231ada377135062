import { newId, type Clock } from '@ringfence/kernel';
import { FileStore, readConfig, requestJob, systemContext, type JobName, type JobPayloads } from '@ringfence/platform';
import { reviewsOf } from '@ringfence/reviews';
import getPort from 'get-port';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { createWorker, type RunningWorker } from '../../apps/worker/src/create-worker.js';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, type SeededAuthority, type SeededBudget } from '../support/seed.js';
import { storedPath, writtenAt } from '../support/stored-files.js';
import { stores, until } from './jobs.js';

describe.each(stores(12))('the worker, with its queue on $name', ({ redisUrl }) => {
  let [api, folder]: [TestApi, string] = [undefined as unknown as TestApi, ''];
  let authority: SeededAuthority;
  let budget: SeededBudget;
  const workers: RunningWorker[] = [];

  beforeEach(async () => {
    api = await startApi({ now: '2026-04-20T09:00:00Z' });
    folder = await mkdtemp(join(tmpdir(), 'ringfence-worker-'));
    authority = await seedAuthority(api);
    budget = await seedBudget(api, authority);
  }, 60_000);
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    if (redisUrl) await loseStore();
    await api.stop();
    await rm(folder, { recursive: true, force: true });
  }, 60_000);

  it('schedules a review when a payment is received, opens it on its day and schedules the next', async () => {
    await start();
    await ask('payment-received', { agreementId: budget.agreementId, receivedOn: '2026-01-10' });
    await until(async () => (await dates()).length === 2);
    expect(await dates()).toEqual(['THREE_MONTH 2026-04-10 OPEN', 'YEARLY 2027-01-10 SCHEDULED']);
  });

  it('opens a review though the queue lost everything in between', async () => {
    const worker = await start();
    await ask('payment-received', { agreementId: budget.agreementId, receivedOn: '2026-04-10' });
    await until(async () => (await dates()).length === 1);
    await until(async () => (await notCarried()) === 0);
    await worker.stop();
    await loseStore();
    api.clock.moveTo(new Date('2026-07-10T09:00:00Z'));
    await start();
    await until(async () => (await dates()).length === 2);
    expect(await dates()).toEqual(['THREE_MONTH 2026-07-10 OPEN', 'YEARLY 2027-04-10 SCHEDULED']);
  });

  it('reads a statement whose job was lost, and posts the instalments that are due', async () => {
    const instalmentId = await seedInstalment('2026-04-15');
    const files = new FileStore(readConfig(environment()));
    const fileHash = await files.store(Buffer.from('Date,Nothing\n'));
    const importId = newId();
    await api.owner.query(
      `INSERT INTO statement_imports (authority_id, id, designated_account_id, file_name, file_hash, file_bytes, uploaded_by, received_at)
       VALUES ($1, $2, $3, 'april.csv', $4, 13, $5, '2026-04-20T08:00:00Z')`,
      [authority.id, importId, budget.designatedAccountId, fileHash, budget.recipient.id],
    );
    const worker = await start();
    await until(async () => (await column('statement_imports', importId, 'state')) === 'REFUSED');
    await until(async () => (await column('instalments', instalmentId, 'due_journal_id')) !== null);
    expect(await worker.sweep()).toMatchObject({ instalmentsPosted: 0, importsAskedAgain: 0 });
  });

  it('removes a file that no row names when it has lain there for a day, and nothing younger', async () => {
    const files = new FileStore(readConfig(environment()));
    const [old, young] = [await files.store(Buffer.from('long ago')), await files.store(Buffer.from('today'))];
    await writtenAt(storedPath(folder, old), new Date('2026-04-19T08:59:00Z'));
    await writtenAt(storedPath(folder, young), new Date('2026-04-19T09:01:00Z'));
    await start();
    await until(async () => (await files.check(old, 8)) === 'missing');
    expect(await files.check(young, 5)).toBe('whole');
    const reports = async () => (await api.owner.query('SELECT report FROM file_sweeps WHERE report IS NOT NULL')).rows;
    await until(async () => (await reports()).length === 1);
    expect(await reports()).toMatchObject([{ report: { removed: 1, removedBytes: 8 } }]);
  });

  it('runs as a program: healthy when it works, and gone in order when it is told to stop', async () => {
    const port = await getPort({ host: '127.0.0.1' });
    const child = fork(join(import.meta.dirname, '../../apps/worker/src/main.ts'), {
      execArgv: ['--import', join(import.meta.dirname, '../support/typescript.mjs')],
      env: { ...process.env, ...environment(), NODE_NO_WARNINGS: '1', WORKER_PORT: String(port), LOG_LEVEL: 'log' },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    try {
      let output = '';
      child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
      const ended = once(child, 'close');
      const health = () =>
        fetch(`http://127.0.0.1:${port}/health`).then(
          ({ status }) => status,
          () => 0,
        );
      await until(async () => (await health()) === 200);
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
      await ask('payment-received', { agreementId: budget.agreementId, receivedOn: '2026-01-10' });
      await until(async () => (await dates()).includes('THREE_MONTH 2026-04-10 OPEN'));
      child.kill('SIGTERM');
      expect(await ended).toEqual([0, null]);
      const lines = output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(lines.map(({ message }) => message)).toContain('The worker takes jobs.');
    } finally {
      child.kill('SIGKILL');
    }
  }, 60_000);

  async function start(clock: Clock = api.clock): Promise<RunningWorker> {
    const worker = await createWorker(readConfig(environment()), clock, { graceMs: 0 }, 0);
    workers.push(worker);
    return worker;
  }

  function environment(): Record<string, string> {
    return {
      DATABASE_URL: api.databaseUrl,
      DATABASE_POOL_MAX: '6',
      RINGFENCE_DATA: folder,
      RINGFENCE_ENVIRONMENT: 'test',
      LOG_LEVEL: 'error',
      ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    };
  }

  function ask<Name extends JobName>(name: Name, payload: JobPayloads[Name]): Promise<string> {
    return api.database.transaction(systemContext(authority.id), (tx) => requestJob(tx, name, payload));
  }

  async function dates(): Promise<string[]> {
    const found = await api.database.transaction(systemContext(authority.id), (tx) => reviewsOf(tx, budget.id));
    return found.map(({ kind, dueOn, state }) => `${kind} ${dueOn} ${state}`);
  }

  async function notCarried(): Promise<number> {
    const { rows } = await api.owner.query<{ count: bigint }>(
      'SELECT count(*) FROM outbox_jobs WHERE relayed_at IS NULL',
    );
    return Number(rows[0]!.count);
  }

  async function column(table: string, id: string, name: string): Promise<unknown> {
    const { rows } = await api.owner.query(`SELECT ${name} AS found FROM ${table} WHERE id = $1`, [id]);
    return (rows[0] as { found: unknown }).found;
  }

  async function seedInstalment(dueOn: string): Promise<string> {
    const [schedule, id] = [newId(), newId()];
    await api.owner.query(
      `INSERT INTO instalment_schedules (authority_id, id, budget_id, agreement_id, stream, kind, frequency, amount_pence, first_due_on, last_due_on)
       VALUES ($1, $2, $3, $4, 'EDU', 'ONE_OFF', 'ONE_OFF', 50000, $5, $5)`,
      [authority.id, schedule, budget.id, budget.agreementId, dueOn],
    );
    await api.owner.query(
      `INSERT INTO instalments (authority_id, id, schedule_id, budget_id, agreement_id, designated_account_id, stream, kind, due_on, amount_pence)
       VALUES ($1, $2, $3, $4, $5, $6, 'EDU', 'ONE_OFF', $7, 50000)`,
      [authority.id, id, schedule, budget.id, budget.agreementId, budget.designatedAccountId, dueOn],
    );
    return id;
  }

  async function loseStore(): Promise<void> {
    if (!redisUrl) return void (await api.owner.query('DROP SCHEMA bullmq CASCADE'));
    const redis = new Redis(redisUrl);
    await redis.flushdb();
    await redis.quit();
  }
});
