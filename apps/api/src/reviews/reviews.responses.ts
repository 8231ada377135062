import { fundingStreams } from '@ringfence/kernel';
import { reviewKinds, reviewOutcomes, reviewQuestionNames, reviewQuestions, reviewStates } from '@ringfence/reviews';
import type { ReviewQuestion } from '@ringfence/reviews';
import { Type } from 'typebox';
import { amount, choice, component, date, id, instant, nullable, page } from '../http/schemas.js';
import { yesOrNo } from './reviews.dto.js';

const figures = component('ReviewFigures', 'What the books showed at the end of the day of a review, frozen', {
  at: date('The day'),
  streams: Type.Array(
    Type.Object(
      {
        stream: choice(fundingStreams, 'Whose money it is'),
        received: amount('What the payer has paid'),
        spent: amount('What was spent with an acceptable document'),
        queried: amount('What was spent without one'),
        recoverable: amount('What somebody is to pay back, by the decision of an officer'),
        left: amount('What is left'),
      },
      { description: 'What one stream showed: received is spent, queried, recoverable and left together' },
    ),
    { description: 'Each stream of the budget' },
  ),
  unevidencedLines: Type.Integer({
    minimum: 0,
    description: 'Statement lines spent on a budget line and without a receipt',
  }),
  queriedSpends: Type.Integer({ minimum: 0, description: 'Spends with a question' }),
  excludedSpends: Type.Integer({ minimum: 0, description: 'Spends with a rule against them' }),
});

const questions = Object.fromEntries(
  reviewQuestionNames.map((name) => [name, givenTo(reviewQuestions[name])]),
) as Readonly<Record<ReviewQuestion, ReturnType<typeof givenTo>>>;

function givenTo(question: string) {
  return Type.Object(
    {
      answer: choice(yesOrNo, 'As the reviewer answered'),
      note: Type.Optional(Type.String({ description: 'What the reviewer added' })),
    },
    { description: question },
  );
}

const answers = component('ReviewAnswers', 'What was answered to each question of a review', questions);

export const review = component('Review', 'A review of how a direct payment is used; what is not yet known is null', {
  id: id('The review'),
  budgetId: id('The budget'),
  agreementId: id('The agreement under which the money is paid'),
  kind: choice(reviewKinds, 'The first, a yearly one, or one because the services changed'),
  yearNumber: nullable(
    Type.Integer({ minimum: 1, description: 'Of a yearly review: which anniversary of the first payment' }),
  ),
  agreementVersion: nullable(
    Type.Integer({ minimum: 1, description: 'Of a review on change: the version that changed the services' }),
  ),
  firstReceivedOn: nullable(date('The first payment, from which the date was calculated; null on change')),
  dueOn: date('The day on which it is due, and opens'),
  source: Type.String({ description: 'What says that there is such a review' }),
  state: choice(reviewStates, 'To come, open, or concluded'),
  openedAt: nullable(instant('When it opened')),
  figures: nullable(figures),
  outcome: nullable(choice(reviewOutcomes, 'What the reviewer found')),
  answers: nullable(answers),
  reasons: nullable(Type.String({ description: 'In words for the family' })),
  concludedBy: nullable(id('The officer who concluded it')),
  concludedAt: nullable(instant('When it was concluded')),
});
export const reviews = page(review);

export const reviewConcluded = component('ReviewConcluded', 'A review that was concluded', { id: id('The review') });

export const reviewPolicy = component('ReviewPolicy', 'How soon first reviews of a stream are made, from a day on', {
  stream: choice(fundingStreams, 'Whose money it is'),
  validFrom: date('For agreements first paid on this day or later'),
  months: nullable(
    Type.Integer({ minimum: 1, maximum: 6, description: 'Months after the first payment; null where none is made' }),
  ),
  source: Type.String({ description: 'The document that says so' }),
});
export const reviewPolicies = page(reviewPolicy);
