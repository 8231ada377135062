import {
  refuseBeyondHolding,
  refuseEntryBeyondHolding,
  refuseUndoing,
  returnablePence,
  takeablePence,
  type Holding,
} from './holdings.js';

const holding = (heldPence: bigint, paidPence = 0n, account: Holding['account'] = 'HMRC'): Holding => ({
  account,
  budgetId: 'b',
  stream: account === 'FAMILY_MONEY' ? 'FAMILY' : 'EDU',
  heldPence,
  paidPence,
});

describe('What a bank line may take from an account', () => {
  it('is what it owes', () => {
    expect(takeablePence(holding(5_000n))).toBe(5_000n);
    expect(takeablePence(holding(2_000n, 3_000n))).toBe(2_000n);
  });

  it('is nothing where nothing is owed, or more was paid than that', () => {
    expect(takeablePence(holding(0n, 5_000n))).toBe(0n);
    expect(takeablePence(holding(-1_000n, 5_000n))).toBe(0n);
  });

  it('is what came back of tax that was due back, and no more', () => {
    expect(takeablePence(holding(-10_000n))).toBe(0n);
    expect(takeablePence(holding(0n, -10_000n))).toBe(10_000n);
  });

  it('is what the family holds of its own', () => {
    expect(takeablePence(holding(700n, 0n, 'FAMILY_MONEY'))).toBe(700n);
    expect(takeablePence(holding(-700n, 0n, 'FAMILY_MONEY'))).toBe(0n);
  });
});

describe('What a bank line may give back to an account', () => {
  it('is what was paid out of it', () => {
    expect(returnablePence(holding(2_000n, 3_000n))).toBe(3_000n);
    expect(returnablePence(holding(5_000n))).toBe(0n);
  });

  it('is what is due back where a report gave tax back', () => {
    expect(returnablePence(holding(-10_000n))).toBe(10_000n);
    expect(returnablePence(holding(0n, -10_000n))).toBe(0n);
  });

  it('has no limit for the family’s own money', () => {
    expect(returnablePence(holding(0n, 0n, 'FAMILY_MONEY'))).toBeNull();
  });
});

describe('The refusals', () => {
  it('are none up to the limit', () => {
    expect(() => refuseBeyondHolding(holding(5_000n), -5_000n, '')).not.toThrow();
    expect(() => refuseBeyondHolding(holding(0n, 5_000n), 5_000n, '')).not.toThrow();
    expect(() => refuseEntryBeyondHolding(holding(5_000n), 5_000n, '')).not.toThrow();
    expect(() => refuseEntryBeyondHolding(holding(-5_000n), -1n, '')).not.toThrow();
    expect(() => refuseUndoing(holding(5_000n, 0n, 'FAMILY_MONEY'), 5_000n, [])).not.toThrow();
  });

  it('name what is there for a manual journal', () => {
    expect(() => refuseEntryBeyondHolding(holding(5_000n), 5_001n, '')).toThrow(
      'The journal takes £50.01 from what is owed to HMRC for Education, which is £50.00 in this budget: take no more than that.',
    );
  });

  it('name the latest three uses that an undoing waits for, and count the others', () => {
    const use = { description: 'CINEMA', lineDate: '2026-06-03', pence: 500n };
    expect(() => refuseUndoing(holding(0n, 0n, 'FAMILY_MONEY'), 2_000n, [use, use, use, use])).toThrow(
      'Undoing this would leave the family’s own money below zero, because £20.00 of it was used since: undo “CINEMA” of 3 June 2026 (£5.00), “CINEMA” of 3 June 2026 (£5.00), “CINEMA” of 3 June 2026 (£5.00) and 1 more first.',
    );
  });

  it('send to the manual journal where no bank line used it', () => {
    expect(() => refuseUndoing(holding(0n, 0n, 'FAMILY_MONEY'), 2_000n, [])).toThrow(
      'because £20.00 of it was used since: reverse the manual journal that used it first.',
    );
  });
});
