import { londonDay, type CalendarDate } from './dates.js';

/** Time is always asked of a clock that was handed in, so that tests and the demo can choose the day. */
export abstract class Clock {
  abstract now(): Date;

  /** Today in London. */
  today(): CalendarDate {
    return londonDay(this.now());
  }
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** Stands still until it is moved. */
export class SettableClock extends Clock {
  constructor(private instant: Date) {
    super();
  }

  now(): Date {
    return new Date(this.instant);
  }

  moveTo(instant: Date): void {
    this.instant = instant;
  }
}
