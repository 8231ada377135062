import type pg from 'pg';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const tables = ['statement_lines', 'journals', 'journal_entries'] as const;

/** How long PostgreSQL's own COPY takes for the rows of an import, into tables with the same columns, checks and indexes. */
export interface CopyTimes {
  /** Rows of statement_lines. */
  readonly linesSeconds: number;
  /** These, their journals and their journals' entries. */
  readonly allSeconds: number;
}

/** Of the one import that the books of `accountId` hold. The server itself reads and writes the files: nothing is sent. */
export async function copyTimes(owner: pg.Pool, folder: string, accountId: string): Promise<CopyTimes> {
  const files = join(folder, 'copied');
  mkdirSync(files);
  // The server may run as another user.
  chmodSync(files, 0o777);
  const ofAccount: Record<(typeof tables)[number], string> = {
    statement_lines: `SELECT * FROM ringfence.statement_lines WHERE designated_account_id = '${accountId}'`,
    journals: `SELECT j.* FROM ringfence.journals j JOIN ringfence.books b ON b.id = j.book_id WHERE b.designated_account_id = '${accountId}'`,
    journal_entries: `SELECT e.* FROM ringfence.journal_entries e JOIN ringfence.books b ON b.id = e.book_id WHERE b.designated_account_id = '${accountId}'`,
  };
  const client = await owner.connect();
  try {
    await client.query('DROP SCHEMA IF EXISTS baseline CASCADE');
    await client.query('CREATE SCHEMA baseline');
    for (const table of tables) {
      await client.query(`COPY (${ofAccount[table]}) TO '${join(files, table)}'`);
      await client.query(`CREATE TABLE baseline.${table} (LIKE ringfence.${table} INCLUDING ALL)`);
    }
    const times: number[] = [];
    for (const table of tables) {
      await client.query('CHECKPOINT');
      const began = performance.now();
      await client.query(`COPY baseline.${table} FROM '${join(files, table)}'`);
      times.push((performance.now() - began) / 1000);
    }
    return { linesSeconds: times[0] ?? 0, allSeconds: times.reduce((sum, time) => sum + time, 0) };
  } finally {
    await client.query('DROP SCHEMA IF EXISTS baseline CASCADE');
    client.release();
    rmSync(files, { recursive: true, force: true });
  }
}
