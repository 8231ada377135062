import { addDays, addMonths, type CalendarDate, type Fault, type Money } from '@ringfence/kernel';
import { effectiveDateMax, effectiveDateMin } from '@ringfence/ledger';
import { Faults } from './faults.js';
import { frequencies, type Frequency } from './terms.js';

/** Thirty years of months: an EHC plan runs from birth to 25 at the longest. */
export const instalmentsPerScheduleMax = 400;

export interface Schedule {
  readonly frequency: Frequency;
  readonly firstDueOn: CalendarDate;
  /** No instalment falls after this day. */
  readonly lastDueOn: CalendarDate;
  /** The dates themselves, for TERMLY alone. */
  readonly termlyDueOn?: readonly CalendarDate[] | null | undefined;
}

/**
 * The days on which instalments fall due, in order. FOUR_WEEKLY is every 28 days. MONTHLY keeps the first date's day
 * wherever the month has it: 31 January, 28 February, 31 March. Wants a schedule without {@link scheduleFaults}.
 */
export function instalmentsDue(schedule: Schedule): CalendarDate[] {
  const { frequency, firstDueOn, lastDueOn } = schedule;
  if (frequency === 'ONE_OFF') return [firstDueOn];
  if (frequency === 'TERMLY') return [...(schedule.termlyDueOn ?? [])].sort();
  const days: CalendarDate[] = [];
  for (let count = 0; count <= instalmentsPerScheduleMax; count += 1) {
    const day = frequency === 'MONTHLY' ? addMonths(firstDueOn, count) : addDays(firstDueOn, 28 * count);
    if (day > lastDueOn) break;
    days.push(day);
  }
  return days;
}

/** What is wrong with a schedule. Pointers are relative to it, such as `/firstDueOn`. */
export function scheduleFaults(schedule: Schedule & { readonly amountPence: Money }): readonly Fault[] {
  const faults = new Faults();
  const { frequency, firstDueOn, lastDueOn, termlyDueOn } = schedule;
  faults.oneOf('/frequency', frequency, frequencies);
  faults.day('/firstDueOn', firstDueOn);
  faults.lastDay('/lastDueOn', firstDueOn, lastDueOn);
  if (faults.all.length === 0 && (firstDueOn < effectiveDateMin || lastDueOn > effectiveDateMax)) {
    const [pointer, day] = firstDueOn < effectiveDateMin ? ['/firstDueOn', firstDueOn] : ['/lastDueOn', lastDueOn];
    faults.add(pointer, `${pointer} is ${day}: the ledger takes days from ${effectiveDateMin} to ${effectiveDateMax}.`);
  }
  if (schedule.amountPence <= 0n) faults.add('/amount', '/amount must be more than nothing.');
  if (frequency === 'TERMLY') termlyFaults(schedule, faults);
  else if (termlyDueOn && termlyDueOn.length > 0) {
    faults.add('/termlyDueOn', `/termlyDueOn is for TERMLY schedules, and this one is ${frequency}: leave it out.`);
  }
  if (frequency === 'ONE_OFF' && firstDueOn !== lastDueOn) {
    faults.add('/lastDueOn', `/lastDueOn is ${lastDueOn}, and a ONE_OFF falls due once, on ${firstDueOn}.`);
  }
  if (faults.all.length === 0 && instalmentsDue(schedule).length > instalmentsPerScheduleMax) {
    faults.add(
      '/lastDueOn',
      `/lastDueOn is ${lastDueOn}, which makes more than ${instalmentsPerScheduleMax} instalments: end the schedule earlier.`,
    );
  }
  return faults.all;
}

function termlyFaults({ firstDueOn, lastDueOn, termlyDueOn }: Schedule, faults: Faults): void {
  if (!termlyDueOn || termlyDueOn.length === 0) {
    faults.add('/termlyDueOn', '/termlyDueOn is empty: a TERMLY schedule lists the days on which money is due.');
    return;
  }
  const seen = new Set<CalendarDate>();
  for (const [order, day] of termlyDueOn.entries()) {
    const pointer = `/termlyDueOn/${order}`;
    faults.day(pointer, day);
    if (seen.has(day)) faults.add(pointer, `${pointer} repeats ${day}: name each day once.`);
    seen.add(day);
  }
  const [first, last] = [[...seen].sort()[0], [...seen].sort().at(-1)];
  if (first !== firstDueOn || last !== lastDueOn) {
    faults.add(
      '/termlyDueOn',
      `/termlyDueOn runs from ${first} to ${last}, and the schedule from ${firstDueOn} to ${lastDueOn}: make them agree.`,
    );
  }
}
