import fc from 'fast-check';
import { completions } from '../text/cut-off.js';
import { phraseIndexOf } from './phrase-index.js';
import type { ExcludedSpendRule } from './rule.js';
import { nationalPolicy } from '../policy/rules.js';
import { mentions } from '../text/text.js';

const rules = nationalPolicy.rules.filter(({ force }) => force !== 'note');
const phrasesOf = ({ signals }: ExcludedSpendRule): string[] => [
  ...(signals.receipt ?? []),
  ...(signals.goods ?? []),
  ...(signals.narrative ?? []),
  ...(signals.mixedBasket?.narrative ?? []),
];
const words = [
  ...new Set(rules.flatMap((rule) => phrasesOf(rule).flatMap((phrase) => phrase.match(/[a-z0-9]+/g) ?? []))),
];

describe('the index of phrases', () => {
  it('names every rule that reading all phrases would find, whole or cut off', () => {
    const word = fc.oneof(
      fc.constantFrom(...words),
      fc.constantFrom(...words).map((one) => `${one}s`),
    );
    const text = fc.tuple(fc.array(word, { minLength: 1, maxLength: 6 }), fc.nat(6)).map(([parts, cut]) => {
      const whole = parts.join(' ');
      return whole.slice(0, Math.max(1, whole.length - cut)).trim();
    });
    fc.assert(
      fc.property(text, (read) => {
        const named = new Set(phraseIndexOf(nationalPolicy.rules).rulesFor(read, undefined, true));
        const found = rules.filter(
          (rule) =>
            mentions(read, phrasesOf(rule)) ||
            completions(read, rule.signals.receipt).length > 0 ||
            completions(read, rule.signals.narrative).length > 0 ||
            completions(read, rule.signals.mixedBasket?.narrative).length > 0,
        );
        expect(found.filter((rule) => !named.has(rule)).map(({ code }) => code)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('names a rule by its merchant codes, in the order of the policy', () => {
    const named = phraseIndexOf(nationalPolicy.rules)
      .rulesFor('something', '5912')
      .map(({ code }) => code);
    expect(named).toEqual(['NO_EVIDENCE']);
    expect(phraseIndexOf(nationalPolicy.rules).rulesFor('something')).toEqual([]);
  });
});
