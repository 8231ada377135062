import type { Transaction } from '@ringfence/platform';

const rowsAtOnce = 5_000;

/**
 * The rows of a query some thousands at a time, as they were when the first was asked for. Sorting is the database's,
 * on disk where there are many. Between two pages other statements may run in the transaction; of one name only one
 * query may be open.
 */
export async function* pagesOf<Row>(
  tx: Transaction,
  name: string,
  sql: string,
  values: unknown[],
): AsyncGenerator<Row[]> {
  await tx.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${sql}`, values);
  try {
    for (;;) {
      const rows = await tx.query(`FETCH ${rowsAtOnce} FROM ${name}`);
      if (rows.length > 0) yield rows as Row[];
      if (rows.length < rowsAtOnce) return;
    }
  } finally {
    // Of a transaction that has failed the cursor is gone, and the failure is what should be told.
    await tx.query(`CLOSE ${name}`).catch(() => undefined);
  }
}
