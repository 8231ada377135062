import { Type } from 'typebox';
import { amount, choice, component } from '../http/schemas.js';

export const verdicts = ['allowed', 'query', 'excluded'] as const;
const evidences = ['receipt-line', 'plan-line', 'payee-register', 'household', 'mcc', 'narrative', 'none'] as const;

/** What every finding says, wherever it is shown. */
export const findingFields = {
  rule: Type.String({ description: 'The code of the rule', example: 'HOUSEHOLD_FAMILY' }),
  verdict: choice(verdicts, 'What the rule says by itself'),
  evidence: choice(evidences, 'Where it was seen, from the strongest evidence to none'),
  seen: Type.String({
    description: 'The exact words, code or name that was seen; empty where there was nothing to see',
  }),
  amount: amount('The part of the spend that it is about'),
  reason: Type.String({ description: 'For a parent: what was seen, which rule, and what to do now' }),
  source: Type.String({ description: 'The document that the rule is from' }),
};

export const finding = component('Finding', 'What a spending rule says of a spend', findingFields);
