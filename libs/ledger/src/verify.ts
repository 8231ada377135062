import type { Transaction } from '@ringfence/platform';
import { refusing } from './refusals.js';

/** How many journals one statement recomputes: a verification can be broken off and taken up again between them. */
export const journalsPerVerificationMax = 5_000;

export interface LedgerDifference {
  /** The number of the first journal that is not as it was posted; 0 for a book without journals. */
  readonly sequence: bigint;
  /**
   * A column of the journal or of its entries where the rows tell which one was changed; `content` where they only tell
   * that one was; `sequence` when the journal is gone; `hash` when the hash was rewritten; `previousHash`; `head`;
   * `accountBalance`, `accountVersion` or `monthTotals` when what is kept beside the journals does not agree with them.
   */
  readonly field: string;
}

/** Verified up to and including this journal. */
export interface VerifiedTo {
  readonly sequence: bigint;
  readonly journals: bigint;
  /** True when the book has no further journal. */
  readonly complete: boolean;
  readonly firstDifference: LedgerDifference | null;
}

/** A head as it was once exported: the journal of that number must still have that hash (hexadecimal). */
export interface BookHead {
  readonly book: string;
  readonly sequence: bigint;
  readonly hash: string;
}

export interface BookVerification {
  readonly bookId: string;
  readonly journals: bigint;
  readonly firstDifference: LedgerDifference | null;
}

/**
 * Recomputes the hashes of the journals after `after`, {@link journalsPerVerificationMax} at most, from their rows. For
 * principals who see the whole authority.
 */
export async function verifyJournals(tx: Transaction, bookId: string, after: bigint): Promise<VerifiedTo> {
  const [row] = await refusing(() =>
    tx.query<VerifiedRow>('SELECT * FROM verify_journals($1, $2, $3)', [bookId, after, journalsPerVerificationMax]),
  );
  const { checked, last_sequence: sequence, differs_at, field } = row!;
  return {
    sequence,
    journals: BigInt(checked),
    complete: checked < journalsPerVerificationMax,
    firstDifference: differs_at === null ? null : { sequence: differs_at, field: field! },
  };
}

/** Compares balances, versions and month totals with the sums of the entries. */
export async function verifyTotals(tx: Transaction, bookId: string): Promise<LedgerDifference | null> {
  return difference(tx, 'SELECT * FROM verify_totals($1)', [bookId]);
}

/** Compares heads that were known before, kept by {@link recordHeads} or exported, with the journals of today. */
export async function verifyHeads(
  tx: Transaction,
  bookId: string,
  heads: readonly BookHead[] = [],
): Promise<LedgerDifference | null> {
  const known = heads.map((head) => ({ ...head, sequence: head.sequence.toString() }));
  return difference(tx, 'SELECT * FROM verify_heads($1, $2)', [bookId, JSON.stringify(known)]);
}

/** The whole book in one transaction; returns the first difference of all. */
export async function verifyBook(
  tx: Transaction,
  bookId: string,
  heads: readonly BookHead[] = [],
): Promise<BookVerification> {
  let journals = 0n;
  for (let after = 0n; ;) {
    const slice = await verifyJournals(tx, bookId, after);
    journals += slice.journals;
    if (slice.complete || slice.firstDifference) {
      const firstDifference =
        earliest(slice.firstDifference, await verifyHeads(tx, bookId, heads)) ?? (await verifyTotals(tx, bookId));
      return { bookId, journals, firstDifference };
    }
    after = slice.sequence;
  }
}

/** A head may be gone, or a journal rewritten with all that follow it, before the chain itself gives one away. */
export function earliest(one: LedgerDifference | null, other: LedgerDifference | null): LedgerDifference | null {
  return one && other ? (other.sequence < one.sequence ? other : one) : (one ?? other);
}

async function difference(tx: Transaction, sql: string, values: unknown[]): Promise<LedgerDifference | null> {
  const [row] = await refusing(() => tx.query<{ differs_at: bigint; field: string }>(sql, values));
  return row ? { sequence: row.differs_at, field: row.field } : null;
}

/** Keeps today's head of every book that has moved since its last kept one; returns how many. Is idempotent. */
export async function recordHeads(tx: Transaction): Promise<number> {
  const [row] = await refusing(() => tx.query<{ kept: number }>('SELECT record_heads() AS kept'));
  return row!.kept;
}

/** The head of every book of the authority that has a journal, to be kept out of the reach of the database's owner. */
export async function bookHeads(tx: Transaction): Promise<BookHead[]> {
  return tx.query<BookHead & Record<string, unknown>>(
    `SELECT id AS book, head_sequence AS sequence, encode(head_hash, 'hex') AS hash FROM books
      WHERE authority_id = $1 AND head_sequence > 0 ORDER BY id`,
    [tx.context.authorityId],
  );
}

interface VerifiedRow {
  checked: number;
  last_sequence: bigint;
  differs_at: bigint | null;
  field: string | null;
}
