import type { CalendarDate, Fault } from '@ringfence/kernel';
import type { ExcludedSpendRule, PolicyVersion, Signals } from '../engine/rule.js';
import { nationalPolicy } from './rules.js';

export const policyChangesMax = 200;
export const phrasesPerSignalMax = 100;
export const policyTextMax = 1000;

/** A local rule as an authority writes it: whole, so that a version can be read without another beside it. */
export interface LocalRule {
  readonly code: string;
  readonly name: string;
  readonly streams: ExcludedSpendRule['streams'];
  readonly verdict: ExcludedSpendRule['verdict'];
  readonly planLiftsQuery: boolean;
  readonly approverRole?: string | undefined;
  readonly source: string;
  readonly reason: string;
  readonly whatToDo: string;
  readonly whatToAsk: string;
  readonly signals: Signals;
}

/** One difference from the national set. Only local-policy rules are changed: the others are not an authority's. */
export type PolicyChange =
  | { readonly kind: 'add'; readonly rule: LocalRule }
  | { readonly kind: 'replace'; readonly rule: LocalRule }
  | { readonly kind: 'switch-off'; readonly code: string };

/** The national set with an authority's changes, from a day on. New rules come before the marks and the records. */
export function policyWith(
  version: { readonly id: string; readonly name: string; readonly validFrom: CalendarDate },
  changes: readonly PolicyChange[],
): PolicyVersion {
  const off = new Set(changes.flatMap((change) => (change.kind === 'switch-off' ? [change.code] : [])));
  const replaced = new Map(
    changes.flatMap((one) => (one.kind === 'replace' ? [[one.rule.code, one.rule] as const] : [])),
  );
  const added = changes.flatMap((change) => (change.kind === 'add' ? [localRule(change.rule, version.validFrom)] : []));
  const kept = nationalPolicy.rules
    .filter(({ code }) => !off.has(code))
    .map((rule) => {
      const own = replaced.get(rule.code);
      return own ? localRule(own, version.validFrom) : rule;
    });
  const records = kept.findIndex(({ code }) => code === 'NO_EVIDENCE');
  const place = records < 0 ? kept.length : records;
  return { ...version, validTo: null, rules: [...kept.slice(0, place), ...added, ...kept.slice(place)] };
}

function localRule(rule: LocalRule, validFrom: CalendarDate): ExcludedSpendRule {
  const { approverRole = 'direct payments officer', ...rest } = rule;
  return { ...rest, approverRole, force: 'local-policy', validFrom, validTo: null };
}

/** What is wrong with the changes of a version. The list of the policy documents and the law cannot be loosened. */
export function policyFaults(changes: readonly PolicyChange[]): Fault[] {
  if (changes.length > policyChangesMax) {
    const message = `/changes has ${changes.length} entries: one version may change ${policyChangesMax} rules.`;
    return [{ pointer: '/changes', message }];
  }
  const seen = new Set<string>();
  return changes.flatMap((change, place) => {
    const at = `/changes/${place}`;
    const [pointer, code] =
      change.kind === 'switch-off' ? [`${at}/code`, change.code] : [`${at}/rule/code`, change.rule.code];
    const fault = (message: string): Fault[] => [{ pointer, message: `${pointer} ${message}` }];
    if (seen.has(code)) return fault(`is ${code}, which an earlier change is about: change each rule once.`);
    seen.add(code);
    const national = nationalPolicy.rules.find((rule) => rule.code === code);
    if (change.kind === 'add') {
      if (national) return fault(`is ${code}, a rule of the national set: replace it, or choose another code.`);
      if (!/^[A-Z][A-Z0-9_]{1,59}$/.test(code)) {
        return fault(`is ${JSON.stringify(code)}: write capitals, digits and underscores, as FOOD_AND_DRINK.`);
      }
    } else if (!national) {
      return fault(`is ${JSON.stringify(code)}, which is no rule of the national set: add it instead.`);
    } else if (national.force !== 'local-policy') {
      const why = national.force === 'absolute' ? 'binds every authority' : 'is set by law or national guidance';
      return fault(`is ${code}: “${national.name}” ${why} (${national.source}) and cannot be loosened here.`);
    }
    return change.kind === 'switch-off' ? [] : ruleFaults(change.rule, `${at}/rule`);
  });
}

function ruleFaults(rule: LocalRule, at: string): Fault[] {
  const faults: Fault[] = [];
  for (const field of ['name', 'source', 'reason', 'whatToDo', 'whatToAsk'] as const) {
    const text = rule[field];
    if (text.trim() === '')
      faults.push({ pointer: `${at}/${field}`, message: `${at}/${field} is empty: write it out.` });
    if (text.length > policyTextMax) {
      const message = `${at}/${field} has ${text.length} characters: ${policyTextMax} is the most.`;
      faults.push({ pointer: `${at}/${field}`, message });
    }
  }
  for (const [signal, value] of Object.entries(rule.signals) as [string, unknown][]) {
    const phrases = Array.isArray(value) ? (value as string[]) : [];
    const pointer = `${at}/signals/${signal}`;
    if (phrases.length > phrasesPerSignalMax) {
      faults.push({
        pointer,
        message: `${pointer} has ${phrases.length} phrases: ${phrasesPerSignalMax} is the most.`,
      });
    }
    const odd = ofPhrases.has(signal) ? phrases.find((phrase) => !plainPhrase.test(phrase)) : undefined;
    if (odd !== undefined) {
      const message = `${pointer} has ${JSON.stringify(odd)}: write words in small letters, such as "food shop"; ~ at the end of a word takes longer words too.`;
      faults.push({ pointer, message });
    }
  }
  return faults;
}

const ofPhrases = new Set(['receipt', 'narrative', 'harmless', 'doubt']);
/** Words, ends left open, and choices of words: what an authority writes is never run as a pattern of another kind. */
const plainPhrase =
  /^(?:[a-z0-9]+~?|\([a-z0-9]+~?(?:[ |][a-z0-9]+~?)*\))(?: (?:[a-z0-9]+~?|\([a-z0-9]+~?(?:[ |][a-z0-9]+~?)*\)))*$/;

/** What differs between two versions, rule by rule, in the order of the newer. */
export interface RuleDifference {
  readonly rule: string;
  readonly name: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly fields: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
}

export function policyDifference(older: PolicyVersion, newer: PolicyVersion): RuleDifference[] {
  const before = new Map(older.rules.map((rule) => [rule.code, rule]));
  const after = new Set(newer.rules.map(({ code }) => code));
  const differences = newer.rules.flatMap((rule): RuleDifference[] => {
    const old = before.get(rule.code);
    if (!old) return [{ rule: rule.code, name: rule.name, change: 'added', fields: [] }];
    const fields = comparedFields.flatMap((field) => {
      const [was, is] = [old[field] ?? null, rule[field] ?? null];
      return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ field, before: was, after: is }];
    });
    return fields.length > 0 ? [{ rule: rule.code, name: rule.name, change: 'changed', fields }] : [];
  });
  const removed = older.rules.filter(({ code }) => !after.has(code));
  return [
    ...differences,
    ...removed.map(({ code, name }): RuleDifference => ({ rule: code, name, change: 'removed', fields: [] })),
  ];
}

const comparedFields = [
  ...(['name', 'streams', 'force', 'approverRole', 'verdict', 'planLiftsQuery'] as const),
  ...(['source', 'reason', 'whatToDo', 'whatToAsk', 'signals'] as const),
];
