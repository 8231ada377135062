import { cutEnds } from '../text/cut-off.js';
import { phraseKeys } from '../text/phrase-keys.js';
import type { ExcludedSpendRule } from './rule.js';

/**
 * Which rules could possibly speak about a text, found by looking its words up instead of trying every phrase of every
 * rule: some forty rules are read at the cost of two or three. It may name too many rules, never too few.
 */
export class PhraseIndex {
  private readonly words = new Map<string, Set<ExcludedSpendRule>>();
  private readonly beginnings = new Map<string, Set<ExcludedSpendRule>>();
  private readonly cutOffs = new Map<string, Set<ExcludedSpendRule>>();
  private readonly codes = new Map<string, Set<ExcludedSpendRule>>();
  private readonly always = new Set<ExcludedSpendRule>();
  private readonly beginningLengths: number[];
  private readonly knownWords = new Map<string, readonly ExcludedSpendRule[]>();

  constructor(private readonly rules: readonly ExcludedSpendRule[]) {
    for (const rule of rules) {
      if (rule.force === 'note') continue;
      const { receipt = [], goods = [], narrative = [], mixedBasket, mccs = [] } = rule.signals;
      const shops = mixedBasket?.narrative ?? [];
      for (const phrase of [...receipt, ...goods, ...narrative, ...shops]) this.addPhrase(phrase, rule);
      for (const phrases of [receipt, narrative, shops]) {
        for (const cut of cutEnds(phrases)) add(this.cutOffs, cut.slice(cut.lastIndexOf(' ') + 1), rule);
      }
      for (const code of [...mccs, ...(mixedBasket?.mccs ?? [])]) add(this.codes, code, rule);
    }
    this.beginningLengths = [...new Set([...this.beginnings.keys()].map((text) => text.length))];
  }

  /** In the order of the rules. `text` is normalised; `cutOff` says that its last word may be cut short. */
  rulesFor(text: string, mcc?: string, cutOff = false): readonly ExcludedSpendRule[] {
    const found = new Set(this.always);
    const gather = (rules: Set<ExcludedSpendRule> | undefined): void => {
      if (rules) for (const rule of rules) found.add(rule);
    };
    const words = text.split(' ');
    for (const word of words) for (const rule of this.rulesOfWord(word)) found.add(rule);
    if (mcc !== undefined) gather(this.codes.get(mcc));
    if (cutOff) gather(this.cutOffs.get(words[words.length - 1] ?? ''));
    return found.size < 2 ? [...found] : this.rules.filter((rule) => found.has(rule));
  }

  /** The words of bank lines come again and again, so that what was found for one is kept. */
  private rulesOfWord(word: string): readonly ExcludedSpendRule[] {
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
  private addPhrase(phrase: string, rule: ExcludedSpendRule): void {
    if (phrase.includes('…')) return;
    const keys = phraseKeys(phrase);
    if (!keys) this.always.add(rule);
    for (const { word, open } of keys ?? []) add(open ? this.beginnings : this.words, word, rule);
  }
}

/** Some 2 MB of words for each list of rules. */
const wordsKeptMax = 20_000;
const noRules: readonly ExcludedSpendRule[] = [];

const indexes = new WeakMap<readonly ExcludedSpendRule[], PhraseIndex>();
const byCode = new WeakMap<readonly ExcludedSpendRule[], Map<string, ExcludedSpendRule>>();

/** The index of a list of rules, made once for each list. */
export function phraseIndexOf(rules: readonly ExcludedSpendRule[]): PhraseIndex {
  let index = indexes.get(rules);
  if (!index) indexes.set(rules, (index = new PhraseIndex(rules)));
  return index;
}

export function ruleOf(rules: readonly ExcludedSpendRule[], code: string): ExcludedSpendRule | undefined {
  let known = byCode.get(rules);
  if (!known) byCode.set(rules, (known = new Map(rules.map((rule) => [rule.code, rule]))));
  return known.get(code);
}

const byKind = new WeakMap<readonly ExcludedSpendRule[], Map<string, ExcludedSpendRule[]>>();

/** The rules under which every sale of a kind of payee falls. */
export function rulesOfKind(rules: readonly ExcludedSpendRule[], kind: string): readonly ExcludedSpendRule[] {
  let known = byKind.get(rules);
  if (!known) byKind.set(rules, (known = new Map()));
  let found = known.get(kind);
  if (!found) known.set(kind, (found = rules.filter(({ signals }) => signals.payeeKinds?.includes(kind))));
  return found;
}

function add(to: Map<string, Set<ExcludedSpendRule>>, key: string, rule: ExcludedSpendRule): void {
  const held = to.get(key);
  if (held) held.add(rule);
  else to.set(key, new Set([rule]));
}
