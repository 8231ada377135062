import {
  addDays,
  addMonths,
  dateOf,
  daysBetween,
  firstOfMonth,
  lastOfMonth,
  type CalendarDate,
} from '@ringfence/kernel';

/** One calendar month of the demo. */
export interface DemoMonth {
  readonly first: CalendarDate;
  readonly last: CalendarDate;
  /** 1 to 12: seasons and terms are told by it, since every year of the demo has each month once. */
  readonly number: number;
}

/** Twelve whole months, the last of them the last complete month before today. Everything in the demo is dated by it. */
export class DemoYear {
  readonly months: readonly DemoMonth[];

  constructor(readonly today: CalendarDate) {
    const start = addMonths(firstOfMonth(today), -12);
    this.months = Array.from({ length: 12 }, (_, count) => {
      const first = addMonths(start, count);
      return { first, last: lastOfMonth(first), number: Number(first.slice(5, 7)) };
    });
  }

  get first(): CalendarDate {
    return this.months[0]!.first;
  }

  get last(): CalendarDate {
    return this.months[11]!.last;
  }

  /** Agreements of the demo run for two years, so that money goes on coming after the year that is told. */
  get agreedUntil(): CalendarDate {
    return addDays(addMonths(this.first, 24), -1);
  }

  /** The month of the year with this number, such as 7 for July. */
  month(number: number): DemoMonth {
    return this.months.find((month) => month.number === number)!;
  }

  /** A day of the month with this number, on a working day: `on(7, 4)` is 4 July or the Monday after. */
  on(monthNumber: number, day: number): CalendarDate {
    return workday(dayOf(this.month(monthNumber), day));
  }

  /** The days of the year on which a monthly payment of this day falls, as they stand in the calendar. */
  monthly(day: number): CalendarDate[] {
    return this.months.map((month) => dayOf(month, day));
  }

  /** Every 28 days from a day of the first month until the year ends. */
  fourWeekly(day: number): CalendarDate[] {
    const first = dayOf(this.months[0]!, day);
    const count = Math.floor(daysBetween(first, this.last) / 28) + 1;
    return Array.from({ length: count }, (_, order) => addDays(first, 28 * order));
  }

  holds(date: CalendarDate): boolean {
    return date >= this.first && date <= this.last;
  }
}

export function dayOf(month: DemoMonth, day: number): CalendarDate {
  return dateOf(Number(month.first.slice(0, 4)), month.number, day) ?? month.last;
}

/** Banks move no money at weekends: the next working day, or the one before where the month would end. */
export function workday(date: CalendarDate): CalendarDate {
  const weekday = (((daysBetween('2024-01-01', date) % 7) + 7) % 7) + 1;
  if (weekday <= 5) return date;
  const monday = addDays(date, 8 - weekday);
  return monday.slice(0, 7) === date.slice(0, 7) ? monday : addDays(date, 5 - weekday);
}
