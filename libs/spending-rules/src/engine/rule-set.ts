import { addDays, type CalendarDate } from '@ringfence/kernel';
import { ApplicableRules } from './applicable-rules.js';
import type { SpendCandidate } from './candidate.js';
import type { CompiledRule } from './compiled-rule.js';
import { inForce, noPolicyOn, type ExcludedSpendRule, type PolicyVersion } from './rule.js';

/**
 * A version of the policy that is ready to assess spends: its rules, and what is worked out of them once. It is a value:
 * nothing that a spend is assessed by is kept anywhere else.
 */
export class RuleSet implements PolicyVersion {
  readonly id: string;
  readonly name: string;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
  readonly rules: readonly ExcludedSpendRule[];
  /** The days on which a rule begins or has ended. */
  private readonly turns: readonly CalendarDate[];

  /** `compiled` in order of precedence. */
  constructor(
    { id, name, validFrom, validTo }: Omit<PolicyVersion, 'rules'>,
    readonly compiled: readonly CompiledRule[],
    private readonly lists = new Map<string, ApplicableRules>(),
  ) {
    this.id = id;
    this.name = name;
    this.validFrom = validFrom;
    this.validTo = validTo;
    this.rules = compiled.map(({ written }) => written);
    const days = compiled.flatMap((rule) => [rule.validFrom, ...(rule.validTo ? [addDays(rule.validTo, 1)] : [])]);
    this.turns = [...new Set(days)].sort();
  }

  /** The same rules, as if they had begun on another day. */
  beginningOn(validFrom: CalendarDate): RuleSet {
    return new RuleSet({ ...this.head(), validFrom }, this.compiled, this.lists);
  }

  /** Without what is worked out of it: for showing it. */
  written(): PolicyVersion {
    return { ...this.head(), rules: this.rules };
  }

  /**
   * The rules that apply to a candidate: in force on its day, for its stream, not switched off by the account's agreement.
   * An unknown stream gets every rule, and one that depends on the stream only asks. Refuses a day on which the version is
   * not in force.
   */
  applicableTo(
    { date, stream }: Pick<SpendCandidate, 'date' | 'stream'>,
    permitted: readonly string[],
  ): ApplicableRules {
    if (!inForce(this, date)) throw noPolicyOn(date);
    // The rules change only on the days on which one begins or ends, so that a few lists serve every candidate.
    const turn = this.turns.findLastIndex((day) => day <= date);
    const key = `${stream} ${turn} ${permitted.join(' ')}`;
    let list = this.lists.get(key);
    if (!list) this.lists.set(key, (list = new ApplicableRules(this.rulesOn(date, stream, permitted))));
    return list;
  }

  private rulesOn(date: CalendarDate, stream: SpendCandidate['stream'], permitted: readonly string[]): CompiledRule[] {
    return this.compiled
      .filter((rule) => inForce(rule, date))
      .filter((rule) => !(rule.force === 'local-policy' && permitted.includes(rule.code)))
      .flatMap((rule) => {
        if (rule.streams === 'all') return stream === 'TRANSPORT' ? [] : [rule];
        if (stream === 'UNALLOCATED') {
          return [{ ...rule, verdict: rule.verdict === 'excluded' ? 'query' : rule.verdict }];
        }
        return rule.streams.includes(stream) ? [rule] : [];
      });
  }

  private head(): Omit<PolicyVersion, 'rules'> {
    const { id, name, validFrom, validTo } = this;
    return { id, name, validFrom, validTo };
  }
}
