import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { ConfigError } from '../config.js';
import { projectFolder } from '../project-folder.js';
import { pgWithPool } from './pool.js';

const migrationsLock = 727_001;

/**
 * Brings a database up to the newest migration and answers the names that were applied. Migrations are the `.sql`
 * files of /migrations in the order of their names; each runs in a transaction of its own and is recorded with the
 * hash of its text. Two processes that migrate at once wait for each other.
 */
export async function migrate(
  databaseUrl: string,
  report: (name: string) => void = () => undefined,
): Promise<string[]> {
  const dataSource = new DataSource({
    type: 'postgres',
    driver: pgWithPool,
    url: databaseUrl,
    migrations: await migrationClasses(),
    migrationsTableName: 'migrations',
    // Named outright: the schema `ringfence` does not exist yet when the table is first looked for.
    schema: 'public',
    migrationsTransactionMode: 'each',
    connectTimeoutMS: 10_000,
    poolSize: 2,
    extra: { options: '-c search_path=ringfence,public -c timezone=UTC' },
  });
  await dataSource.initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await requireVersion(lock);
    await lock.query('SELECT pg_advisory_lock($1)', [migrationsLock]);
    const applied = await dataSource.runMigrations();
    applied.forEach(({ name }) => report(name));
    return applied.map(({ name }) => name);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [migrationsLock]).catch(() => undefined);
    await lock.release();
    await dataSource.destroy();
  }
}

/** The oldest PostgreSQL that has all that the migrations use. */
export const postgresMajorMin = 18;

async function requireVersion(runner: QueryRunner): Promise<void> {
  const [{ version, number }] = (await runner.query(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::integer AS number`,
  )) as [{ version: string; number: number }];
  if (number >= postgresMajorMin * 10_000) return;
  throw new ConfigError(`DATABASE_URL names a PostgreSQL ${version}: use version ${postgresMajorMin} or later.`);
}

/** TypeORM wants classes: one is made for each file, named by the file and dated by its number. */
async function migrationClasses(): Promise<(new () => MigrationInterface)[]> {
  const folder = join(projectFolder(), 'migrations');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(join(folder, file), 'utf8');
      const name = migrationName(file);
      const hash = createHash('sha256').update(sql).digest('hex');
      return class implements MigrationInterface {
        readonly name = name;

        async up(runner: QueryRunner): Promise<void> {
          await runner.query(sql);
          // A migration sets its own search path; TypeORM records it in the same transaction.
          await runner.query('SET LOCAL search_path = ringfence, public');
          await runner.query('INSERT INTO ringfence.migration_texts (name, sha256) VALUES ($1, $2)', [file, hash]);
        }

        async down(): Promise<void> {
          throw new Error(`${file} cannot be undone: write a migration that corrects it.`);
        }
      };
    }),
  );
}

/** TypeORM orders by thirteen digits at the end of a name: they are the file's own number, so that none ever changes. */
function migrationName(file: string): string {
  const [, number, words] = /^(\d{4})-([a-z-]+)\.sql$/.exec(file) ?? [];
  if (!number || !words) throw new Error(`${file} in /migrations is not named as "0012-what-it-does.sql".`);
  return `${words}-${1_763_000_000_000 + Number.parseInt(number, 10)}`;
}
