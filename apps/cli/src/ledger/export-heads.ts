import { SystemClock } from '@ringfence/kernel';
import { bookHeads, listBooks, recordHeads, type BookHead } from '@ringfence/ledger';
import { appDataSource, Database, systemContext, type Config } from '@ringfence/platform';
import { exitCodes } from '../exit.js';
import { requireTables } from '../migrate-database.js';
import { withDatabase } from '../open-database.js';
import { writeLine } from '../write-line.js';
import { writeHeads } from './heads-file.js';

export interface ExportHeadsOptions {
  readonly authority?: string;
}

/**
 * Writes the head of every book to a file, to be kept where the database's owner cannot reach it, and keeps the same
 * heads in the database. `ledger verify --heads` compares them: so a tail that was deleted or rewritten is found.
 */
export async function exportHeads(file: string, options: ExportHeadsOptions): Promise<number> {
  const heads = await withDatabase((config) => readHeadsOf(config, options));
  writeHeads(file, heads);
  await writeLine(`${heads.length} heads written to ${file}.`);
  return exitCodes.done;
}

async function readHeadsOf(config: Config, options: ExportHeadsOptions): Promise<BookHead[]> {
  const books = await requireTables(listBooks(config.DATABASE_URL, options));
  const database = new Database(await appDataSource(config, []).initialize(), new SystemClock());
  try {
    const heads: BookHead[] = [];
    for (const authorityId of new Set(books.map((book) => book.authorityId))) {
      const found = await database.transaction(systemContext(authorityId), async (tx) => {
        await recordHeads(tx);
        return bookHeads(tx);
      });
      heads.push(...found);
    }
    return heads;
  } finally {
    await database.close();
  }
}
