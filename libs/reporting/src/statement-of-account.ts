import { contextOf, type Principal } from '@ringfence/identity';
import { addDays, Problem, type CalendarDate, type LedgerStream, type Money } from '@ringfence/kernel';
import { balances, type AccountCode, type JournalKind } from '@ringfence/ledger';
import type { Database, Transaction } from '@ringfence/platform';

export interface StatementOfAccountQuery {
  readonly budgetId: string;
  readonly stream?: LedgerStream | undefined;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** Of an account, in its order: its opening, its entries by effective date, its closing. */
export interface StatementRow {
  readonly row: 'opening' | 'entry' | 'closing';
  readonly account: StatementAccount;
  readonly date: CalendarDate;
  readonly balancePence: Money;
  /** Of an `entry` only. */
  readonly entry?: Entry;
}

export interface StatementAccount {
  readonly id: string;
  readonly bookId: string;
  readonly code: AccountCode;
  readonly budgetId: string;
  readonly stream: LedgerStream;
  /** Its last entry when the statement began: later ones are not in it. */
  readonly version: bigint;
}

export interface Entry {
  readonly version: bigint;
  readonly journalId: string;
  readonly sequence: bigint;
  readonly kind: JournalKind;
  readonly description: string;
  readonly sourceType: string;
  readonly sourceId: string;
  readonly reverses: string | null;
  readonly recordedAt: Date;
  readonly effectiveDate: CalendarDate;
  readonly serviceDate: CalendarDate | null;
  readonly amountPence: Money;
  readonly budgetLineId: string | null;
  readonly outcomeId: string | null;
  readonly agreementId: string | null;
}

/** What is held of a statement at once. */
export const statementEntriesPerPageMax = 1_000;

/**
 * The statement of account of a budget, page by page, however many entries it has. Each page is a transaction of its
 * own, so that a slow reader holds no connection; what is posted meanwhile is left out by the accounts' versions, so
 * that every closing balance is the opening one and the entries between. Accounts with neither are left out.
 */
export async function* statementOfAccountPages(
  database: Database,
  principal: Principal,
  query: StatementOfAccountQuery,
): AsyncGenerator<StatementRow[]> {
  if (query.to < query.from) {
    throw Problem.field('/to', `/to is ${query.to}, before /from, which is ${query.from}: choose a day from then on.`);
  }
  const context = contextOf(principal);
  const accounts = await database.transaction(context, (tx) => accountsOf(tx, query));
  let page: StatementRow[] = [];
  for (const { account, openingPence } of accounts) {
    const opening: StatementRow = { row: 'opening', account, date: query.from, balancePence: openingPence };
    let [balancePence, shown, after] = [openingPence, false, { date: query.from, version: 0n }];
    for (let more = true; more;) {
      const values = [context.authorityId, account.id, account.version, after.date, after.version, query.to];
      const entries = await database.transaction(context, (tx) =>
        tx.query<Entry & Record<string, unknown>>(entriesSql, [...values, statementEntriesPerPageMax]),
      );
      more = entries.length === statementEntriesPerPageMax;
      if (!shown && (openingPence !== 0n || entries.length > 0)) {
        page.push(opening);
        shown = true;
      }
      for (const entry of entries) {
        balancePence += entry.amountPence;
        page.push({ row: 'entry', account, date: entry.effectiveDate, balancePence, entry });
        after = { date: entry.effectiveDate, version: entry.version };
      }
      if (shown && !more) page.push({ row: 'closing', account, date: query.to, balancePence });
      if (page.length >= statementEntriesPerPageMax) {
        yield page;
        page = [];
      }
    }
  }
  yield page;
}

async function accountsOf(
  tx: Transaction,
  { budgetId, stream, from }: StatementOfAccountQuery,
): Promise<{ account: StatementAccount; openingPence: Money }[]> {
  const accounts = await tx.query<StatementAccount & Record<string, unknown>>(accountsSql, [
    tx.context.authorityId,
    budgetId,
    stream ?? null,
  ]);
  const place = (...parts: readonly string[]): string => parts.join(' ');
  const opening = new Map(
    (await balances(tx, { budgetId, at: addDays(from, -1) })).map((held) => [
      place(held.bookId, held.account, held.stream),
      held.balancePence,
    ]),
  );
  return accounts.map((account) => ({
    account,
    openingPence: opening.get(place(account.bookId, account.code, account.stream)) ?? 0n,
  }));
}

/** $1 authority, $2 budget, $3 stream. */
const accountsSql = `
  SELECT id, book_id AS "bookId", code, budget_id AS "budgetId", stream, version FROM ledger_accounts
   WHERE authority_id = $1 AND budget_id = $2 AND ($3::text IS NULL OR stream = $3)
   ORDER BY book_id, code, stream`;

/** $1 authority, $2 account, $3 its last version; behind $4 day and $5 version; $6 last day, $7 how many at most. */
const entriesSql = `
  SELECT e.version, e.journal_id AS "journalId", j.sequence, j.kind, j.description, j.source_type AS "sourceType",
         j.source_id AS "sourceId", j.reverses, j.recorded_at AS "recordedAt", e.effective_date AS "effectiveDate",
         e.service_date AS "serviceDate", e.amount_pence AS "amountPence", e.budget_line_id AS "budgetLineId",
         e.outcome_id AS "outcomeId", e.agreement_id AS "agreementId"
    FROM journal_entries e JOIN journals j ON j.authority_id = e.authority_id AND j.id = e.journal_id
   WHERE e.authority_id = $1 AND e.account_id = $2 AND e.version <= $3
     AND e.effective_date BETWEEN $4 AND $6 AND (e.effective_date, e.version) > ($4::date, $5::bigint)
   ORDER BY e.effective_date, e.version LIMIT $7`;
