import type { BudgetSummary } from '@ringfence/budgets';
import { presentHome, type HomeFacts } from './home.presenter.js';
import { vocabulary } from '../shell/vocabulary.js';

const budget: BudgetSummary = {
  id: 'b1',
  reference: 'PB-0001',
  childId: 'c1',
  childName: 'Kit',
  recipientId: 'r1',
  recipientName: 'Rosa',
  startsOn: '2026-04-01',
  endsOn: '2027-03-31',
  streams: ['EDU'],
  amountPence: 500_000n,
  cashPence: 500_000n,
};

const facts = (changes: Partial<HomeFacts>): HomeFacts => ({
  today: '2026-06-15',
  terms: vocabulary.family,
  budgets: [budget],
  streams: [],
  missing: [],
  questions: [],
  withoutReceipt: [],
  nextInstalments: new Map(),
  nextReviews: new Map([['b1', undefined]]),
  waitingReceipts: new Map(),
  maySend: new Set(['b1']),
  after: null,
  ...changes,
});

const only = (changes: Partial<HomeFacts>) => presentHome(facts(changes)).budgets[0]!;

describe('A family’s home', () => {
  it('is called by the child where there is one, and says so when nothing is needed', () => {
    expect(presentHome(facts({}))).toMatchObject({ title: 'Kit’s direct payment', nextPage: null });
    expect(only({})).toMatchObject({
      nothingNeeded: true,
      nextPayment: 'No payment is planned.',
      nextReview: 'No review is planned. The first one is set when the first payment has arrived.',
    });
  });

  it('says nothing of reviews, and asks for nothing to be sent, where that is not for the reader', () => {
    expect(only({ nextReviews: new Map(), maySend: new Set(['b2']) })).toMatchObject({
      nextReview: null,
      maySend: false,
    });
  });

  it('says the next payments of one day together, and the next review', () => {
    const nextInstalments = new Map([
      [
        'b1',
        [
          { dueOn: '2026-07-01', stream: 'EDU', amountPence: 50_000n },
          { dueOn: '2026-07-01', stream: 'HEALTH', amountPence: 30_000n },
        ] as const,
      ],
    ]);
    const nextReviews = new Map([['b1', { kind: 'THREE_MONTH', state: 'OPEN', dueOn: '2026-07-01' } as const]]);
    expect(only({ nextInstalments, nextReviews })).toMatchObject({
      nextPayment: '£500.00 for education and £300.00 for health, on 1 July 2026 (in 16 days).',
      nextReview: 'First review: under way, due on 1 July 2026 (in 16 days).',
    });
  });

  it('asks for statements by their months, and for a long gap by its ends', () => {
    const months = Array.from({ length: 8 }, (_, month) => `2025-${String(month + 3).padStart(2, '0')}-01`);
    const missing = [{ budgetId: 'b1', accountId: 'a1', accountName: 'Kit’s account', months }];
    expect(only({ missing }).missing).toEqual([
      { text: 'March 2025 to October 2025 (8 months)', accountName: 'Kit’s account' },
    ]);
    expect(only({ missing: [{ ...missing[0]!, months: months.slice(0, 2) }] }).missing[0]!.text).toBe(
      'March and April 2025',
    );
  });

  it('shows some of the questions with their reasons and counts the rest, each budget its own', () => {
    const line = {
      lineId: 'l1',
      lineDate: '2026-05-12',
      description: 'TOY SHOP',
      amountPence: -2_350n,
      reason: 'The bank line reads “TOY SHOP”; please send the receipt.',
      total: 7,
    };
    const { questions, nothingNeeded } = only({
      questions: [
        { ...line, budgetId: 'b1' },
        { ...line, budgetId: 'other' },
      ],
    });
    expect(nothingNeeded).toBe(false);
    expect(questions).toEqual({
      heading: '7 payments that we have questions about',
      lines: [
        {
          when: '12 May 2026',
          what: 'TOY SHOP',
          amount: '£23.50',
          reason: 'The bank line reads “TOY SHOP”; please send the receipt.',
        },
      ],
      more: 'and 6 more',
    });
  });
});
