import { Problem } from '@ringfence/kernel';
import { assessSpend } from '../engine/assess.js';
import { nationalPolicy } from '../policy/national-policy.js';
import { assessmentJson, spendCheckJson } from './spend-check.js';

const sample = {
  id: 'c1',
  date: '2026-05-12',
  amount: '23.40',
  stream: 'HEALTH',
  description: 'BOOTS 0412',
  mcc: '5912',
  planned: true,
  receipt: [
    { description: 'NHS prescription', amount: '9.90' },
    { description: 'Wet wipes', amount: '13.50' },
  ],
  payee: {
    name: 'Boots',
    relationship: 'none',
    livesWithChild: [],
    livesWithRecipient: [{ from: '2026-01-01', to: null }],
  },
  approvals: [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Ben', from: '2026-01-01', to: '2026-06-30' }],
};

describe('a spend check', () => {
  it('answers with exactly the fields of the contract', () => {
    const answer = assessmentJson(assessSpend(spendCheckJson(sample), nationalPolicy));
    expect(Object.keys(answer)).toEqual(['id', 'verdict', 'findings']);
    expect(answer).toMatchObject({ id: 'c1', verdict: 'excluded' });
    expect(answer.findings.map(({ rule, verdict, evidence, amount }) => [rule, verdict, evidence, amount])).toEqual([
      ['PRESCRIPTION', 'excluded', 'receipt-line', '9.90'],
      ['NOT_IN_PLAN', 'allowed', 'plan-line', '13.50'],
    ]);
    for (const one of answer.findings) {
      expect(Object.keys(one)).toEqual(['rule', 'verdict', 'evidence', 'amount', 'reason', 'source']);
    }
  });

  it('needs only the fields that are not optional', () => {
    const { id, date, amount, stream, description, planned } = sample;
    expect(
      assessSpend(spendCheckJson({ id, date, amount, stream, description, planned }), nationalPolicy).verdict,
    ).toBe('query');
  });

  it.each([
    ['/amount', { amount: 23.4 }, '/amount must be a decimal string such as "12.34", not a number.'],
    ['/amount', { amount: '£3' }, '/amount is "£3": write pounds and pence such as "12.34".'],
    [
      '/date',
      { date: '2026-02-30' },
      '/date is "2026-02-30": write a day that exists, from 1900-01-01 to 2199-12-31, as "2026-04-01".',
    ],
    [
      '/date',
      { date: '0001-01-01' },
      '/date is "0001-01-01": write a day that exists, from 1900-01-01 to 2199-12-31, as "2026-04-01".',
    ],
    [
      '/stream',
      { stream: 'FAMILY' },
      '/stream is "FAMILY": use one of EDU, HEALTH, SOCIAL_CHILD, SOCIAL_ADULT, TRANSPORT, UNALLOCATED.',
    ],
    ['/id', { id: '' }, '/id is empty: write a text.'],
    ['/description', { description: undefined }, '/description must be a text.'],
    ['/description', { description: 'x'.repeat(1001) }, '/description has 1001 characters: 1000 is the most.'],
    ['/mcc', { mcc: 5912 }, '/mcc is 5912: write the four digits as a text, as "5912".'],
    ['/planned', { planned: 'yes' }, '/planned must be true or false.'],
    ['/receipt', { receipt: {} }, '/receipt must be a list.'],
    ['/receipt', { receipt: new Array(501).fill({}) }, '/receipt has 501 entries: 500 is the most.'],
    [
      '/receipt/0/amount',
      { receipt: [{ description: 'x' }] },
      '/receipt/0/amount must be a decimal string such as "12.34", not a undefined.',
    ],
    ['/payee/name', { payee: {} }, '/payee/name must be a text.'],
    [
      '/payee/livesWithChild/0/to',
      { payee: { name: 'A', livesWithChild: [{ from: '2026-02-01', to: '2026-01-01' }] } },
      '/payee/livesWithChild/0/to is 2026-01-01, before its from of 2026-02-01: check the dates.',
    ],
  ])('refuses a wrong %s (%j)', (pointer, change, message) => {
    const refused = refusal({ ...sample, ...change });
    expect(refused.message).toBe(message);
    expect(refused.errors).toEqual([{ pointer, message }]);
  });

  it('refuses a rule that it does not know and a field that is not one', () => {
    expect(refusal({ ...sample, approvals: [{ ...sample.approvals[0], rule: 'FAMILY' }] }).errors[0]?.pointer).toBe(
      '/approvals/0/rule',
    );
    expect(refusal({ ...sample, reciept: [] }).errors[0]?.pointer).toBe('/reciept');
    expect(refusal('text').message).toBe(
      'The candidate must be a JSON object with id, date, amount, stream and so on.',
    );
  });
});

function refusal(input: unknown): Problem {
  try {
    spendCheckJson(input);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
