import { Problem } from '@ringfence/kernel';
import { fieldsOf, known, text } from './json-fields.js';
import type { PolicyChange } from './policy.js';
import { localRuleJson } from './rule-json.js';

/**
 * Reads the changes of a policy version, parsed from JSON already. Refuses, with the pointer of the field, what is
 * missing, malformed or not a field at all; whether a rule may be changed is for `policyFaults` to say.
 */
export function policyChangesJson(input: unknown): PolicyChange[] {
  if (!Array.isArray(input)) throw Problem.field('/changes', '/changes must be a list of changes.');
  return input.map((change, place): PolicyChange => {
    const at = `/changes/${place}`;
    const kind = fieldsOf(change, at)['kind'];
    if (kind === 'switch-off') {
      const fields = known(change, at, ['kind', 'code']);
      return { kind, code: text(fields['code'], `${at}/code`) };
    }
    if (kind !== 'add' && kind !== 'replace') {
      const found = JSON.stringify(kind) ?? 'missing';
      throw Problem.field(`${at}/kind`, `${at}/kind is ${found}: use one of add, replace, switch-off.`);
    }
    return { kind, rule: localRuleJson(known(change, at, ['kind', 'rule'])['rule'], `${at}/rule`) };
  });
}
