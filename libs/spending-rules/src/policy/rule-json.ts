import { fundingStreams, Problem, requireDate, type Fault, type FundingStream } from '@ringfence/kernel';
import { predicates, type ExcludedSpendRule, type Force, type Predicate, type Signals } from '../engine/rule.js';
import { isPhrase, isPlainPhrase } from '../text/phrases.js';
import { known, text } from './json-fields.js';

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

/**
 * Who writes a rule: the national set, in files, or an authority, through the API. They write in one form and are held to
 * one schema. An authority's rule has no force, no days and no predicate of its own, and fewer signals.
 */
interface Writer {
  readonly fields: readonly string[];
  readonly verdicts: readonly string[];
  readonly signals: readonly (keyof Signals)[];
  readonly phrasesPerSignalMax: number;
  readonly textMax: number;
  readonly isPhrase: (phrase: string) => boolean;
  readonly phraseHint: string;
}

export const phrasesPerSignalMax = 100;
export const policyTextMax = 1000;

const authority: Writer = {
  fields: [
    ...['code', 'name', 'streams', 'verdict', 'planLiftsQuery', 'approverRole', 'source', 'reason', 'whatToDo'],
    ...['whatToAsk', 'signals'],
  ],
  verdicts: ['query', 'excluded'],
  signals: ['receipt', 'narrative', 'mccs', 'payeeKinds', 'exclusions', 'unrelatedPayeeKinds', 'doubt'],
  phrasesPerSignalMax,
  textMax: policyTextMax,
  // What an authority writes is never run as a pattern of another kind.
  isPhrase: isPlainPhrase,
  phraseHint: 'write words in small letters, such as "food shop"; ~ at the end of a word takes longer words too',
};

const national: Writer = {
  fields: [...authority.fields, 'predicate', 'force', 'validFrom', 'validTo'],
  verdicts: ['query', 'excluded', 'allowed'],
  signals: [
    ...authority.signals,
    ...(['goods', 'decidingMccs', 'firm', 'firmMccs', 'mixedBasket', 'mixedBasketMccs', 'unrelatedTrades'] as const),
    ...(['unrelatedTradesClearCode', 'unrelatedTradeMccs', 'unrelatedItems', 'ancillaryGoods'] as const),
  ],
  phrasesPerSignalMax: 1000,
  textMax: policyTextMax,
  isPhrase,
  phraseHint: 'write words in small letters, as README.md of the national rules says',
};

/** Of these a signal's phrases are in the small language; the others are codes. */
const phraseSignals: ReadonlySet<string> = new Set<keyof Signals>([
  ...([
    'receipt',
    'goods',
    'narrative',
    'firm',
    'mixedBasket',
    'exclusions',
    'unrelatedTrades',
    'unrelatedItems',
  ] as const),
  ...(['ancillaryGoods', 'doubt'] as const),
]);
const mccSignals = ['mccs', 'decidingMccs', 'firmMccs', 'mixedBasketMccs', 'unrelatedTradeMccs'];

/** Reads a rule as an authority writes it. Refuses, with the pointer of the field, what is missing, malformed or no field. */
export function localRuleJson(input: unknown, at: string): LocalRule {
  const fields = known(input, at, authority.fields);
  const { approverRole } = fields;
  return {
    ...commonFields(fields, at, authority),
    approverRole: approverRole === undefined ? undefined : text(approverRole, `${at}/approverRole`),
    whatToDo: text(fields['whatToDo'], `${at}/whatToDo`),
    whatToAsk: text(fields['whatToAsk'], `${at}/whatToAsk`),
  };
}

/** The same for a rule of the national set, with what it may say beyond an authority's. */
export function nationalRuleJson(input: unknown, at = ''): ExcludedSpendRule {
  const fields = known(input, at, national.fields);
  const { force, predicate, approverRole, validTo } = fields;
  if (!forces.includes(force as Force)) throw oneOf(`${at}/force`, force, forces);
  if (predicate !== undefined && !predicates.includes(predicate as Predicate)) {
    throw oneOf(`${at}/predicate`, predicate, predicates);
  }
  // A note changes nothing, so that there is nothing to do or to ask.
  const sentence = (name: string): string => (force === 'note' ? '' : text(fields[name], `${at}/${name}`));
  return {
    ...commonFields(fields, at, national),
    ...(predicate === undefined ? {} : { predicate: predicate as Predicate }),
    force: force as Force,
    ...(approverRole === undefined ? {} : { approverRole: text(approverRole, `${at}/approverRole`) }),
    validFrom: requireDate(fields['validFrom'], `${at}/validFrom`),
    validTo: validTo === undefined ? null : requireDate(validTo, `${at}/validTo`),
    whatToDo: sentence('whatToDo'),
    whatToAsk: sentence('whatToAsk'),
  };
}

const forces: readonly Force[] = ['absolute', 'exception', 'local-policy', 'note'];

