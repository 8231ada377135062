import type { AccountQuestion } from '@ringfence/statements';
import { accountQueriesShownMax, presentAccountQueries } from './account-queries.presenter.js';

const question = (changes: Partial<AccountQuestion>): AccountQuestion => ({
  id: 'q1',
  designatedAccountId: 'a1',
  importId: 'i1',
  statementLineId: 'l1',
  code: 'HOUSEHOLD_BILL',
  subject: 'council tax',
  lineDate: '2026-05-04',
  amountPence: -14_000n,
  balancePence: null,
  description: 'OAKSHIRE COUNCIL TAX',
  foundAt: new Date('2026-06-01T09:00:00Z'),
  settledBy: null,
  answeredBy: null,
  answeredAt: null,
  reasons: null,
  ...changes,
});

describe('The queries of an account, on the budget’s page', () => {
  it('are one for payments with the same description, with the newest as its evidence', () => {
    const april = question({ id: 'q0', lineDate: '2026-04-04' });
    expect(presentAccountQueries('b1', [question({}), april], true)).toEqual({
      items: [
        {
          name: 'A household bill',
          question:
            'This looks like a bill of the household. Could it be paid from another account, or is it in the plan?',
          evidence: '4 May 2026, OAKSHIRE COUNCIL TAX, £140.00 out.',
          alike: '1 earlier payment with the same description.',
          href: '/budgets/b1/account-queries/q1',
        },
      ],
      more: null,
      forFamily: false,
    });
  });

  it('lead a family nowhere where only an officer answers', () => {
    const view = presentAccountQueries('b1', [question({})], false);
    expect(view.forFamily).toBe(true);
    expect(view.items[0]!.href).toBeNull();
  });

  it('say how far an account is overdrawn', () => {
    const overdrawn = question({ code: 'OVERDRAWN', subject: 'balance -10.00', balancePence: -1_000n });
    expect(presentAccountQueries('b1', [overdrawn], true).items[0]!.evidence).toBe(
      '4 May 2026, OAKSHIRE COUNCIL TAX, £140.00 out: the balance was £10.00 below zero.',
    );
  });

  it('are counted beyond those that are shown', () => {
    const many = Array.from({ length: accountQueriesShownMax + 2 }, (_, at) => question({ subject: `bill ${at}` }));
    const view = presentAccountQueries('b1', many, true);
    expect([view.items.length, view.more]).toEqual([accountQueriesShownMax, 'and 2 more queries']);
  });
});
