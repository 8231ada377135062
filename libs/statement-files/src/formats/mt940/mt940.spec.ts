import { decimalText } from '@ringfence/kernel';
import type { ParsedFile, ParsedStatement, ParseOutcome } from '../../core/outcome.js';
import { readStatementFile } from '../../read-statement-file.js';

async function read(file: string): Promise<ParseOutcome> {
  return readStatementFile(new TextEncoder().encode(file));
}

async function one(file: string): Promise<ParsedStatement> {
  const outcome = await read(file);
  expect(outcome).toMatchObject({ ok: true, format: 'mt940' });
  return (outcome as ParsedFile).statements[0] as ParsedStatement;
}

function message(entries: string, opening = 'C260401GBP100,00', closing = 'C260430GBP100,00'): string {
  return `:20:S\n:25:200000/55779911\n:28C:1/1\n:60F:${opening}\n${entries}:62F:${closing}\n-\n`;
}

describe('reading MT940', () => {
  it('reads a statement with its references, words, balances and account', async () => {
    const file = message(
      ':61:2604130414D12,34NDDTREF 1//FT2600001\nEXTRA\n:86:RIVER CARE\nLTD APRIL\n',
      'C260401GBP100,00',
      'C260430GBP87,66',
    );
    expect(await one(file)).toEqual({
      account: '20-00-00 55779911',
      currency: 'GBP',
      openingBalance: 10000n,
      closingBalance: 8766n,
      notPosted: [],
      warnings: [],
      lines: [
        {
          date: '2026-04-14',
          amountPence: -1234n,
          description: 'RIVER CARE LTD APRIL',
          normalisedDescription: 'RIVER CARE LTD APRIL',
          bankId: 'FT2600001',
          balancePence: null,
          raw: ':61:2604130414D12,34NDDTREF 1//FT2600001\nEXTRA\n:86:RIVER CARE\nLTD APRIL',
          sourceLine: 5,
          kind: 'NDDT',
          mcc: null,
          status: 'posted',
          originalAmount: null,
          originalCurrency: null,
        },
      ],
    });
  });

  it.each([
    ['2604130413C12,34NTRF', '12.34'],
    ['2604130413D12,34NTRF', '-12.34'],
    // What is reversed goes the other way.
    ['2604130413RC12,34NTRF', '-12.34'],
    ['2604130413RD12,34NTRF', '12.34'],
    ['2604130413RCR12,34NTRF', '-12.34'],
    ['2604130413CP500NTRF', '500.00'],
    ['2604130413C500,NTRF', '500.00'],
    ['260413    D8,1 NTRF', '-8.10'],
    ['260413D001,120NTRF', '-1.12'],
    ['2604130413C1.234,56NTRF', '1234.56'],
  ])('reads the mark and amount of %s', async (entry, amount) => {
    const outcome = await read(message(`:61:${entry}\n`));
    const line = outcome.ok ? outcome.statements[0]?.lines[0] : undefined;
    expect(line && decimalText(line.amountPence)).toBe(amount);
  });

  it('takes the day of entry, in the year nearest to the value date', async () => {
    const { lines } = await one(
      message(':61:2512310102C1,NTRF\n:61:2601011231C1,NTRF\n:61:2602300301D1,NTRF\n:61:260413D1,NTRF\n'),
    );
    expect(lines.map(({ date }) => date)).toEqual(['2026-01-02', '2025-12-31', '2026-03-01', '2026-04-13']);
  });

  it('joins the subfields of banks that divide :86:, wherever their lines end', async () => {
    const { lines } = await one(
      message(
        ':61:2604130413D1,NTRFNONREF\n:86:106?00CARD PAYMENT?10931?20SVWZ+2026-04-13T20\n:25:11 CAR?21D 4?32SHOP A\n?33ND SON\n',
      ),
    );
    expect(lines[0]).toMatchObject({
      description: 'SHOP AND SON SVWZ+2026-04-13T20:25:11 CARD 4',
      kind: 'CARD PAYMENT',
      bankId: null,
    });
  });

  it('keeps what was paid in another currency', async () => {
    const { lines } = await one(message(':61:2604130413D12,35NTRFNONREF\n/OCMT/EUR14,20/\n:86:SHOP\n'));
    expect(lines[0]).toMatchObject({ originalAmount: '14,20', originalCurrency: 'EUR' });
  });

  it('reads several messages, with SWIFT blocks, header lines and control characters around them', async () => {
    const swift = `\u0001{1:F01BANKGB2LAXXX0000000000}{2:I940X}{4:\r\n${message(':61:260413C0,NTRF\n').replace(/-\n$/, '-}{5:}')}\u0003\r\n`;
    const outcome = await read(`${swift}BANKGB2L\n940\nBANKGB2L\n${message('')}`);
    expect(outcome).toMatchObject({ ok: true, statements: [{ lines: [{}] }, { lines: [], warnings: [] }] });
  });

  it('keeps apart what MT942 only expects, and counts its totals', async () => {
    const statement = await one(
      ':20:S\n:25:200000/55779911\n:28C:1\n:34F:GBP0,\n:13D:2604131200+0000\n:61:260413D12,34NTRF\n:61:260414ED5,NTRF\n:90D:2GBP17,34\n:90C:1GBP1,\n-\n',
    );
    expect(statement).toMatchObject({
      currency: 'GBP',
      lines: [{ amountPence: -1234n }],
      notPosted: [{ amountPence: -500n, status: 'pending' }],
    });
    expect(statement.warnings.map(({ code, line }) => [code, line])).toEqual([
      ['BALANCE_BREAK', 9],
      ['NOT_POSTED', 7],
    ]);
  });

  it('says so where a statement does not add up, or has no closing balance', async () => {
    expect((await one(message(':61:260413D1,NTRF\n'))).warnings.map(({ code }) => code)).toEqual(['BALANCE_BREAK']);
    const open = message(':61:260413D1,NTRF\n').replace(/:62F:[^]*/, '');
    expect((await one(open)).warnings).toEqual([
      {
        code: 'BALANCE_MISSING',
        message: 'The statement of line 1 has no closing balance (:62F:), so it may have been cut short.',
        line: 1,
      },
    ]);
  });

  it('takes a line behind the end of a message for no part of it', async () => {
    const { statements } = (await read(`${message('')}:61:260413D1,NTRF\n`)) as ParsedFile;
    expect(statements.map(({ account, lines }) => [account, lines.length])).toEqual([
      ['20-00-00 55779911', 0],
      [null, 1],
    ]);
  });
});

