import { addDays, Problem, type CalendarDate, type LedgerStream, type Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { balances, type AccountBalance } from './balances.js';
import type { AccountCode } from './domain/chart.js';
import type { JournalKind } from './domain/journal.js';
import { scopeOf, statementEntriesSql } from './ledger.sql.js';

export const statementEntriesMax = 50_000;

export interface StatementQuery {
  readonly bookId?: string;
  readonly budgetId?: string;
  readonly stream?: LedgerStream;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

export interface StatementEntry {
  readonly journalId: string;
  readonly sequence: bigint;
  readonly kind: JournalKind;
  readonly description: string;
  readonly source: { readonly type: string; readonly id: string };
  readonly reverses: string | null;
  readonly recordedAt: Date;
  readonly effectiveDate: CalendarDate;
  readonly serviceDate: CalendarDate | null;
  readonly amountPence: Money;
  /** The account's balance after this entry, in the order of effective dates. */
  readonly runningPence: Money;
  readonly budgetLineId: string | null;
  readonly outcomeId: string | null;
  readonly agreementId: string | null;
}

export interface AccountStatement {
  readonly bookId: string;
  readonly account: AccountCode;
  readonly budgetId: string | null;
  readonly stream: LedgerStream;
  readonly openingPence: Money;
  readonly entries: readonly StatementEntry[];
  readonly closingPence: Money;
}

/**
 * Each account's balance at the start of `from`, its entries by effective date, and its balance at the end of `to`, for
 * any two days. Accounts with no balance and no entry are left out. Refuses more than {@link statementEntriesMax} entries.
 */
export async function statementOfAccount(tx: Transaction, query: StatementQuery): Promise<AccountStatement[]> {
  if (query.to < query.from) {
    throw Problem.field('/to', `/to is ${query.to}, before /from, which is ${query.from}: choose a day from then on.`);
  }
  const scope = scopeOf(query);
  const { bookId = null, budgetId = null, stream = null, from, to } = query;
  const rows = await tx.query<EntryRow>(
    statementEntriesSql(scope),
    [tx.context.authorityId, bookId, budgetId, stream, from, to, statementEntriesMax + 1],
    `statement of account, ${scope}`,
  );
  if (rows.length > statementEntriesMax) {
    throw new Problem(
      'too-large',
      `The statement from ${query.from} to ${query.to} has more than ${statementEntriesMax} entries: ask for fewer days.`,
    );
  }
  const opening = await openings(tx, query);
  const entriesOf = byPlace(rows);
  return opening
    .map((account) =>
      statement(
        account,
        entriesOf.get(placeOf(account.bookId, account.account, account.budgetId, account.stream)) ?? [],
      ),
    )
    .filter(({ openingPence, entries }) => openingPence !== 0n || entries.length > 0);
}

interface EntryRow {
  book_id: string;
  code: AccountCode;
  budget_id: string | null;
  stream: LedgerStream;
  journal_id: string;
  sequence: bigint;
  kind: JournalKind;
  description: string;
  source_type: string;
  source_id: string;
  reverses: string | null;
  recorded_at: Date;
  effective_date: CalendarDate;
  service_date: CalendarDate | null;
  amount_pence: Money;
  budget_line_id: string | null;
  outcome_id: string | null;
  agreement_id: string | null;
}

async function openings(tx: Transaction, query: StatementQuery): Promise<AccountBalance[]> {
  const { bookId, budgetId, stream, from } = query;
  const all = await balances(tx, { ...(bookId && { bookId }), ...(budgetId && { budgetId }), at: addDays(from, -1) });
  return stream ? all.filter((account) => account.stream === stream) : all;
}

function placeOf(...place: readonly (string | null)[]): string {
  return place.join(' ');
}

function byPlace(rows: readonly EntryRow[]): Map<string, EntryRow[]> {
  const groups = new Map<string, EntryRow[]>();
  for (const row of rows) {
    const place = placeOf(row.book_id, row.code, row.budget_id, row.stream);
    const group = groups.get(place);
    if (group) group.push(row);
    else groups.set(place, [row]);
  }
  return groups;
}

function statement(account: AccountBalance, rows: readonly EntryRow[]): AccountStatement {
  let runningPence = account.balancePence;
  const entries = rows.map((row) => {
    runningPence += row.amount_pence;
    return {
      journalId: row.journal_id,
      sequence: row.sequence,
      kind: row.kind,
      description: row.description,
      source: { type: row.source_type, id: row.source_id },
      reverses: row.reverses,
      recordedAt: row.recorded_at,
      effectiveDate: row.effective_date,
      serviceDate: row.service_date,
      amountPence: row.amount_pence,
      runningPence,
      budgetLineId: row.budget_line_id,
      outcomeId: row.outcome_id,
      agreementId: row.agreement_id,
    };
  });
  const { balancePence: openingPence, ...place } = account;
  return { ...place, openingPence, entries, closingPence: runningPence };
}
