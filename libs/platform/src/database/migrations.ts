import { join } from 'node:path';
import type pg from 'pg';
import { ConfigError } from '../config.js';
import { projectFolder } from '../project-folder.js';
import { readMigrationFiles, type FunctionFile, type Migration, type MigrationFiles } from './migration-files.js';
import { newClient } from './pool.js';

const migrationsLock = 727_001;

/** The first migration of the databases that were made before the first release. */
const firstBeforeTheBaseline = '0001-foundations.sql';

/**
 * Brings a database up to the newest migration, and returns the names of the files that were applied. Each numbered file
 * of `folder` runs once, in a transaction of its own. The files below `functions/` run after them, all in one
 * transaction, when the text of one has changed or a numbered file has run. Two processes that migrate at once wait for
 * each other.
 */
export async function migrate(databaseUrl: string, folder = join(projectFolder(), 'migrations')): Promise<string[]> {
  const files = await readMigrationFiles(folder);
  const client = newClient({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 10_000,
    options: '-c search_path=ringfence -c timezone=UTC',
  });
  await client.connect();
  try {
    await requireVersion(client);
    await client.query('SELECT pg_advisory_lock($1)', [migrationsLock]);
    return await applyFiles(client, files);
  } finally {
    // The end of the session releases the lock.
    await client.end();
  }
}

async function applyFiles(client: pg.Client, files: MigrationFiles): Promise<string[]> {
  const recorded = await readRecorded(client);
  refuseOtherHistory(recorded, files.numbered);

  const missing = files.numbered.filter(({ name }) => !recorded.has(name));
  for (const migration of missing) await inTransaction(client, () => applyMigration(client, migration));

  const changed = files.functions.filter(({ name, sha256 }) => recorded.get(name) !== sha256);
  if (missing.length > 0 || changed.length > 0) {
    await inTransaction(client, async () => {
      for (const file of files.functions) await applyFunctions(client, file);
    });
  }
  return [...missing, ...changed].map(({ name }) => name);
}

/** Makes the table of what was applied where there is none, and returns its hashes by the names of the files. */
async function readRecorded(client: pg.Client): Promise<Map<string, string>> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ringfence;
    CREATE TABLE IF NOT EXISTS migration_texts (
      name text PRIMARY KEY,
      sha256 text NOT NULL,
      note text,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`);
  const { rows } = await client.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM migration_texts');
  return new Map(rows.map(({ name, sha256 }) => [name, sha256]));
}

/** A database whose history is not the one of these files cannot be brought further by them. */
function refuseOtherHistory(recorded: ReadonlyMap<string, string>, numbered: readonly Migration[]): void {
  if (recorded.has(firstBeforeTheBaseline)) {
    throw new ConfigError(
      'The database was made by a version of Ringfence before its first release, and cannot be upgraded: ' +
        'name an empty database in DATABASE_URL or, for the embedded one, remove the data folder (.ringfence).',
    );
  }
  const known = new Map(numbered.map(({ name, sha256 }) => [name, sha256]));
  for (const [name, sha256] of recorded) {
    if (name.startsWith('functions/')) continue;
    if (!known.has(name)) {
      throw new ConfigError(
        `The database has run the migration ${name}, which this version of Ringfence does not have: use the version that ran it, or a later one.`,
      );
    }
    if (known.get(name) !== sha256) {
      throw new ConfigError(
        `The migration ${name} was changed after this database had run it: put its text back and write the change as a new migration, or begin with an empty database.`,
      );
    }
  }
}

async function applyMigration(client: pg.Client, { name, sql, sha256, note }: Migration): Promise<void> {
  await run(client, name, sql);
  await client.query('INSERT INTO ringfence.migration_texts (name, sha256, note) VALUES ($1, $2, $3)', [
    name,
    sha256,
    note,
  ]);
}

async function applyFunctions(client: pg.Client, { name, sql, sha256 }: FunctionFile): Promise<void> {
  await run(client, name, sql);
  await client.query(
    `INSERT INTO ringfence.migration_texts AS m (name, sha256) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET sha256 = excluded.sha256, applied_at = now() WHERE m.sha256 <> excluded.sha256`,
    [name, sha256],
  );
}

async function run(client: pg.Client, name: string, sql: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    if (error instanceof Error) error.message = `${name}: ${error.message}`;
    throw error;
  }
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  try {
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** The oldest PostgreSQL that has all that the migrations use. */
export const postgresMajorMin = 18;

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string; number: number }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::integer AS number`,
  );
  const { version, number } = rows[0]!;
  if (number >= postgresMajorMin * 10_000) return;
  throw new ConfigError(`DATABASE_URL names a PostgreSQL ${version}: use version ${postgresMajorMin} or later.`);
}
