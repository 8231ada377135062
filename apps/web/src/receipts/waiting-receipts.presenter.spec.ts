import { paymentChoices, paymentsOfferedMax } from './payment-choices.js';
import { presentWaitingReceipts, waitingInWords, waitingReceiptsShownMax } from './waiting-receipts.presenter.js';

const receipt = {
  id: 'r1',
  budgetId: 'b1',
  fileName: 'photo.jpg',
  supplier: null,
  amountPence: null,
  receiptDate: null,
  uploadedAt: new Date('2026-06-14T23:30:00Z'),
};

describe('Receipts without a payment', () => {
  it('are called by what is known of them, and lead to where their payment is chosen', () => {
    const known = { ...receipt, supplier: 'Swim School', amountPence: 1_800n, receiptDate: '2026-05-30' };
    expect(presentWaitingReceipts([receipt, known], true)).toEqual({
      items: [
        { what: 'photo.jpg', about: 'sent on 15 June 2026', href: '/budgets/b1/receipts/r1/payment' },
        {
          what: 'Swim School',
          about: '£18.00, of 30 May 2026, sent on 15 June 2026',
          href: '/budgets/b1/receipts/r1/payment',
        },
      ],
      more: null,
    });
    expect(presentWaitingReceipts([receipt], false).items[0]!.href).toBeNull();
  });

  it('are shown up to a limit, and the page says that there are more', () => {
    const many = presentWaitingReceipts(Array<typeof receipt>(waitingReceiptsShownMax + 1).fill(receipt), true);
    expect(many.items).toHaveLength(waitingReceiptsShownMax);
    expect(many.more).toBe('There are older ones: they show once these have a payment.');
    expect([0, 1, 2, 11].map(waitingInWords)).toEqual([
      null,
      '1 receipt has no payment yet.',
      '2 receipts have no payment yet.',
      'More than 10 receipts have no payment yet.',
    ]);
  });
});

describe('The payments that are offered for a receipt', () => {
  const line = (id: string, amountPence: bigint, held = false) => ({
    id,
    lineDate: '2026-06-01',
    amountPence,
    description: 'SHOP',
    receipts: held ? [{ id: 'r', fileName: 'f', supplier: null }] : [],
  });

  it('are those out without a receipt, and the one that is chosen', () => {
    const lines = [line('in', 500n), line('out', -500n), line('held', -600n, true)];
    expect(paymentChoices(lines, null, 'None').map(({ value }) => value)).toEqual(['', 'out']);
    expect(paymentChoices(lines, 'held', 'None')).toEqual([
      { value: '', text: 'None', selected: false },
      { value: 'held', text: '1 June 2026, £6.00, SHOP', selected: true },
      { value: 'out', text: '1 June 2026, £5.00, SHOP', selected: false },
    ]);
  });

  it('are the newest, up to a limit', () => {
    const lines = Array.from({ length: paymentsOfferedMax + 5 }, (_, n) => line(`l${n}`, -1n));
    expect(paymentChoices(lines, null, 'None')).toHaveLength(paymentsOfferedMax + 1);
  });
});
