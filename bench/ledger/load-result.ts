import type { Measure } from '../support/measure.js';

export interface LoadResult extends Measure {
  readonly name: string;
  readonly size: number;
  /** Journals, or readings, a second. */
  readonly rate: number;
  readonly toBaseline: number | null;
  readonly walBytesEach: number;
}
