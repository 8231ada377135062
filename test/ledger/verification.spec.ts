import { bookHeads, postJournals, recordHeads, verifyBook, type BookHead } from '@ringfence/ledger';
import type { Transaction } from '@ringfence/platform';
import type pg from 'pg';
import { bankLine, openLedgerFixture, type FamilyFixture, type LedgerFixture } from './support.js';

let fixture: LedgerFixture;
let family: FamilyFixture;
let heads: BookHead[];

/** The journal that is tampered with, of five. */
const tampered = 3n;

beforeAll(async () => {
  fixture = await openLedgerFixture();
  [family] = fixture.ours.families;
  for (const pence of [1_000n, -200n, -30n, -4n, 500n]) {
    await fixture.database.transaction(fixture.ours.officer, (tx) => postJournals(tx, [bankLine(family, pence)]));
  }
  heads = await fixture.database.transaction(fixture.ours.system, bookHeads);
});
afterAll(() => fixture?.close());

/** As the database's owner, with every trigger switched off; what was changed is undone. */
async function tampering<T>(change: (owner: pg.PoolClient, tx: Transaction) => Promise<T>): Promise<T> {
  const owner = await fixture.owner.connect();
  try {
    await owner.query('BEGIN');
    for (const table of ['journals', 'journal_entries', 'books', 'ledger_accounts', 'account_months', 'book_heads'])
      await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    await owner.query(
      `SELECT set_config('ringfence.authority_id', $1, true), set_config('ringfence.principal_kind', 'system', true)`,
      [fixture.ours.id],
    );
    const query = async (sql: string, values?: unknown[]) => (await owner.query(sql, values)).rows;
    return await change(owner, { context: fixture.ours.system, query } as unknown as Transaction);
  } finally {
    await owner.query('ROLLBACK');
    owner.release();
  }
}

/** What each kind of column is changed to; every value differs from the one that is there. */
const changes: Readonly<Record<string, string>> = {
  uuid: 'uuidv7()',
  text: `coalesce(COLUMN, '') || 'x'`,
  date: `coalesce(COLUMN, DATE '2026-01-01') + 1`,
  bigint: 'COLUMN + 1000',
  integer: 'COLUMN + 100',
  bytea: `sha256(COLUMN)`,
  'timestamp with time zone': `COLUMN + interval '1 microsecond'`,
};
/** Columns that take only words of a list. */
const words: Readonly<Record<string, string>> = {
  kind: `'ADJUSTMENT'`,
  actor_kind: `'system'`,
  code: `CASE code WHEN 'BANK' THEN 'HMRC' ELSE 'PENSION' END`,
  stream: `'EDU'`,
  month: `COLUMN - interval '1 month'`,
};
/** Where the rows themselves tell which column it was. */
const named: Readonly<Record<string, string>> = {
  'journals.sequence': 'sequence',
  'journals.book_id': 'sequence',
  'journals.authority_id': 'sequence',
  'journals.effective_date': 'effectiveDate',
  'journals.entry_count': 'entryCount',
  'journals.hash': 'hash',
  'journal_entries.position': 'position',
  'journal_entries.book_id': 'bookId',
  'journal_entries.code': 'code',
  'journal_entries.budget_id': 'budgetId',
  'journal_entries.stream': 'stream',
  'journal_entries.amount_pence': 'amountPence',
  'journal_entries.balance_after_pence': 'balanceAfterPence',
  'journal_entries.version': 'version',
  'journal_entries.effective_date': 'effectiveDate',
  'journal_entries.account_id': 'account',
};

interface Column {
  column_name: string;
  data_type: string;
  is_nullable: 'YES' | 'NO';
}

