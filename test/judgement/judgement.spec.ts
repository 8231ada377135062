import { everyLabelled, labelled } from './labelled.js';
import { sampleRegisters } from './sample-registers.js';
import { score } from './score.js';

// Only the set against which rules are written is held to a target here; `npm run bench -- assessment` scores all.
const seen = score(labelled('seen'), sampleRegisters);
const all = everyLabelled();

describe('the labelled set', () => {
  it('has at least 2,000 spends, of every verdict, each under a name of its own in its set', () => {
    expect(all.length).toBeGreaterThanOrEqual(2_000);
    expect(new Set(all.map(({ set, id }) => `${set} ${id}`)).size).toBe(all.length);
    for (const expected of ['allowed', 'query', 'excluded']) {
      expect(all.filter((one) => one.expected === expected).length).toBeGreaterThan(150);
    }
  });

  it('has what must be flagged flagged, to 99 in 100', () => {
    expect(seen.flagged / seen.mustFlag).toBeGreaterThanOrEqual(0.99);
  });

  it('has fewer than 1 in 100 of what is planned and allowed flagged', () => {
    expect(seen.falselyFlagged / seen.planned).toBeLessThan(0.01);
  });

  it('has nothing excluded that must not be', () => {
    expect(seen.wronglyExcluded).toBe(0);
  });
});
