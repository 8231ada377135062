import type { CalendarDate, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';

/** What one kind of thing that hangs on lines is, with the first line that has one. */
export interface Dependant {
  readonly kind: string;
  readonly lines: number;
  readonly lineDate: CalendarDate;
  readonly amountPence: Money;
  readonly description: string;
  /** Said of so many lines: "line is allocated", "lines are allocated". */
  readonly what: string;
  /** What a person does about it: "undo those allocations first". */
  readonly undo: string;
}

/**
 * What the libraries above this one keep about the lines of an import. They implement it, and the reversal of an import asks
 * it in its own transaction, while it holds the lock of every line.
 */
export abstract class LineDependants {
  /** What must be undone before the import can be reversed, one for each kind, in the order of the kinds. */
  abstract standing(tx: Transaction, importId: string): Promise<Dependant[]>;

  /** Whether anybody has ever decided something about a line of the import, even if it was undone later. */
  abstract everDecided(tx: Transaction, importId: string): Promise<boolean>;

  /** The lines leave the account: what the system itself had found out about them no longer counts. */
  abstract release(tx: Transaction, importId: string, lineIds: readonly string[]): Promise<void>;
}
