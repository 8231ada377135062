import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from './redis.mjs';
import './typescript.mjs';

const prefix = 'ringfence-test-';

/**
 * One real PostgreSQL for the whole run, and a Redis where the machine has one. Specs find them by TEST_DATABASE_URL
 * (the server's superuser) and TEST_REDIS_URL (unset without a Redis). Both end with the run, however it ends.
 */
export default async function globalSetup() {
  removeLeftovers();
  const { startEmbeddedPostgres } = await import('../../libs/platform/src/embedded-postgres/embedded-postgres.ts');
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  // mkdtemp makes 0700, which the user `postgres` could not pass when the run is root's.
  chmodSync(folder, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false });
  process.env.TEST_DATABASE_URL = postgres.url;
  const redis = await startRedis(folder);
  if (redis) process.env.TEST_REDIS_URL = redis.url;
  else process.stderr.write('No redis-server on PATH: the tests of the queue on Redis are skipped.\n');
  globalThis.ringfenceTestServers = async () => {
    await Promise.all([postgres.stop(), redis?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The servers of a run that was killed end by themselves; its folder stays until the next run. */
function removeLeftovers() {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's.
    }
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
