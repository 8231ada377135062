import type { DateRange } from '@ringfence/kernel';

/** Whether two spans share a day; both ends are included, and no `to` means no end. */
export function overlap(a: DateRange, b: DateRange): boolean {
  return a.from <= (b.to ?? '9999-12-31') && b.from <= (a.to ?? '9999-12-31');
}

/** "from 2026-04-01" or "from 2026-04-01 to 2026-08-31", for a sentence. */
export function spanText({ from, to }: DateRange): string {
  return to ? `from ${from} to ${to}` : `from ${from}`;
}
