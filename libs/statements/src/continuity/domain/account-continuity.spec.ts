import fc from 'fast-check';
import { addDays, type CalendarDate, type Money } from '@ringfence/kernel';
import { accountContinuity, breaksOf } from './account-continuity.js';
import type { StatementDay, ReceivedStatement } from './continuity-findings.js';

interface Line {
  readonly date: CalendarDate;
  readonly amountPence: Money;
  readonly balancePence: Money | null;
}

/** A file of an account as the ledger holds it, of all days that another file could begin or end on. */
function file(
  importId: string,
  openingPence: Money | null,
  lines: readonly Line[],
  also: Partial<ReceivedStatement> = {},
): ReceivedStatement {
  const days = lines.map(({ date }) => date).sort();
  const movedPence = sum(lines);
  const sharedDays = new Map<CalendarDate, StatementDay>();
  for (let on = days[0]!; on <= days.at(-1)!; on = addDays(on, 1)) {
    const place = lines.findIndex(({ date }) => date >= on);
    sharedDays.set(on, {
      movedBeforePence: sum(lines.filter(({ date }) => date < on)),
      movedAbovePence: sum(lines.slice(0, place)),
      lines: lines.filter(({ date }) => date === on),
    });
  }
  return {
    importId,
    fileName: `${importId}.csv`,
    firstDate: days[0]!,
    lastDate: days.at(-1)!,
    openingPence,
    closingPence: openingPence === null ? null : openingPence + movedPence,
    movedPence,
    ownBreaks: [],
    sharedDays,
    ...also,
  };
}

function sum(lines: readonly Pick<Line, 'amountPence'>[]): Money {
  return lines.reduce((total, { amountPence }) => total + amountPence, 0n);
}

function line(date: CalendarDate, amountPence: Money): Line {
  return { date, amountPence, balancePence: null };
}

const january = file('january', 1000n, [line('2026-01-05', 500n), line('2026-01-30', -200n)]);
const february = file('february', 1300n, [line('2026-02-03', -100n), line('2026-02-27', -100n)]);
const march = file('march', 1100n, [line('2026-03-02', -50n), line('2026-03-31', 25n)]);

function kinds(...statements: ReceivedStatement[]): string[] {
  return accountContinuity(statements).findings.map(({ kind }) => kind);
}

describe('the files of an account', () => {
  it('that open with what the one before closed with are proven to follow each other', () => {
    expect(accountContinuity([march, january, february])).toEqual({
      findings: [],
      received: [{ from: '2026-01-05', to: '2026-03-31', joinBefore: null }],
    });
  });

  it('that leave a month out show a gap, with the figures and the days without a line', () => {
    const { findings, received } = accountContinuity([january, march]);
    expect(findings).toMatchObject([
      { kind: 'gap', from: '2026-01-30', to: '2026-03-02', importIds: ['january', 'march'] },
    ]);
    expect(findings[0]!.words).toBe(
      'january.csv ends on 30 January 2026 with £13.00 and march.csv begins on 2 March 2026 with £11.00, with no line ' +
        'from 31 January 2026 to 1 March 2026: £2.00 is not explained.',
    );
    expect(received.map(({ joinBefore }) => joinBefore)).toEqual([null, 'gap']);
  });

  it('whose balances disagree although no more than a quiet week lies between show a break', () => {
    const other = { ...february, openingPence: 1200n, closingPence: 1000n };
    expect(kinds(january, other, { ...march, openingPence: 1000n })).toEqual(['break']);
  });

  it('are proven over a month without lines when the balance did not move', () => {
    const quiet = { ...march, openingPence: 1300n };
    expect(accountContinuity([january, quiet]).received).toHaveLength(1);
  });

  it('without balances are proven by their neighbours, or said to prove nothing', () => {
    const silent = { ...february, openingPence: null, closingPence: null };
    expect(kinds(january, silent, march)).toEqual([]);
    expect(accountContinuity([january, silent, march]).received).toHaveLength(1);
    expect(kinds(january, silent)).toEqual(['unproven']);
    expect(kinds(silent, march)).toEqual(['unproven']);
    expect(accountContinuity([january, silent]).findings[0]!.words).toContain(
      'february.csv does not state its balances',
    );
    expect(kinds(january, silent, { ...march, openingPence: 900n })).toEqual(['unproven', 'break']);
  });

  it('that state only how they end begin where the one before ended, if their lines say so', () => {
    expect(kinds(january, { ...february, openingPence: null })).toEqual([]);
    expect(kinds(january, { ...february, openingPence: null, closingPence: 1n })).toEqual(['unproven']);
  });

  it('that overlap are compared at the balances they share', () => {
    const later = file('later', 1500n, [line('2026-01-30', -200n), line('2026-02-03', -100n)]);
    expect(kinds(january, later)).toEqual(['overlap']);
    expect(kinds(january, { ...later, openingPence: 1400n, closingPence: 1100n })).toEqual(['break', 'overlap']);
    expect(kinds(january, { ...later, openingPence: null, closingPence: null })).toEqual(['overlap', 'unproven']);
  });

  it('that overlap with a line changed within the shared days disagree at the end of the shorter', () => {
    const changed = file('changed', 1500n, [line('2026-01-30', -250n), line('2026-02-03', -100n)]);
    const { findings } = accountContinuity([january, changed]);
    expect(findings.map(({ kind }) => kind)).toEqual(['break', 'overlap']);
    expect(findings[0]!.words).toBe(
      'january.csv ends on 30 January 2026 with £13.00, a balance that changed.csv does not have on that day, although it holds the same days.',
    );
  });

  it('may part in the middle of a day', () => {
    const morning = file('morning', 0n, [line('2026-01-01', 100n), line('2026-01-02', 200n)]);
    const evening = file('evening', 300n, [line('2026-01-02', -50n), line('2026-01-05', -1n)]);
    expect(kinds(morning, evening)).toEqual(['overlap']);
  });

  it('that list interest days after its date still join', () => {
    const listed = [line('2026-01-30', -200n), line('2026-02-02', -10n), line('2026-01-31', 3n)];
    const late = file('late', 1500n, listed);
    expect(kinds(january, late)).toEqual(['overlap']);
  });

  it('carry the breaks of their own lines', () => {
    const own = { ...february, ownBreaks: [{ on: '2026-02-27', message: 'Line 3: the balance is wrong.' }] };
    const continuity = accountContinuity([january, own, march]);
    expect(breaksOf('february', continuity).map(({ words }) => words)).toEqual([
      'In february.csv: Line 3: the balance is wrong.',
    ]);
    expect(breaksOf('march', continuity)).toEqual([]);
  });
});

