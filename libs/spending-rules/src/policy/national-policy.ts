import { Problem, requireDate } from '@ringfence/kernel';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RuleCompiler } from '../engine/compiled-rule.js';
import { RuleSet } from '../engine/rule-set.js';
import type { ExcludedSpendRule } from '../engine/rule.js';
import { PhraseLists } from './phrase-lists.js';
import { readListFile, readRuleFile, RuleFileFault, type Line, type RuleFile } from './rule-file.js';
import { nationalRuleFaults, nationalRuleJson } from './rule-json.js';

/**
 * Reads the national rules of a folder: `policy.txt`, which names the rules in order, a file of `rules/` for each, and
 * `lists/` of words that several use. Refuses, with the file and the line, what is no rule: it is held to the schema by
 * which an authority's own rules are read.
 */
export function readNationalPolicy(folder: string): RuleSet {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const lists = new PhraseLists(
    new Map(
      filesIn(folder, 'lists').map((name) => [name, readListFile(`lists/${name}.txt`, read(`lists/${name}.txt`))]),
    ),
  );
  const policy = readRuleFile('policy.txt', read('policy.txt'));
  const order = policy.sections.get('rules')?.entries ?? [];
  const files = new Map(filesIn(folder, 'rules').map((name) => [codeOfFile(name), `rules/${name}.txt`]));
  const compiler = new RuleCompiler();
  const rules = order.map((entry) => {
    const file = files.get(entry.text);
    if (!file) throw new RuleFileFault(entry, `there is no file of a rule ${entry.text}: add it, or correct the code.`);
    files.delete(entry.text);
    const rule = ruleOf(readRuleFile(file, read(file)), lists);
    if (rule.code !== entry.text)
      throw new RuleFileFault({ file, line: 1 }, `has the code ${rule.code}, which is another file's.`);
    return compiler.compile(rule);
  });
  const [left] = files.values();
  if (left !== undefined)
    throw new RuleFileFault({ file: left, line: 1 }, 'is not in the order of policy.txt: add its code there.');
  const [unused] = lists.unused();
  if (unused !== undefined)
    throw new RuleFileFault({ file: `lists/${unused}.txt`, line: 1 }, 'is used by no rule: remove it, or use it.');
  const head = (name: string): string => fieldOf(policy, name).text;
  const validFrom = requireDate(head('validFrom'), 'policy.txt, validFrom');
  return new RuleSet({ id: head('id'), name: head('name'), validFrom, validTo: null }, rules);
}

/** The rules of the national set, read once when the program starts. An authority's own version starts from them. */
export const nationalPolicy: RuleSet = readNationalPolicy(join(import.meta.dirname, '../national'));

function filesIn(folder: string, name: string): string[] {
  const files = readdirSync(join(folder, name)).filter((file) => file.endsWith('.txt'));
  return files.map((file) => file.slice(0, -'.txt'.length)).sort();
}

/** `gp-service` is the file of GP_SERVICE. */
function codeOfFile(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

function fieldOf(file: RuleFile, name: string): Line {
  const field = file.fields.get(name);
  if (!field) throw new RuleFileFault({ file: file.name, line: 1 }, `${name} is missing.`);
  return field;
}

function ruleOf(file: RuleFile, lists: PhraseLists): ExcludedSpendRule {
  const written = new Map([...file.sections].map(([name, { entries }]) => [name, lists.writtenOut(entries)]));
  const texts = [...written].map(([name, lines]) => [name, lines.map(({ text }) => text)] as const);
  const clears = file.fields.has('unrelatedTradesClearCode')
    ? { unrelatedTradesClearCode: yesNo(file, 'unrelatedTradesClearCode') }
    : {};
  const fields = [...file.fields].filter(([name]) => name !== 'unrelatedTradesClearCode');
  const input = {
    ...Object.fromEntries(fields.map(([name, { text }]) => [name, text])),
    streams: streamsOf(fieldOf(file, 'streams').text),
    planLiftsQuery: yesNo(file, 'planLiftsQuery'),
    signals: { ...Object.fromEntries(texts), ...clears },
  };
  try {
    const rule = nationalRuleJson(input);
    const [fault] = nationalRuleFaults(rule);
    if (fault) throw new RuleFileFault(lineOf(file, written, fault.pointer, fault.entry), withoutSlash(fault.message));
    return rule;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new RuleFileFault(lineOf(file, written, error.errors[0]?.pointer ?? ''), withoutSlash(error.message));
  }
}

/** The line to which a pointer of the schema points: of a field, of a section or of an entry. */
function lineOf(
  file: RuleFile,
  written: ReadonlyMap<string, readonly Line[]>,
  pointer: string,
  entry?: number,
): Pick<Line, 'file' | 'line'> {
  const [, first = '', signal = '', place] = pointer.split('/');
  const lines = written.get(signal) ?? [];
  const at = entry ?? (place === undefined ? undefined : Number(place));
  const found =
    (at === undefined ? undefined : lines[at]) ?? file.sections.get(signal)?.heading ?? file.fields.get(first);
  return found ?? { file: file.name, line: 1 };
}

/** A person reads of the field `verdict`, and not of the pointer `/verdict`. */
function withoutSlash(message: string): string {
  return message.replace(/^\/(?:signals\/)?/, '');
}

function streamsOf(text: string): string | readonly string[] {
  return text === 'all' ? text : text.split(',').map((stream) => stream.trim());
}

function yesNo(file: RuleFile, name: string): boolean {
  const field = fieldOf(file, name);
  if (field.text === 'yes' || field.text === 'no') return field.text === 'yes';
  throw new RuleFileFault(field, `${name} is ${JSON.stringify(field.text)}: write yes or no.`);
}
