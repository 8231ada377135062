import { Type } from 'typebox';
import { choice, component, id } from '../http/schemas.js';
import { findingFields, verdicts } from './findings.responses.js';

const spendAssessed = component('SpendAssessed', 'Whether a spend is allowed, and what to do', {
  id: Type.String({ description: 'The id that the candidate came with; empty where it had none' }),
  verdict: choice(verdicts, 'The strictest of its findings; allowed where there are none'),
  policyVersion: Type.String({ description: 'The version of the policy that it was assessed by' }),
  findings: Type.Array(
    Type.Object(
      { ...findingFields, whatToDo: Type.String({ description: 'What to do now, in a sentence' }) },
      { description: 'What a spending rule says' },
    ),
    { description: 'The strictest first' },
  ),
  answer: Type.String({ description: 'Yes, not yet or no, and why' }),
  outcomesMet: Type.Array(
    Type.Object(
      {
        budgetLineId: id('The budget line'),
        budgetLine: Type.String({ description: 'What the line is called' }),
        outcomes: Type.Array(Type.String({ description: 'In the words of the plan' }), {
          description: 'The outcomes that the line serves',
        }),
      },
      { description: 'A line of the plan that the spend would be under' },
    ),
    { description: 'Where a budget was named' },
  ),
  exceptions: Type.Array(
    Type.Object(
      {
        rule: Type.String({ description: 'The code of the rule', example: 'HOUSEHOLD_FAMILY' }),
        howToAsk: Type.String({ description: 'Who may approve an exception and how to ask, or that nobody can' }),
      },
      { description: 'Of a rule that stands in the way' },
    ),
    { description: 'What could be approved' },
  ),
});

export const spendsAssessed = component('SpendsAssessed', 'The answers to several candidates', {
  items: Type.Array(spendAssessed, { description: 'In the order of the candidates' }),
});

export const spendChecked = Type.Union([spendAssessed, spendsAssessed], {
  description: 'The answer to one candidate, or those to several',
});
