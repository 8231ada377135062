import fc from 'fast-check';
import { addDays, addMonths, lastOfMonth, monthOf, type CalendarDate, type Money } from '@ringfence/kernel';
import { accountContinuity } from './account-continuity.js';
import type { ReceivedStatement } from './continuity-findings.js';
import { monthsReceived, type FileMonth, type MonthReceived, type MonthsAsked } from './months-received.js';

function file(
  importId: string,
  firstDate: CalendarDate,
  lastDate: CalendarDate,
  balances: [Money | null, Money | null],
): ReceivedStatement {
  const [openingPence, closingPence] = balances;
  return {
    importId,
    fileName: `${importId}.csv`,
    firstDate,
    lastDate,
    openingPence,
    closingPence,
    movedPence: openingPence === null || closingPence === null ? 0n : closingPence - openingPence,
    ownBreaks: [],
    sharedDays: new Map(),
  };
}

/** Months of files that lie within one month each. */
function monthsOf(files: readonly ReceivedStatement[], also: Partial<MonthsAsked> = {}): MonthReceived[] {
  const fileMonths = files.map(({ importId, firstDate, lastDate, openingPence, closingPence }): FileMonth => ({
    importId,
    month: monthOf(firstDate),
    firstDay: firstDate,
    lastDay: lastDate,
    openingPence,
    closingPence,
  }));
  return monthsReceived({
    from: '2026-01-01',
    to: null,
    today: '2026-04-15',
    continuity: accountContinuity(files),
    files: fileMonths,
    lines: new Map(fileMonths.map(({ month }) => [month, 2])),
    accepted: new Set(),
    ...also,
  });
}

function states(files: readonly ReceivedStatement[], also: Partial<MonthsAsked> = {}): string[] {
  return monthsOf(files, also).map(({ month, state }) => `${month} ${state}`);
}

const january = file('january', '2026-01-03', '2026-01-29', [0n, 500n]);
const february = file('february', '2026-02-02', '2026-02-26', [500n, 400n]);
const march = file('march', '2026-03-04', '2026-03-30', [400n, 300n]);

describe('the months of an account', () => {
  it('are received where the balances of the statements agree, with the balances about each', () => {
    const months = monthsOf([january, february, march]);
    expect(months.map(({ state }) => state)).toEqual(['received', 'received', 'received']);
    expect(months[1]).toEqual({
      month: '2026-02',
      state: 'received',
      ended: true,
      firstDay: '2026-02-02',
      lastDay: '2026-02-26',
      lines: 2,
      openingPence: 500n,
      closingPence: 400n,
      importIds: ['february'],
    });
  });

  it('are missing where no statement has a day, and the months beside are not blamed for it', () => {
    expect(states([january, march])).toEqual(['2026-01 received', '2026-02 missing', '2026-03 received']);
  });

  it('are received without a line where the balance did not move over them', () => {
    const quiet = file('march', '2026-03-04', '2026-03-30', [500n, 300n]);
    const months = monthsOf([january, quiet]);
    expect(months.map(({ state }) => state)).toEqual(['received', 'received', 'received']);
    expect(months[1]).toMatchObject({ lines: 0, firstDay: null, openingPence: 500n, closingPence: 500n });
  });

  it('are part-received where days are missing at their end, or between two statements in them', () => {
    const half = file('january', '2026-01-03', '2026-01-15', [0n, 500n]);
    expect(states([half], { today: '2026-02-10' })).toEqual(['2026-01 part-received']);
    const rest = file('february', '2026-02-20', '2026-02-26', [450n, 400n]);
    expect(states([half, rest], { today: '2026-03-10' })).toEqual(['2026-01 part-received', '2026-02 part-received']);
  });

  it('allow a quiet week at either end, and no day more', () => {
    const week = file('january', '2026-01-08', '2026-01-24', [0n, 500n]);
    expect(states([week], { today: '2026-02-10' })).toEqual(['2026-01 received']);
    const more = file('january', '2026-01-09', '2026-01-24', [0n, 500n]);
    expect(states([more], { today: '2026-02-10' })).toEqual(['2026-01 part-received']);
    expect(states([more], { today: '2026-02-10', from: '2026-01-02' })).toEqual(['2026-01 received']);
  });

  it('break where balances disagree, until an officer accepts that', () => {
    const other = file('february', '2026-02-02', '2026-02-26', [450n, 400n]);
    const found = accountContinuity([january, other]).findings;
    expect(states([january, other], { today: '2026-03-10' })).toEqual(['2026-01 part-received', '2026-02 break']);
    const accepted = new Set(found.flatMap(({ key }) => key ?? []));
    expect(states([january, other], { today: '2026-03-10', accepted })).toEqual([
      '2026-01 received',
      '2026-02 received',
    ]);
  });

  it('begin when the account began to serve a budget, or with an earlier statement, and end with it', () => {
    expect(states([february], { from: '2026-02-02', to: '2026-03-20' })).toEqual([
      '2026-02 received',
      '2026-03 missing',
    ]);
    expect(states([january], { from: '2026-02-01' })).toEqual([
      '2026-01 received',
      '2026-02 missing',
      '2026-03 missing',
    ]);
    expect(states([], { from: '2026-04-01' })).toEqual([]);
  });

  it('show the running month once a statement has a day of it, and do not ask for its end', () => {
    const april = file('april', '2026-04-02', '2026-04-10', [300n, 200n]);
    expect(monthsOf([january, february, march, april]).at(-1)).toMatchObject({ state: 'part-received', ended: false });
    expect(states([january, february, march])).not.toContain('2026-04 missing');
  });

  it('are all received, whatever is quiet, if each month’s file opens with what the one before closed with', () => {
    const months = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -900, max: 900 })), {
      minLength: 2,
      maxLength: 24,
    });
    fc.assert(
      fc.property(months, (moves) => {
        let balance = 0n;
        const files = moves.flatMap(([sent, pence], at): ReceivedStatement[] => {
          if (!sent && at > 0 && at < moves.length - 1) return [];
          const first = addMonths('2024-01-01', at);
          const before = balance;
          balance += BigInt(pence);
          return [file(`f${at}`, addDays(first, 3), addDays(lastOfMonth(first), -3), [before, balance])];
        });
        const today = addMonths('2024-01-01', moves.length);
        expect(new Set(monthsOf(files, { from: '2024-01-01', today }).map(({ state }) => state))).toEqual(
          new Set(['received']),
        );
      }),
    );
  });
});
