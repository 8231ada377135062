import type { CalendarDate, Money } from '@ringfence/kernel';

/** A posted import, with the day of the first line that it brought in itself; null where it brought in none. */
export interface PostedImport {
  readonly importId: string;
  readonly firstDate: CalendarDate | null;
  readonly firstOwnDate: CalendarDate | null;
  readonly openingPence: Money | null;
}

export interface OpeningBalance {
  readonly importId: string;
  readonly on: CalendarDate;
  readonly pence: Money;
}

/**
 * The balance that the books of an account begin with, given its imports in the order in which they were committed:
 * that of the first one, until one that begins earlier and states its own replaces it. Null where the books begin with
 * nothing.
 */
export function openingBalanceOf(imports: readonly PostedImport[]): OpeningBalance | null {
  let opening: OpeningBalance | null = null;
  let earliest: CalendarDate | null = null;
  for (const { importId, firstDate, firstOwnDate, openingPence } of imports) {
    if (firstDate !== null && openingPence !== null && (earliest === null || firstDate < earliest)) {
      opening = openingPence === 0n ? null : { importId, on: firstDate, pence: openingPence };
    }
    if (firstOwnDate !== null && (earliest === null || firstOwnDate < earliest)) earliest = firstOwnDate;
  }
  return opening;
}
