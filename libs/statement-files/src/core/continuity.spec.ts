import { breaksReportedMax, continuity } from './continuity.js';
import type { ParsedLine } from './outcome.js';

describe('the continuity of a statement', () => {
  it('is silent where every balance follows from the line before', () => {
    const lines = [line(-100n, 900n, 2), line(50n, null, 3), line(-50n, 900n, 4)];
    expect(continuity({ openingBalance: 1000n, closingBalance: 900n, lines })).toEqual([]);
  });

  it('names the line at which the running balance breaks, and goes on from there', () => {
    const lines = [line(-100n, 900n, 2), line(-100n, 700n, 3), line(-100n, 600n, 4)];
    expect(continuity({ openingBalance: 1000n, closingBalance: null, lines })).toEqual([
      {
        code: 'BALANCE_BREAK',
        message:
          'Line 3: the balance is 7.00 where 8.00 follows from the line before, so a line is missing, changed or out of order.',
        line: 3,
      },
    ]);
  });

  it('says when the lines do not make up the difference between the opening and the closing balance', () => {
    expect(continuity({ openingBalance: 1000n, closingBalance: 800n, lines: [line(-100n, null, 2)] })).toEqual([
      {
        code: 'BALANCE_BREAK',
        message: 'The opening balance 10.00 and the lines make 9.00, and the closing balance is 8.00.',
        line: null,
      },
    ]);
  });

  it('says nothing where the file states no balances', () => {
    expect(continuity({ openingBalance: null, closingBalance: null, lines: [line(-100n, null, 2)] })).toEqual([]);
  });

  it('counts the breaks of a file in disorder instead of telling each', () => {
    const lines = Array.from({ length: breaksReportedMax + 5 }, (_, at) => line(-1n, 500n, at + 2));
    const warnings = continuity({ openingBalance: 1000n, closingBalance: null, lines });
    expect(warnings).toHaveLength(breaksReportedMax + 1);
    expect(warnings.at(-1)?.message).toBe('The balance breaks at 5 more lines.');
  });
});

function line(amountPence: bigint, balancePence: bigint | null, sourceLine: number): ParsedLine {
  return {
    date: '2026-04-01',
    amountPence,
    description: 'SHOP',
    normalisedDescription: 'SHOP',
    bankId: null,
    balancePence,
    raw: '',
    sourceLine,
    kind: null,
    mcc: null,
    status: 'posted',
    originalAmount: null,
    originalCurrency: null,
  };
}