describe('an MT940 file is refused whole, in one sentence', () => {
  it.each<[string, string, string, number, string]>([
    [
      'an entry that is cut',
      message(':61:260413D\n'),
      'FILE_MALFORMED',
      5,
      'Line 5: :61: is "260413D", where a date, C or D and an amount such as "2601310131D12,34NTRF" are expected.',
    ],
    [
      'letters in an amount',
      message(':61:260413D1O,00NTRF\n'),
      'FILE_MALFORMED',
      5,
      'Line 5: :61: is "260413D1O,00NTRF", where a date, C or D and an amount such as "2601310131D12,34NTRF" are expected.',
    ],
    [
      'fractions of a penny',
      message(':61:260413D1,005NTRF\n'),
      'AMOUNT_INEXACT',
      5,
      'Line 5: :61: is "1,005", which is not a whole number of pence.',
    ],
    [
      'a day that does not exist',
      message(':61:260231D1,00NTRF\n'),
      'DATE_WRONG',
      5,
      'Line 5: :61: has the date "260231", a day that does not exist.',
    ],
    [
      'a day of entry that does not exist',
      message(':61:2602280231D1,00NTRF\n'),
      'DATE_WRONG',
      5,
      'Line 5: :61: has the dates "260228 0231", which are no days of a calendar.',
    ],
    [
      'a balance that is no balance',
      message('', 'C2604GBP1'),
      'FILE_MALFORMED',
      4,
      'Line 4: :60F: is "C2604GBP1", where a balance such as "C260131GBP1234,56" is expected.',
    ],
    [
      'an entry behind the closing balance',
      message('').replace('-\n', ':61:260413D1,00NTRF\n'),
      'FILE_MALFORMED',
      6,
      'Line 6: :61: stands behind the closing balance: download the file again without editing it.',
    ],
    [
      'words outside a message',
      `${message('')}What is this line?\n`,
      'FILE_MALFORMED',
      7,
      'Line 7 is "What is this line?", where a field such as ":61:" is expected: download the file again without editing it.',
    ],
  ])('%s', async (_, file, code, line, text) => {
    expect(await read(file)).toEqual({ ok: false, error: { code, message: text, line } });
  });
});
