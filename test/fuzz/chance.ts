/** Random numbers that a seed and a number make again. */
export class Chance {
  private state: number;

  constructor(seed: number, run: number) {
    this.state = (Math.imul(seed, 1_000_003) + run) >>> 0;
  }

  /** Mulberry32: a whole number from 0 to below the limit. */
  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % Math.max(1, limit);
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}
