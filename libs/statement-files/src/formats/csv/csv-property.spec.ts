import { addDays, decimalText, type CalendarDate } from '@ringfence/kernel';
import fc from 'fast-check';
import type { ParsedFile } from '../../core/outcome.js';
import { readStatementFile } from '../../read-statement-file.js';

interface Movement {
  readonly days: number;
  readonly pence: bigint;
  readonly words: string;
}

const words = fc
  .string({ unit: fc.constantFrom(...'AZaz09 ,"£é\n\'-'.split('')), minLength: 1, maxLength: 20 })
  .map((text) => text.replace(/\s+/g, ' ').replace(/^[ ']+| +$/g, '') || 'X');

const movements = fc.array(
  fc.record({ days: fc.integer({ min: 0, max: 3 }), pence: fc.bigInt({ min: -9_999_999n, max: 9_999_999n }), words }),
  { minLength: 1, maxLength: 30 },
) satisfies fc.Arbitrary<Movement[]>;

describe('a statement that is written and read again', () => {
  it('is the same, in either order, with any line end, with and without thousands commas', async () => {
    await fc.assert(
      fc.asyncProperty(
        movements,
        fc.bigInt({ min: 0n, max: 99_999_999n }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        fc.boolean(),
        async (moved, opening, end, newestFirst, commas) => {
          const expected = linesOf(moved, opening);
          const rows = expected.map(({ date, pence, balance, words: text }) =>
            [ukDate(date), text, amount(pence, commas), amount(balance, commas)].map(cell).join(','),
          );
          const ordered = newestFirst ? [...rows].reverse() : rows;
          const file = ['Date,Description,Amount,Balance', ...ordered, ''].join(end);
          const outcome = (await readStatementFile(new TextEncoder().encode(file))) as ParsedFile;
          const [statement] = outcome.statements;
          // One line has no direction, and lines that all cancel out on one day have none either.
          if (new Set(expected.map(({ date }) => date)).size > 1) {
            expect(
              statement?.lines.map((line) => [line.date, line.amountPence, line.balancePence, line.description]),
            ).toEqual(expected.map(({ date, pence, balance, words: text }) => [date, pence, balance, text]));
            expect(statement).toMatchObject({
              openingBalance: opening,
              closingBalance: expected.at(-1)?.balance,
              warnings: [],
            });
          }
          expect(statement?.lines).toHaveLength(expected.length);
        },
      ),
    );
  });
});

function linesOf(moved: readonly Movement[], opening: bigint): (Movement & { date: CalendarDate; balance: bigint })[] {
  let date = '2026-04-01';
  let balance = opening;
  return moved.map((movement) => {
    date = addDays(date, movement.days);
    balance += movement.pence;
    return { ...movement, date, balance };
  });
}

function ukDate(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
}

function amount(pence: bigint, commas: boolean): string {
  const text = decimalText(pence);
  return commas ? text.replace(/\B(?=(\d{3})+\.)/g, ',') : text;
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
