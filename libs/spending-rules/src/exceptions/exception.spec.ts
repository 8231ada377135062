import { exceptionFaults, type ExceptionTerms } from './exception.js';
import { nationalPolicy } from '../policy/national-policy.js';

const terms: ExceptionTerms = {
  rule: 'HOUSEHOLD_FAMILY',
  reasons: 'Nobody else could be found.',
  evidence: 'A letter',
  validFrom: '2026-06-15',
  validTo: '2026-09-15',
};
const messages = (changes: Partial<ExceptionTerms>, nextReview: string | null = null) =>
  exceptionFaults({ ...terms, ...changes }, nationalPolicy, nextReview).map(({ message }) => message);

describe('the terms of an exception', () => {
  it('may lift a rule for a span that ends by the next review', () => {
    expect(messages({}, '2026-09-15')).toEqual([]);
    expect(messages({ validTo: '2027-06-15' })).toEqual([]);
  });

  it('can lift no absolute rule: each is refused with its source', () => {
    const absolute = nationalPolicy.rules.filter(({ force }) => force === 'absolute');
    expect(absolute.length).toBeGreaterThan(10);
    for (const { code, name, source } of absolute) {
      expect(messages({ rule: code })).toEqual([
        `/rule is ${code}: “${name}” can never be bought with this money, and nobody may approve an exception (${source}).`,
      ]);
    }
  });

  it('have nothing to lift where a rule only marks a spend', () => {
    expect(messages({ rule: 'REIMBURSEMENT' })).toEqual([
      '/rule is REIMBURSEMENT, which only marks a spend: there is nothing to approve.',
    ]);
  });

  it('need words, and not too many', () => {
    expect(messages({ reasons: ' ' })).toEqual(['/reasons is empty: write a sentence.']);
    expect(messages({ conditions: 'x'.repeat(2001) })).toEqual(['/conditions has 2001 characters: 2000 is the most.']);
  });

  it('need an approver who is known to be no relative', () => {
    expect(messages({ approverRelationship: 'sister-in-law' })).toHaveLength(1);
    expect(messages({ approverRelationship: 'blorp' })).toHaveLength(1);
    expect(messages({ approverRelationship: 'none' })).toEqual([]);
  });
});
