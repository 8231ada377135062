import fc from 'fast-check';
import type { CompiledRule } from './compiled-rule.js';
import { nationalPolicy } from '../policy/national-policy.js';

const applicable = nationalPolicy.applicableTo({ date: '2026-05-12', stream: 'SOCIAL_CHILD' }, []);
const rules = nationalPolicy.compiled.filter(({ code, force }) => force !== 'note' && applicable.withCode(code));
const listsOf = ({ signals }: CompiledRule) => [signals.receipt, signals.goods, signals.narrative, signals.mixedBasket];
const words = [
  ...new Set(
    rules.flatMap((rule) =>
      listsOf(rule).flatMap(({ texts }) => texts.flatMap((phrase) => phrase.match(/[a-z0-9]+/g) ?? [])),
    ),
  ),
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
        const named = new Set(applicable.index.rulesFor(read, undefined, true));
        const found = rules.filter(
          (rule) =>
            listsOf(rule).some((phrases) => phrases.matches(read)) ||
            [rule.signals.receipt, rule.signals.narrative, rule.signals.mixedBasket].some(
              (phrases) => phrases.completions(read).length > 0,
            ),
        );
        expect(found.filter((rule) => !named.has(rule)).map(({ code }) => code)).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('names a rule by its merchant codes, in the order of the policy', () => {
    const named = applicable.index.rulesFor('something', '5912').map(({ code }) => code);
    expect(named).toEqual(['NO_EVIDENCE']);
    expect(applicable.index.rulesFor('something')).toEqual([]);
  });
});
