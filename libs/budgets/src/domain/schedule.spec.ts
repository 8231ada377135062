import { addMonths, daysBetween, lastOfMonth } from '@ringfence/kernel';
import fc from 'fast-check';
import { instalmentsDue, scheduleFaults, type Schedule } from './schedule.js';

const of = (frequency: Schedule['frequency'], firstDueOn: string, lastDueOn: string, termlyDueOn?: string[]) => ({
  frequency,
  firstDueOn,
  lastDueOn,
  termlyDueOn,
  amountPence: 10_000n,
});

const messages = (schedule: ReturnType<typeof of>) => scheduleFaults(schedule).map(({ message }) => message);

describe('the days of a schedule', () => {
  it('keep the first day of the month wherever the month has it', () => {
    expect(instalmentsDue(of('MONTHLY', '2026-01-31', '2026-05-31'))).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
    ]);
  });

  it('are 28 days apart when it is four-weekly, thirteen in a year', () => {
    const days = instalmentsDue(of('FOUR_WEEKLY', '2026-04-06', '2027-04-04'));
    expect(days).toHaveLength(13);
    expect(days.slice(0, 2)).toEqual(['2026-04-06', '2026-05-04']);
  });

  it('are those that were listed when it is termly, in order', () => {
    const listed = ['2026-09-07', '2026-04-20', '2027-01-04'];
    expect(instalmentsDue(of('TERMLY', '2026-04-20', '2027-01-04', listed))).toEqual([
      '2026-04-20',
      '2026-09-07',
      '2027-01-04',
    ]);
  });

  it('are one for a single payment', () => {
    expect(instalmentsDue(of('ONE_OFF', '2026-04-01', '2026-04-01'))).toEqual(['2026-04-01']);
  });

  const day = fc
    .date({ min: new Date('2015-01-01'), max: new Date('2040-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

  it('rise, begin on the first and never pass the last, whatever the frequency', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 300 }),
        fc.constantFrom('FOUR_WEEKLY', 'MONTHLY'),
        (first, n, often) => {
          const last = addMonths(first, n);
          const days = instalmentsDue(of(often as 'MONTHLY', first, last));
          expect(days[0]).toBe(first);
          expect(days.at(-1)! <= last).toBe(true);
          for (let order = 1; order < days.length; order += 1) {
            const gap = daysBetween(days[order - 1]!, days[order]!);
            if (often === 'FOUR_WEEKLY') expect(gap).toBe(28);
            else expect(gap >= 28 && gap <= 31).toBe(true);
          }
        },
      ),
    );
  });

  it('fall once in every month when it is monthly, on the first day of the month or the month’s last', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 300 }), (first, count) => {
        const days = instalmentsDue(of('MONTHLY', first, addMonths(first, count)));
        expect(days).toHaveLength(count + 1);
        for (const one of days) expect(one.slice(8) === first.slice(8) || one === lastOfMonth(one)).toBe(true);
      }),
    );
  });
});

describe('a schedule is refused', () => {
  it('when it ends before it begins', () => {
    expect(messages(of('MONTHLY', '2026-04-01', '2026-03-01'))).toEqual([
      '/lastDueOn is 2026-03-01, before the first day 2026-04-01: correct one of the two.',
    ]);
  });

  it('when it makes more instalments than any plan lasts', () => {
    expect(messages(of('FOUR_WEEKLY', '2026-04-01', '2066-04-01'))).toEqual([
      '/lastDueOn is 2066-04-01, which makes more than 400 instalments: end the schedule earlier.',
    ]);
  });

  it('when it is termly and lists no days, lists one twice, or lists other days than it runs', () => {
    expect(messages(of('TERMLY', '2026-04-20', '2026-09-07'))).toEqual([
      '/termlyDueOn is empty: a TERMLY schedule lists the days on which money is due.',
    ]);
    expect(messages(of('TERMLY', '2026-04-20', '2026-04-20', ['2026-04-20', '2026-04-20']))).toEqual([
      '/termlyDueOn/1 repeats 2026-04-20: name each day once.',
    ]);
    expect(messages(of('TERMLY', '2026-04-20', '2026-09-07', ['2026-04-20', '2026-09-08']))).toEqual([
      '/termlyDueOn runs from 2026-04-20 to 2026-09-08, and the schedule from 2026-04-20 to 2026-09-07: make them agree.',
    ]);
  });

  it('when it lists days and is not termly', () => {
    expect(messages(of('MONTHLY', '2026-04-20', '2026-09-20', ['2026-04-20']))).toEqual([
      '/termlyDueOn is for TERMLY schedules, and this one is MONTHLY: leave it out.',
    ]);
  });

  it('when a single payment runs for longer than its day', () => {
    expect(messages(of('ONE_OFF', '2026-04-01', '2026-05-01'))).toEqual([
      '/lastDueOn is 2026-05-01, and a ONE_OFF falls due once, on 2026-04-01.',
    ]);
  });

  it('when a day does not exist', () => {
    expect(messages(of('MONTHLY', '2026-02-30', '2026-05-01'))).toEqual([
      '/firstDueOn is "2026-02-30": write a day that exists, from 1900-01-01 to 2199-12-31, as "2026-04-01".',
    ]);
  });
});
