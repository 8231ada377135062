import { newId } from '@ringfence/kernel';
import { balances, openBook, postJournals, reverseJournal, statementLineEntries, verifyBook } from '@ringfence/ledger';
import { transactionAttemptsMax, type Transaction } from '@ringfence/platform';
import { runLength } from '../support/long.js';
import { bankLine, brokenInvariants, openLedgerFixture, type FamilyFixture, type LedgerFixture } from './support.js';

let fixture: LedgerFixture;
let family: FamilyFixture;
let books: FamilyFixture[];

const { steps: rounds } = runLength({ short: 12, long: 200 });

beforeAll(async () => {
  fixture = await openLedgerFixture();
  [family] = fixture.ours.families;
  const open = () =>
    fixture.database.transaction(fixture.ours.officer, (tx) =>
      openBook(tx, { designatedAccountId: null, name: 'Notional' }),
    );
  books = await Promise.all(Array.from({ length: 10 }, async () => ({ ...family, bookId: await open() })));
});
afterAll(() => fixture?.close());
afterEach(async () => expect(await brokenInvariants(fixture.owner)).toEqual([]));

const officer = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
  fixture.database.transaction(fixture.ours.officer, work);

describe('Twenty clients on ten books, in both directions', () => {
  const [early, late] = ['2026-04-10', '2026-05-10'] as const;
  /** Pence of each book that somebody began to post, and that somebody was told are posted, up to a day. */
  const begun = new Map<string, bigint>();
  const acknowledged = new Map<string, bigint>();
  const add = (sums: Map<string, bigint>, bookId: string, day: string, pence: bigint): void => {
    for (const until of day === early ? [early, late] : [late]) {
      const place = `${bookId} ${until}`;
      sums.set(place, (sums.get(place) ?? 0n) + pence);
    }
  };
  const ids: string[] = [];
  const bankAt = (bookId: string, at: string): Promise<Map<string, bigint>> =>
    officer(async (tx) => {
      const held = await balances(tx, { bookId, at });
      return new Map(held.map((row) => [row.account, row.balancePence]));
    });

  it('always show the balance of a day between what was acknowledged before and what was begun after', async () => {
    let posting = true;
    const client = async (number: number): Promise<void> => {
      for (let round = 0; round < rounds; round += 1) {
        const lines = [0, 1, 2].map((step) => {
          const book = books[(number + step * (number % 2 ? 3 : 7) + round) % books.length]!;
          const effectiveDate = (number + round + step) % 3 ? late : early;
          return bankLine(book, BigInt(1 + ((number * round) % 50)), { effectiveDate });
        });
        const drafts = number % 2 ? lines : lines.reverse();
        for (const one of drafts) add(begun, one.bookId, one.effectiveDate, one.entries[0]!.amountPence);
        const posted = await officer((tx) => postJournals(tx, drafts));
        for (const one of drafts) add(acknowledged, one.bookId, one.effectiveDate, one.entries[0]!.amountPence);
        ids.push(posted[0]!.id);
      }
    };
    const reader = async (): Promise<number> => {
      let readings = 0;
      for (; posting; readings += 1) {
        const [{ bookId }, day] = [books[readings % books.length]!, readings % 2 ? early : late];
        const least = acknowledged.get(`${bookId} ${day}`) ?? 0n;
        const held = await bankAt(bookId, day);
        const most = begun.get(`${bookId} ${day}`) ?? 0n;
        const bank = held.get('BANK') ?? 0n;
        expect(held.get('SUSPENSE') ?? 0n).toBe(-bank);
        expect(bank).toBeGreaterThanOrEqual(least);
        expect(bank).toBeLessThanOrEqual(most);
      }
      return readings;
    };
    const reading = Promise.all([reader(), reader()]);
    await Promise.all(Array.from({ length: 20 }, (_, number) => client(number)));
    posting = false;
    expect((await reading).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(20);
    for (const { bookId } of books) {
      for (const day of [early, late]) {
        expect((await bankAt(bookId, day)).get('BANK') ?? 0n).toBe(begun.get(`${bookId} ${day}`) ?? 0n);
      }
    }
  }, 600_000);

  it('reverse each journal exactly once of two tries', async () => {
    const tries = [...ids, ...ids].sort(() => Math.random() - 0.5);
    const reverse = (journalId: string) =>
      officer((tx) => reverseJournal(tx, { journalId, reason: 'Posted in error', idempotencyKey: newId() }));
    const outcomes: PromiseSettledResult<unknown>[] = [];
    const client = async (): Promise<void> => {
      for (let id = tries.pop(); id !== undefined; id = tries.pop())
        outcomes.push(...(await Promise.allSettled([reverse(id)])));
    };
    await Promise.all(Array.from({ length: 20 }, client));
    expect(outcomes).toHaveLength(ids.length * 2);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(ids.length);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'journal-already-reversed' });
    }
    for (const { bookId } of books) {
      expect((await officer((tx) => verifyBook(tx, bookId))).firstDifference).toBeNull();
    }
  }, 600_000);
});

describe('A use case that the database asks to be run again', () => {
  it('is run again whole when two of them wait for each other', async () => {
    const [one, other] = books as [FamilyFixture, FamilyFixture];
    let waiting = 0;
    const attempts = [0, 0];
    const both = (order: number, first: FamilyFixture, second: FamilyFixture) =>
      officer(async (tx) => {
        attempts[order]! += 1;
        await postJournals(tx, [bankLine(first, 5n)]);
        waiting += 1;
        while (waiting < 2) await new Promise((wake) => setTimeout(wake, 10));
        return postJournals(tx, [bankLine(second, 5n)]);
      });
    await Promise.all([both(0, one, other), both(1, other, one)]);
    expect(attempts.toSorted()).toEqual([1, 2]);
  }, 30_000);

  it.each(['40001', '40P01'])('is run again after %s in a new transaction, five times at most', async (code) => {
    const transactions: unknown[] = [];
    const failing = officer(async (tx) => {
      transactions.push((await tx.query('SELECT pg_current_xact_id()::text AS id'))[0]!['id']);
      await tx.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '${code}'; END $$`);
    });
    await expect(failing).rejects.toMatchObject({ code });
    expect(new Set(transactions).size).toBe(transactionAttemptsMax);
    expect(transactions).toHaveLength(transactionAttemptsMax);
  });

  it('is not run again after any other fault, and leaves nothing', async () => {
    let attempts = 0;
    const draft = bankLine(books[0]!, 77n);
    const failing = officer(async (tx) => {
      attempts += 1;
      await postJournals(tx, [draft]);
      await tx.query('SELECT 1 / 0');
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(attempts).toBe(1);
    expect((await officer((tx) => postJournals(tx, [draft])))[0]!.repeated).toBe(false);
  });

  it('is not taken for done when it went on after a statement had failed', async () => {
    const draft = { ...bankLine(books[0]!, 3n), entries: statementLineEntries(3n, family.budgetId) };
    const careless = officer(async (tx) => {
      await postJournals(tx, [draft]);
      await tx.query('SELECT 1 / 0').catch(() => undefined);
    });
    await expect(careless).rejects.toThrow('The transaction was not committed: one of its statements had failed.');
    expect((await officer((tx) => postJournals(tx, [draft])))[0]!.repeated).toBe(false);
  });
});
