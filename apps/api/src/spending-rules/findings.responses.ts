import { amount, answer, oneOf, text } from '../http/shapes.js';

export const verdicts = ['allowed', 'query', 'excluded'] as const;
const evidences = ['receipt-line', 'plan-line', 'payee-register', 'household', 'mcc', 'narrative', 'none'] as const;

/** What every finding says, wherever it is shown. */
export const findingFields = {
  rule: text('The code of the rule', 'HOUSEHOLD_FAMILY'),
  verdict: oneOf(verdicts, 'What the rule says by itself'),
  evidence: oneOf(evidences, 'Where it was seen, from the strongest evidence to none'),
  seen: text('The exact words, code or name that was seen; empty where there was nothing to see'),
  amount: amount('The part of the spend that it is about'),
  reason: text('For a parent: what was seen, which rule, and what to do now'),
  source: text('The document that the rule is from'),
};

export const finding = answer('Finding', 'What a spending rule says of a spend', findingFields);
