import { Problem, proseCharactersMax, type Fault } from '@ringfence/kernel';
import { isAdverse, reviewOutcomes, type ReviewOutcome } from './review-terms.js';

/** What a review asks (domain.md, section 6.2: the first three from the family guide, the others from SI 2012/206). */
export const reviewQuestions = {
  wantsToCarryOn: 'Does the recipient want to carry on managing the direct payment?',
  needsHelp: 'Does the recipient need help with managing it?',
  spentAsAgreed: 'Has the money been spent on what was agreed?',
  stillAppropriate: 'Is a direct payment still the right way?',
  usedEffectively: 'Has it been used effectively?',
  amountSufficient: 'Is the amount still enough to secure the agreed provision?',
  stillEligible: 'Are the conditions for a direct payment still met?',
  obligationsMet: 'Has the recipient kept to what was agreed in writing?',
} as const;
export type ReviewQuestion = keyof typeof reviewQuestions;
export const reviewQuestionNames = Object.keys(reviewQuestions) as readonly ReviewQuestion[];

export interface ReviewAnswer {
  readonly answer: 'YES' | 'NO';
  readonly note?: string | undefined;
}
export type ReviewAnswers = Readonly<Record<ReviewQuestion, ReviewAnswer>>;

/** What a person found. It records and changes nothing else: repaying, reducing and stopping are decisions of their own. */
export interface Conclusion {
  readonly outcome: ReviewOutcome;
  readonly answers: ReviewAnswers;
  /** In words for the family; needed for every adverse outcome (domain.md, section 4.7). */
  readonly reasons?: string | undefined;
}

export const conclusionReasonsCharactersMax = 5_000;

/** Refuses a conclusion that leaves a question open or an adverse outcome without its reasons. */
export function requireConclusion(conclusion: Conclusion): void {
  const faults: Fault[] = [];
  if (!reviewOutcomes.includes(conclusion.outcome)) {
    faults.push(
      fault('/outcome', `/outcome is ${JSON.stringify(conclusion.outcome)}: name one of ${reviewOutcomes.join(', ')}.`),
    );
  }
  for (const question of reviewQuestionNames) {
    const given = conclusion.answers?.[question];
    const pointer = `/answers/${question}`;
    if (given?.answer !== 'YES' && given?.answer !== 'NO') {
      faults.push(fault(pointer, `${pointer} is missing: answer YES or NO to "${reviewQuestions[question]}"`));
    } else if ((given.note?.length ?? 0) > proseCharactersMax) {
      faults.push(
        fault(
          `${pointer}/note`,
          `${pointer}/note has ${given.note?.length} characters: use ${proseCharactersMax} at most.`,
        ),
      );
    }
  }
  const reasons = conclusion.reasons?.trim() ?? '';
  if (isAdverse(conclusion.outcome) && reasons === '') {
    faults.push(
      fault(
        '/reasons',
        `/reasons is empty, and the outcome is ${conclusion.outcome}: give the family the reasons in writing.`,
      ),
    );
  }
  if (reasons.length > conclusionReasonsCharactersMax) {
    faults.push(
      fault('/reasons', `/reasons has ${reasons.length} characters: use ${conclusionReasonsCharactersMax} at most.`),
    );
  }
  const [first] = faults;
  if (first) throw new Problem('invalid-request', first.message, { errors: faults });
}

function fault(pointer: string, message: string): Fault {
  return { pointer, message };
}
