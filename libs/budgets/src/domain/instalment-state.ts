import { addDays, type CalendarDate } from '@ringfence/kernel';

/** A payment that has not come this many days after it was due is late: bank transfers and bank holidays are shorter. */
export const instalmentGraceDays = 7;

/** `expected` is to come, `due` should come now, `late` should have come, `withdrawn` was never paid. */
export const instalmentStates = ['expected', 'due', 'late', 'received', 'withdrawn'] as const;
export type InstalmentState = (typeof instalmentStates)[number];

export interface InstalmentFacts {
  readonly dueOn: CalendarDate;
  readonly receivedOn: CalendarDate | null;
  readonly withdrawnOn: CalendarDate | null;
}

export function instalmentState(instalment: InstalmentFacts, today: CalendarDate): InstalmentState {
  if (instalment.receivedOn !== null) return 'received';
  if (instalment.withdrawnOn !== null) return 'withdrawn';
  if (instalment.dueOn > today) return 'expected';
  return addDays(instalment.dueOn, instalmentGraceDays) < today ? 'late' : 'due';
}
