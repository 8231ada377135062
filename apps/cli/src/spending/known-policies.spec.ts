import { checkLine } from './check-spend.js';
import { knownPolicies, withVersions } from './known-policies.js';
import { noRegisters } from '@ringfence/spending-rules';

const version = {
  id: '01976e3a-5c00-7a10-8f01-3b1d5a7c0001',
  name: 'Spending policy 2026',
  validFrom: '2026-04-01',
  changes: [{ kind: 'switch-off', code: 'CASH' }],
  withdrawnAt: null,
};
const cash = (date: string): string =>
  JSON.stringify({
    id: 'a',
    date,
    amount: '-20.00',
    stream: 'SOCIAL_CHILD',
    description: 'CASHPOINT HIGH ST',
    planned: true,
  });

describe('an authority’s own policy on the command line', () => {
  it('assesses from its first day on, and the national set before it', () => {
    const policies = withVersions({ items: [version], nextCursor: null }, 'policy.json');
    expect(checkLine(cash('2026-04-01'), 1, noRegisters, policies)).toMatchObject({ verdict: 'allowed', findings: [] });
    expect(checkLine(cash('2026-03-31'), 1, noRegisters, policies)).toMatchObject({
      verdict: 'query',
      findings: [{ rule: 'CASH' }],
    });
  });

  it('is one version, a list of them or what the API answers, and a withdrawn one counts for nothing', () => {
    for (const input of [version, [version], { items: [version] }]) {
      expect(withVersions(input, 'policy.json')).toHaveLength(2);
    }
    expect(withVersions([{ ...version, withdrawnAt: '2026-03-01T09:00:00Z' }], 'policy.json')).toHaveLength(1);
  });

  it.each<[string, unknown, string]>([
    ['is no object', ['CASH'], 'policy.json, version 1 is no object: write {"name","validFrom","changes"}.'],
    ['has no day', [{ ...version, validFrom: undefined }], 'policy.json, version 1: /validFrom'],
    [
      'loosens what nobody may',
      [{ ...version, changes: [{ kind: 'switch-off', code: 'DENTAL' }] }],
      'cannot be loosened here',
    ],
    ['begins twice on a day', [version, version], 'policy.json has two versions that begin on 1 April 2026'],
  ])('is refused in one sentence when it %s', (_, input, sentence) => {
    expect(() => withVersions(input, 'policy.json')).toThrow(sentence);
  });

  it('is asked of one place: not of the API and a file at once', async () => {
    await expect(knownPolicies({ authority: 'a', policy: 'b' })).rejects.toThrow('leave one out');
    await expect(knownPolicies({ policy: '/nowhere/policy.json' })).rejects.toThrow('cannot be read (ENOENT)');
  });
});
