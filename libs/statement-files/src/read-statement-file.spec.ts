import { statementLinesMax, wholeFileBytesMax } from './core/limits.js';
import type { ParsedFile, ParsedLine, ParseOutcome } from './core/outcome.js';
import { readStatementFile } from './read-statement-file.js';
import { RunningStatement } from './core/statement.js';
import type { ReadOptions } from './core/statement-format.js';

const direct = 'Date,Description,Amount,Balance\n';
const lloyds =
  'Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance\n';
const nationwide = '"Date","Transaction type","Description","Paid out","Paid in","Balance"\n';
const revolut = 'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\n';

const profileNames =
  'barclays, lloyds, tsb, natwest, nationwide, nationwide-midata, nationwide-credit-card, hsbc, first-direct, monzo, monzo-2018, starling, revolut, chase, metro, co-operative, barclaycard';

describe('a statement file is refused whole, in one sentence', () => {
  it.each<[string, string | Uint8Array, string, number | null, string, ReadOptions?]>([
    ['an empty file', ' \n', 'FILE_EMPTY', null, 'The file is empty: download the statement again.'],
    [
      'a file of nothing but commas',
      ',,,\n,,,\n',
      'LAYOUT_UNKNOWN',
      1,
      `The file begins with ",,,", which is no known layout: name the bank's with --profile, one of ${profileNames}.`,
    ],
    [
      'an old Excel file',
      new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]),
      'FILE_NOT_TEXT',
      null,
      'The file is an old Excel file and not a text: download the statement as CSV or OFX from the bank.',
    ],
    [
      'a page of a web site',
      '<!doctype html><html><body>Log in</body></html>',
      'FORMAT_UNKNOWN',
      null,
      'The file is XML or HTML and no bank statement (camt or OFX): download the statement as CSV or OFX from the bank.',
    ],
    [
      'broken UTF-16',
      new Uint8Array([0xff, 0xfe, 0x41]),
      'ENCODING_WRONG',
      null,
      'The file says that it is UTF-16LE and its bytes are not: download it again without opening it in another program.',
    ],
    [
      'an unknown layout',
      'When,What,How much\n1,2,3\n',
      'LAYOUT_UNKNOWN',
      1,
      `The file begins with "When,What,How much", which is no known layout: name the bank's with --profile, one of ${profileNames}.`,
    ],
    [
      'a profile that does not exist',
      direct,
      'PROFILE_UNKNOWN',
      null,
      `There is no profile "bank": choose one of qif-uk, qif-us, santander, ${profileNames}.`,
      { profile: 'bank' },
    ],
    [
      'the profile of another bank',
      direct,
      'PROFILE_MISMATCH',
      1,
      'The profile "barclays" expects the header "Number,Date,Account,Amount,Subcategory,Memo" and the file begins with "Date,Description,Amount,Balance": choose another profile, or leave it out.',
      { profile: 'barclays' },
    ],
    [
      'a CSV profile for an OFX file',
      'OFXHEADER:100\n\n<OFX></OFX>',
      'FORMAT_MISMATCH',
      null,
      'The profile "lloyds" is for csv files and this is ofx: leave the profile out.',
      { profile: 'lloyds' },
    ],
    [
      'a row with a column too many',
      `${direct}01/04/2026,SHOP,-1.00,9.00,extra\n`,
      'ROW_RAGGED',
      2,
      'Line 2 has 5 columns and the layout 4: download the file again without editing it.',
    ],
    [
      'a quotation mark that is not closed',
      `${direct}01/04/2026,"SHOP,-1.00,9.00\n02/04/2026,X,-1.00,8.00\n`,
      'FILE_TRUNCATED',
      2,
      'Line 2 opens a quotation mark that is never closed, so the file was cut short: download it again.',
    ],
    [
      'a quotation mark inside a word',
      `${direct}01/04/2026,SH"OP,-1.00,9.00\n`,
      'FILE_MALFORMED',
      2,
      'Line 2 has a quotation mark where CSV allows none: download the file again without editing it.',
    ],
    [
      'a day that does not exist',
      `${direct}31/02/2026,SHOP,-1.00,9.00\n`,
      'DATE_WRONG',
      2,
      'Line 2: Date is "31/02/2026", a day that does not exist.',
    ],
    [
      'a date in another style',
      `${direct}01/04/2026,SHOP,-1.00,9.00\n2026-04-02,SHOP,-1.00,8.00\n`,
      'DATE_WRONG',
      3,
      'Line 3: Date is "2026-04-02", where a date such as "31/01/2026" is expected.',
    ],
    [
      'a date that is missing',
      `${direct},SHOP,-1.00,9.00\n`,
      'DATE_MISSING',
      2,
      'Line 2: Date is empty, where a date such as "31/01/2026" is expected.',
    ],
    [
      'an amount that is missing',
      `${lloyds}01/04/2026,DEB,30-11-22,87654321,SHOP,,,9.00\n`,
      'AMOUNT_MISSING',
      2,
      'Line 2: Debit Amount or Credit Amount is empty, where an amount is expected.',
    ],
    [
      'a fraction of a penny',
      `${direct}01/04/2026,SHOP,-1.005,9.00\n`,
      'AMOUNT_INEXACT',
      2,
      'Line 2: Amount is "-1.005", which is not a whole number of pence.',
    ],
    [
      'a word for an amount',
      `${direct}01/04/2026,SHOP,ten,9.00\n`,
      'AMOUNT_WRONG',
      2,
      'Line 2: Amount is "ten", where an amount such as "1234.56" is expected.',
    ],
    [
      'thousands in the wrong place',
      `${direct}01/04/2026,SHOP,"1,23",9.00\n`,
      'AMOUNT_WRONG',
      2,
      'Line 2: Amount is "1,23", where an amount such as "1234.56" is expected.',
    ],
    [
      'more money than there is',
      `${direct}01/04/2026,SHOP,100000000000000.00,9.00\n`,
      'AMOUNT_WRONG',
      2,
      'Line 2: Amount is "100000000000000.00", more than any account holds.',
    ],
    [
      'money out and money in on one row',
      `${lloyds}01/04/2026,DEB,30-11-22,87654321,SHOP,1.00,2.00,9.00\n`,
      'AMOUNT_WRONG',
      2,
      'Line 2: Debit Amount is "1.00" and Credit Amount is "2.00", where only one of them may be filled.',
    ],
    [
      'a minus in a column of money out',
      `${lloyds}01/04/2026,DEB,30-11-22,87654321,SHOP,-1.00,,9.00\n`,
      'AMOUNT_WRONG',
      2,
      'Line 2: Debit Amount is "-1.00", where an amount without a minus is expected.',
    ],
    [
      'a missing pound sign where the bank always writes one',
      `${nationwide}"01 Apr 2026","Visa","SHOP","1.00","","£9.00"\n`,
      'AMOUNT_WRONG',
      2,
      'Line 2: Paid out is "1.00", without the £ that this bank writes, so the row may have been changed.',
    ],
    [
      'an amount without the sign that the layout needs',
      '"Date","Type","Merchant/Description","Debit/Credit","Balance"\n"01/04/2026","DD","SHOP","£1.00","£9.00"\n',
      'AMOUNT_WRONG',
      2,
      'Line 2: Debit/Credit is "£1.00", without the + or - that says which way the money went.',
      { profile: 'nationwide-midata' },
    ],
    [
      'a state that nobody knows',
      `${revolut}TOPUP,Current,2026-04-01 10:00:00,,Council,1.00,0.00,GBP,LOST,\n`,
      'STATUS_UNKNOWN',
      2,
      'Line 2: State is "LOST", where one of COMPLETED, PENDING, REVERTED, DECLINED, FAILED, CANCELLED is expected.',
    ],
    [
      'a description without end',
      `${direct}01/04/2026,${'A'.repeat(2001)},-1.00,9.00\n`,
      'TOO_LONG',
      2,
      'Line 2: the description has 2001 characters, more than the 2000 that are kept.',
    ],
    [
      'a headless file of which one row does not fit',
      '01/04/2026,SHOP,-1.00\nyesterday,SHOP,-1.00\n',
      'LAYOUT_UNKNOWN',
      1,
      `The file begins with "01/04/2026,SHOP,-1.00", which is no known layout: name the bank's with --profile, one of ${profileNames}.`,
    ],
  ])('%s', async (_, file, code, line, message, options = {}) => {
    expect(await read(file, options)).toEqual({ ok: false, error: { code, message, line } });
  });

  it('a file that is too large', async () => {
    expect(await readStatementFile(new Uint8Array(wholeFileBytesMax + 1))).toEqual({
      ok: false,
      error: {
        code: 'FILE_TOO_LARGE',
        message:
          'The file has 20971521 bytes, more than the 20971520 that a statement may have: download a shorter period.',
        line: null,
      },
    });
  });

  it('a file with too many rows', () => {
    const line = { date: '2026-04-01', amountPence: 1n, balancePence: null, status: 'posted', raw: '' } as ParsedLine;
    const statement = new RunningStatement(() => undefined, null, 'GBP', 'oldestFirst');
    for (let count = 0; count < statementLinesMax; count += 1) statement.add(line);
    expect(() => statement.add(line)).toThrow(
      'The statement has more lines than the 1000000 that a statement may have: download a shorter period.',
    );
  });

  it('a file that fits two layouts, which a guess could read with days and months swapped', async () => {
    const british = { ...own, name: 'day-first', dates: ['dd/mm/yyyy'] as const };
    const american = { ...own, name: 'month-first', dates: ['mm/dd/yyyy'] as const };
    const file = 'On,Text,Sum\n03/04/2026,SHOP,-1.00\n';
    expect(await read(file, { profiles: [british, american] })).toEqual({
      ok: false,
      error: {
        code: 'LAYOUT_UNCLEAR',
        message: "The file fits 2 layouts equally well: name the bank's with --profile, one of day-first, month-first.",
        line: 2,
      },
    });
    const chosen = (await read(file, { profiles: [british, american], profile: 'month-first' })) as ParsedFile;
    expect(chosen.statements[0]?.lines[0]?.date).toBe('2026-03-04');
  });
});

