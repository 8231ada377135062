import { subjectTypes } from '@ringfence/spending-rules';
import { Type } from 'typebox';
import { amount, choice, date, id } from '../http/schemas.js';
import { verdicts } from './findings.responses.js';

/** What a trial of a policy finds, at once or bit by bit. */
export const trialFindings = {
  assessed: Type.Integer({
    minimum: 0,
    description: 'How many were assessed: lines of a shared account that are nobody’s yet are not',
  }),
  verdicts: Type.Array(
    Type.Object(
      {
        before: choice(verdicts, 'By today’s policy'),
        after: choice(verdicts, 'By the policy that is tried'),
        spends: Type.Integer({ minimum: 0, description: 'How many spends' }),
      },
      { description: 'How many verdicts go from one to another' },
    ),
    { description: 'Those that stay are counted under the same word twice' },
  ),
  changedSpends: Type.Integer({ minimum: 0, description: 'How many would be assessed differently' }),
  changed: Type.Array(
    Type.Object(
      {
        subjectType: choice(subjectTypes, 'What it is'),
        subjectId: id('The line or the payslip'),
        budgetId: id('The budget'),
        date: date('The day of service'),
        description: Type.String({ description: 'As the bank wrote it, or who was paid' }),
        amount: amount('Money out of the bank is negative'),
        before: choice(verdicts, 'By today’s policy'),
        after: choice(verdicts, 'By the policy that is tried'),
        reasons: Type.Array(Type.String({ description: 'A sentence' }), {
          description: 'What the policy that is tried says',
        }),
      },
      { description: 'A spend that would be assessed differently' },
    ),
    { description: 'The first hundred, in order of date' },
  ),
};
