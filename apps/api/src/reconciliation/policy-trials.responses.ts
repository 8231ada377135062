import { answer, date, id, oneOf, orNull, whole } from '../http/shapes.js';
import { trialFindings } from '../spending-rules/trial-findings.responses.js';

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
