import { newId } from '@ringfence/kernel';
import { requestJob, systemContext } from '@ringfence/platform';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { outboxRow, startBench, stores, until, withQueue, type Bench } from './jobs.js';

describe.each(stores(11))('a job on $name', ({ redisUrl }) => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await startBench(redisUrl);
  }, 60_000);
  afterEach(() => bench.stop(), 60_000);

  it('that was asked for in a transaction runs once, and PostgreSQL knows that it is done', async () => {
    const reviewId = newId();
    await bench.runner({ 'open-review': bench.mark });
    const jobId = await bench.request(reviewId);
    await bench.passed();
    await until(async () => (await outboxRow(bench, jobId))['done_at'] !== null);
    expect(await bench.marks(reviewId)).toBe(1);
  });

  it('is told what was asked and for which authority', async () => {
    const reviewId = newId();
    const told: unknown[] = [];
    await bench.runner({ 'open-review': async (payload) => void told.push(payload) });
    await bench.request(reviewId);
    await until(() => told.length > 0);
    expect(told).toEqual([{ reviewId, authorityId: bench.authorityId }]);
  });

  it('of a transaction that was rolled back never was', async () => {
    const reviewId = newId();
    await bench.runner({ 'open-review': bench.mark });
    const undone = bench.database.transaction(systemContext(bench.authorityId), async (tx) => {
      await requestJob(tx, 'open-review', { reviewId });
      throw new Error('the cause did not come about');
    });
    await expect(undone).rejects.toThrow('the cause did not come about');
    await bench.passed();
    expect(await bench.marks(reviewId)).toBe(0);
  });

  it('that was carried by a relay which died before it could say so is still one job', async () => {
    const reviewId = newId();
    const jobId = await bench.request(reviewId);
    await withQueue(bench, (queue) =>
      queue.add('open-review', { reviewId, authorityId: bench.authorityId }, { jobId }),
    );
    await bench.runner({ 'open-review': bench.mark });
    await bench.passed();
    await until(async () => (await outboxRow(bench, jobId))['done_at'] !== null);
    expect(await bench.marks(reviewId)).toBe(1);
  });

  it('for later wakes when it is due and not before', async () => {
    const reviewId = newId();
    let woke = 0;
    await bench.runner({
      'open-review': async (payload) => {
        if (payload.reviewId === reviewId) woke = Date.now();
        await bench.mark(payload);
      },
    });
    const runAt = new Date(Date.now() + 4_000);
    await bench.request(reviewId, runAt);
    await bench.passed();
    expect(await withQueue(bench, (queue) => queue.getDelayedCount())).toBe(1);
    await until(async () => (await bench.marks(reviewId)) > 0);
    expect(woke).toBeGreaterThanOrEqual(runAt.getTime());
  });

  it('that fails is tried again, and in the end kept as failed with its reason', async () => {
    let attempts = 0;
    await bench.runner(
      {
        'open-review': async () => {
          attempts += 1;
          throw new Error('the bank holiday calendar is missing');
        },
      },
      { attemptsMax: 3, backoffMs: 10 },
    );
    const jobId = await bench.request(newId());
    await until(async () => (await outboxRow(bench, jobId))['failed_at'] !== null);
    expect(attempts).toBe(3);
    expect(await outboxRow(bench, jobId)).toMatchObject({
      done_at: null,
      failure: 'the bank holiday calendar is missing',
    });
    expect(bench.failures.map(({ job, final }) => [job?.id, job?.authorityId, job?.attempt, final])).toEqual([
      [jobId, bench.authorityId, 1, false],
      [jobId, bench.authorityId, 2, false],
      [jobId, bench.authorityId, 3, true],
    ]);
    const failed = await withQueue(bench, (queue) => queue.getFailed());
    expect(failed.map((job) => job.id)).toEqual([jobId]);
  });

  it('that fails once and then succeeds is done', async () => {
    const reviewId = newId();
    let attempts = 0;
    await bench.runner(
      {
        'open-review': async (payload) => {
          attempts += 1;
          if (attempts === 1) throw new Error('not yet');
          await bench.mark(payload);
        },
      },
      { backoffMs: 10 },
    );
    const jobId = await bench.request(reviewId);
    await until(async () => (await outboxRow(bench, jobId))['done_at'] !== null);
    expect(await bench.marks(reviewId)).toBe(1);
  });

  it('that nobody handles fails with a sentence', async () => {
    await bench.runner({}, { attemptsMax: 1 });
    const jobId = await bench.request(newId());
    await until(async () => (await outboxRow(bench, jobId))['failed_at'] !== null);
    expect((await outboxRow(bench, jobId))['failure']).toBe('No handler is registered for the job open-review.');
  });

  it('that was lost with the queue’s store is carried again, and one that is done is not', async () => {
    const [doneId, lostId] = [newId(), newId()];
    const first = await bench.runner({ 'open-review': bench.mark });
    const doneJob = await bench.request(doneId);
    await until(async () => (await outboxRow(bench, doneJob))['done_at'] !== null);
    const lostJob = await bench.request(lostId, new Date(Date.now() + 1_000));
    await until(async () => (await outboxRow(bench, lostJob))['relayed_at'] !== null);
    await first.stop();
    await bench.loseStore();
    const second = await bench.runner({ 'open-review': bench.mark });
    await until(async () => (await second.restoreLost(0)) > 0 || (await bench.marks(lostId)) > 0);
    await until(async () => (await bench.marks(lostId)) > 0);
    await bench.passed();
    expect([await bench.marks(doneId), await bench.marks(lostId)]).toEqual([1, 1]);
  });

  it('that is still in the queue stays one when the lost ones are looked for', async () => {
    const reviewId = newId();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let began = 0;
    const runner = await bench.runner({
      'open-review': async (payload) => {
        if (payload.reviewId === reviewId) {
          began += 1;
          await released;
        }
        await bench.mark(payload);
      },
    });
    await bench.request(reviewId);
    await until(() => began > 0);
    expect(await runner.restoreLost(0)).toBe(0);
    release();
    await until(async () => (await bench.marks(reviewId)) > 0);
    await bench.passed();
    expect(began).toBe(1);
  });

  it('that the queue gave up while PostgreSQL was away is tried again', async () => {
    const reviewId = newId();
    let attempts = 0;
    const runner = await bench.runner(
      {
        'open-review': async (payload) => {
          attempts += 1;
          if (attempts === 1) throw new Error('the database is starting up');
          await bench.mark(payload);
        },
      },
      { attemptsMax: 1 },
    );
    const jobId = await bench.request(reviewId);
    await until(async () => (await outboxRow(bench, jobId))['failed_at'] !== null);
    // As if the record of the failure had not been written either.
    await bench.owner.query('UPDATE outbox_jobs SET failed_at = NULL, failure = NULL WHERE id = $1', [jobId]);
    expect(await runner.restoreLost(0)).toBe(1);
    await until(async () => (await outboxRow(bench, jobId))['done_at'] !== null);
    expect(await bench.marks(reviewId)).toBe(1);
  });

  it('whose worker was killed in the middle is run again, and its effect exists once', async () => {
    const reviewId = newId();
    const child = fork(join(import.meta.dirname, 'hanging-worker.ts'), {
      execArgv: ['--import', join(import.meta.dirname, '../support/typescript.mjs')],
      env: { ...process.env, NODE_NO_WARNINGS: '1', DATABASE_URL: bench.config.DATABASE_URL, ...redisOf(redisUrl) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    try {
      const began = new Promise((resolve) => child.once('message', resolve));
      const jobId = await bench.request(reviewId);
      await began;
      child.kill('SIGKILL');
      await bench.runner({ 'open-review': markOnce(bench) }, { holdMs: 500 });
      await until(async () => (await outboxRow(bench, jobId))['done_at'] !== null);
      expect(await bench.marks(reviewId)).toBe(1);
    } finally {
      child.kill('SIGKILL');
    }
  }, 60_000);

  it('is found by a runner whose connections were all cut', async () => {
    const reviewId = newId();
    await bench.runner({ 'open-review': bench.mark });
    await bench.passed();
    await bench.owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await bench.request(reviewId).catch(() => bench.request(reviewId));
    await until(async () => (await bench.marks(reviewId)) > 0);
    expect(await bench.marks(reviewId)).toBe(1);
  });

  it('finds its queue when several workers start at once on a new database', async () => {
    const reviewId = newId();
    await Promise.all([1, 2, 3].map(() => bench.runner({ 'open-review': bench.mark })));
    await bench.request(reviewId);
    // With three of them a later job can be done before an earlier one.
    await until(async () => (await bench.marks(reviewId)) > 0);
    await bench.passed();
    expect(await bench.marks(reviewId)).toBe(1);
    expect(bench.failures).toEqual([]);
  });
});

describe('the queue’s role', () => {
  it('reaches nothing but the queue', async () => {
    const bench = await startBench(undefined);
    try {
      const client = await bench.owner.connect();
      await client.query('SET ROLE ringfence_queue');
      await expect(client.query('SELECT * FROM ringfence.outbox_jobs')).rejects.toThrow('permission denied for schema');
      await expect(client.query('SELECT ringfence.claim_outbox_jobs(1)')).rejects.toThrow(
        'permission denied for schema',
      );
      client.release(true);
    } finally {
      await bench.stop();
    }
  });
});

/** As a handler must be: what it finds done it does not do again. */
function markOnce(bench: Bench) {
  return async (payload: { reviewId: string }): Promise<void> => {
    if ((await bench.marks(payload.reviewId)) === 0) await bench.mark(payload);
  };
}

function redisOf(redisUrl: string | undefined): Record<string, string> {
  return redisUrl ? { REDIS_URL: redisUrl } : {};
}
