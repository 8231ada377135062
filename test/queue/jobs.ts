import { addAuthority } from '@ringfence/identity';
import { newId, SystemClock, type Clock } from '@ringfence/kernel';
import {
  appDataSource,
  Database,
  JobRunner,
  openQueue,
  ownerPool,
  readConfig,
  requestJob,
  systemContext,
  type Config,
  type JobFailure,
  type JobHandlers,
  type JobRunnerOptions,
} from '@ringfence/platform';
import { Redis } from 'ioredis';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { createTestDatabase } from '../support/database.js';

export type StoreName = 'PostgreSQL' | 'Redis';

/** PostgreSQL always; Redis where this machine has one. Each spec file uses a database number of its own. */
export function stores(redisNumber: number): { name: StoreName; redisUrl: string | undefined }[] {
  const redis = process.env['TEST_REDIS_URL'];
  return [
    { name: 'PostgreSQL', redisUrl: undefined },
    ...(redis ? [{ name: 'Redis' as const, redisUrl: `${redis}/${redisNumber}` }] : []),
  ];
}

/** A database with one authority, the queue on one of its stores, and a table in which handlers leave their marks. */
export interface Bench {
  readonly config: Config;
  readonly database: Database;
  readonly owner: pg.Pool;
  readonly authorityId: string;
  readonly failures: JobFailure[];
  /** A started runner; stopped with the bench. */
  runner(handlers: Partial<JobHandlers>, options?: JobRunnerOptions, clock?: Clock): Promise<JobRunner>;
  request(reviewId: string, runAt?: Date): Promise<string>;
  /** A handler that leaves a mark. */
  mark(payload: { reviewId: string }): Promise<void>;
  marks(reviewId: string): Promise<number>;
  /** Waits until a job that is asked for now is done, and so everything that was due before it. */
  passed(): Promise<void>;
  loseStore(): Promise<void>;
  stop(): Promise<void>;
}

export async function startBench(redisUrl: string | undefined, clock: Clock = new SystemClock()): Promise<Bench> {
  const own = await createTestDatabase();
  const config = readConfig({
    DATABASE_URL: own.url,
    DATABASE_POOL_MAX: '4',
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
  });
  const owner = ownerPool(own.url);
  // One spec cuts every connection; an idle one that is cut is opened again by the pool.
  owner.on('error', () => undefined);
  await owner.query('CREATE TABLE marks (review_id uuid NOT NULL)');
  const { authorityId } = await addAuthority(
    own.url,
    {
      name: 'Oakshire',
      kind: 'LOCAL_AUTHORITY',
      code: 'OAK',
      approver: { name: 'Ada', email: 'ada@example.org', issuer: 'http://issuer', subject: 'ada' },
    },
    '2026-01-01',
  );
  const database = new Database(await appDataSource(config, []).initialize(), clock);
  const [runners, failures]: [JobRunner[], JobFailure[]] = [[], []];
  const bench: Bench = {
    config,
    database,
    owner,
    authorityId,
    failures,
    runner: async (handlers, options = {}, own = clock) => {
      const runner = new JobRunner(config, own, handlers, (failure) => failures.push(failure), options);
      runners.push(runner);
      await runner.start();
      return runner;
    },
    request: (reviewId, runAt) =>
      database.transaction(systemContext(authorityId), (tx) => requestJob(tx, 'open-review', { reviewId }, runAt)),
    mark: async ({ reviewId }) => void (await owner.query('INSERT INTO marks VALUES ($1)', [reviewId])),
    marks: async (reviewId) => {
      const { rows } = await owner.query<{ count: bigint }>('SELECT count(*) FROM marks WHERE review_id = $1', [
        reviewId,
      ]);
      return Number(rows[0]!.count);
    },
    passed: async () => {
      const reviewId = newId();
      await bench.request(reviewId);
      await until(async () => (await bench.marks(reviewId)) > 0);
    },
    loseStore: async () => {
      if (!redisUrl) return void (await owner.query('DROP SCHEMA bullmq CASCADE'));
      const redis = new Redis(redisUrl);
      await redis.flushdb();
      await redis.quit();
    },
    stop: async () => {
      await Promise.all(runners.map((runner) => runner.stop()));
      await database.close();
      if (redisUrl) await bench.loseStore();
      await owner.end();
      await own.drop();
    },
  };
  return bench;
}

/** The queue itself, for looking into it. */
export async function withQueue<T>(
  bench: Bench,
  work: (queue: ReturnType<typeof openQueue>) => Promise<T>,
): Promise<T> {
  const queue = openQueue(bench.config);
  try {
    await queue.waitUntilReady();
    return await work(queue);
  } finally {
    await queue.close();
  }
}

export async function outboxRow(bench: Bench, id: string): Promise<Record<string, unknown>> {
  const { rows } = await bench.owner.query('SELECT * FROM outbox_jobs WHERE id = $1', [id]);
  return rows[0] as Record<string, unknown>;
}

const waitMsMax = 30_000;

/** Looks again and again until it is so; fails when it never is. */
export async function until(condition: () => Promise<boolean> | boolean, what = 'what was waited for'): Promise<void> {
  const end = Date.now() + waitMsMax;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`${what} did not come about in ${waitMsMax / 1000} seconds.`);
    await pause(20);
  }
}
