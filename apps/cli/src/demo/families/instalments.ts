import { addDays, addMonths, type CalendarDate } from '@ringfence/kernel';
import { workday, type DemoYear } from '../demo-year.js';
import type { Movement, ScheduleScenario } from '../scenario.js';

/** Monthly money is due on the 25th, so that what fell due since the last statement is never late yet. */
export const instalmentDay = 25;

export function monthlySchedule(
  year: DemoYear,
  schedule: Pick<ScheduleScenario, 'key' | 'stream' | 'amountPence'> & Partial<ScheduleScenario>,
): ScheduleScenario {
  return {
    kind: 'REGULAR',
    frequency: 'MONTHLY',
    firstDueOn: addDays(year.first, instalmentDay - 1),
    lastDueOn: year.agreedUntil,
    ...schedule,
  };
}

/** A single payment on the second day, for what has to be bought or paid before the first monthly money comes. */
export function startUp(
  year: DemoYear,
  schedule: Pick<ScheduleScenario, 'key' | 'stream' | 'amountPence'>,
): ScheduleScenario {
  const firstDueOn = addDays(year.first, 1);
  return { kind: 'START_UP', frequency: 'ONE_OFF', firstDueOn, lastDueOn: firstDueOn, ...schedule };
}

export interface PayerHabits {
  /** As the bank writes the payer. */
  readonly who: string;
  readonly reference: string;
  /** Days after the working day on which it was due, by the day it was due. */
  readonly lateDays?: ReadonlyMap<CalendarDate, number>;
  readonly neverPaid?: readonly CalendarDate[];
}

/** The payer's payments of a schedule that reach the bank within the year. */
export function instalmentsPaid(year: DemoYear, schedule: ScheduleScenario, payer: PayerHabits): Movement[] {
  return dueDays(year, schedule)
    .filter((dueOn) => !payer.neverPaid?.includes(dueOn))
    .map((dueOn): Movement => ({
      key: `${schedule.key} ${dueOn}`,
      date: workday(addDays(dueOn, payer.lateDays?.get(dueOn) ?? 0)),
      amountPence: schedule.amountPence,
      move: 'credit',
      who: payer.who,
      reference: payer.reference,
      about: { kind: 'instalment', schedule: schedule.key, dueOn },
    }))
    .filter(({ date }) => year.holds(date));
}

/** The days of the year on which a schedule falls due. */
export function dueDays(year: DemoYear, schedule: ScheduleScenario): CalendarDate[] {
  const { frequency, firstDueOn, lastDueOn } = schedule;
  if (frequency === 'ONE_OFF') return [firstDueOn];
  if (frequency === 'TERMLY') return (schedule.termlyDueOn ?? []).filter((day) => year.holds(day));
  const days = Array.from({ length: 14 }, (_, count) =>
    frequency === 'MONTHLY' ? addMonths(firstDueOn, count) : addDays(firstDueOn, 28 * count),
  );
  return days.filter((day) => day <= lastDueOn && year.holds(day));
}
