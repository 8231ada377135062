import type { Transaction } from '@ringfence/platform';
import { refusing } from './refusals.js';

export const journalsPerVerificationMax = 10_000;

export interface BookVerification {
  readonly bookId: string;
  readonly journals: bigint;
  /** Null when every hash was recomputed as stored. `hash` means that a column of the journal or its entries differs. */
  readonly firstDifference: {
    readonly sequence: bigint;
    readonly field: 'sequence' | 'previousHash' | 'hash' | 'head';
  } | null;
}

/** Recomputes the hash chain of a book from its rows. For principals who see the whole authority. */
export async function verifyBook(tx: Transaction, bookId: string): Promise<BookVerification> {
  let journals = 0n;
  for (let after = 0n; ;) {
    const [row] = await refusing(() =>
      tx.query<VerifiedRow>('SELECT * FROM verify_book($1, $2, $3)', [bookId, after, journalsPerVerificationMax]),
    );
    const { checked, last_sequence, differs_at, field } = row!;
    journals += BigInt(checked);
    if (differs_at !== null) return { bookId, journals, firstDifference: { sequence: differs_at, field } };
    if (checked < journalsPerVerificationMax) return { bookId, journals, firstDifference: null };
    after = last_sequence;
  }
}

interface VerifiedRow {
  checked: number;
  last_sequence: bigint;
  differs_at: bigint | null;
  field: 'sequence' | 'previousHash' | 'hash' | 'head';
}