describe('a history cut into files at random', () => {
  const history = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: -5000, max: 5000 })), {
      minLength: 4,
      maxLength: 60,
    })
    .map((steps) => {
      let [date, balancePence] = ['2026-01-01', 10_000n];
      return steps.map(([days, pence]): Line => {
        date = addDays(date, days);
        balancePence += BigInt(pence);
        return { date, amountPence: BigInt(pence), balancePence };
      });
    });
  /** Files by where they begin and end in the history; each but the first begins no later than the one before ended. */
  const cuts = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 25 })), { minLength: 1, maxLength: 8 });

  function filesOf(
    lines: readonly Line[],
    pieces: readonly (readonly [number, number])[],
    balances: boolean,
  ): ReceivedStatement[] {
    const files: ReceivedStatement[] = [];
    let end = 0;
    for (const [back, forward] of pieces) {
      const begin = Math.max(0, end - back);
      const stop = Math.min(lines.length, end + forward);
      if (stop <= begin) continue;
      const part = lines.slice(begin, stop);
      const opening = part[0]!.balancePence! - part[0]!.amountPence;
      files.push(
        file(`f${files.length}`, opening, balances ? part : part.map((each) => ({ ...each, balancePence: null }))),
      );
      end = Math.max(end, stop);
    }
    return files;
  }

  it('is proven whole, with and without overlaps, in whatever order the files come', () => {
    fc.assert(
      fc.property(history, cuts, fc.boolean(), fc.infiniteStream(fc.nat()), (lines, pieces, balances, dice) => {
        const files = filesOf(lines, pieces, balances);
        const continuity = accountContinuity(files);
        expect(continuity.findings.filter(({ kind }) => kind !== 'overlap')).toEqual([]);
        expect(continuity.received).toHaveLength(1);
        const shuffled = files
          .map((each) => ({ each, at: dice.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        expect(accountContinuity(shuffled)).toEqual(continuity);
      }),
    );
  });

  it('shows a gap or a break where a file is taken out whose lines moved the balance', () => {
    fc.assert(
      fc.property(history, cuts, fc.nat(), (lines, pieces, which) => {
        const files = filesOf(
          lines,
          pieces.map(([, forward]) => [0, forward] as const),
          true,
        );
        fc.pre(files.length > 2);
        const out = 1 + (which % (files.length - 2));
        fc.pre(files[out]!.movedPence !== 0n);
        fc.pre(files[out - 1]!.lastDate < files[out + 1]!.firstDate);
        const left = files.filter((_, at) => at !== out);
        const found = accountContinuity(left).findings.filter(({ key }) => key !== null);
        expect(found.map(({ importIds }) => importIds)).toEqual([[`f${out - 1}`, `f${out + 1}`]]);
      }),
    );
  });
});
