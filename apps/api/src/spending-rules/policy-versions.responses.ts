import { fundingStreams } from '@ringfence/kernel';
import { predicates } from '@ringfence/spending-rules';
import { Type } from 'typebox';
import { anyFields, choice, component, date, id, instant, nullable, page } from '../http/schemas.js';
import { verdicts } from './findings.responses.js';
import { trialFindings } from './trial-findings.responses.js';

const ruleFields = {
  code: Type.String({ description: 'The code, by which findings name the rule', example: 'OPTICAL' }),
  name: Type.String({ description: 'What the rule is called' }),
  streams: Type.Union(
    [
      choice(['all'], 'Every stream but travel'),
      Type.Array(choice(fundingStreams, 'A stream'), { description: 'These streams' }),
    ],
    { description: 'Whose money it is about' },
  ),
  verdict: choice(verdicts, 'What it gives where its signals decide'),
  planLiftsQuery: Type.Boolean({
    description: 'Whether an agreed budget line answers its question; never an exclusion',
  }),
  approverRole: Type.Optional(Type.String({ description: 'Who may approve an exception' })),
  source: Type.String({ description: 'Document and section' }),
  reason: Type.String({ description: 'Why, as the end of a sentence for a parent' }),
  whatToDo: Type.String({ description: 'What to do where it excludes' }),
  whatToAsk: Type.String({ description: 'What to ask where it queries' }),
  signals: anyFields('Words, codes and kinds of payee that point to the rule, by where they are read'),
};

const localRule = component('LocalRule', 'A rule as an authority writes it', ruleFields);

const change = Type.Object(
  {
    kind: choice(['add', 'replace', 'switch-off'], 'What is done'),
    code: Type.Optional(Type.String({ description: 'The rule that is switched off', example: 'OPTICAL' })),
    rule: Type.Optional(localRule),
  },
  { description: 'A difference from the national set' },
);

export const ownPolicyVersion = component('OwnPolicyVersion', 'A version that the authority set', {
  id: id('The version'),
  name: Type.String({ description: 'What it is called', example: 'Spending policy 2027' }),
  reasons: Type.String({ description: 'Why it was set' }),
  validFrom: date('The first day of service for which it holds'),
  changes: Type.Array(change, { description: 'Every difference from the national set' }),
  madeBy: id('The approver'),
  madeAt: instant('When it was set'),
  withdrawnAt: nullable(instant('When it was withdrawn, before it began')),
});
export const ownPolicyVersions = page(ownPolicyVersion);

export const policyVersion = component('PolicyVersion', 'A version with all its rules', {
  id: Type.String({ description: 'Its id, or the name of the national set' }),
  name: Type.String({ description: 'What it is called' }),
  validFrom: date('The first day of service for which it holds'),
  validTo: nullable(date('The last; null while none follows')),
  rules: Type.Array(
    Type.Object(
      {
        ...ruleFields,
        predicate: Type.Optional(
          choice(
            predicates,
            'What the rule decides beyond words: who lives where, what the plan covers, what is missing',
          ),
        ),
        force: choice(
          ['absolute', 'exception', 'local-policy', 'note'],
          'Nobody can lift it; an officer may approve an exception; authorities differ; it only marks a spend',
        ),
        validFrom: date('The first day of the rule'),
        validTo: nullable(date('The last day of the rule; null while it holds')),
      },
      { description: 'A rule' },
    ),
    { description: 'In order of precedence' },
  ),
});

export const policyDifference = component('PolicyDifference', 'What differs between two versions', {
  items: Type.Array(
    Type.Object(
      {
        rule: Type.String({ description: 'Its code', example: 'OPTICAL' }),
        name: Type.String({ description: 'What it is called' }),
        change: choice(['added', 'removed', 'changed'], 'What became of it'),
        fields: Type.Array(
          Type.Object(
            {
              field: Type.String({ description: 'Its name in the rule', example: 'whatToDo' }),
              before: Type.Unknown({ description: 'Its value in the earlier version; null where it had none' }),
              after: Type.Unknown({ description: 'Its value in the later version; null where it has none' }),
            },
            { description: 'A field that differs' },
          ),
          { description: 'Of a rule that changed' },
        ),
      },
      { description: 'A rule that differs' },
    ),
    { description: 'In the order of the later version, then those that were removed' },
  ),
});

export const policyTried = component('PolicyTried', 'What a policy that is not set would have changed', trialFindings);
