import { postgresCode } from '@ringfence/platform';
import { loadRegisters, noRegisters, type RegisterIndex } from '@ringfence/spending-rules';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from '../environment.js';
import { openDatabase } from '../open-database.js';

/**
 * The registers that were imported on this machine or into DATABASE_URL. A check needs no database: without one, or
 * with one that does not answer, it is made without registers, and standard error says so where they were expected.
 */
export async function knownRegisters(): Promise<RegisterIndex> {
  const given = environment();
  const ours = join(given['RINGFENCE_DATA'] ?? '', 'postgres', 'data', 'PG_VERSION');
  if (!given['DATABASE_URL'] && !existsSync(ours)) return noRegisters;
  try {
    const database = await openDatabase(given, () => undefined);
    try {
      return await loadRegisters(database.url);
    } finally {
      await database.stop();
    }
  } catch (error) {
    // undefined_table: a database that has not been brought up to date holds no registers.
    if (postgresCode(error) === '42P01') return noRegisters;
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`The registers could not be read, so the check is made without them: ${reason}\n`);
    return noRegisters;
  }
}
