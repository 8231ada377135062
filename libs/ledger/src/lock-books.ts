import type { Transaction } from '@ringfence/platform';
import { lockBooksSql } from './ledger.sql.js';

/**
 * Holds books until the transaction ends: what is read of their balances afterwards still holds when it is posted. Name
 * all books of the use case at once, as they are taken in the order of their ids.
 */
export async function lockBooks(tx: Transaction, bookIds: readonly string[]): Promise<void> {
  await tx.query(lockBooksSql, [[...new Set(bookIds)]]);
}