function commonFields(fields: Readonly<Record<string, unknown>>, at: string, writer: Writer) {
  const of = (name: string): string => text(fields[name], `${at}/${name}`);
  const { verdict, planLiftsQuery } = fields;
  if (!writer.verdicts.includes(verdict as string)) {
    const found = JSON.stringify(verdict) ?? 'missing';
    throw Problem.field(`${at}/verdict`, `${at}/verdict is ${found}: use ${writer.verdicts.join(' or ')}.`);
  }
  if (typeof planLiftsQuery !== 'boolean') {
    throw Problem.field(`${at}/planLiftsQuery`, `${at}/planLiftsQuery must be true or false.`);
  }
  return {
    code: of('code'),
    name: of('name'),
    streams: streamsOf(fields['streams'], `${at}/streams`),
    verdict: verdict as ExcludedSpendRule['verdict'],
    planLiftsQuery,
    source: of('source'),
    reason: of('reason'),
    signals: signalsOf(fields['signals'], `${at}/signals`, writer),
  };
}

function streamsOf(input: unknown, at: string): LocalRule['streams'] {
  if (input === 'all') return 'all';
  const streams = fundingStreams as readonly string[];
  if (!Array.isArray(input) || input.length === 0 || !input.every((one) => streams.includes(String(one)))) {
    throw Problem.field(at, `${at} must be "all" or a list of ${fundingStreams.join(', ')}.`);
  }
  return input as FundingStream[];
}

function signalsOf(input: unknown, at: string, writer: Writer): Signals {
  const fields = known(input, at, writer.signals);
  const signals = Object.entries(fields).map(([name, value]): [string, readonly string[] | boolean] => {
    if (name === 'unrelatedTradesClearCode') return [name, value === true];
    if (!Array.isArray(value)) throw Problem.field(`${at}/${name}`, `${at}/${name} must be a list of texts.`);
    return [name, value.map((one, place) => text(one, `${at}/${name}/${place}`))];
  });
  for (const [name, codes] of signals) {
    if (!mccSignals.includes(name) || typeof codes === 'boolean') continue;
    const odd = codes.find((code) => !/^\d{4}$/.test(code));
    if (odd === undefined) continue;
    throw Problem.field(`${at}/${name}`, `${at}/${name} has ${JSON.stringify(odd)}: write four digits, as "5812".`);
  }
  return Object.fromEntries(signals);
}

/** What is wrong with what a rule says, beyond its form. `entry` is the place of the phrase that is wrong. */
export interface RuleFault extends Fault {
  readonly pointer: string;
  readonly entry?: number;
}

export function localRuleFaults(rule: LocalRule, at: string): RuleFault[] {
  return ruleFaults(rule, at, authority);
}

export function nationalRuleFaults(rule: ExcludedSpendRule): RuleFault[] {
  const code = codeForm.test(rule.code) ? [] : [{ pointer: '/code', message: `/code is ${rule.code}: ${codeHint}.` }];
  return [...code, ...ruleFaults(rule, '', national)];
}

/** How the code of a rule is written. */
export const codeForm = /^[A-Z][A-Z0-9_]{1,59}$/;
export const codeHint = 'write capitals, digits and underscores, as FOOD_AND_DRINK';

function ruleFaults(rule: Omit<LocalRule, 'code' | 'verdict'>, at: string, writer: Writer): RuleFault[] {
  const faults: RuleFault[] = [];
  for (const field of ['name', 'source', 'reason', 'whatToDo', 'whatToAsk'] as const) {
    const { length } = rule[field].trim();
    if (length === 0 && writer === authority) {
      faults.push({ pointer: `${at}/${field}`, message: `${at}/${field} is empty: write it out.` });
    }
    if (length <= writer.textMax) continue;
    const message = `${at}/${field} has ${length} characters: ${writer.textMax} is the most.`;
    faults.push({ pointer: `${at}/${field}`, message });
  }
  for (const [signal, phrases] of Object.entries(rule.signals) as [string, unknown][]) {
    if (!Array.isArray(phrases)) continue;
    const pointer = `${at}/signals/${signal}`;
    if (phrases.length > writer.phrasesPerSignalMax) {
      const message = `${pointer} has ${phrases.length} phrases: ${writer.phrasesPerSignalMax} is the most.`;
      faults.push({ pointer, message });
    }
    const entry = phraseSignals.has(signal) ? phrases.findIndex((phrase: string) => !writer.isPhrase(phrase)) : -1;
    if (entry < 0) continue;
    const message = `${pointer} has ${JSON.stringify(phrases[entry])}: ${writer.phraseHint}.`;
    faults.push({ pointer, entry, message });
  }
  return faults;
}

function oneOf(at: string, found: unknown, choices: readonly string[]): Problem {
  return Problem.field(at, `${at} is ${JSON.stringify(found) ?? 'missing'}: use one of ${choices.join(', ')}.`);
}
