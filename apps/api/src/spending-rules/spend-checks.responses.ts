import { answer, either, group, id, list, oneOf, text } from '../http/shapes.js';
import { findingFields, verdicts } from './findings.responses.js';

const spendAssessed = answer('SpendAssessed', 'Whether a spend is allowed, and what to do', {
  id: text('The id that the candidate came with; empty where it had none'),
  verdict: oneOf(verdicts, 'The strictest of its findings; allowed where there are none'),
  policyVersion: text('The version of the policy that judged it'),
  findings: list(
    group('What a spending rule says', { ...findingFields, whatToDo: text('What to do now, in a sentence') }),
    'The strictest first',
  ),
  answer: text('Yes, not yet or no, and why'),
  outcomesMet: list(
    group('A line of the plan that the spend would be under', {
      budgetLineId: id('The budget line'),
      budgetLine: text('What the line is called'),
      outcomes: list(text('In the words of the plan'), 'The outcomes that the line serves'),
    }),
    'Where a budget was named',
  ),
  exceptions: list(
    group('Of a rule that stands in the way', {
      rule: text('The code of the rule', 'HOUSEHOLD_FAMILY'),
      howToAsk: text('Who may approve an exception and how to ask, or that nobody can'),
    }),
    'What could be approved',
  ),
});

export const spendsAssessed = answer('SpendsAssessed', 'The answers to several candidates', {
  items: list(spendAssessed, 'In the order of the candidates'),
});

export const spendChecked = either(spendAssessed, spendsAssessed, 'The answer to one candidate, or those to several');
