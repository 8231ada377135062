import type { DemoYear } from '../demo-year.js';
import type { Family } from '../scenario.js';
import { daisyAndTim } from './daisy-and-tim.js';
import { fi } from './fi.js';
import { jacobs } from './jacobs.js';
import { lisa } from './lisa.js';
import { smallFamilies } from './small-families.js';

/** Everybody in the demo. Inspired by families who told their stories in "Making it Personal"; nobody here is real. */
export function demoFamilies(year: DemoYear): Family[] {
  return [daisyAndTim(year), jacobs(year), fi(year), lisa(year), ...smallFamilies(year)];
}
