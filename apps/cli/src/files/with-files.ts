import { SystemClock } from '@ringfence/kernel';
import { appDataSource, Database, FileStore } from '@ringfence/platform';
import { requireTables } from '../migrate-database.js';
import { withDatabase } from '../open-database.js';

/** The files under RINGFENCE_DATA, the database that names them, and the time. */
export function withFiles<T>(work: (database: Database, files: FileStore, now: Date) => Promise<T>): Promise<T> {
  return withDatabase(async (config) => {
    const clock = new SystemClock();
    const database = new Database(await appDataSource(config, []).initialize(), clock);
    try {
      return await requireTables(work(database, new FileStore(config), clock.now()));
    } finally {
      await database.close();
    }
  });
}
