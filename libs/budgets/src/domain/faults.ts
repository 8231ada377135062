import { calendarDate, dateRangeText, Problem, type CalendarDate, type Fault } from '@ringfence/kernel';

/** Collects what is wrong with a request, so that a person is told of everything at once. Pointers are JSON pointers. */
export class Faults {
  private readonly found: Fault[] = [];

  get all(): readonly Fault[] {
    return this.found;
  }

  add(pointer: string, message: string): void {
    this.found.push({ pointer, message });
  }

  addAll(faults: readonly Fault[]): void {
    this.found.push(...faults);
  }

  text(pointer: string, text: string | null | undefined, charactersMax: number): void {
    if (typeof text !== 'string' || text.trim() === '') this.add(pointer, `${pointer} is empty: write it.`);
    else if (text.length > charactersMax) {
      this.add(pointer, `${pointer} has ${text.length} characters: shorten it to ${charactersMax}.`);
    }
  }

  day(pointer: string, day: CalendarDate | null | undefined): void {
    if (typeof day === 'string' && calendarDate(day) !== undefined) return;
    const words = `write a day that exists, ${dateRangeText}, as "2026-04-01"`;
    this.add(pointer, `${pointer} is ${JSON.stringify(day ?? null)}: ${words}.`);
  }

  /** The last day of a span; empty where the span has no end yet. */
  lastDay(pointer: string, from: CalendarDate, to: CalendarDate | null | undefined): void {
    if (to === null || to === undefined) return;
    const before = this.found.length;
    this.day(pointer, to);
    if (this.found.length === before && to < from) {
      this.add(pointer, `${pointer} is ${to}, before the first day ${from}: correct one of the two.`);
    }
  }

  oneOf(pointer: string, value: string, allowed: readonly string[]): void {
    if (!allowed.includes(value)) {
      this.add(pointer, `${pointer} is ${JSON.stringify(value)}: write one of ${allowed.join(', ')}.`);
    }
  }

  /** Throws `invalid-request` with every fault; the detail is the first, and says how many more there are. */
  refuse(): void {
    const [first, ...more] = this.found;
    if (!first) return;
    const rest = more.length === 0 ? '' : ` (and ${more.length} more)`;
    throw new Problem('invalid-request', `${first.message}${rest}`, { errors: this.found });
  }
}
