import fc from 'fast-check';
import { assessSpend } from './assess.js';
import type { SpendCandidate } from './candidate.js';
import { nationalPolicy } from '../policy/national-policy.js';
import { always, spend } from './spec-samples.js';

const assessed = (changes: Partial<SpendCandidate>) => assessSpend(spend(changes), nationalPolicy);
const streams = ['EDU', 'HEALTH', 'SOCIAL_CHILD', 'SOCIAL_ADULT', 'UNALLOCATED'] as const;

const words = [
  'NHS prescription',
  'Dental bill',
  'wet wipes',
  'beer',
  'surgery',
  'sale',
  'boots',
  'lottery ticket',
  'toothbrush',
  'DBS check',
  'for PA',
];
const line = fc.record({
  description: fc.oneof(
    fc.constantFrom(...words),
    fc.string({ maxLength: 40 }),
    fc.tuple(fc.constantFrom(...words), fc.constantFrom(...words)).map((two) => two.join(' ')),
  ),
  amountPence: fc.bigInt({ min: -500n, max: 9000n }),
});
const payee = fc.option(
  fc.record({
    name: fc.constantFrom('Ben', 'Meadow'),
    kind: fc.constantFrom(undefined, 'dental-site', 'gp-practice', 'pharmacy'),
    relationship: fc.constantFrom(undefined, 'none', 'brother', 'recipient', 'friend', 'spouse-of-recipient'),
    livesWithChild: fc.constantFrom([], always),
  }),
  { nil: undefined },
);
const candidates: fc.Arbitrary<SpendCandidate> = fc.record({
  id: fc.constant('spend'),
  date: fc.constant('2026-05-12'),
  amountPence: fc.bigInt({ min: 0n, max: 20000n }),
  stream: fc.constantFrom(...streams),
  description: fc.oneof(
    fc.constantFrom(...words, 'reimbursement', 'KLARNA', 'OAK TREE SURGERY'),
    fc.string({ maxLength: 60 }),
  ),
  mcc: fc.constantFrom(undefined, '8021', '5912', '7995'),
  planned: fc.boolean(),
  receipt: fc.option(fc.array(line, { maxLength: 6 }), { nil: undefined }),
  payee,
  evidenceKind: fc.constantFrom(undefined, 'statement-line', 'receipt-line', 'payslip', 'journal'),
});
const rank = { allowed: 0, query: 1, excluded: 2 };

describe('properties', () => {
  it('adding a receipt line never makes an excluded spend allowed', () => {
    fc.assert(
      fc.property(candidates, line, (candidate, extra) => {
        const before = assessSpend(candidate, nationalPolicy);
        const after = assessSpend({ ...candidate, receipt: [...(candidate.receipt ?? []), extra] }, nationalPolicy);
        if (before.verdict === 'excluded') expect(after.verdict).not.toBe('allowed');
        const byLine = (one: typeof before) =>
          one.findings.filter((each) => each.verdict === 'excluded' && each.evidence === 'receipt-line').length;
        expect(byLine(after)).toBeGreaterThanOrEqual(byLine(before));
      }),
      { numRuns: 400 },
    );
  });

  it('the verdict is the strictest finding’s', () => {
    fc.assert(
      fc.property(candidates, (candidate) => {
        const { verdict, findings } = assessSpend(candidate, nationalPolicy);
        expect(rank[verdict]).toBe(Math.max(0, ...findings.map((one) => rank[one.verdict])));
      }),
      { numRuns: 400 },
    );
  });

  it('words on a bank line never exclude', () => {
    const phrase = fc.array(
      fc.constantFrom(...words, 'vaccination', 'dentist', 'GP', 'health screening', 'casino', 'cash'),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 120 }),
          phrase.map((some) => some.join(' ')),
        ),
        fc.boolean(),
        fc.constantFrom(undefined, '8021', '8011', '5921'),
        (description, planned, mcc) => {
          expect(assessed({ description, planned, mcc }).verdict).not.toBe('excluded');
        },
      ),
      { numRuns: 400 },
    );
  });

  it('being planned never makes a spend worse, and never lifts an exclusion', () => {
    fc.assert(
      fc.property(candidates, (candidate) => {
        const planned = assessSpend({ ...candidate, planned: true }, nationalPolicy).verdict;
        const unplanned = assessSpend({ ...candidate, planned: false }, nationalPolicy).verdict;
        expect(rank[planned]).toBeLessThanOrEqual(rank[unplanned]);
        expect(planned === 'excluded').toBe(unplanned === 'excluded');
      }),
      { numRuns: 400 },
    );
  });

  it('the order of receipt lines changes nothing', () => {
    fc.assert(
      fc.property(candidates, fc.array(line, { minLength: 2, maxLength: 6 }), (candidate, lines) => {
        const forwards = assessSpend({ ...candidate, receipt: lines }, nationalPolicy);
        expect(assessSpend({ ...candidate, receipt: [...lines].reverse() }, nationalPolicy)).toEqual(forwards);
      }),
      { numRuns: 400 },
    );
  });
});
