import { noPhrases, Phrases } from '../text/phrases.js';
import type { ExcludedSpendRule, Signals } from './rule.js';

/** A rule whose phrases are ready to be found in texts. */
export interface CompiledRule extends Omit<ExcludedSpendRule, 'signals'> {
  readonly signals: CompiledSignals;
  /** The rule as it is written down. */
  readonly written: ExcludedSpendRule;
}

type PhraseSignal =
  | 'receipt'
  | 'goods'
  | 'narrative'
  | 'firm'
  | 'mixedBasket'
  | 'exclusions'
  | 'unrelatedTrades'
  | 'unrelatedItems'
  | 'ancillaryGoods'
  | 'doubt';
type CodeSignal =
  | 'mccs'
  | 'decidingMccs'
  | 'payeeKinds'
  | 'firmMccs'
  | 'mixedBasketMccs'
  | 'unrelatedTradeMccs'
  | 'unrelatedPayeeKinds';

export type CompiledSignals = Readonly<Record<PhraseSignal, Phrases>> &
  Readonly<Record<CodeSignal, ReadonlySet<string>>> & { readonly unrelatedTradesClearCode: boolean };

/** Makes the phrases of rules ready, each list once: many rules leave out the same trades. */
export class RuleCompiler {
  private readonly phrases = new Map<string, Phrases>();
  private readonly codes = new Map<string, ReadonlySet<string>>();

  compile(rule: ExcludedSpendRule): CompiledRule {
    return { ...rule, signals: this.signalsOf(rule.signals), written: rule };
  }

  private signalsOf(signals: Signals): CompiledSignals {
    return {
      receipt: this.phrasesOf(signals.receipt),
      goods: this.phrasesOf(signals.goods),
      narrative: this.phrasesOf(signals.narrative),
      firm: this.phrasesOf(signals.firm),
      mixedBasket: this.phrasesOf(signals.mixedBasket),
      exclusions: this.phrasesOf(signals.exclusions),
      unrelatedTrades: this.phrasesOf(signals.unrelatedTrades),
      unrelatedItems: this.phrasesOf(signals.unrelatedItems),
      ancillaryGoods: this.phrasesOf(signals.ancillaryGoods),
      doubt: this.phrasesOf(signals.doubt),
      mccs: this.codesOf(signals.mccs),
      decidingMccs: this.codesOf(signals.decidingMccs),
      payeeKinds: this.codesOf(signals.payeeKinds),
      firmMccs: this.codesOf(signals.firmMccs),
      mixedBasketMccs: this.codesOf(signals.mixedBasketMccs),
      unrelatedTradeMccs: this.codesOf(signals.unrelatedTradeMccs),
      unrelatedPayeeKinds: this.codesOf(signals.unrelatedPayeeKinds),
      unrelatedTradesClearCode: signals.unrelatedTradesClearCode === true,
    };
  }

  private phrasesOf(texts: readonly string[] | undefined): Phrases {
    if (!texts || texts.length === 0) return noPhrases;
    return once(this.phrases, texts, () => new Phrases(texts));
  }

  private codesOf(texts: readonly string[] | undefined): ReadonlySet<string> {
    if (!texts || texts.length === 0) return noCodes;
    return once(this.codes, texts, () => new Set(texts));
  }
}

const noCodes: ReadonlySet<string> = new Set();

function once<T>(known: Map<string, T>, texts: readonly string[], make: () => T): T {
  const key = texts.join('\n');
  let made = known.get(key);
  if (!made) known.set(key, (made = make()));
  return made;
}
