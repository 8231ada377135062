import type { MigrationFiles } from '@ringfence/platform';
import type pg from 'pg';

/** What a migration is held to, on a database that has the migrations before it, and no functions or triggers yet. */
export interface MigrationCheck {
  /** Writes the rows that the migration will find, in the form that they have before it. */
  before(owner: pg.Client): Promise<void>;
  /** Expects of these rows what the migration should have made of them. */
  after(owner: pg.Client): Promise<void>;
}

/** The baseline's last file. It and those before it make an empty database: there is nothing that they could change. */
export const baselineLast = '0010-reviews.sql';

/** One entry for every migration after the baseline, by the name of its file. */
export const migrationChecks: Readonly<Record<string, MigrationCheck>> = {};

/** Runs the numbered files one after the other, each between its own checks. */
export async function runWithChecks(
  owner: pg.Client,
  files: MigrationFiles,
  checks: Readonly<Record<string, MigrationCheck>>,
): Promise<void> {
  await owner.query('CREATE SCHEMA ringfence');
  for (const { name, sql } of files.numbered) {
    await checks[name]?.before(owner);
    await owner.query(`BEGIN; ${sql}; COMMIT`);
    await checks[name]?.after(owner);
  }
}
