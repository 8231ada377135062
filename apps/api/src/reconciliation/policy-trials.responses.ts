import { Type } from 'typebox';
import { choice, component, date, id, nullable } from '../http/schemas.js';
import { trialFindings } from '../spending-rules/trial-findings.responses.js';

export const trialAsked = component('PolicyTrialAsked', 'A trial of a policy that a job goes through', {
  id: id('The trial'),
  spends: Type.Integer({ minimum: 0, description: 'How many spends it will assess' }),
});

export const trialState = component('PolicyTrialState', 'A trial of a policy, and how far it has come', {
  id: id('The trial'),
  state: choice(['RUNNING', 'DONE'], 'While it runs, what was found so far'),
  from: date('The first day of service'),
  to: date('The last day of service'),
  budgetId: nullable(id('The budget; null for all')),
  spendsTotal: Type.Integer({ minimum: 0, description: 'How many spends there are' }),
  spendsDone: Type.Integer({ minimum: 0, description: 'How many have been looked at' }),
  ...trialFindings,
});
