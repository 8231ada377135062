import { migrate, newClient, startEmbeddedPostgres, withDatabase, type EmbeddedPostgres } from '@ringfence/platform';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A durable server of the benchmark's own, migrated, as `ringfence start` would run it: fsync and synchronous_commit on. */
export async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-bench-'));
  // mkdtemp makes 0700, which the user `postgres` could not pass when the run is root's.
  chmodSync(folder, 0o711);
  const server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { url: await freshDatabase(server.url, 'bench'), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** An empty, migrated database on the server of `url`. */
export async function freshDatabase(url: string, name: string): Promise<string> {
  const admin = newClient({ connectionString: withDatabase(url, 'postgres') });
  await admin.connect();
  try {
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${name}`);
  } finally {
    await admin.end();
  }
  const fresh = withDatabase(url, name);
  await migrate(fresh);
  return fresh;
}
