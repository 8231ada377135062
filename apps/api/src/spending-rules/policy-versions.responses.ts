import { fundingStreams } from '@ringfence/kernel';
import { predicates } from '@ringfence/spending-rules';
import {
  answer,
  anything,
  date,
  either,
  facts,
  group,
  id,
  instant,
  list,
  oneOf,
  orNull,
  page,
  sometimes,
  text,
  yesNo,
} from '../http/shapes.js';
import { verdicts } from './findings.responses.js';
import { trialFindings } from './trial-findings.responses.js';

const ruleFields = {
  code: text('The code, by which findings name the rule', 'OPTICAL'),
  name: text('What the rule is called'),
  streams: either(
    oneOf(['all'], 'Every stream but travel'),
    list(oneOf(fundingStreams, 'A stream'), 'These streams'),
    'Whose money it is about',
  ),
  verdict: oneOf(verdicts, 'What it gives where its signals decide'),
  planLiftsQuery: yesNo('Whether an agreed budget line answers its question; never an exclusion'),
  approverRole: sometimes(text('Who may approve an exception')),
  source: text('Document and section'),
  reason: text('Why, as the end of a sentence for a parent'),
  whatToDo: text('What to do where it excludes'),
  whatToAsk: text('What to ask where it queries'),
  signals: facts('Words, codes and kinds of payee that point to the rule, by where they are read'),
};

const localRule = answer('LocalRule', 'A rule as an authority writes it', ruleFields);

const change = group('A difference from the national set', {
  kind: oneOf(['add', 'replace', 'switch-off'], 'What is done'),
  code: sometimes(text('The rule that is switched off', 'OPTICAL')),
  rule: sometimes(localRule),
});

export const ownPolicyVersion = answer('OwnPolicyVersion', 'A version that the authority set', {
  id: id('The version'),
  name: text('What it is called', 'Spending policy 2027'),
  reasons: text('Why it was set'),
  validFrom: date('The first day of service that it judges'),
  changes: list(change, 'Every difference from the national set'),
  madeBy: id('The approver'),
  madeAt: instant('When it was set'),
  withdrawnAt: orNull(instant('When it was taken back, before it began')),
});
export const ownPolicyVersions = page(ownPolicyVersion);

export const policyVersion = answer('PolicyVersion', 'A version with all its rules', {
  id: text('Its id, or the name of the national set'),
  name: text('What it is called'),
  validFrom: date('The first day of service that it judges'),
  validTo: orNull(date('The last; null while none follows')),
  rules: list(
    group('A rule', {
      ...ruleFields,
      predicate: sometimes(
        oneOf(predicates, 'What the rule decides beyond words: who lives where, what the plan covers, what is missing'),
      ),
      force: oneOf(
        ['absolute', 'exception', 'local-policy', 'note'],
        'Nobody can lift it; an officer may approve an exception; authorities differ; it only marks a spend',
      ),
      validFrom: date('The first day of the rule'),
      validTo: orNull(date('The last day of the rule; null while it holds')),
    }),
    'In order of precedence',
  ),
});

export const policyDifference = answer('PolicyDifference', 'What differs between two versions', {
  items: list(
    group('A rule that differs', {
      rule: text('Its code', 'OPTICAL'),
      name: text('What it is called'),
      change: oneOf(['added', 'removed', 'changed'], 'What became of it'),
      fields: list(
        group('A field that differs', {
          field: text('Its name in the rule', 'whatToDo'),
          before: anything('Its value in the earlier version; null where it had none'),
          after: anything('Its value in the later version; null where it has none'),
        }),
        'Of a rule that changed',
      ),
    }),
    'In the order of the later version, then those that were removed',
  ),
});

export const policyTried = answer('PolicyTried', 'What a policy that is not set would have changed', trialFindings);
