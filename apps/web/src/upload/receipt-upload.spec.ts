import { Problem } from '@ringfence/kernel';
import { decisionAddress, receiptFrom, receiptFlash } from './receipt-upload.js';

const line = '0190f0f0-0000-7000-8000-000000000001';
const payment = { id: line, lineDate: '2026-06-01', amountPence: -1_800n, description: 'SWIM SCHOOL', receipts: [] };
const kept = (changes: object) => ({ id: 'r', alreadyHeld: true, statementLineId: line, linked: false, ...changes });

describe('The form for a receipt', () => {
  it('leaves out what nobody filled in, and reads an amount as people write it', () => {
    const file = { name: 'swim.png', bytes: new Uint8Array([1]) };
    const head = { budgetId: 'b', fileName: 'swim.png', bytes: file.bytes };
    expect(receiptFrom('b', { payment: '', amount: ' ', supplier: '' }, file)).toEqual(head);
    expect(receiptFrom('b', { payment: line, amount: '£1,018.00', supplier: ' Swim School ' }, file)).toEqual({
      ...head,
      statementLineId: line,
      amountPence: 101_800n,
      supplier: 'Swim School',
    });
  });

  it('is answered by what became of the receipt', () => {
    expect(receiptFlash(kept({ alreadyHeld: false }), payment)).toBe('Thank you, we have your receipt.');
    expect(receiptFlash(kept({ linked: true }), payment)).toBe(
      'We had this receipt already. It goes with this payment now: 1 June 2026, £18.00, SWIM SCHOOL.',
    );
    expect(receiptFlash(kept({}), payment)).toBe(
      'We have this receipt already, with this payment: 1 June 2026, £18.00, SWIM SCHOOL. Thank you.',
    );
    expect(receiptFlash(kept({ statementLineId: null }), undefined)).toBe(
      'We have this receipt already, and do not know its payment yet. Choose it when you can.',
    );
  });

  it('leads to a decision where the receipt is held for another payment', () => {
    const held = new Problem('conflict', 'It is held.', { extensions: { receiptId: 'r1', statementLineId: 'other' } });
    expect(decisionAddress(held, 'b1', { payment: line })).toBe(`/budgets/b1/receipts/r1/payment?payment=${line}`);
    expect(decisionAddress(new Problem('conflict', 'Another conflict.'), 'b1', {})).toBeUndefined();
  });
});
