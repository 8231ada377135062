import type { CalendarDate, Fault } from '@ringfence/kernel';
import { RuleCompiler, type CompiledRule } from '../engine/compiled-rule.js';
import { RuleSet } from '../engine/rule-set.js';
import type { ExcludedSpendRule, PolicyVersion } from '../engine/rule.js';
import { nationalPolicy } from './national-policy.js';
import { codeForm, codeHint, localRuleFaults, type LocalRule } from './rule-json.js';

export const policyChangesMax = 200;

/** One difference from the national set. Only local-policy rules are changed: the others are not an authority's. */
export type PolicyChange =
  | { readonly kind: 'add'; readonly rule: LocalRule }
  | { readonly kind: 'replace'; readonly rule: LocalRule }
  | { readonly kind: 'switch-off'; readonly code: string };

/** The national set with an authority's changes, from a day on. New rules come before the marks and the records. */
export function policyWith(
  version: { readonly id: string; readonly name: string; readonly validFrom: CalendarDate },
  changes: readonly PolicyChange[],
): RuleSet {
  const compiler = new RuleCompiler();
  const compiled = (rule: LocalRule): CompiledRule => compiler.compile(localRule(rule, version.validFrom));
  const off = new Set(changes.flatMap((change) => (change.kind === 'switch-off' ? [change.code] : [])));
  const replaced = new Map(
    changes.flatMap((one) => (one.kind === 'replace' ? [[one.rule.code, one.rule] as const] : [])),
  );
  const added = changes.flatMap((change) => (change.kind === 'add' ? [compiled(change.rule)] : []));
  const kept = nationalPolicy.compiled
    .filter(({ code }) => !off.has(code))
    .map((rule) => {
      const own = replaced.get(rule.code);
      return own ? compiled(own) : rule;
    });
  const records = kept.findIndex(({ predicate }) => predicate === 'evidence-missing');
  const place = records < 0 ? kept.length : records;
  const rules = [...kept.slice(0, place), ...added, ...kept.slice(place)];
  return new RuleSet({ ...version, validTo: null }, rules);
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
      if (!codeForm.test(code)) {
        return fault(`is ${JSON.stringify(code)}: ${codeHint}.`);
      }
    } else if (!national) {
      return fault(`is ${JSON.stringify(code)}, which is no rule of the national set: add it instead.`);
    } else if (national.force !== 'local-policy') {
      const why = national.force === 'absolute' ? 'binds every authority' : 'is set by law or national guidance';
      return fault(`is ${code}: “${national.name}” ${why} (${national.source}) and cannot be loosened here.`);
    }
    return change.kind === 'switch-off' ? [] : localRuleFaults(change.rule, `${at}/rule`);
  });
}

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
