import { addMonths, type CalendarDate, type FundingStream } from '@ringfence/kernel';

/** How soon the first review comes after the first payment, and what says so. No months: the stream has no such review. */
export interface FirstReviewRule {
  readonly stream: FundingStream;
  readonly validFrom: CalendarDate;
  readonly months: number | null;
  readonly source: string;
}

const familyGuide = 'Making it Personal 2, section 6: reviewed within the first three months of direct payments';
/** Before the first day that the books allow: what is usual has no beginning. */
const ever = '2000-01-01';

/**
 * What holds where an authority has set nothing else. Three months for every direct payment: the guide says it of all
 * of them, the criteria note ("Review arrangements") and SI 2014/1652 reg 11 of education; the six months of SI
 * 2014/2871 reg 7(1) are the outer limit for adults. A travel budget is checked by attendance.
 */
export const usualFirstReviews: readonly FirstReviewRule[] = [
  { stream: 'EDU', validFrom: ever, months: 3, source: `SI 2014/1652 reg 11; ${familyGuide}` },
  { stream: 'HEALTH', validFrom: ever, months: 3, source: familyGuide },
  { stream: 'SOCIAL_CHILD', validFrom: ever, months: 3, source: familyGuide },
  { stream: 'SOCIAL_ADULT', validFrom: ever, months: 3, source: `${familyGuide}; SI 2014/2871 reg 7(1) allows six` },
  { stream: 'TRANSPORT', validFrom: ever, months: null, source: 'travel budgets are checked by attendance' },
];

export const yearlySource = 'criteria note, "Review arrangements": then yearly after the first payment';
export const onChangeSource =
  'criteria note, "Review arrangements": whenever there are changes in the services provided';

/** The longest that any policy may wait, in months after the first payment. */
export function firstReviewMonthsMax(stream: FundingStream): number {
  return stream === 'SOCIAL_ADULT' ? 6 : 3;
}

/**
 * The last day for the first review of an agreement: that of its strictest stream. Undefined where none of its streams
 * is reviewed. `policies` are the authority's own; the one in force for a stream on the day of the payment replaces
 * the usual rule, unless it is slacker than the law.
 */
export function firstReview(
  firstReceivedOn: CalendarDate,
  streams: readonly FundingStream[],
  policies: readonly FirstReviewRule[] = [],
): { readonly dueOn: CalendarDate; readonly source: string } | undefined {
  const rules = streams
    .map((stream) => inForce(stream, firstReceivedOn, policies) ?? inForce(stream, firstReceivedOn, usualFirstReviews))
    .filter((rule): rule is FirstReviewRule & { months: number } => typeof rule?.months === 'number')
    .map((rule) => ({ months: Math.min(rule.months, firstReviewMonthsMax(rule.stream)), source: rule.source }));
  const [strictest] = rules.sort((a, b) => a.months - b.months);
  return strictest && { dueOn: addMonths(firstReceivedOn, strictest.months), source: strictest.source };
}

/**
 * The anniversary of the first payment, `year` 1 being the first: always the same day, and for 29 February the 28th
 * in years that have none.
 */
export function yearlyReviewOn(firstReceivedOn: CalendarDate, year: number): CalendarDate {
  return addMonths(firstReceivedOn, 12 * year);
}

/** At once; a change that was agreed ahead is reviewed on the day it begins. */
export function changeReviewOn(changeFrom: CalendarDate, today: CalendarDate): CalendarDate {
  return changeFrom > today ? changeFrom : today;
}

function inForce(
  stream: FundingStream,
  day: CalendarDate,
  policies: readonly FirstReviewRule[],
): FirstReviewRule | undefined {
  return policies
    .filter((policy) => policy.stream === stream && policy.validFrom <= day)
    .reduce<FirstReviewRule | undefined>(
      (latest, policy) => (latest && latest.validFrom > policy.validFrom ? latest : policy),
      undefined,
    );
}
