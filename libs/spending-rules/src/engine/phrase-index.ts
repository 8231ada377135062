import { phraseKeys } from '../text/phrase-sieve.js';
import type { CompiledRule } from './compiled-rule.js';

/**
 * Which rules could possibly speak about a text, found by looking its words up instead of trying every phrase of every
 * rule: some forty rules are read at the cost of two or three. It may name too many rules, never too few.
 */
export class PhraseIndex {
  private readonly words = new Map<string, Set<CompiledRule>>();
  private readonly beginnings = new Map<string, Set<CompiledRule>>();
  private readonly cutOffs = new Map<string, Set<CompiledRule>>();
  private readonly codes = new Map<string, Set<CompiledRule>>();
  private readonly always = new Set<CompiledRule>();
  private readonly beginningLengths: number[];
  private readonly knownWords = new Map<string, readonly CompiledRule[]>();

  constructor(private readonly rules: readonly CompiledRule[]) {
    for (const rule of rules) {
      if (rule.force === 'note') continue;
      const { receipt, goods, narrative, mixedBasket, mccs, mixedBasketMccs } = rule.signals;
      for (const { texts } of [receipt, goods, narrative, mixedBasket]) {
        for (const phrase of texts) this.addPhrase(phrase, rule);
      }
      for (const phrases of [receipt, narrative, mixedBasket]) {
        for (const word of phrases.lastWordsOfCuts()) add(this.cutOffs, word, rule);
      }
      for (const code of [...mccs, ...mixedBasketMccs]) add(this.codes, code, rule);
    }
    this.beginningLengths = [...new Set([...this.beginnings.keys()].map((text) => text.length))];
  }

  /** In the order of the rules. `text` is normalised; `cutOff` says that its last word may be cut short. */
  rulesFor(text: string, mcc?: string, cutOff = false): readonly CompiledRule[] {
    const found = new Set(this.always);
    const gather = (rules: Set<CompiledRule> | undefined): void => {
      if (rules) for (const rule of rules) found.add(rule);
    };
    const words = text.split(' ');
    for (const word of words) for (const rule of this.rulesOfWord(word)) found.add(rule);
    if (mcc !== undefined) gather(this.codes.get(mcc));
    if (cutOff) gather(this.cutOffs.get(words[words.length - 1] ?? ''));
    return found.size < 2 ? [...found] : this.rules.filter((rule) => found.has(rule));
  }

  /** The words of bank lines come again and again, so that what was found for one is kept. */
  private rulesOfWord(word: string): readonly CompiledRule[] {
    const known = this.knownWords.get(word);
    if (known) return known;
    const found = new Set(this.words.get(word));
    for (const length of this.beginningLengths) {
      if (length > word.length) continue;
      for (const rule of this.beginnings.get(word.slice(0, length)) ?? []) found.add(rule);
    }
    if (this.knownWords.size >= wordsKeptMax) this.knownWords.clear();
    const rules = found.size === 0 ? noRules : [...found];
    this.knownWords.set(word, rules);
    return rules;
  }

  /** Files the phrase under the first words of one of its parts that must be there: the part with the fewest choices. */
  private addPhrase(phrase: string, rule: CompiledRule): void {
    if (phrase.includes('…')) return;
    const keys = phraseKeys(phrase);
    if (!keys) this.always.add(rule);
    for (const { word, open } of keys ?? []) add(open ? this.beginnings : this.words, word, rule);
  }
}

/** Some 2 MB of words for each list of rules. */
const wordsKeptMax = 20_000;
const noRules: readonly CompiledRule[] = [];

function add(to: Map<string, Set<CompiledRule>>, key: string, rule: CompiledRule): void {
  const held = to.get(key);
  if (held) held.add(rule);
  else to.set(key, new Set([rule]));
}
