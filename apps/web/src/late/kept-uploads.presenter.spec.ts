import { presentKeptUpload } from './kept-uploads.presenter.js';

const upload = { id: 'k1', kind: 'RECEIPT', fileName: 'swim.png', keptAt: new Date('2026-06-15T20:14:30Z') } as const;
const payment = { id: 'l', lineDate: '2026-06-01', amountPence: -1_800n, description: 'SWIM SCHOOL', receipts: [] };

describe('What was sent after its sender had been signed out', () => {
  it('is asked about with its name, the time in London and what it is for', () => {
    expect(presentKeptUpload(upload, '2026-06-15', 'Kit', payment)).toEqual({
      id: 'k1',
      sentence: 'You sent swim.png at 21:14, after you had been signed out. Add it?',
      about: 'A receipt for Kit’s budget, for the payment of 1 June 2026, £18.00, SWIM SCHOOL.',
    });
  });

  it('has its day with it on another day', () => {
    const statement = { ...upload, kind: 'STATEMENT', fileName: 'may.csv' } as const;
    expect(presentKeptUpload(statement, '2026-06-16', 'Kit', undefined)).toEqual({
      id: 'k1',
      sentence: 'You sent may.csv at 21:14 on 15 June 2026, after you had been signed out. Add it?',
      about: 'A bank statement for Kit’s budget.',
    });
  });
});
