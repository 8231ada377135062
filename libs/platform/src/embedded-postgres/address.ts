import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newClient } from '../database/pool.js';

export function urlOf(folder: string, port: number): string {
  return `postgresql://postgres:${readFileSync(join(folder, 'password'), 'utf8').trim()}@127.0.0.1:${port}/ringfence`;
}

/** The same server and login, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

export async function createDatabaseOnce(url: string): Promise<void> {
  const admin = newClient({ connectionString: withDatabase(url, 'postgres') });
  await admin.connect();
  try {
    const found = await admin.query(`SELECT 1 FROM pg_database WHERE datname = 'ringfence'`);
    if (found.rowCount === 0) await admin.query('CREATE DATABASE ringfence');
  } finally {
    await admin.end();
  }
}

export async function answers(url: string): Promise<boolean> {
  const client = newClient({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
