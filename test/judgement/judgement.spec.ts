import { judgementSet } from './all-families.js';
import { sampleRegisters } from './sample-registers.js';
import { score } from './score.js';

// Only the half against which rules are written is held to a floor here; `npm run bench -- judgement` scores both.
const seen = score(
  judgementSet.filter(({ half }) => half === 'seen'),
  sampleRegisters,
);

describe('the labelled set', () => {
  it('has at least 600 spends, near to half of them in each half, of every verdict', () => {
    expect(judgementSet.length).toBeGreaterThanOrEqual(600);
    const unseen = judgementSet.filter(({ half }) => half === 'unseen').length;
    expect(seen.spends / unseen).toBeCloseTo(1, 0);
    for (const expected of ['allowed', 'query', 'excluded']) {
      expect(judgementSet.filter(({ family }) => family.expected === expected).length).toBeGreaterThan(150);
    }
  });

  it('has what must be flagged flagged, to 99 in 100', () => {
    expect(seen.flagged / seen.mustFlag).toBeGreaterThanOrEqual(0.99);
  });

  it('has fewer than 1 in 100 of what is planned and harmless flagged', () => {
    expect(seen.falselyFlagged / seen.harmless).toBeLessThan(0.01);
  });

  it('has nothing excluded that must not be', () => {
    expect(seen.wronglyExcluded).toBe(0);
  });
});
