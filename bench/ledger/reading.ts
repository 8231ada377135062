import { balances, postJournals, statementOfAccount, trialBalance } from '@ringfence/ledger';
import type { Database } from '@ringfence/platform';
import type pg from 'pg';
import { measure, type Measure } from '../support/measure.js';
import { bankLine, type Authority } from './seed.js';

export const journalsPerFill = 2_000;

/** Bank lines of two years, spread over all books: so many entries, two of each line. */
export async function fill(database: Database, authority: Authority, entries: number, owner: pg.Pool): Promise<void> {
  const clients = 2;
  let left = Math.ceil(entries / 2);
  const fillFrom = async (number: number): Promise<void> => {
    const own = authority.books.filter((_, order) => order % clients === number);
    while (left > 0) {
      const size = Math.min(journalsPerFill, left);
      left -= size;
      const drafts = Array.from({ length: size }, (_, order) =>
        bankLine(own[order % own.length]!, BigInt(1 + (order % 977)), dayOf(Math.floor(Math.random() * 730))),
      );
      await database.transaction(authority.context, (tx) => postJournals(tx, drafts));
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => fillFrom(number)));
  await owner.query('VACUUM ANALYZE');
}

export type Reading = 'balanceNow' | 'balanceAtDate' | 'statementOfMonth' | 'trialBalance';

/** Each reading as a service asks for it: a transaction of its own, under the policies, as an officer would. */
export function read(
  what: Reading,
  database: Database,
  authority: Authority,
  clients: number,
  seconds: number,
): Promise<Measure> {
  const book = (): string => authority.books[Math.floor(Math.random() * authority.books.length)]!.id;
  const at = (): string => dayOf(Math.floor(Math.random() * 730));
  const operation = (): Promise<unknown> =>
    database.transaction<unknown>(authority.context, (tx) => {
      if (what === 'balanceNow') return balances(tx, { bookId: book() });
      if (what === 'balanceAtDate') return balances(tx, { bookId: book(), at: at() });
      if (what === 'trialBalance') return trialBalance(tx, { month: '2026-03' });
      return statementOfAccount(tx, { bookId: book(), from: '2026-03-01', to: '2026-03-31' });
    });
  return measure({ clients, seconds, operation });
}

function dayOf(days: number): string {
  return new Date(Date.UTC(2024, 6, 1) + days * 86_400_000).toISOString().slice(0, 10);
}
