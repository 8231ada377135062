import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import {
  camtOf,
  csvOf,
  mt940Of,
  ofxOf,
  qifOf,
  xlsxOf,
  type WrittenStatement,
} from '../conformance/statement-writers.js';
import { CsvRecords, type CsvRecord } from '../../libs/statement-files/src/formats/csv/csv-records.js';
import {
  type ParsedLine,
  readStatementFile,
  readStatementStream,
  type StatementSource,
} from '@ringfence/statement-files';

/** The bytes in pieces of so many. */
function pieces(bytes: Uint8Array, size: number): StatementSource {
  return {
    size: bytes.length,
    async *chunks() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    },
  };
}

async function streamed(bytes: Uint8Array, size: number): Promise<unknown> {
  const lines: { statement: number; line: ParsedLine }[] = [];
  const file = await readStatementStream(pieces(bytes, size), {}, (taken) => void lines.push(...taken));
  if (!file.ok) return file;
  const { statements, ...rest } = file;
  return {
    ...rest,
    statements: statements.map((head) => {
      const own = lines.filter(({ statement }) => statement === head.order).map(({ line }) => line);
      if (head.newestFirst) own.reverse();
      const { account, currency, openingBalance, closingBalance, otherBalances, warnings } = head;
      return {
        account,
        currency,
        openingBalance,
        closingBalance,
        lines: own.filter(({ status }) => status === 'posted'),
        notPosted: own.filter(({ status }) => status !== 'posted'),
        ...(otherBalances ? { otherBalances } : {}),
        warnings,
      };
    }),
  };
}

const statement: WrittenStatement = {
  sortCode: '200000',
  accountNumber: '55779911',
  opening: 150_000n,
  lines: [
    { date: '2026-04-13', pence: 200_000n, words: 'EXAMPLE COUNCIL DP £5 ☕', id: 'FT260001' },
    { date: '2026-04-14', pence: -6_000n, words: 'RIVER CARE LTD & SONS', id: 'FT260002' },
    { date: '2026-04-14', pence: -1_234n, words: 'SHOP, "LEEDS"', id: 'FT260003' },
    { date: '2026-04-30', pence: -123_456n, words: 'AGENCY INVOICE 1001', id: 'FT260004' },
  ],
};

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

describe('a statement that arrives in pieces', () => {
  it.each<[string, Uint8Array]>([
    ['CSV', csvOf(statement)],
    [
      'CSV newest first',
      text('Date,Description,Amount,Balance\r\n03/04/2026,B,-1.00,98.00\r\n01/04/2026,A,-1.00,99.00\r\n'),
    ],
    [
      'CSV in two layouts that its dates part',
      text(
        "Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance\n2026-04-01,DEB,'30-11-22,87654321,SHOP,1.00,,9.00\n",
      ),
    ],
    ['CSV without a header', text('01/04/2026,SHOP,-1.00\n02/04/2026,SHOP,-1.00\n')],
    [
      'CSV in UTF-16',
      Buffer.from('\ufeffDate,Description,Amount,Balance\n01/04/2026,Café £5,-5.00,95.00\n', 'utf16le'),
    ],
    ['QIF', qifOf(statement)],
    ['OFX 1', ofxOf(statement, false)],
    ['OFX 2', ofxOf(statement, true)],
    ['MT940', mt940Of(statement)],
    ['camt.053', camtOf(statement, 'camt.053', 8)],
    ['XLSX', xlsxOf(statement)],
    [
      'Santander’s text',
      text(
        'From: 01/04/2026 to 30/04/2026\r\n\r\nAccount: XXXX 1\r\n\r\nDate: 13/04/2026\r\nDescription: SHOP\r\nAmount: -1.00\r\nBalance: 9.00\r\n',
      ),
    ],
    [
      'a file that is refused',
      text('Date,Description,Amount,Balance\n01/04/2026,A,-1.00,1.00\n02/04/2026,B,one,1.00\n'),
    ],
    ['a file that is cut short', text('Date,Description,Amount,Balance\n01/04/2026,"A,-1.00,1.00\n')],
    ['an empty file', text(' \n ')],
  ])('is what it is in one piece, wherever it is cut: %s', async (_, bytes) => {
    const whole = await readStatementFile(bytes);
    for (const size of [1, 2, 3, 7, 64, 1_000, bytes.length]) expect(await streamed(bytes, size)).toEqual(whole);
  });

  it('never holds many lines of a long file together', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => `01/04/2026,SHOP ${at},-1.00,${9_000_000 - at}.00\n`);
    let most = 0;
    const file = await readStatementStream(
      pieces(text(`Date,Description,Amount,Balance\n${rows.join('')}`), 16_384),
      {},
      (lines) => void (most = Math.max(most, lines.length)),
    );
    expect(file).toMatchObject({ ok: true, statements: [{ posted: 20_000, newestFirst: false }] });
    expect(most).toBeLessThan(1_000);
  });

  it('is refused at its first wrong row, however many follow', async () => {
    const ragged = text(`Date,Description,Amount,Balance\n${'a,b\na,b,c,d,e,f\n'.repeat(100_000)}`);
    const good = text(`Date,Description,Amount,Balance\n${'01/04/2026,A,0.00,1.00\n'.repeat(60_000)}`);
    const leastOf = async (bytes: Uint8Array): Promise<number> => {
      const times: number[] = [];
      for (let reading = 0; reading < 3; reading += 1) {
        const began = process.cpuUsage();
        await readStatementFile(bytes);
        times.push(process.cpuUsage(began).user);
      }
      return Math.min(...times);
    };
    expect(await readStatementFile(ragged)).toMatchObject({ ok: false, error: { code: 'ROW_RAGGED', line: 2 } });
    // A file of the same size that is read in full stands for the speed of the machine.
    expect(await leastOf(ragged)).toBeLessThan(8 * (await leastOf(good)));
  });

  it('in Windows-1252 is read with its typographic characters too', async () => {
    const bytes = Buffer.from('Date,Description,Amount,Balance\n01/04/2026,XCAFE X12,-1.00,1.00\n', 'latin1');
    bytes[bytes.indexOf('X'.charCodeAt(0))] = 0x93;
    bytes[bytes.indexOf('X'.charCodeAt(0))] = 0x80;
    const outcome = await readStatementFile(bytes);
    expect(outcome).toMatchObject({ statements: [{ lines: [{ description: '“CAFE €12' }] }] });
  });
});

describe('the records of a CSV text', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\n', '\r\n', '1'), maxLength: 6 });
  const written = (value: string, quote: boolean): string =>
    quote || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

  it('are those that csv-parse finds, wherever the text is cut', () => {
    const table = fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: 1, maxLength: 4 }), { maxLength: 8 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), fc.constantFrom('\n', '\r\n'), (rows, size, end) => {
        const csv = rows.map((row) => row.map(([value, quote]) => written(value, quote)).join(',')).join(end);
        const found: CsvRecord[] = [];
        const records = new CsvRecords(',', (record) => void found.push(record));
        for (let at = 0; at < csv.length; at += size) records.take(csv.slice(at, at + size));
        records.end();
        const expected = parse(csv, { relax_column_count: true, skip_empty_lines: true }) as string[][];
        expect(found.map(({ cells }) => cells)).toEqual(
          expected.filter((cells) => cells.some((value) => value.trim() !== '')),
        );
      }),
    );
  });
});
