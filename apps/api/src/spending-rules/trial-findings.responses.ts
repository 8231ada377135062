import { subjectTypes } from '@ringfence/spending-rules';
import { amount, date, group, id, list, oneOf, text, whole } from '../http/shapes.js';
import { verdicts } from './findings.responses.js';

/** What a trial of a policy finds, at once or bit by bit. */
export const trialFindings = {
  assessed: whole('How many were assessed: lines of a shared account that are nobody’s yet are not', { minimum: 0 }),
  verdicts: list(
    group('How many verdicts go from one to another', {
      before: oneOf(verdicts, 'By today’s policy'),
      after: oneOf(verdicts, 'By the policy that is tried'),
      spends: whole('How many spends', { minimum: 0 }),
    }),
    'Those that stay are counted under the same word twice',
  ),
  changedSpends: whole('How many would be assessed differently', { minimum: 0 }),
  changed: list(
    group('A spend that would be assessed differently', {
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
