import { addDays, Problem, type CalendarDate, type FundingStream, type Money } from '@ringfence/kernel';
import { instalmentDueEntries, journalsPerBatchMax, postJournals, type NewJournal, booksSql } from '@ringfence/ledger';
import type { Database, Transaction } from '@ringfence/platform';
import { systemContext } from '@ringfence/platform';
import { instalmentGraceDays, instalmentState, type InstalmentState } from './domain/instalment-state.js';
import type { InstalmentKind } from './domain/terms.js';
import {
  instalmentsAroundSql,
  instalmentsSql,
  instalmentsToPostSql,
  markNotReceivedSql,
  markPostedSql,
  markReceivedSql,
  nextInstalmentSql,
} from './instalments.sql.js';

export const instalmentsAroundMax = 10_000;

/** An instalment as it is read. `receivedOn` is the bank's day of the payment that met it in full. */
export interface InstalmentRow {
  readonly id: string;
  readonly scheduleId: string;
  readonly budgetId: string;
  readonly budgetReference: string;
  readonly agreementId: string;
  readonly designatedAccountId: string;
  readonly stream: FundingStream;
  readonly kind: InstalmentKind;
  readonly dueOn: CalendarDate;
  readonly amountPence: Money;
  readonly dueJournalId: string | null;
  readonly receivedOn: CalendarDate | null;
  readonly withdrawnOn: CalendarDate | null;
  readonly state: InstalmentState;
}

export interface InstalmentFilter {
  readonly budgetId?: string | undefined;
  readonly designatedAccountId?: string | undefined;
  readonly stream?: FundingStream | undefined;
  /** Due days, both included. */
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly states?: readonly InstalmentState[] | undefined;
}

/**
 * Posts the instalments that are due by `today` and not yet posted, each as one journal INSTALMENT_DUE: due from the
 * payer, held as the payer's funds (domain: posting patterns). One batch of the ledger, so at most
 * `journalsPerBatchMax`; returns how many. Is idempotent: the journal's key is the instalment's. An instalment of a
 * closed month is posted to the first open day.
 */
export async function postInstalmentsDue(tx: Transaction, today: CalendarDate): Promise<number> {
  const due = await tx.query<DueRow>(instalmentsToPostSql, [tx.context.authorityId, today, journalsPerBatchMax]);
  if (due.length > 0) await postBatch(tx, due);
  return due.length;
}

/** All that are due, as the system, in as many transactions as there are batches. Returns how many. */
export async function postInstalmentsDueFor(
  database: Database,
  authorityId: string,
  today: CalendarDate,
): Promise<number> {
  let posted = 0;
  for (;;) {
    const batch = await database.transaction(systemContext(authorityId), (tx) => postInstalmentsDue(tx, today));
    posted += batch;
    if (batch < journalsPerBatchMax) return posted;
  }
}

interface DueRow {
  readonly id: string;
  readonly budget_id: string;
  readonly agreement_id: string;
  readonly designated_account_id: string;
  readonly stream: FundingStream;
  readonly due_on: CalendarDate;
  readonly amount_pence: Money;
}

async function postBatch(tx: Transaction, due: readonly DueRow[]): Promise<void> {
  const books = await booksOf(
    tx,
    due.map((row) => row.designated_account_id),
  );
  const drafts = due.map((row): NewJournal => ({
    bookId: books.get(row.designated_account_id)!,
    kind: 'INSTALMENT_DUE',
    description: `Instalment due on ${row.due_on}`,
    effectiveDate: row.due_on,
    whenClosed: 'first-open-day',
    source: { type: 'instalment', id: row.id },
    idempotencyKey: `instalment:${row.id}`,
    entries: instalmentDueEntries({
      amountPence: row.amount_pence,
      budgetId: row.budget_id,
      stream: row.stream,
      agreementId: row.agreement_id,
    }),
  }));
  const journals = await postJournals(tx, drafts);
  await tx.query(markPostedSql, [
    tx.context.authorityId,
    due.map((row) => row.id),
    journals.map((journal) => journal.id),
  ]);
}

async function booksOf(tx: Transaction, accountIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; account: string }>(
    `SELECT id, designated_account_id AS account FROM ${booksSql} b WHERE authority_id = $1 AND designated_account_id = ANY ($2::uuid[])`,
    [tx.context.authorityId, [...new Set(accountIds)]],
  );
  return new Map(rows.map((row) => [row.account, row.id]));
}

/** A list by due day, one more than asked for where `limit` comes with one. `after` is the last [dueOn, id] seen. */
export async function readInstalments(
  tx: Transaction,
  today: CalendarDate,
  filter: InstalmentFilter,
  page: { readonly limit: number; readonly after?: readonly [CalendarDate, string] | undefined },
): Promise<InstalmentRow[]> {
  const rows = await tx.query<Omit<InstalmentRow, 'state'>>(instalmentsSql, [
    tx.context.authorityId,
    filter.budgetId ?? null,
    filter.designatedAccountId ?? null,
    filter.stream ?? null,
    filter.from ?? null,
    filter.to ?? null,
    filter.states ?? null,
    today,
    addDays(today, -instalmentGraceDays - 1),
    page.after?.[0] ?? null,
    page.after?.[1] ?? null,
    page.limit,
  ]);
  return rows.map((row) => ({ ...row, state: instalmentState(row, today) }));
}

/** The next instalment still to come, today's included; undefined when none is. */
export async function nextInstalment(
  tx: Transaction,
  budgetId: string,
  today: CalendarDate,
): Promise<InstalmentRow | undefined> {
  const [row] = await tx.query<Omit<InstalmentRow, 'state'>>(nextInstalmentSql, [
    tx.context.authorityId,
    budgetId,
    today,
  ]);
  return row && { ...row, state: instalmentState(row, today) };
}

/**
 * For matching a payment in: the instalments into these accounts whose due day lies between the two days and that are
 * neither received nor withdrawn, at most {@link instalmentsAroundMax}.
 */
export async function instalmentsAround(
  tx: Transaction,
  around: { readonly designatedAccountIds: readonly string[]; readonly from: CalendarDate; readonly to: CalendarDate },
  today: CalendarDate,
): Promise<InstalmentRow[]> {
  const rows = await tx.query<Omit<InstalmentRow, 'state'>>(instalmentsAroundSql, [
    tx.context.authorityId,
    around.designatedAccountIds,
    around.from,
    around.to,
    instalmentsAroundMax,
  ]);
  return rows.map((row) => ({ ...row, state: instalmentState(row, today) }));
}

/** Records the payment that met an instalment: the bank's day and the journal that allocated it. Refuses a second. */
export async function markInstalmentReceived(
  tx: Transaction,
  instalmentId: string,
  receipt: { readonly receivedOn: CalendarDate; readonly journalId: string },
): Promise<void> {
  const marked = await tx.query(markReceivedSql, [
    tx.context.authorityId,
    instalmentId,
    receipt.receivedOn,
    receipt.journalId,
  ]);
  if (marked.length === 0) {
    throw new Problem(
      'conflict',
      `The instalment ${instalmentId} is received or withdrawn already: match another one.`,
    );
  }
}

/** Undoes what {@link markInstalmentReceived} recorded for a journal that has been reversed. */
export async function markInstalmentsNotReceived(tx: Transaction, journalId: string): Promise<number> {
  const unmarked = await tx.query(markNotReceivedSql, [tx.context.authorityId, journalId]);
  return unmarked.length;
}
