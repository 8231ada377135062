import { SystemClock } from '@ringfence/kernel';
import { readConfig } from '@ringfence/platform';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorker, type RunningWorker } from '../../apps/worker/src/create-worker.js';
import { until } from '../queue/jobs.js';
import { createTestDatabase } from '../support/database.js';
import { startRedis, type TestRedis } from '../support/redis.mjs';

const withRedis = process.env['TEST_REDIS_URL'] ? describe : describe.skip;

withRedis('while the Redis of the queue is away, and the database is there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-queue-away-'));
  const { write } = process.stderr;
  let own: Awaited<ReturnType<typeof createTestDatabase>>;
  let redis: TestRedis;
  let worker: RunningWorker;

  beforeAll(async () => {
    chmodSync(folder, 0o711);
    [own, redis] = [await createTestDatabase(), (await startRedis(folder))!];
    const config = readConfig({
      DATABASE_URL: own.url,
      REDIS_URL: redis.url,
      RINGFENCE_DATA: folder,
      RINGFENCE_ENVIRONMENT: 'test',
      LOG_LEVEL: 'error',
    });
    worker = await createWorker(config, new SystemClock(), {}, 0);
    // What the worker logs of it would fill the screen of whoever runs the tests.
    process.stderr.write = () => true;
  }, 60_000);

  afterAll(async () => {
    process.stderr.write = write;
    await worker?.stop();
    await redis?.stop();
    await own?.drop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('the worker is live and not ready, names the queue, and recovers by itself', async () => {
    await until(async () => (await ready()).status === 200);
    await redis.stop();
    await until(async () => (await ready()).status === 503);
    expect(await ready()).toEqual({ status: 503, body: { status: 'unavailable', missing: ['queue'] } });
    expect(await health('live')).toEqual({ status: 200, body: { status: 'ok' } });
    redis = (await startRedis(folder, Number(new URL(redis.url).port)))!;
    await until(async () => (await ready()).status === 200);
  }, 90_000);

  const ready = () => health('ready');

  async function health(of: 'live' | 'ready'): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(`http://127.0.0.1:${worker.healthPort}/health/${of}`);
    return { status: answer.status, body: await answer.json() };
  }
});
