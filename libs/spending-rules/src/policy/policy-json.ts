import { fundingStreams, Problem, type FundingStream } from '@ringfence/kernel';
import type { LocalRule, PolicyChange } from './policy.js';
import type { Signals } from '../engine/rule.js';

type Fields = Readonly<Record<string, unknown>>;

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
    return { kind, rule: ruleOf(known(change, at, ['kind', 'rule'])['rule'], `${at}/rule`) };
  });
}

const ruleFields = [
  ...['code', 'name', 'streams', 'verdict', 'planLiftsQuery', 'approverRole', 'source', 'reason', 'whatToDo'],
  ...['whatToAsk', 'signals'],
];

function ruleOf(input: unknown, at: string): LocalRule {
  const fields = known(input, at, ruleFields);
  const of = (name: string): string => text(fields[name], `${at}/${name}`);
  const { verdict, planLiftsQuery, approverRole } = fields;
  if (verdict !== 'query' && verdict !== 'excluded') {
    const found = JSON.stringify(verdict) ?? 'missing';
    throw Problem.field(`${at}/verdict`, `${at}/verdict is ${found}: use query or excluded.`);
  }
  if (typeof planLiftsQuery !== 'boolean') {
    throw Problem.field(`${at}/planLiftsQuery`, `${at}/planLiftsQuery must be true or false.`);
  }
  return {
    code: of('code'),
    name: of('name'),
    streams: streamsOf(fields['streams'], `${at}/streams`),
    verdict,
    planLiftsQuery,
    approverRole: approverRole === undefined ? undefined : text(approverRole, `${at}/approverRole`),
    source: of('source'),
    reason: of('reason'),
    whatToDo: of('whatToDo'),
    whatToAsk: of('whatToAsk'),
    signals: signalsOf(fields['signals'], `${at}/signals`),
  };
}

function streamsOf(input: unknown, at: string): LocalRule['streams'] {
  if (input === 'all') return 'all';
  const known = fundingStreams as readonly string[];
  if (!Array.isArray(input) || input.length === 0 || !input.every((one) => known.includes(String(one)))) {
    throw Problem.field(at, `${at} must be "all" or a list of ${fundingStreams.join(', ')}.`);
  }
  return input as FundingStream[];
}

const signalNames = ['receipt', 'narrative', 'mccs', 'payeeKinds', 'harmless', 'harmlessPayeeKinds', 'doubt'];

function signalsOf(input: unknown, at: string): Signals {
  const fields = known(input, at, signalNames);
  const texts = Object.entries(fields).map(([name, value]): [string, string[]] => {
    if (!Array.isArray(value)) throw Problem.field(`${at}/${name}`, `${at}/${name} must be a list of texts.`);
    return [name, value.map((one, place) => text(one, `${at}/${name}/${place}`))];
  });
  const odd = texts.find(([name]) => name === 'mccs')?.[1].find((code) => !/^\d{4}$/.test(code));
  if (odd !== undefined) {
    throw Problem.field(`${at}/mccs`, `${at}/mccs has ${JSON.stringify(odd)}: write four digits, as "5812".`);
  }
  return Object.fromEntries(texts);
}

function fieldsOf(input: unknown, at: string): Fields {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Fields;
  throw Problem.field(at, `${at} must be a JSON object.`);
}

function known(input: unknown, at: string, names: readonly string[]): Fields {
  const fields = fieldsOf(input, at);
  const odd = Object.keys(fields).find((name) => !names.includes(name));
  if (odd === undefined) return fields;
  const pointer = `${at}/${odd.replace(/~/g, '~0').replace(/\//g, '~1')}`;
  throw Problem.field(pointer, `${pointer} is not a field here: use ${names.join(', ')}.`);
}

function text(value: unknown, at: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw Problem.field(at, `${at} must be a text that is not empty.`);
}
