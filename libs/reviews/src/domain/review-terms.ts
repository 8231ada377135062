/** The field's own words for reviews, as they stand in the database and the API (domain.md, sections 6.1 to 6.4). */

/** The first is called by its usual length; a stricter policy, or the law for adults, may set another. */
export const reviewKinds = ['THREE_MONTH', 'YEARLY', 'ON_CHANGE'] as const;
export type ReviewKind = (typeof reviewKinds)[number];

export const reviewStates = ['SCHEDULED', 'OPEN', 'CONCLUDED'] as const;
export type ReviewState = (typeof reviewStates)[number];

export const reviewOutcomes = [
  'SATISFACTORY',
  'ADVICE',
  'QUERY',
  'RECOVER',
  'REDUCE',
  'SUSPEND',
  'TERMINATE',
  'REFER_FRAUD',
  'CHANGE_MECHANISM',
] as const;
export type ReviewOutcome = (typeof reviewOutcomes)[number];

/** Whether the outcome asks something of the family or takes something from it: then it needs written reasons. */
export function isAdverse(outcome: ReviewOutcome): boolean {
  return outcome !== 'SATISFACTORY' && outcome !== 'ADVICE';
}

export const reviewKindNames: Readonly<Record<ReviewKind, string>> = {
  THREE_MONTH: 'First review',
  YEARLY: 'Yearly review',
  ON_CHANGE: 'Review on a change of services',
};

export const reviewOutcomeNames: Readonly<Record<ReviewOutcome, string>> = {
  SATISFACTORY: 'Satisfactory',
  ADVICE: 'Satisfactory, with advice',
  QUERY: 'Questions to answer',
  RECOVER: 'Recovery to be decided',
  REDUCE: 'Reduction to be decided',
  SUSPEND: 'Suspension to be decided',
  TERMINATE: 'End of the direct payment to be decided',
  REFER_FRAUD: 'Referred to counter-fraud',
  CHANGE_MECHANISM: 'Another way of managing the money to be decided',
};
