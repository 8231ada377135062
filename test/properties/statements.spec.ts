import { addDays, type Money } from '@ringfence/kernel';
import { type ParsedFile, readStatementFile, type StatementFormatName } from '@ringfence/statement-files';
import fc from 'fast-check';
import {
  camtOf,
  closingOf,
  csvOf,
  mt940Of,
  ofxOf,
  pdfStatementOf,
  qifOf,
  xlsxOf,
  zipOf,
  type CamtMessage,
  type WrittenStatement,
} from '../conformance/statement-writers.js';

/** Words such as banks print: single spaces, a letter first and last. */
const words = fc
  .string({ unit: fc.constantFrom(...'ABCXYZabcxyz0189 .,&/+'), minLength: 1, maxLength: 60 })
  .map((text) => `P${text.replace(/\s+/g, ' ').trim()}x`);

const statements: fc.Arbitrary<WrittenStatement> = fc
  .record({
    opening: fc.bigInt({ min: 0n, max: 99_999_999n }),
    moves: fc.array(
      fc.record({
        days: fc.integer({ min: 0, max: 3 }),
        pence: fc.bigInt({ min: -9_999_999n, max: 9_999_999n }),
        words,
      }),
      { minLength: 1, maxLength: 25 },
    ),
  })
  .map(({ opening, moves }) => {
    // The 13th, so that one day at least cannot be taken for a month.
    let date = '2026-01-13';
    const lines = moves.map((move, at) => {
      date = at === 0 ? date : addDays(date, move.days);
      return { date, pence: move.pence, words: move.words, id: `FT26${String(at).padStart(8, '0')}` };
    });
    return { sortCode: '200000', accountNumber: '55779911', opening, lines };
  });

interface Expected {
  readonly format: StatementFormatName;
  readonly account: boolean;
  readonly ids: boolean;
  readonly balances: boolean;
}

const all = { account: true, ids: true, balances: true };

describe('a statement that is written as a bank writes it and read again is the same', () => {
  it.each<[string, (statement: WrittenStatement) => Uint8Array, Expected]>([
    ['CSV', csvOf, { format: 'csv', account: false, ids: false, balances: true }],
    ['QIF', qifOf, { format: 'qif', account: false, ids: false, balances: false }],
    ['OFX 1', (statement) => ofxOf(statement, false), { ...all, format: 'ofx' }],
    ['OFX 2', (statement) => ofxOf(statement, true), { ...all, format: 'ofx' }],
    ['MT940', mt940Of, { ...all, format: 'mt940' }],
    ['XLSX', xlsxOf, { format: 'xlsx', account: false, ids: false, balances: true }],
  ])('in %s', async (_, write, expected) => {
    await fc.assert(
      fc.asyncProperty(statements, async (statement) => {
        await readsBack(statement, write(statement), expected);
      }),
    );
  });

  it('in camt.052, .053 and .054 of any version', async () => {
    const message = fc.constantFrom<CamtMessage>('camt.052', 'camt.053', 'camt.054');
    await fc.assert(
      fc.asyncProperty(statements, message, fc.integer({ min: 1, max: 9 }), async (statement, name, version) => {
        const balances = name !== 'camt.054';
        await readsBack(statement, camtOf(statement, name, version), { ...all, format: 'camt', balances });
      }),
    );
  });

  it('in camt files in an archive', async () => {
    await fc.assert(
      fc.asyncProperty(statements, statements, async (one, other) => {
        const archive = zipOf({ 'a.xml': camtOf(one, 'camt.053', 2), 'b.xml': camtOf(other, 'camt.053', 8) });
        const { statements: read } = (await readStatementFile(archive)) as ParsedFile;
        expect(read.map(({ lines }) => lines.map(({ amountPence }) => amountPence))).toEqual(
          [one, other].map(({ lines }) => lines.map(({ pence }) => pence)),
        );
        expect(read.map(({ lines }) => lines[0]?.within)).toEqual(['a.xml', 'b.xml']);
      }),
      { numRuns: 30 },
    );
  });

  it('in a PDF with a text layer, every line on its page, for a person to confirm', async () => {
    await fc.assert(
      fc.asyncProperty(statements, fc.integer({ min: 3, max: 20 }), async (statement, perPage) => {
        const expected = { format: 'pdf', account: true, ids: false, balances: true } as const;
        const outcome = await readsBack(statement, pdfStatementOf(statement, perPage), expected);
        expect(outcome.needsConfirmation).toBe(true);
        expect(outcome.statements[0]?.lines.map(({ page }) => page)).toEqual(
          statement.lines.map((_, at) => Math.floor(at / perPage) + 1),
        );
      }),
      { numRuns: 8 },
    );
  });
});

async function readsBack(statement: WrittenStatement, bytes: Uint8Array, expected: Expected): Promise<ParsedFile> {
  const outcome = await readStatementFile(bytes);
  expect(outcome).toMatchObject({ ok: true, format: expected.format });
  const file = outcome as ParsedFile;
  const [read] = file.statements;
  // Lines of one day that all cancel out have no direction: a file that is read newest first then reads backwards.
  const oneDay = statement.lines[0]?.date === statement.lines.at(-1)?.date;
  const ordered = (rows: readonly string[]): readonly string[] => (oneDay ? [...rows].sort() : rows);
  const wrote = statement.lines.map(({ date, pence, words: text, id }) =>
    row(date, pence, text, expected.ids ? id : null),
  );
  const found = read?.lines.map(({ date, amountPence, description, bankId }) =>
    row(date, amountPence, description, bankId),
  );
  expect(file.statements).toHaveLength(1);
  expect(ordered(found ?? [])).toEqual(ordered(wrote));
  if (expected.account) expect(read?.account).toBe('20-00-00 55779911');
  if (expected.balances && !oneDay) {
    expect([read?.openingBalance, read?.closingBalance]).toEqual([statement.opening, closingOf(statement)]);
    expect(read?.warnings).toEqual([]);
  }
  return file;
}

function row(date: string, pence: Money, text: string, id: string | null): string {
  return `${date} ${pence} ${text} ${id ?? ''}`;
}
