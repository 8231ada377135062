import { jest } from '@jest/globals';
import { postJournals, journalsPerVerificationMax } from '@ringfence/ledger';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../cli/run-cli.js';
import { bankLine, openLedgerFixture, type FamilyFixture, type LedgerFixture } from './support.js';

jest.setTimeout(120_000);

let fixture: LedgerFixture;
let family: FamilyFixture;
let other: FamilyFixture;
const folder = mkdtempSync(join(tmpdir(), 'ringfence-verify-'));
const heads = join(folder, 'heads');
const position = join(folder, 'position');

const ringfence = (...args: string[]) => runCli(['ledger', ...args], { DATABASE_URL: fixture.url });
const lines = (of: FamilyFixture, count: number) =>
  fixture.database.transaction(fixture.ours.system, (tx) =>
    postJournals(
      tx,
      Array.from({ length: count }, (_, order) => bankLine(of, BigInt(order + 1))),
    ),
  );

beforeAll(async () => {
  fixture = await openLedgerFixture();
  [family, other] = fixture.ours.families;
  // More than one slice of a verification, so that it can be broken off within a book.
  await lines(family, journalsPerVerificationMax + 3);
  await lines(other, 2);
});
afterAll(async () => {
  await fixture?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('ringfence ledger heads export', () => {
  it('writes the last journal of every book, one to a line', async () => {
    expect(await ringfence('heads', 'export', heads)).toMatchObject({
      code: 0,
      stdout: `2 heads written to ${heads}.\n`,
    });
    const written = readFileSync(heads, 'utf8').trim().split('\n').sort();
    expect(written).toEqual(
      [
        `{"book":"${family.bookId}","sequence":${journalsPerVerificationMax + 3},"hash":"${await hashOf(family)}"}`,
        `{"book":"${other.bookId}","sequence":2,"hash":"${await hashOf(other)}"}`,
      ].sort(),
    );
    const verified = await ringfence('verify', '--heads', heads, '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, firstDifference: null });
  });

  it('is asked for a file that was written by it', async () => {
    const file = join(folder, 'other');
    writeFileSync(file, '\nnot a head\n');
    expect(await ringfence('verify', '--heads', file)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        `Line 2 of ${file} is not a head: write the file with "ringfence ledger heads export".`,
      ),
    });
    expect(await ringfence('verify', '--heads', join(folder, 'none'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be read (ENOENT): check its name.'),
    });
  });
});

describe('ringfence ledger verify', () => {
  it('goes on from the position that it kept, and forgets it when it is done', async () => {
    const kept = {
      book: family.bookId,
      sequence: String(journalsPerVerificationMax),
      journals: '5000',
      differences: [],
    };
    writeFileSync(position, JSON.stringify(kept));
    const { code, stdout, stderr } = await ringfence('verify', '--authority', 'OURS', '--position', position, '--json');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `{"ok":true,"books":2,"journals":${journalsPerVerificationMax + 5},"firstDifference":null}\n`,
    });
    expect(stderr).toContain(`book 1 of 2: OURS-1, journal ${journalsPerVerificationMax}`);
    expect(stderr).not.toContain('OURS-1, journal 0');
    expect(existsSync(position)).toBe(false);
  });

  it('refuses a position that is none', async () => {
    writeFileSync(position, 'x');
    expect(await ringfence('verify', '--position', position)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`${position} does not hold a position: remove it to verify from the beginning.`),
    });
  });

  it('finds by exported heads the newest journal that the owner deleted with everything beside it', async () => {
    const where = `SELECT id FROM journals WHERE book_id = '${other.bookId}' AND sequence = 2`;
    for (const sql of [
      ...['journals', 'journal_entries', 'books', 'ledger_accounts', 'account_months', 'book_heads'].map(
        (table) => `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
      ),
      `UPDATE ledger_accounts a SET version = a.version - 1, balance_pence = a.balance_pence - e.amount_pence
         FROM journal_entries e WHERE e.journal_id = (${where}) AND e.account_id = a.id`,
      `UPDATE account_months m SET debit_pence = m.debit_pence - greatest(e.amount_pence, 0),
              credit_pence = m.credit_pence - greatest(-e.amount_pence, 0)
         FROM journal_entries e WHERE e.journal_id = (${where}) AND e.account_id = m.account_id`,
      `DELETE FROM journal_entries WHERE journal_id = (${where})`,
      `DELETE FROM journals WHERE id = (${where})`,
      `UPDATE books SET head_sequence = 1, head_hash = (SELECT hash FROM journals WHERE book_id = '${other.bookId}')
        WHERE id = '${other.bookId}'`,
      `DELETE FROM book_heads`,
    ])
      await fixture.owner.query(sql);
    expect(JSON.parse((await ringfence('verify', '--json')).stdout)).toMatchObject({ ok: true });
    const { code, stdout } = await ringfence('verify', '--heads', heads, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      firstDifference: { book: other.bookId, sequence: 2, field: 'sequence' },
    });
  });
});

async function hashOf(of: FamilyFixture): Promise<string> {
  const { rows } = await fixture.owner.query(`SELECT encode(head_hash, 'hex') AS hash FROM books WHERE id = $1`, [
    of.bookId,
  ]);
  return rows[0].hash as string;
}