async function columnsOf(table: string): Promise<Column[]> {
  const { rows } = await fixture.owner.query<Column>(
    `SELECT column_name, data_type, is_nullable FROM information_schema.columns
      WHERE table_schema = 'ringfence' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [table],
  );
  return rows;
}

function changeOf({ column_name, data_type }: Column): string {
  const change = words[column_name] ?? changes[data_type];
  if (!change) throw new Error(`Say in this test how a column of type ${data_type} is changed.`);
  return change.replaceAll('COLUMN', column_name);
}

describe('Verifying a book', () => {
  it('finds nothing in what was posted', async () => {
    const found = await fixture.database.transaction(fixture.ours.officer, (tx) =>
      verifyBook(tx, family.bookId, heads),
    );
    expect(found).toEqual({ bookId: family.bookId, journals: 5n, firstDifference: null });
  });

  it('names the journal of which the owner changed any one column', async () => {
    const columns = await columnsOf('journals');
    expect(columns.length).toBeGreaterThan(20);
    for (const column of columns) {
      const found = await tampering(async (owner, tx) => {
        const { rowCount } = await owner.query(
          `UPDATE journals SET ${column.column_name} = ${changeOf(column)} WHERE book_id = $1 AND sequence = ${tampered}`,
          [family.bookId],
        );
        expect(rowCount).toBe(1);
        return (await verifyBook(tx, family.bookId)).firstDifference;
      });
      expect({ column: column.column_name, at: found?.sequence }).toEqual({
        column: column.column_name,
        at: tampered,
      });
      const field = named[`journals.${column.column_name}`];
      if (field)
        expect({ column: column.column_name, field: found!.field }).toEqual({ column: column.column_name, field });
    }
  });

  it('names the journal of which the owner changed any one column of one entry', async () => {
    const columns = await columnsOf('journal_entries');
    expect(columns.length).toBeGreaterThan(14);
    for (const column of columns) {
      const found = await tampering(async (owner, tx) => {
        const { rowCount } = await owner.query(
          `UPDATE journal_entries SET ${column.column_name} = ${changeOf(column)} WHERE position = 2
              AND journal_id = (SELECT id FROM journals WHERE book_id = $1 AND sequence = ${tampered})`,
          [family.bookId],
        );
        expect(rowCount).toBe(1);
        return (await verifyBook(tx, family.bookId)).firstDifference;
      });
      expect({ column: column.column_name, at: found?.sequence }).toEqual({ column: column.column_name, at: tampered });
      const field = named[`journal_entries.${column.column_name}`];
      if (field)
        expect({ column: column.column_name, field: found!.field }).toEqual({ column: column.column_name, field });
    }
  });

  it('names the journal of which the owner emptied a column', async () => {
    const { rows } = await fixture.owner.query<{ table_name: string; column_name: string }>(
      `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'ringfence'
          AND table_name IN ('journals', 'journal_entries') AND is_nullable = 'YES'`,
    );
    for (const { table_name, column_name } of rows) {
      await tampering(async (owner, tx) => {
        const which =
          table_name === 'journals'
            ? `book_id = $1 AND sequence = ${tampered}`
            : `journal_id = (SELECT id FROM journals WHERE book_id = $1 AND sequence = ${tampered})`;
        const { rowCount } = await owner.query(
          `UPDATE ${table_name} SET ${column_name} = NULL WHERE ${which} AND ${column_name} IS NOT NULL`,
          [family.bookId],
        );
        const { firstDifference } = await verifyBook(tx, family.bookId);
        expect({ column_name, at: firstDifference?.sequence }).toEqual({
          column_name,
          at: rowCount ? tampered : undefined,
        });
      });
    }
  });

  it.each([
    ['a journal with its entries', tampered, 'sequence', `DELETE FROM journals WHERE book_id = $1 AND sequence = 3`],
    [
      'an entry',
      tampered,
      'entries',
      `DELETE FROM journal_entries WHERE position = 1 AND journal_id = (SELECT id FROM journals WHERE book_id = $1 AND sequence = 3)`,
    ],
    ['the newest journal', 5n, 'sequence', `DELETE FROM journals WHERE book_id = $1 AND sequence = 5`],
  ])('finds that the owner deleted %s', async (_, sequence, field, deletion) => {
    const found = await tampering(async (owner, tx) => {
      await owner.query(deletion, [family.bookId]);
      return (await verifyBook(tx, family.bookId)).firstDifference;
    });
    expect(found).toEqual({ sequence, field });
  });

  it.each([
    ['books', ['head_sequence', 'head_hash'], 'id'],
    [
      'ledger_accounts',
      ['authority_id', 'id', 'book_id', 'code', 'budget_id', 'stream', 'version', 'balance_pence'],
      'book_id',
    ],
    ['account_months', ['authority_id', 'account_id', 'month', 'debit_pence', 'credit_pence'], undefined],
  ])('finds what no longer agrees with the entries in any column of %s', async (table, covered, place) => {
    const columns = await columnsOf(table);
    /** Names and times that no figure depends on. */
    const beside = ['name', 'created_at', 'opened_at', 'designated_account_id', 'last_recorded_at'];
    const keys = table === 'books' ? ['authority_id', 'id'] : [];
    expect(columns.map((one) => one.column_name).sort()).toEqual(
      [...covered, ...keys, ...beside.filter((one) => columns.some((column) => column.column_name === one))].sort(),
    );
    for (const column of columns.filter((one) => covered.includes(one.column_name))) {
      const found = await tampering(async (owner, tx) => {
        const which = place
          ? `${place} = $1`
          : `account_id IN (SELECT id FROM ledger_accounts WHERE book_id = $1 AND code = 'BANK')`;
        const { rowCount } = await owner.query(
          `UPDATE ${table} SET ${column.column_name} = ${changeOf(column)} WHERE ${which}
              ${table === 'ledger_accounts' ? `AND code = 'BANK'` : ''}`,
          [family.bookId],
        );
        expect(rowCount).toBe(1);
        return (await verifyBook(tx, family.bookId)).firstDifference;
      });
      expect({ column: column.column_name, found: found !== null }).toEqual({
        column: column.column_name,
        found: true,
      });
    }
  });

  /** Takes the newest journal away and puts everything that is kept beside the journals right. */
  const removeTheNewest = async (owner: pg.PoolClient): Promise<void> => {
    for (const sql of [
      `UPDATE ledger_accounts a SET version = a.version - 1, balance_pence = a.balance_pence - e.amount_pence
         FROM journal_entries e JOIN journals j ON j.id = e.journal_id WHERE j.book_id = $1 AND j.sequence = 5 AND e.account_id = a.id`,
      `UPDATE account_months m SET debit_pence = m.debit_pence - greatest(e.amount_pence, 0), credit_pence = m.credit_pence - greatest(-e.amount_pence, 0)
         FROM journal_entries e JOIN journals j ON j.id = e.journal_id WHERE j.book_id = $1 AND j.sequence = 5 AND e.account_id = m.account_id`,
      `DELETE FROM journal_entries WHERE journal_id = (SELECT id FROM journals WHERE book_id = $1 AND sequence = 5)`,
      `DELETE FROM journals WHERE book_id = $1 AND sequence = 5`,
      `UPDATE books SET head_sequence = 4, head_hash = (SELECT hash FROM journals WHERE book_id = $1 AND sequence = 4) WHERE id = $1`,
    ])
      await owner.query(sql, [family.bookId]);
  };

  it('finds by exported heads that the newest journal was deleted, though all else was put right', async () => {
    await tampering(async (owner, tx) => {
      await removeTheNewest(owner);
      expect((await verifyBook(tx, family.bookId)).firstDifference).toBeNull();
      expect((await verifyBook(tx, family.bookId, heads)).firstDifference).toEqual({ sequence: 5n, field: 'sequence' });
    });
  });

  it('finds by the kept heads of a day that the newest journal was deleted or written again', async () => {
    await tampering(async (owner, tx) => {
      expect(await recordHeads(tx)).toBe(1);
      expect(await recordHeads(tx)).toBe(0);
      await owner.query('SAVEPOINT kept');
      await removeTheNewest(owner);
      expect((await verifyBook(tx, family.bookId)).firstDifference).toEqual({ sequence: 5n, field: 'sequence' });
      await owner.query('ROLLBACK TO kept');
      // A careful owner rewrites the journal, its hash and the head.
      await owner.query(`UPDATE journals SET description = 'Another' WHERE book_id = $1 AND sequence = 5`, [
        family.bookId,
      ]);
      await owner.query(
        `UPDATE journals j SET hash = sha256(canonical_journal(j, (SELECT string_agg(canonical_entry(e), '' ORDER BY e.position)
           FROM journal_entries e WHERE e.journal_id = j.id))) WHERE book_id = $1 AND sequence = 5`,
        [family.bookId],
      );
      await owner.query(
        `UPDATE books SET head_hash = (SELECT hash FROM journals WHERE book_id = $1 AND sequence = 5) WHERE id = $1`,
        [family.bookId],
      );
      expect((await verifyBook(tx, family.bookId)).firstDifference).toEqual({ sequence: 5n, field: 'hash' });
    });
  });

  it('is not for a recipient', async () => {
    await expect(
      fixture.database.transaction(family.recipient, (tx) => verifyBook(tx, family.bookId)),
    ).rejects.toMatchObject({
      code: 'not-permitted',
      message: "You may not verify a book: only the authority's officers do.",
    });
  });
});
