import { subjectTypes } from '@ringfence/spending-rules';
import { amount, answer, date, group, id, list, oneOf, orNull, text, whole } from '../http/shapes.js';
import { verdicts } from './findings.answers.js';

/** What a trial of a policy finds, at once or bit by bit. */
export const trialFindings = {
  judged: whole('How many were judged: lines of a shared account that are nobody’s yet are not', { minimum: 0 }),
  verdicts: list(
    group('How many verdicts go from one to another', {
      before: oneOf(verdicts, 'By today’s policy'),
      after: oneOf(verdicts, 'By the policy that is tried'),
      spends: whole('How many spends', { minimum: 0 }),
    }),
    'Those that stay are counted under the same word twice',
  ),
  changedSpends: whole('How many would be judged differently', { minimum: 0 }),
  changed: list(
    group('A spend that would be judged differently', {
      subjectType: oneOf(subjectTypes, 'What it is'),
      subjectId: id('The line or the payslip'),
      budgetId: id('The budget'),
      date: date('The day of service'),
      description: text('As the bank wrote it, or who was paid'),
      amount: amount('Money out of the bank is negative'),
      before: oneOf(verdicts, 'By today’s policy'),
      after: oneOf(verdicts, 'By the policy that is tried'),
      reasons: list(text('A sentence'), 'What the policy that is tried says'),
    }),
    'The first hundred, in order of date',
  ),
};

export const trialAsked = answer('PolicyTrialAsked', 'A trial of a policy that a job goes through', {
  id: id('The trial'),
  spends: whole('How many spends it will judge', { minimum: 0 }),
});

export const trialState = answer('PolicyTrialState', 'A trial of a policy, and how far it has come', {
  id: id('The trial'),
  state: oneOf(['RUNNING', 'DONE'], 'While it runs, what was found so far'),
  from: date('The first day of service'),
  to: date('The last day of service'),
  budgetId: orNull(id('The budget; null for all')),
  spendsTotal: whole('How many spends there are', { minimum: 0 }),
  spendsDone: whole('How many have been looked at', { minimum: 0 }),
  ...trialFindings,
});
