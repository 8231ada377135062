import type { ExcludedSpendRule } from '../engine/rule.js';
import { journeys, noHealthTrade, otherTradeMccs, toysAndStories } from './other-trades.js';
import { guideDate, putBack, tellUs } from './rule-terms.js';

/** What no approval lifts and no plan answers, in every stream; the rule names its source. */
export const absolute = {
  streams: 'all',
  force: 'absolute',
  verdict: 'excluded',
  planLiftsQuery: false,
  validFrom: guideDate,
  validTo: null,
  whatToDo: putBack,
  whatToAsk: tellUs,
} as const satisfies Partial<ExcludedSpendRule>;

export const nhsAbsolute = {
  ...absolute,
  source:
    'Published NHS lists of what a personal health budget cannot buy (Coventry and Rugby, Basildon and Brentwood)',
} as const satisfies Partial<ExcludedSpendRule>;

/** What authorities decide for themselves: the national set only asks. */
export const local = {
  streams: 'all',
  force: 'local-policy',
  approverRole: 'direct payments officer',
  verdict: 'query',
  planLiftsQuery: false,
  validFrom: guideDate,
  validTo: null,
  source:
    'Councils’ direct payment policies (Oldham, Stockport, South Tyneside), which differ: the national set only asks',
  whatToDo: putBack,
  whatToAsk: tellUs,
} as const satisfies Partial<ExcludedSpendRule>;

/** How a name that sounds like health care shows that it is another trade. */
export const notHealth = {
  otherTrade: noHealthTrade,
  otherThing: [toysAndStories, ...journeys],
  otherTradeMccs,
  otherTradeClearsCode: true,
} as const;
