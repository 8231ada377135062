import type { LedgerStream, Money } from '@ringfence/kernel';

/**
 * What each stream still owes of a payslip, by which a part payment is shared: then no part, whatever its pennies, pays a
 * stream's share twice. Two shares of one stream are paid in their order. Paid in full, the shares as they were: the
 * payment is then refused for being one too many.
 */
export function sharesOwed(
  shares: readonly { readonly stream: LedgerStream; readonly netPence: Money }[],
  paid: ReadonlyMap<LedgerStream, Money>,
): Money[] {
  const unspent = new Map(paid);
  const owed = shares.map(({ stream, netPence }) => {
    const settled = unspent.get(stream) ?? 0n;
    const used = settled < netPence ? settled : netPence;
    unspent.set(stream, settled - used);
    return netPence - used;
  });
  return owed.some((pence) => pence > 0n) ? owed : shares.map(({ netPence }) => netPence);
}
