import type { CalendarDate, CalendarMonth, LedgerStream, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { controlAccounts, type AccountCode } from './domain/chart.js';
import { firstDayOf } from './domain/periods.js';
import {
  balancesAsKnownSql,
  balancesAtSql,
  balancesNowSql,
  isRecentMonthSql,
  movedBySql,
  scopeOf,
  trialBalanceNowSql,
  trialBalanceSql,
} from './ledger.sql.js';

export interface BalanceQuery {
  readonly bookId?: string;
  readonly budgetId?: string;
  /** True of the end of that day, by effective date; without it, everything posted so far. */
  readonly at?: CalendarDate;
  /** With `at`: only what had been recorded by that instant. */
  readonly asKnownAt?: Date;
}

export interface AccountBalance {
  readonly bookId: string;
  readonly account: AccountCode;
  readonly budgetId: string | null;
  readonly stream: LedgerStream;
  /** Debit positive. */
  readonly balancePence: Money;
}

/** The balance of every account that the caller sees, of a book, of a budget, or of all. */
export async function balances(tx: Transaction, query: BalanceQuery = {}): Promise<AccountBalance[]> {
  const values = [tx.context.authorityId, query.bookId ?? null, query.budgetId ?? null];
  const scope = scopeOf(query);
  const day = query.at ?? '9999-12-31';
  const rows = query.asKnownAt
    ? await tx.query(balancesAsKnownSql(scope), [...values, day, query.asKnownAt])
    : query.at
      ? await tx.query(balancesAtSql(scope), [...values, query.at], `balances at a date, ${scope}`)
      : await tx.query(balancesNowSql(scope), values, `balances now, ${scope}`);
  return rows.map((row) => ({
    bookId: row['book_id'] as string,
    account: row['code'] as AccountCode,
    budgetId: row['budget_id'] as string | null,
    stream: row['stream'] as LedgerStream,
    balancePence: row['balance_pence'] as Money,
  }));
}

export interface TrialBalanceRow {
  readonly account: AccountCode;
  readonly stream: LedgerStream;
  readonly openingPence: Money;
  /** The month's movements, each zero or more; without a month, all movements. */
  readonly debitPence: Money;
  readonly creditPence: Money;
  readonly closingPence: Money;
}

/** The authority's trial balance, from month totals: of a month by effective date, or of everything posted. */
export async function trialBalance(
  tx: Transaction,
  query: { readonly month?: CalendarMonth } = {},
): Promise<TrialBalanceRow[]> {
  if (query.month) return trialBalanceOf(tx, query.month);
  const rows = await tx.query<SumsRow>(trialBalanceNowSql, [tx.context.authorityId]);
  return rows.map((row) => ({ ...trialBalanceRow(row), openingPence: 0n }));
}

async function trialBalanceOf(tx: Transaction, month: CalendarMonth): Promise<TrialBalanceRow[]> {
  const values = [tx.context.authorityId, firstDayOf(month)];
  const [{ recent } = { recent: false }] = await tx.query(isRecentMonthSql, values, 'is a recent month');
  const direction = recent ? 'backwards' : 'forwards';
  const sums = await tx.query<SumsRow>(trialBalanceSql(direction), values, `trial balance, ${direction}`);
  const rows = sums.map(trialBalanceRow);
  const still = rows.filter(isZero);
  if (still.length === 0) return rows;
  // An account that moved and is back at zero has a row; one that does not move until later has none.
  const moved = await tx.query(movedBySql, [
    ...values,
    still.map(({ account }) => account),
    still.map(({ stream }) => stream),
  ]);
  const known = new Set(moved.map((row) => `${row['code']} ${row['stream']}`));
  return rows.filter((row) => !isZero(row) || known.has(`${row.account} ${row.stream}`));
}

interface SumsRow {
  code: AccountCode;
  stream: LedgerStream;
  debit_pence: Money;
  credit_pence: Money;
  closing_pence: Money;
}

function trialBalanceRow(row: SumsRow): TrialBalanceRow {
  const { debit_pence: debitPence, credit_pence: creditPence, closing_pence: closingPence } = row;
  const openingPence = closingPence - debitPence + creditPence;
  return { account: row.code, stream: row.stream, openingPence, debitPence, creditPence, closingPence };
}

function isZero({ debitPence, creditPence, closingPence }: TrialBalanceRow): boolean {
  return debitPence === 0n && creditPence === 0n && closingPence === 0n;
}

/**
 * A stream of a budget as a page shows it; amounts are positive in their usual direction. For each stream
 * `receivedPence = spentPence + queriedPence + recoverablePence + leftPence`, and
 * `leftPence = bankPence + suspensePence − owedPence − accruedPence − familyMoneyPence`.
 */
export interface StreamBalance {
  readonly stream: LedgerStream;
  /** The payer's money: received, or due. */
  readonly fundsHeldPence: Money;
  readonly dueFromPayerPence: Money;
  /** Funds held less what is still due. */
  readonly receivedPence: Money;
  readonly bankPence: Money;
  /** On agreed provision, accrued wages included. */
  readonly spentPence: Money;
  /** Spent, with no acceptable document yet. */
  readonly queriedPence: Money;
  readonly recoverablePence: Money;
  /** Wages, tax, pensions, fees and invoices owed and not yet paid. */
  readonly owedPence: Money;
  /** Holiday and redundancy. */
  readonly accruedPence: Money;
  readonly familyMoneyPence: Money;
  /** Unallocated bank lines, as a debit: money out counts positive. */
  readonly suspensePence: Money;
  readonly leftPence: Money;
}

/** What each stream of a budget holds, now or at the end of a day. Streams never touched are left out. */
export async function streamBalances(
  tx: Transaction,
  query: { readonly budgetId: string; readonly at?: CalendarDate },
): Promise<StreamBalance[]> {
  const streams = new Map<LedgerStream, Map<AccountCode, Money>>();
  for (const { stream, account, balancePence } of await balances(tx, query)) {
    const of = streams.get(stream) ?? new Map<AccountCode, Money>();
    of.set(account, (of.get(account) ?? 0n) + balancePence);
    streams.set(stream, of);
  }
  return [...streams].map(([stream, of]) => streamBalance(stream, of));
}

function streamBalance(stream: LedgerStream, of: ReadonlyMap<AccountCode, Money>): StreamBalance {
  const debit = (...accounts: AccountCode[]): Money =>
    accounts.reduce((sum, account) => sum + (of.get(account) ?? 0n), 0n);
  const fundsHeldPence = -debit('FUNDS_HELD');
  const dueFromPayerPence = debit('DUE_FROM_PAYER');
  const receivedPence = fundsHeldPence - dueFromPayerPence;
  const [spentPence, queriedPence, recoverablePence] = [debit('PROVISION'), debit('UNEVIDENCED'), debit('RECOVERABLE')];
  return {
    stream,
    fundsHeldPence,
    dueFromPayerPence,
    receivedPence,
    bankPence: debit('BANK'),
    spentPence,
    queriedPence,
    recoverablePence,
    owedPence: -debit(...controlAccounts),
    accruedPence: -debit('HOLIDAY_PROVISION', 'REDUNDANCY_RESERVE'),
    familyMoneyPence: -debit('FAMILY_MONEY'),
    suspensePence: debit('SUSPENSE'),
    leftPence: receivedPence - spentPence - queriedPence - recoverablePence,
  };
}
