import { migrate, newClient, withDatabase } from '@ringfence/platform';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

export interface TestDatabase {
  /** The owner's URL. */
  readonly url: string;
  /** Ends all its connections and removes it. */
  drop(): Promise<void>;
}

/** A migrated database of the spec's own, copied in milliseconds from a template that is migrated once a run. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = serverUrl();
  const name = `spec_${randomBytes(6).toString('hex')}`;
  await asAdmin(server, async (admin) => {
    const template = await requireTemplate(admin, server);
    await whileInUse(() => admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
    await copyDatabaseGrants(admin, template, name);
  });
  return {
    url: withDatabase(server, name),
    drop: () =>
      asAdmin(server, async (admin) => void (await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
}

/** The empty database server of this run, as its superuser: for specs of migrations and roles. */
export function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (!url) throw new Error('TEST_DATABASE_URL is not set: run this spec in the project "system", by npm test.');
  return withDatabase(url, 'postgres');
}

const templateLock = 727_101;
const inUseAttemptsMax = 100;

/** Made by the first spec that needs it, while the others wait; named by its migrations. */
async function requireTemplate(admin: pg.Client, server: string): Promise<string> {
  const template = `template_${migrationsHash()}`;
  await admin.query('SELECT pg_advisory_lock($1)', [templateLock]);
  try {
    const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (found.rowCount === 0) {
      await admin.query(`DROP DATABASE IF EXISTS ${template}_new WITH (FORCE)`);
      await admin.query(`CREATE DATABASE ${template}_new`);
      await migrate(withDatabase(server, `${template}_new`));
      await whileInUse(() => admin.query(`ALTER DATABASE ${template}_new RENAME TO ${template}`));
    }
  } finally {
    await admin.query('SELECT pg_advisory_unlock($1)', [templateLock]);
  }
  return template;
}

/** CREATE DATABASE copies what is in the template, but not the rights on the database itself. */
async function copyDatabaseGrants(admin: pg.Client, from: string, to: string): Promise<void> {
  const grants = await admin.query<{ role: string; privilege: string }>(
    `SELECT grantee::regrole::text AS role, privilege_type AS privilege
       FROM pg_database, aclexplode(datacl) WHERE datname = $1 AND grantee <> 0 AND grantee <> datdba`,
    [from],
  );
  for (const { role, privilege } of grants.rows) await admin.query(`GRANT ${privilege} ON DATABASE ${to} TO ${role}`);
}

/** A session that has said goodbye may still be in the database for a moment (55006, object in use). */
async function whileInUse(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== '55006' || attempt === inUseAttemptsMax) throw error;
      await new Promise((wake) => setTimeout(wake, 20));
    }
  }
}

async function asAdmin<T>(server: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = newClient({ connectionString: server });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function migrationsHash(): string {
  const folder = join(import.meta.dirname, '../../migrations');
  const hash = createHash('sha256');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of entries.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash.update(path).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}
