import { migrate, postgresCode } from '@ringfence/platform';
import { CommandFailure } from './exit.js';
import { withDatabase } from './open-database.js';

/** Returns the names of the migrations that were applied, in order. */
export function migrateDatabase(): Promise<string[]> {
  return withDatabase((config) => migrate(config.DATABASE_URL));
}

/** Passes on what `work` answers, and says what to do where the tables are not there yet. */
export async function requireTables<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    // undefined_table, undefined_function and invalid_schema_name
    if (!['42P01', '42883', '3F000'].includes(postgresCode(error) ?? '')) throw error;
    throw new CommandFailure('The database is not up to date: run "ringfence migrate" first.', { cause: error });
  }
}
