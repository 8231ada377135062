import type { CompiledRule } from './compiled-rule.js';
import { PhraseIndex } from './phrase-index.js';
import type { Predicate } from './rule.js';

/** The rules that apply to a candidate, with the indexes by which they are found. */
export class ApplicableRules {
  /** Which rules could speak about a text. */
  readonly index: PhraseIndex;
  private readonly byCode: ReadonlyMap<string, CompiledRule>;
  private readonly byPredicate: ReadonlyMap<Predicate, CompiledRule>;
  private readonly byPayeeKind = new Map<string, CompiledRule[]>();
  private readonly byDecidingMcc = new Map<string, CompiledRule[]>();
  private readonly places: ReadonlyMap<string, number>;
  /** Rules that only mark a spend, and never make it worse than allowed. */
  readonly notes: readonly CompiledRule[];

  constructor(rules: readonly CompiledRule[]) {
    this.index = new PhraseIndex(rules);
    this.byCode = new Map(rules.map((rule) => [rule.code, rule]));
    this.byPredicate = new Map(rules.flatMap((rule) => (rule.predicate ? [[rule.predicate, rule] as const] : [])));
    for (const rule of rules) {
      for (const kind of rule.signals.payeeKinds) addTo(this.byPayeeKind, kind, rule);
      for (const mcc of rule.signals.decidingMccs) addTo(this.byDecidingMcc, mcc, rule);
    }
    this.places = new Map(rules.map(({ code }, place) => [code, place]));
    this.notes = rules.filter(({ force }) => force === 'note');
  }

  withCode(code: string): CompiledRule | undefined {
    return this.byCode.get(code);
  }

  withPredicate(predicate: Predicate): CompiledRule | undefined {
    return this.byPredicate.get(predicate);
  }

  /** The rules under which every sale of a kind of payee falls. */
  ofPayeeKind(kind: string): readonly CompiledRule[] {
    return this.byPayeeKind.get(kind) ?? noRules;
  }

  decidedBy(mcc: string): readonly CompiledRule[] {
    return this.byDecidingMcc.get(mcc) ?? noRules;
  }

  /** Where a rule stands in the order of precedence. */
  placeOf(code: string): number {
    return this.places.get(code) ?? 0;
  }
}

const noRules: readonly CompiledRule[] = [];

function addTo(map: Map<string, CompiledRule[]>, key: string, rule: CompiledRule): void {
  const held = map.get(key);
  if (held) held.push(rule);
  else map.set(key, [rule]);
}
