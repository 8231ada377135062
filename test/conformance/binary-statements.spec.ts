import { decimalText } from '@ringfence/kernel';
import {
  archiveBytesMax,
  archiveEntriesMax,
  archiveRatioMax,
  type CsvProfile,
  type ParsedFile,
  type ReadOptions,
  readStatementFile,
} from '@ringfence/statement-files';
import { camtOf, pdfOf, xlsxParts, zipOf, type PdfText, type WrittenStatement } from './statement-writers.js';

const statement: WrittenStatement = {
  sortCode: '200000',
  accountNumber: '55779911',
  opening: 10_000n,
  lines: [
    { date: '2026-04-13', pence: -1_110n, words: 'RIVER CARE', id: 'FT1' },
    { date: '2026-04-14', pence: 200_000n, words: 'EXAMPLE COUNCIL', id: 'FT2' },
  ],
};
const sheetName = 'xl/worksheets/sheet1.xml';

describe('a spreadsheet', () => {
  const parts = xlsxParts(statement);
  const sheet = parts[sheetName] as string;
  const workbook = (changed: Readonly<Record<string, string>>): Uint8Array => zipOf({ ...parts, ...changed });

  it('is read by the profiles of CSV, its dates by their style and its numbers as they are shown', async () => {
    const bytes = workbook({ [sheetName]: sheet.replace('<v>-11.10</v>', '<v>-11.100000000000001</v>') });
    expect(await linesIn(bytes)).toEqual(['2026-04-13 -11.10 RIVER CARE @2', '2026-04-14 2000.00 EXAMPLE COUNCIL @3']);
  });

  it('is read where its texts stand in the cells, its dates are texts and empty cells have a style', async () => {
    const header = ['Date', 'Description', 'Amount', 'Balance', ''];
    const cell = (text: string): string =>
      text === ''
        ? '<c s="0"/>'
        : `<c t="inlineStr"><is><r><t>${text.slice(0, 2)}</t></r><r><t>${text.slice(2)}</t></r></is></c>`;
    const rows = [header, ['13/04/2026', 'SHOP', '-1.00', '9.00', '']].map(
      (cells) => `<row>${cells.map(cell).join('')}</row>`,
    );
    const bytes = workbook({ [sheetName]: `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>` });
    expect(await linesIn(bytes)).toEqual(['2026-04-13 -1.00 SHOP @2']);
  });

  it('is read by a profile of one’s own', async () => {
    const own: CsvProfile = {
      name: 'own',
      bank: 'a prepaid card',
      header: ['Date', 'Description', 'Amount', 'Left'],
      date: ['Date'],
      dates: ['dd/mm/yyyy'],
      amount: { kind: 'signed', column: 'Amount' },
      balance: 'Left',
      description: ['Description'],
      currency: 'GBP',
      order: 'oldestFirst',
    };
    const strings = parts['xl/sharedStrings.xml'] as string;
    const bytes = workbook({ 'xl/sharedStrings.xml': strings.replace('Balance', 'Left') });
    expect(await readStatementFile(bytes, { profiles: [own] })).toMatchObject({
      ok: true,
      profile: 'own',
      format: 'xlsx',
    });
    expect(await refusalOf(bytes)).toMatchObject({ code: 'LAYOUT_UNKNOWN' });
  });

  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    [
      'a cell with an error in it',
      { [sheetName]: sheet.replace('<c r="C2"><v>-11.10</v>', '<c r="C2" t="e"><v>#REF!</v>') },
      'FILE_MALFORMED',
      'Row 2: the cell C2 shows the error "#REF!": correct the sheet, or download the statement as CSV.',
    ],
    [
      'an amount in fractions of a penny',
      { [sheetName]: sheet.replace('<v>-11.10</v>', '<v>-11.105</v>') },
      'AMOUNT_INEXACT',
      'Line 2: Amount is "-11.105", which is not a whole number of pence.',
    ],
    [
      'a text that is not there',
      { [sheetName]: sheet.replace('<v>4</v>', '<v>400</v>') },
      'FILE_MALFORMED',
      'Row 2: the cell B2 names a text that the file does not have: save the sheet again.',
    ],
    [
      'cells out of order',
      { [sheetName]: sheet.replace('r="D2"', 'r="A2"') },
      'FILE_MALFORMED',
      'Row 2: the cell "A2" is out of order or beyond 64 columns: save the sheet again.',
    ],
    [
      'a document type',
      { [sheetName]: `<!DOCTYPE a [<!ENTITY b "c">]>${sheet}` },
      'DOCTYPE_REFUSED',
      'In xl/worksheets/sheet1.xml of the spreadsheet: Line 1: the file declares a document type, which bank files do not need and which could read other files: download it again from the bank.',
    ],
    [
      'no sheet that is shown',
      { 'xl/workbook.xml': (parts['xl/workbook.xml'] as string).replace('<sheet ', '<sheet state="hidden" ') },
      'FILE_MALFORMED',
      'The spreadsheet has no sheet that is shown: save it again, or download the statement as CSV.',
    ],
  ])('is refused whole for %s', async (_, changed, code, message) => {
    expect(await refusalOf(workbook(changed))).toMatchObject({ code, message });
  });
});

