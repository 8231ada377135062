import { chooseStatement } from './choose-statement.js';
import { type ParsedFile, type ParsedStatement, readStatementFile } from '@ringfence/statement-files';

const account = { sortCode: '200000', accountNumber: '55779911' };

function day(date: string, opening: string, amount: string, closing: string): string {
  return `:20:DAY\n:25:200000/55779911\n:28C:1\n:60F:C${date}GBP${opening}\n:61:${date}${date.slice(2)}C${amount}NTRF\n:86:PAID ${date}\n:62F:C${date}GBP${closing}\n-\n`;
}

async function chosen(...days: string[]): Promise<ParsedStatement> {
  const outcome = await readStatementFile(new TextEncoder().encode(days.join('')));
  return chooseStatement(outcome as ParsedFile, account);
}

describe('the statements of several days of one account', () => {
  const first = day('260401', '10,00', '5,00', '15,00');
  const second = day('260402', '15,00', '1,50', '16,50');
  const third = day('260403', '16,50', '2,00', '18,50');

  it.each([
    ['oldest first', [first, second, third]],
    ['newest first', [third, second, first]],
  ])('are one statement, written %s', async (_, days) => {
    const statement = await chosen(...days);
    expect(statement.lines.map(({ description }) => description)).toEqual([
      'PAID 260401',
      'PAID 260402',
      'PAID 260403',
    ]);
    expect(statement).toMatchObject({ openingBalance: 1000n, closingBalance: 1850n, warnings: [] });
  });

  it('say so where a day between them is missing', async () => {
    const { warnings } = await chosen(first, third);
    expect(warnings).toEqual([
      {
        code: 'BALANCE_BREAK',
        message: 'A statement closes with 15.00 and the next opens with 16.50, so one between them is missing.',
        line: 13,
      },
    ]);
  });

  it('are taken once where the file repeats one', async () => {
    const statement = await chosen(first, second, second);
    expect(statement.lines).toHaveLength(2);
    expect(statement).toMatchObject({ closingBalance: 1650n, warnings: [{ code: 'STATEMENT_REPEATED' }] });
  });
});
