import type { NewEntry } from '@ringfence/ledger';
import type { Transaction } from '@ringfence/platform';
import { refuseEntryBeyondHolding } from '../domain/holdings.js';
import { holdingOf, isHeldPlace } from '../allocations/holdings.sql.js';
import { holdBooks } from '../allocations/refuse-allocation.js';

/**
 * Refuses a manual journal whose entries, together, leave less than nothing of what an account owes or holds. Holds the
 * budget's books until the transaction ends.
 */
export async function refuseEntriesBeyondHoldings(
  tx: Transaction,
  entries: readonly NewEntry[],
  pointerOf: (order: number) => string,
): Promise<void> {
  const budgetIds = entries.flatMap(({ budgetId }) => (budgetId === null ? [] : [budgetId]));
  await holdBooks(tx, [], budgetIds);
  const seen = new Set<string>();
  for (const [order, { account, budgetId, stream }] of entries.entries()) {
    const key = [account, budgetId, stream].join(' ');
    if (budgetId === null || seen.has(key)) continue;
    seen.add(key);
    const place = { account, budgetId, stream };
    if (!isHeldPlace(place)) continue;
    const debitPence = entries
      .filter((one) => one.account === account && one.budgetId === budgetId && one.stream === stream)
      .reduce((sum, { amountPence }) => sum + amountPence, 0n);
    refuseEntryBeyondHolding(await holdingOf(tx, place), debitPence, pointerOf(order));
  }
}
