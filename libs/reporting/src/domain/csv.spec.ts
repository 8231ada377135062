import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { byteOrderMark, csvRecord, harmlessText, originalText, type Cell } from './csv.js';

const signs = [
  '=',
  '+',
  '-',
  '@',
  '\t',
  '\r',
  '\n',
  '＝',
  '＋',
  '－',
  '＠',
  '−',
  "'",
  '"',
  ',',
  ';',
  ' ',
  '\u00a0',
  'a',
];
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...signs), maxLength: 8 }),
  fc.tuple(fc.constantFrom('=1+1', '@SUM(A1)', "=cmd|' /C calc'!A0"), fc.string()).map(([a, b]) => a + b),
);
const readBack = (file: string): string[][] => parse(file, { bom: true, record_delimiter: '\r\n' });

describe('A record of a CSV export', () => {
  it('is divided by commas, ended with CRLF, and quoted where a cell needs it', () => {
    expect(csvRecord(['Rosa', 'Smith, Ltd', 'say "yes"', 'two\r\nlines', null, 3])).toBe(
      'Rosa,"Smith, Ltd","say ""yes""","two\r\nlines",,3\r\n',
    );
  });

  it('keeps amounts numbers, those below zero too', () => {
    expect(csvRecord([{ pence: -1234n }, { pence: 5n }, { pence: 9_999_999_999_999n }])).toBe(
      '-12.34,0.05,99999999999.99\r\n',
    );
  });

  it('refuses to write a float', () => {
    expect(() => csvRecord([0.1])).toThrow('0.1 is no whole number: a CSV holds counts and pence.');
  });

  it.each([
    '=1+1',
    '+44 20 7946 0000',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '\0=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠SUM(A1)',
    '−1',
    '  =1+1',
    '\u00a0=1',
    '\u200b=1',
    '\ufeff=1',
    '"=1+1',
    '“=1+1”',
    "'=1+1",
  ])('is harmless where a text is %j', (dangerous) => {
    expect(harmlessText(dangerous)).toBe(`'${dangerous}`);
    expect(originalText(harmlessText(dangerous))).toBe(dangerous);
  });

  it.each(['Swim school', 'A-level tutor', 'Jo=Ann', '2026-04-01', '0190a-7', '12:30', 'me@example.org', ''])(
    'leaves a text as it is where it is %j',
    (harmless) => expect(harmlessText(harmless)).toBe(harmless),
  );

  it('is read back by a parser as it was written, whatever the texts', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 3, maxLength: 3 }), { maxLength: 5 }), (rows) => {
        const header = ['first', 'second', 'third'];
        const file = byteOrderMark + [header, ...rows].map(csvRecord).join('');
        expect(readBack(file).map((row) => row.map(originalText))).toEqual([header, ...rows]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never begins a text with a sign that a spreadsheet calculates with, however it is hidden', () => {
    fc.assert(
      fc.property(text, (one) => {
        const [[cell = ''] = []] = readBack(csvRecord([one, 'end']));
        expect(cell).not.toMatch(/^[=+\-@＝＋－＠\t\r\n\0]/);
        const shown = cell.replace(/^[\s\p{C}"“”]+/u, '');
        expect(shown).not.toMatch(/^[=+\-@＝＋－＠]/);
      }),
      { numRuns: 5_000 },
    );
  });

  it('writes amounts that the same parser reads as the same pence', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -9_999_999_999_999n, max: 9_999_999_999_999n }), (pence) => {
        const cell: Cell = { pence };
        const [[amount = ''] = []] = readBack(csvRecord([cell]));
        expect(BigInt(amount.replace('.', ''))).toBe(pence);
      }),
    );
  });
});
