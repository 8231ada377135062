import type { Problem } from '@ringfence/kernel';
import { nationalPolicy, type Finding } from '@ringfence/spending-rules';
import { allocatablePence, excludedPence, refuseExcludedPart } from './excluded-part.js';

const finding = (changes: Partial<Finding> = {}): Finding => ({
  rule: 'PRESCRIPTION',
  verdict: 'excluded',
  evidence: 'receipt-line',
  seen: 'NHS prescription',
  amountPence: -990n,
  reason: 'The receipt shows it, and it cannot be paid.',
  source: 'The guide',
  ...changes,
});

describe('How much of a payment is excluded', () => {
  it('is what the lines of the receipt come to, each for its own amount', () => {
    expect(excludedPence([finding(), finding({ seen: 'Flu jab', amountPence: -1500n })], -5000n)).toBe(2490n);
  });

  it('counts two equal lines twice, and one line that two rules exclude once', () => {
    expect(excludedPence([finding(), finding()], -5000n)).toBe(1980n);
    expect(excludedPence([finding(), finding({ rule: 'GP_SERVICE' })], -5000n)).toBe(990n);
  });

  it('is all of it where the payee’s household or the card’s code says so, however many do', () => {
    const household = finding({ evidence: 'household', seen: 'Ben Brown', amountPence: -5000n });
    const code = finding({ evidence: 'mcc', seen: '7995', amountPence: -5000n });
    expect(excludedPence([household, code, finding()], -5000n)).toBe(5000n);
  });

  it('is nothing where the rules only ask', () => {
    expect(excludedPence([finding({ verdict: 'query' }), finding({ verdict: 'allowed' })], -5000n)).toBe(0n);
  });

  it('is never more than the payment', () => {
    expect(excludedPence([finding({ amountPence: -9000n })], -5000n)).toBe(5000n);
  });
});

describe('What may still be allocated', () => {
  it('is all but what is excluded, less what is allocated, and never below nothing', () => {
    expect(allocatablePence({ wholePence: 2340n, excludedPence: 990n, allocatedPence: 1000n })).toBe(350n);
    expect(allocatablePence({ wholePence: 2340n, excludedPence: 990n, allocatedPence: 2340n })).toBe(0n);
  });
});

describe('The refusal of what is excluded', () => {
  const part = { what: 'this payment', wholePence: 2340n, excludedPence: 990n, allocatedPence: 0n };
  const words = (findings: Finding[], amountPence: bigint, allocatedPence = 0n): string | undefined => {
    try {
      refuseExcludedPart({ ...part, allocatedPence, findings }, amountPence, nationalPolicy.rules, '/target');
      return undefined;
    } catch (error) {
      return (error as Problem).message;
    }
  };

  it('is none while the amount leaves the excluded part alone', () => {
    expect(words([finding()], -1350n)).toBeUndefined();
    expect(words([finding()], -1351n)).toBeDefined();
    expect(words([finding()], -351n, 1000n)).toBeDefined();
  });

  it('says what was found, by which rule, and what is left, and asks nothing of the family', () => {
    const { whatToDo } = nationalPolicy.rules.find(({ code }) => code === 'PRESCRIPTION')!;
    expect(words([finding({ reason: `It was seen. ${whatToDo}` })], -2340n)).toBe(
      '£9.90 of this payment is excluded by the rule PRESCRIPTION and cannot be allocated: It was seen. Allocate no more than the other £13.50, or leave it until it is decided.',
    );
  });

  it('names an exception only where every rule can be lifted, and every rule', () => {
    const household = finding({ rule: 'HOUSEHOLD_FAMILY', evidence: 'household', reason: 'He lives there.' });
    expect(words([household], -2340n)).toContain(
      'Allocate no more than the other £13.50, ask an approver for an exception, or leave it until it is decided.',
    );
    const both = words([household, finding()], -2340n);
    expect(both).toContain('by the rules HOUSEHOLD_FAMILY and PRESCRIPTION');
    expect(both).not.toContain('exception');
  });
});
