import { newId, Problem, proseCharactersMax, type CalendarDate } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { checkNewJournals, type NewJournal } from './domain/journal.js';
import { journalToReverseSql, postJournalsSql } from './ledger.sql.js';
import { refusing } from './refusals.js';

export interface PostedJournal {
  readonly id: string;
  readonly bookId: string;
  readonly sequence: bigint;
  readonly effectiveDate: CalendarDate;
  readonly recordedAt: Date;
  /** True when the key was known: this is the first journal of that key, and nothing was posted. */
  readonly repeated: boolean;
}

/** Opens a book, empty; returns its id. A designated account has one book; an organised arrangement has no account. */
export async function openBook(
  tx: Transaction,
  book: { readonly id?: string; readonly designatedAccountId: string | null; readonly name: string },
): Promise<string> {
  const { id = newId(), designatedAccountId, name } = book;
  await refusing(() => tx.query('SELECT open_book($1, $2, $3)', [id, designatedAccountId, name]));
  return id;
}

/**
 * Posts 1 to `journalsPerBatchMax` journals, of one book or many, all or none, in one round trip; returns them in the
 * order of the drafts. Holds the locks of the books until the transaction ends, so post last, and post all at once:
 * two calls in one transaction may deadlock with another's, which then starts again.
 * Refuses with `journal-unbalanced`, `period-closed`, `idempotency-key-reused`, `batch-too-large`, `not-found`,
 * `not-permitted` or `invalid-request`.
 */
export async function postJournals(tx: Transaction, drafts: readonly NewJournal[]): Promise<PostedJournal[]> {
  checkNewJournals(drafts);
  return post(tx, drafts.map(draftRow));
}

export interface ReversalRequest {
  readonly journalId: string;
  readonly reason: string;
  /** Without it: the day of the reversed journal or, when that is closed, the first open day. */
  readonly effectiveDate?: CalendarDate;
  readonly idempotencyKey: string;
}

/**
 * Posts the exact mirror of a journal, once at most. Refuses with `journal-already-reversed`, `not-found`, `conflict`
 * for a journal that is itself a reversal, and as {@link postJournals} does.
 */
export async function reverseJournal(tx: Transaction, request: ReversalRequest): Promise<PostedJournal> {
  const characters = [...request.reason].length;
  if (characters < 1 || characters > proseCharactersMax) {
    throw Problem.field(
      '/reason',
      `/reason has ${characters} characters: say in 1 to ${proseCharactersMax} why the journal is reversed.`,
    );
  }
  const [original] = await tx.query<OriginalRow>(journalToReverseSql, [tx.context.authorityId, request.journalId]);
  if (!original) throw new Problem('not-found', `There is no journal ${request.journalId} that you can see.`);
  const [posted] = await post(tx, [
    {
      book_id: original.book_id,
      kind: 'REVERSAL',
      description: `Reversal of journal ${original.sequence}: ${original.description}`.slice(0, 500),
      effective_date: request.effectiveDate ?? original.effective_date,
      when_closed: request.effectiveDate ? 'REFUSE' : 'FIRST_OPEN_DAY',
      source_type: 'journal',
      source_id: request.journalId,
      idempotency_key: request.idempotencyKey,
      reverses: request.journalId,
      reason: request.reason,
      entries: original.mirror,
    },
  ]);
  return posted!;
}

interface OriginalRow {
  book_id: string;
  sequence: bigint;
  description: string;
  effective_date: CalendarDate;
  mirror: unknown[];
}

interface PostedRow {
  /** The place of the draft in the batch, from 1. */
  n: number;
  id: string;
  book_id: string;
  sequence: bigint;
  effective_date: CalendarDate;
  recorded_at: Date;
  repeated: boolean;
}

async function post(tx: Transaction, drafts: readonly object[]): Promise<PostedJournal[]> {
  const rows = await refusing(() => tx.query<PostedRow>(postJournalsSql, [JSON.stringify(drafts)], 'post_journals'));
  return rows
    .sort((a, b) => a.n - b.n)
    .map((row) => ({
      id: row.id,
      bookId: row.book_id,
      sequence: row.sequence,
      effectiveDate: row.effective_date,
      recordedAt: row.recorded_at,
      repeated: row.repeated,
    }));
}

/** A draft as `post_journals()` reads it; pence travel as text, because JSON numbers are floats. */
function draftRow(draft: NewJournal): object {
  const { giving, receiving } = draft.approvals ?? {};
  const late = draft.whenClosed === 'first-open-day';
  return {
    book_id: draft.bookId,
    kind: draft.kind,
    description: draft.description,
    effective_date: draft.effectiveDate,
    when_closed: late ? 'FIRST_OPEN_DAY' : 'REFUSE',
    source_type: draft.source.type,
    source_id: draft.source.id,
    idempotency_key: draft.idempotencyKey,
    giving_payer_id: giving?.payerId,
    giving_approved_by: giving?.approvedBy,
    receiving_payer_id: receiving?.payerId,
    receiving_approved_by: receiving?.approvedBy,
    entries: draft.entries.map((entry) => ({
      account: entry.account,
      budget_id: entry.budgetId,
      stream: entry.stream,
      amount_pence: entry.amountPence.toString(),
      service_date: entry.serviceDate ?? (late ? draft.effectiveDate : undefined),
      budget_line_id: entry.budgetLineId,
      outcome_id: entry.outcomeId,
      agreement_id: entry.agreementId,
    })),
  };
}
