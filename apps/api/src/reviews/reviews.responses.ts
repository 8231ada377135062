import { fundingStreams } from '@ringfence/kernel';
import { reviewKinds, reviewOutcomes, reviewQuestionNames, reviewQuestions, reviewStates } from '@ringfence/reviews';
import type { ReviewQuestion } from '@ringfence/reviews';
import {
  amount,
  answer,
  date,
  group,
  id,
  instant,
  list,
  oneOf,
  orNull,
  page,
  sometimes,
  text,
  whole,
  type Shape,
} from '../http/shapes.js';
import { yesOrNo } from './reviews.dto.js';

const figures = answer('ReviewFigures', 'What the books showed at the end of the day of a review, frozen', {
  at: date('The day'),
  streams: list(
    group('What one stream showed: received is spent, queried, recoverable and left together', {
      stream: oneOf(fundingStreams, 'Whose money it is'),
      received: amount('What the payer has paid'),
      spent: amount('What was spent with an acceptable document'),
      queried: amount('What was spent without one'),
      recoverable: amount('What somebody is to pay back, by the decision of an officer'),
      left: amount('What is left'),
    }),
    'Each stream of the budget',
  ),
  unevidencedLines: whole('Statement lines spent on a budget line and without a receipt', { minimum: 0 }),
  queriedSpends: whole('Spends with a question', { minimum: 0 }),
  excludedSpends: whole('Spends with a rule against them', { minimum: 0 }),
});

type Given = { readonly answer: 'YES' | 'NO'; readonly note?: string | undefined };
const questions = Object.fromEntries(
  reviewQuestionNames.map((name) => [
    name,
    group(reviewQuestions[name], {
      answer: oneOf(yesOrNo, 'As the reviewer answered'),
      note: sometimes(text('What the reviewer added')),
    }),
  ]),
) as unknown as Readonly<Record<ReviewQuestion, Shape<Given>>>;
const answers = answer('ReviewAnswers', 'What was answered to each question of a review', questions);

export const review = answer('Review', 'A review of how a direct payment is used; what is not yet known is null', {
  id: id('The review'),
  budgetId: id('The budget'),
  agreementId: id('The agreement under which the money is paid'),
  kind: oneOf(reviewKinds, 'The first, a yearly one, or one because the services changed'),
  yearNumber: orNull(whole('Of a yearly review: which anniversary of the first payment', { minimum: 1 })),
  agreementVersion: orNull(whole('Of a review on change: the version that changed the services', { minimum: 1 })),
  firstReceivedOn: orNull(date('The first payment, from which the date was calculated; null on change')),
  dueOn: date('The day on which it is due, and opens'),
  source: text('What says that there is such a review'),
  state: oneOf(reviewStates, 'To come, open, or concluded'),
  openedAt: orNull(instant('When it opened')),
  figures: orNull(figures),
  outcome: orNull(oneOf(reviewOutcomes, 'What the reviewer found')),
  answers: orNull(answers),
  reasons: orNull(text('In words for the family')),
  concludedBy: orNull(id('The officer who concluded it')),
  concludedAt: orNull(instant('When it was concluded')),
});
export const reviews = page(review);

export const reviewConcluded = answer('ReviewConcluded', 'A review that was concluded', { id: id('The review') });

export const reviewPolicy = answer('ReviewPolicy', 'How soon first reviews of a stream are made, from a day on', {
  stream: oneOf(fundingStreams, 'Whose money it is'),
  validFrom: date('For agreements first paid on this day or later'),
  months: orNull(whole('Months after the first payment; null where none is made', { minimum: 1, maximum: 6 })),
  source: text('The document that says so'),
});
export const reviewPolicies = page(reviewPolicy);
