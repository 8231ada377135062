import type { ParsedFile, ParseOutcome } from '../../core/outcome.js';
import { readStatementFile } from '../../read-statement-file.js';
import type { ReadOptions } from '../../core/statement-format.js';

const bank = '!Type:Bank\n';

async function read(file: string, options: ReadOptions = {}): Promise<ParseOutcome> {
  return readStatementFile(new TextEncoder().encode(file), options);
}

async function dates(file: string, options: ReadOptions = {}): Promise<(string | undefined)[]> {
  return ((await read(file, options)) as ParsedFile).statements.flatMap(({ lines }) => lines.map(({ date }) => date));
}

function paid(...written: string[]): string {
  return bank + written.map((date) => `D${date}\nT-1.00\nPSHOP\n^\n`).join('');
}

describe('reading QIF', () => {
  it('reads a record with its payee, memo, category and parts, and the account before it', async () => {
    const file = `!Option:AutoSwitch\n!Account\nNCurrent Account\nTBank\n^\n!Clear:AutoSwitch\n!Account\nNCurrent Account\n^\n${bank}D13/04/2026\nU-1,234.50\nT-1,234.50\nCX\nN101\nPRIVER CARE\nMApril\nLCare\nSCare:Wages\nEhours\n$-1,200.00\nSCare:Mileage\n$-34.50\n^\n`;
    expect(await read(file)).toEqual({
      ok: true,
      format: 'qif',
      profile: 'qif-uk',
      parserVersion: 'qif/2',
      statements: [
        {
          account: 'Current Account',
          currency: null,
          openingBalance: null,
          closingBalance: null,
          notPosted: [],
          warnings: [],
          lines: [
            {
              date: '2026-04-13',
              amountPence: -123450n,
              description: 'RIVER CARE April',
              normalisedDescription: 'RIVER CARE APRIL',
              bankId: null,
              balancePence: null,
              raw: 'D13/04/2026\nU-1,234.50\nT-1,234.50\nCX\nN101\nPRIVER CARE\nMApril\nLCare\nSCare:Wages\nEhours\n$-1,200.00\nSCare:Mileage\n$-34.50',
              sourceLine: 11,
              kind: 'Care',
              mcc: null,
              status: 'posted',
              originalAmount: null,
              originalCurrency: null,
              details: [
                { amount: '-1,200.00', currency: null, description: 'Care:Wages hours', bankId: null },
                { amount: '-34.50', currency: null, description: 'Care:Mileage', bankId: null },
              ],
            },
          ],
        },
      ],
    });
  });

  it('takes the order of days and months from a date that can be read in one way only', async () => {
    expect(await dates(paid('02/03/2026', '13/03/2026'))).toEqual(['2026-03-02', '2026-03-13']);
    expect(await dates(paid('02/03/2026', '03/13/2026'))).toEqual(['2026-02-03', '2026-03-13']);
  });

  it('puts days first, as in the United Kingdom, where no date tells, and says so', async () => {
    expect(await read(paid('02/03/2026'))).toMatchObject({
      profile: 'qif-uk',
      statements: [{ lines: [{ date: '2026-03-02' }], warnings: [{ code: 'DATE_ORDER_ASSUMED', line: 2 }] }],
    });
    expect(await dates(paid('02/03/2026'), { profile: 'qif-us' })).toEqual(['2026-02-03']);
  });

  it.each(["13/4'26", "13/ 4'2026", '13.04.2026', '13-04-26', '2026-04-13'])('reads the date %s', async (date) => {
    expect(await dates(paid(date))).toEqual(['2026-04-13']);
  });

  it('takes Quicken’s opening balance for a balance, and lists and investments for no lines', async () => {
    const file = `# a note\n!Type:Cat\nNFood\n^\n${bank}D13/04/2026\nT100.00\nPOpening Balance\nL[Current]\n^\nD14/04/2026\nT-1.00\nPShop\n^\n!Type:Invst\nD14/04/2026\nNBuy\n^\n`;
    const { statements } = (await read(file)) as ParsedFile;
    expect(statements.map(({ openingBalance, lines }) => [openingBalance, lines.length])).toEqual([
      [10000n, 1],
      [null, 0],
    ]);
    expect(statements[1]?.warnings.map(({ code }) => code)).toEqual(['INVESTMENTS_NOT_READ']);
  });

  it('says where the parts of a record do not make the record', async () => {
    const { statements } = (await read(`${bank}D13/04/2026\nT-10.00\nPA\nSB\n$-9.00\n^\n`)) as ParsedFile;
    expect(statements[0]?.warnings).toEqual([
      {
        code: 'PARTS_DIFFER',
        message: 'Line 2: the parts of this record make -9.00 and the record is -10.00, which is what counts.',
        line: 2,
      },
    ]);
  });
});

describe('a QIF file is refused whole, in one sentence', () => {
  it.each<[string, string, string, number | null, string]>([
    [
      'cut short in a record',
      `${bank}D13/04/2026\nT-1.00\n`,
      'FILE_TRUNCATED',
      4,
      'Line 4: the record before has no "^" at its end, so the file was cut short: download it again.',
    ],
    [
      'cut short before another section',
      `${bank}D13/04/2026\nT-1.00\n${bank}`,
      'FILE_TRUNCATED',
      4,
      'Line 4: the record before has no "^" at its end, so the file was cut short: download it again.',
    ],
    [
      'a line that is no field',
      `${bank}D13/04/2026\n-1.00\n^\n`,
      'FILE_MALFORMED',
      3,
      'Line 3 is "-1.00", where a header such as "!Type:Bank" or a field of QIF is expected.',
    ],
    [
      'an unknown section',
      '!Type:Loans\nD13/04/2026\n^\n',
      'FILE_MALFORMED',
      1,
      'Line 1: a section of type "loans" is not known in QIF, so it is not read.',
    ],
    [
      'an unknown header',
      `${bank}!Typ:Bank\n`,
      'FILE_MALFORMED',
      2,
      'Line 2 is "!Typ:Bank", which is no header of QIF.',
    ],
    [
      'no amount',
      `${bank}D13/04/2026\nPA\n^\n`,
      'AMOUNT_MISSING',
      2,
      'Line 2: the record has no amount (T), where one is expected.',
    ],
    [
      'two amounts that differ',
      `${bank}D13/04/2026\nT1.00\nU2.00\n^\n`,
      'AMOUNT_WRONG',
      4,
      'Line 4: the record has a second amount (U) that differs from the first.',
    ],
    [
      'no date',
      `${bank}T1.00\nPA\n^\n`,
      'DATE_MISSING',
      2,
      'Line 2: the record has no date (D), where one such as "31/01/2026" is expected.',
    ],
    [
      'two records that ran together',
      `${bank}D13/04/2026\nT1.00\nD14/04/2026\n^\n`,
      'FILE_MALFORMED',
      4,
      'Line 4: the record has a second date (D), so two records may have run together.',
    ],
    [
      'a day that does not exist in any order',
      paid('13/04/2026', '31/31/2026'),
      'DATE_WRONG',
      6,
      'Line 6: the date (D) is "31/31/2026", where a date such as "31/01/2026" is expected.',
    ],
    [
      'fractions of a penny',
      `${bank}D13/04/2026\nT1.005\n^\n`,
      'AMOUNT_INEXACT',
      3,
      'Line 3: T is "1.005", which is not a whole number of pence.',
    ],
  ])('%s', async (_, file, code, line, message) => {
    expect(await read(file)).toEqual({ ok: false, error: { code, message, line } });
  });
});
