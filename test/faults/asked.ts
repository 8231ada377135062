import { newId } from '@ringfence/kernel';
import { statementLineEntries, type NewJournal } from '@ringfence/ledger';

/** A batch that somebody asked for: its journals' keys name it, so that it can be asked for again. */
export interface Asked {
  readonly batch: string;
  readonly size: number;
}

export interface FaultBook {
  readonly bookId: string;
  readonly budgetId: string;
}

export function askedBatch(): Asked {
  return { batch: newId(), size: 1 + Math.floor(Math.random() ** 2 * 60) };
}

/** The same drafts every time, over all books in turn. */
export function draftsOf({ batch, size }: Asked, books: readonly FaultBook[]): NewJournal[] {
  return Array.from({ length: size }, (_, order) => {
    const { bookId, budgetId } = books[(order * 7 + size) % books.length]!;
    return {
      bookId,
      kind: 'STATEMENT_LINE',
      description: 'A bank line',
      effectiveDate: '2026-05-10',
      source: { type: 'statement-line', id: batch },
      idempotencyKey: `${batch} ${order}`,
      entries: statementLineEntries(BigInt(order + 1), budgetId),
    };
  });
}
