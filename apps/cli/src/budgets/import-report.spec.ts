import { acceptedText, refusedTable } from './import-report.js';

describe('the report of a budget import', () => {
  it('says in a sentence what was imported', () => {
    expect(acceptedText({ accepted: true, rows: 4, budgets: 1, lines: 4, instalments: 28 })).toBe(
      'Imported 1 budget with 4 lines and 28 instalments.',
    );
  });

  it('lists every fault by line and column, and no control character of the file', () => {
    const table = refusedTable([
      { line: 2, column: 'amount', message: '"\u001b[31m" was found: write an amount.' },
      { line: 104, column: null, message: 'The row has more cells.' },
    ]);
    expect(table).toBe(
      [
        'line  column  fault',
        '   2  amount  " [31m" was found: write an amount.',
        ' 104          The row has more cells.',
      ].join('\n'),
    );
  });
});
