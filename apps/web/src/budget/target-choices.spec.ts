import type { BudgetDetail } from '@ringfence/budgets';
import type { AllocationLimits } from '@ringfence/reconciliation';
import { targetChoices } from './target-choices.js';

const budget = {
  plan: { outcomes: [{ id: 'o', description: 'Kit joins in' }] },
  lines: [
    {
      ...{ id: 'l', name: 'Swimming', stream: 'EDU', mechanism: 'DIRECT_PAYMENT', outcomeIds: ['o'] },
      ...{ startsOn: '2026-04-01', endsOn: '2027-03-31' },
    },
  ],
} as unknown as BudgetDetail;
const limits: Pick<AllocationLimits, 'accounts'> = {
  accounts: [
    { account: 'HMRC', stream: 'EDU', mostPence: 12_000n },
    { account: 'PENSION', stream: 'EDU', mostPence: 0n },
    { account: 'FAMILY_MONEY', stream: 'FAMILY', mostPence: 2_000n },
  ],
};
const out = { lineDate: '2026-06-01', amountPence: -5_000n };
const shown = (...args: Parameters<typeof targetChoices>): [string, string | undefined][] =>
  targetChoices(...args).map(({ text, hint }) => [text, hint?.text]);

describe('What a payment can be allocated to', () => {
  it('is a budget line, what payroll owes with how much, and the family’s money as far as there is any', () => {
    expect(shown(budget, out, limits, undefined)).toEqual([
      ['Swimming', 'Education, 1 April 2026 to 31 March 2027. Kit joins in'],
      ['Tax and National Insurance, to HMRC', 'Education. £120.00 is owed.'],
      ['The family’s own money', '£20.00 of it is in the account. Never part of what the council paid.'],
    ]);
  });

  it('is no control that owes nothing, and not the family’s money where there is none', () => {
    expect(shown(budget, out, { accounts: [] }, undefined).map(([text]) => text)).toEqual(['Swimming']);
  });

  it('keeps what was chosen, and says that nothing remains of it', () => {
    expect(shown(budget, out, { accounts: [] }, 'control_PENSION_EDU')).toContainEqual([
      'Pension',
      'Education. Nothing is owed.',
    ]);
    expect(shown(budget, out, { accounts: [] }, 'family')).toContainEqual([
      'The family’s own money',
      'None of it is in the account. Never part of what the council paid.',
    ]);
  });

  it('is always the family’s own money where money came in, and no control', () => {
    expect(shown(budget, { ...out, amountPence: 5_000n }, limits, undefined).map(([text]) => text)).toEqual([
      'Swimming',
      'The family’s own money',
    ]);
  });
});