describe('an archive of statements', () => {
  const camt = camtOf(statement, 'camt.053', 2);

  it('gives each line the name of its file, and leaves out what a Mac adds', async () => {
    const outcome = (await readStatementFile(
      zipOf({ 'april/a.xml': camt, '__MACOSX/april/._a.xml': 'x' }),
    )) as ParsedFile;
    expect(outcome).toMatchObject({ ok: true, format: 'camt' });
    expect(outcome.statements.flatMap(({ lines }) => lines.map(({ within }) => within))).toEqual([
      'april/a.xml',
      'april/a.xml',
    ]);
  });

  it.each<[string, () => Uint8Array, string, string]>([
    [
      'another kind of file in it',
      () => zipOf({ 'a.csv': 'Date,Description,Amount,Balance\n' }),
      'FORMAT_UNKNOWN',
      'In "a.csv": only camt files are read from an archive: unpack it and upload the file.',
    ],
    [
      'a damaged statement in it, naming the file',
      () => zipOf({ 'a.xml': camt, 'b.xml': Buffer.from(camt).subarray(0, -30) }),
      'FILE_TRUNCATED',
      'In "b.xml": Line 5: the file ends inside an element, so it was cut short: download it again.',
    ],
    [
      'more files than are read',
      () => zipOf(Object.fromEntries(Array.from({ length: archiveEntriesMax + 1 }, (_, at) => [`${at}`, '']))),
      'ARCHIVE_REFUSED',
      `The archive holds ${archiveEntriesMax + 1} files, more than the ${archiveEntriesMax} that are read from one.`,
    ],
    [
      'a file that would unpack without measure',
      () => zipOf({ 'a.xml': new Uint8Array(8 * 1024 * 1024) }),
      'ARCHIVE_REFUSED',
      `The archive has "a.xml" packed more than ${archiveRatioMax} times, as no statement is.`,
    ],
    [
      'sizes beyond what is unpacked',
      () => withSize(zipOf({ 'a.xml': camt }), archiveBytesMax + 1),
      'ARCHIVE_REFUSED',
      `The archive would unpack to more than ${archiveBytesMax} bytes: upload a shorter period.`,
    ],
    [
      'a size that is not the true one',
      () => withSize(zipOf({ 'a.xml': camt }), camt.length - 100),
      'FILE_TRUNCATED',
      'In "a.xml": The archive is damaged or was cut short: download it again.',
    ],
    [
      'its end cut off',
      () => zipOf({ 'a.xml': camt }).subarray(0, -30),
      'FILE_TRUNCATED',
      'The archive is damaged or was cut short: download it again.',
    ],
    [
      'nothing in it',
      () => zipOf({ 'a/': '' }),
      'FILE_EMPTY',
      'The archive holds no file: download the statement again.',
    ],
  ])('is refused whole for %s', async (_, archive, code, message) => {
    expect(await refusalOf(archive())).toMatchObject({ code, message });
  });
});