const own = {
  name: 'own',
  bank: 'a prepaid card',
  header: ['On', 'Text', 'Sum'],
  date: ['On'],
  dates: ['dd/mm/yyyy'],
  amount: { kind: 'signed', column: 'Sum' },
  description: ['Text'],
  currency: 'GBP',
  order: 'oldestFirst',
} as const;

describe('reading a statement file', () => {
  const text = `${direct}01/04/2026,Café £5,-5.00,95.00\n`;

  it.each<[string, Uint8Array]>([
    ['UTF-8', new TextEncoder().encode(text)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${text}`)],
    ['Windows-1252', Uint8Array.from(text, (letter) => letter.charCodeAt(0))],
    ['UTF-16 little-endian with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 big-endian with a mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('reads %s', async (_, bytes) => {
    const outcome = (await readStatementFile(bytes)) as ParsedFile;
    expect(outcome.statements[0]?.lines[0]?.description).toBe('Café £5');
  });

  it.each(['\n', '\r\n', '\r'])('reads the line end %j, and counts lines by it', async (end) => {
    const file = `${direct}\n01/04/2026,"TWO\nLINES",-5.00,95.00\n02/04/2026,SHOP,-5.00,90.00`;
    const { statements } = (await read(file.replaceAll('\n', end))) as ParsedFile;
    expect(statements[0]?.lines.map(({ sourceLine, raw }) => [sourceLine, raw])).toEqual([
      [3, `01/04/2026,"TWO${end}LINES",-5.00,95.00`],
      [5, '02/04/2026,SHOP,-5.00,90.00'],
    ]);
  });

  it('returns a file that is newest first with its oldest line first, each line knowing where it stood', async () => {
    const file = `${direct}03/04/2026,C,-3.00,94.00\n02/04/2026,B,-2.00,97.00\n01/04/2026,A,-1.00,99.00\n`;
    const [statement] = ((await read(file)) as ParsedFile).statements;
    expect(statement?.lines.map(({ description, sourceLine }) => [description, sourceLine])).toEqual([
      ['A', 4],
      ['B', 3],
      ['C', 2],
    ]);
    expect([statement?.openingBalance, statement?.closingBalance]).toEqual([10000n, 9400n]);
  });

  it('takes the order of one day from its running balances', async () => {
    const file = `${direct}01/04/2026,A,-1.00,99.00\n01/04/2026,B,-2.00,97.00\n`;
    const [statement] = ((await read(file)) as ParsedFile).statements;
    expect(statement?.lines.map(({ description }) => description)).toEqual(['A', 'B']);
  });

  it('works out the balances of a bank that writes them only once a day', async () => {
    const file = `${direct}01/04/2026,A,-1.00,\n01/04/2026,B,-2.00,97.00\n02/04/2026,C,-7.00,\n`;
    const [statement] = ((await read(file)) as ParsedFile).statements;
    expect([statement?.openingBalance, statement?.closingBalance]).toEqual([10000n, 9000n]);
    expect(statement?.warnings).toEqual([]);
  });

  it('reads a statement with no transactions as one without lines', async () => {
    expect(await read(direct)).toMatchObject({
      ok: true,
      statements: [{ account: null, currency: 'GBP', openingBalance: null, closingBalance: null, lines: [] }],
    });
  });

  it('reads Santander’s text, with non-breaking spaces and the currency behind the amount', async () => {
    const file =
      'From: 01/04/2026 to 30/04/2026\r\n\r\nAccount:\u00a0XXXX XXXX XXXX 4321\r\n\r\nDate:\u00a005/04/2026\r\nDescription:\u00a0RIVER  CARE\u00a0\r\nAmount:\u00a0-60.00\u00a0GBP\r\nBalance: 1940.00 \r\n\r\nDate: 03/04/2026\r\nDescription: EXAMPLE COUNCIL\r\nAmount: 2,000.00 \r\nBalance: 2000.00 \r\n';
    expect(await read(file)).toMatchObject({
      ok: true,
      format: 'text',
      profile: 'santander',
      statements: [
        {
          account: 'XXXX XXXX XXXX 4321',
          openingBalance: 0n,
          closingBalance: 194000n,
          lines: [
            { date: '2026-04-03', amountPence: 200000n },
            { date: '2026-04-05', amountPence: -6000n, description: 'RIVER CARE', sourceLine: 5 },
          ],
        },
      ],
    });
    expect(await read(file.slice(0, file.lastIndexOf('Balance')))).toMatchObject({
      ok: false,
      error: {
        code: 'FILE_TRUNCATED',
        message:
          'Line 10: the transaction that begins here has no Balance, so the file was cut short: download it again.',
        line: 10,
      },
    });
  });
});

async function read(file: string | Uint8Array, options: ReadOptions = {}): Promise<ParseOutcome> {
  return readStatementFile(typeof file === 'string' ? new TextEncoder().encode(file) : file, options);
}