describe('a printed statement', () => {
  const head: PdfText[] = [
    { x: 50, y: 800, text: '1 March 2026 to 30 April 2026' },
    { x: 50, y: 700, text: 'Date' },
    { x: 120, y: 700, text: 'Details' },
    { right: 400, y: 700, text: 'Paid out (£)' },
    { right: 470, y: 700, text: 'Paid in (£)' },
    { right: 550, y: 700, text: 'Balance (£)' },
  ];

  it('is read with dates without a year, one date for many lines, one balance for a day, and words on two rows', async () => {
    const rows: PdfText[] = [
      { x: 120, y: 680, text: 'BALANCE BROUGHT FORWARD' },
      { right: 550, y: 680, text: '100.00' },
      { x: 50, y: 660, text: '13 Apr' },
      { x: 120, y: 660, text: 'DD' },
      { x: 120, y: 649, text: 'RIVER CARE' },
      { right: 400, y: 649, text: '11.10' },
      { x: 120, y: 630, text: 'EXAMPLE COUNCIL' },
      { right: 470, y: 630, text: '2,000.00' },
      { right: 550, y: 630, text: '2,088.90' },
      { x: 120, y: 619, text: 'REF 1001' },
      { x: 120, y: 600, text: 'BALANCE CARRIED FORWARD' },
      { right: 550, y: 600, text: '2,088.90' },
      { x: 50, y: 60, text: 'Example Bank is authorised by the Prudential Regulation Authority' },
    ];
    const outcome = (await readStatementFile(pdfOf([[...head, ...rows]]))) as ParsedFile;
    expect(outcome).toMatchObject({
      ok: true,
      format: 'pdf',
      needsConfirmation: true,
      statements: [{ currency: 'GBP', openingBalance: 10000n, closingBalance: 208890n, warnings: [] }],
    });
    expect(outcome.statements[0]?.lines).toMatchObject([
      {
        date: '2026-04-13',
        amountPence: -1110n,
        description: 'DD RIVER CARE',
        page: 1,
        raw: '13 Apr  DD\nRIVER CARE  11.10',
      },
      { date: '2026-04-13', amountPence: 200000n, description: 'EXAMPLE COUNCIL REF 1001', balancePence: 208890n },
    ]);
  });

  it('is read with one signed column, and an overdrawn balance', async () => {
    const rows: PdfText[] = [
      { x: 50, y: 760, text: 'Opening balance' },
      { x: 130, y: 760, text: '£5.00' },
      { x: 50, y: 700, text: 'Date' },
      { x: 120, y: 700, text: 'Description' },
      { right: 470, y: 700, text: 'Amount' },
      { right: 550, y: 700, text: 'Balance' },
      { x: 50, y: 680, text: '13/04/2026' },
      { x: 120, y: 680, text: 'SHOP' },
      { right: 470, y: 680, text: '-£6.00' },
      { right: 550, y: 680, text: '1.00 OD' },
    ];
    expect(await linesIn(pdfOf([rows]))).toEqual(['2026-04-13 -6.00 SHOP @3']);
  });

  const line = (y: number, texts: readonly [string, string, string, string, string]): PdfText[] => {
    const [date, words, out, into, balance] = texts;
    return [
      { x: 50, y, text: date },
      { x: 120, y, text: words },
      { right: 400, y, text: out },
      { right: 470, y, text: into },
      { right: 550, y, text: balance },
    ].filter(({ text }) => text !== '');
  };
  const brought = line(685, ['', 'Brought forward', '', '', '100.00']);

  it.each<[string, PdfText[][], string, string]>([
    [
      'a balance that does not follow',
      [[...head, ...brought, ...line(660, ['13 Apr 2026', 'SHOP', '1.00', '', '98.00'])]],
      'TABLE_UNCLEAR',
      'Page 1, line 4: the balance is 98.00 where 99.00 follows, so a line was not read as it is printed: download the statement as CSV or OFX from the bank.',
    ],
    [
      'a last line without a balance behind it',
      [[...head, ...brought, ...line(660, ['13 Apr 2026', 'SHOP', '1.00', '', ''])]],
      'TABLE_UNCLEAR',
      'Page 1, line 4: no balance is printed behind this line, so it cannot be checked: download the statement as CSV or OFX from the bank.',
    ],
    [
      'an amount under no heading',
      [[...head, ...line(660, ['13 Apr 2026', 'SHOP', '', '', '99.00']), { x: 395, y: 660, text: '1.00' }]],
      'TABLE_UNCLEAR',
      'Page 1, line 3: "13 Apr 2026  SHOP  1.00  99.00" has the amount "1.00" under no heading, or between two: download the statement as CSV or OFX from the bank.',
    ],
    [
      'amounts both out and in',
      [[...head, ...brought, ...line(660, ['13 Apr 2026', 'SHOP', '1.00', '1.00', '100.00'])]],
      'TABLE_UNCLEAR',
      'Page 1, line 4: "13 Apr 2026  SHOP  1.00  1.00  100.00" has amounts both out and in: download the statement as CSV or OFX from the bank.',
    ],
    [
      'a second page without headings',
      [[...head, ...brought], line(700, ['13 Apr 2026', 'SHOP', '1.00', '', '99.00'])],
      'TABLE_UNCLEAR',
      'Page 2, line 1: "13 Apr 2026  SHOP  1.00  99.00" has a date and an amount and stands under no headings: download the statement as CSV or OFX from the bank.',
    ],
    [
      'a day that does not exist',
      [[...head, ...brought, ...line(660, ['31 Feb 2026', 'SHOP', '1.00', '', '99.00'])]],
      'DATE_WRONG',
      'Page 1, line 4: Date is "31 Feb 2026", a day that does not exist.',
    ],
    [
      'a date outside its period',
      [[...head, ...brought, ...line(660, ['13 Jun', 'SHOP', '1.00', '', '99.00'])]],
      'TABLE_UNCLEAR',
      'Page 1, line 4: "13 Jun  SHOP  1.00  99.00" has the date "13 Jun", outside the period from 2026-03-01 to 2026-04-30: download the statement as CSV or OFX from the bank.',
    ],
    [
      'no table',
      [[{ x: 50, y: 700, text: 'Dear customer' }]],
      'LAYOUT_UNKNOWN',
      'The PDF has no table headed Date, Description, Money out, Money in (or Amount) and Balance: download the statement as CSV or OFX from the bank.',
    ],
    [
      'pages without text',
      [[]],
      'PAGE_UNREADABLE',
      'The PDF holds pictures of pages and no text: download the statement as CSV or OFX from the bank.',
    ],
  ])('is refused whole for %s', async (_, pages, code, message) => {
    expect(await refusalOf(pdfOf(pages))).toMatchObject({ code, message });
  });

  it('is refused when it was cut short or is damaged', async () => {
    const whole = pdfOf([head]);
    expect(await refusalOf(whole.subarray(0, -10))).toMatchObject({
      code: 'FILE_TRUNCATED',
      message: 'The PDF has no end mark, so it was cut short: download it again.',
    });
    expect(await refusalOf(Buffer.from('%PDF-1.7\nnothing\n%%EOF\n'))).toMatchObject({
      code: 'FILE_MALFORMED',
      message: 'The PDF is damaged: download it again without opening it in another program.',
    });
  });
});

async function linesIn(bytes: Uint8Array, options: ReadOptions = {}): Promise<string[]> {
  const outcome = await readStatementFile(bytes, options);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.statements.flatMap(({ lines }) =>
    lines.map((line) => `${line.date} ${decimalText(line.amountPence)} ${line.description} @${line.sourceLine}`),
  );
}

async function refusalOf(bytes: Uint8Array): Promise<object | undefined> {
  const outcome = await readStatementFile(bytes);
  return outcome.ok ? undefined : outcome.error;
}

/** The same archive, whose directory says that its one file has this size. */
function withSize(archive: Uint8Array, size: number): Uint8Array {
  const copy = Buffer.from(archive);
  copy.writeUInt32LE(size, copy.lastIndexOf('PK\x01\x02') + 24);
  return copy;
}
