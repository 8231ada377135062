import { decimalText, fundingStreams, Problem, requireDate, requirePence, type DateRange } from '@ringfence/kernel';
import {
  evidenceKinds,
  receiptLinesMax,
  spendDatesMax,
  spendTextMax,
  type Approval,
  type Assessment,
  type PayeeFacts,
  type ReceiptLine,
  type SpendCandidate,
} from '../engine/candidate.js';
import { nationalPolicy } from '../policy/national-policy.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads one candidate of `ringfence spend check` (and of the API's spend checks), already parsed from JSON. Refuses,
 * with the pointer of the field, what is missing, malformed or not a field at all: a misspelt `receipt` would change
 * the verdict. `null` counts as left out. `payee.kind` and `evidenceKind` may be given too.
 */
export function spendCheckJson(input: unknown): SpendCandidate {
  const fields = fieldsOf(input, '', [
    ...['id', 'date', 'amount', 'stream', 'description', 'mcc', 'planned'],
    ...['receipt', 'payee', 'approvals', 'evidenceKind'],
  ]);
  return {
    id: textOf(fields['id'], '/id'),
    date: requireDate(fields['date'], '/date'),
    amountPence: requirePence(fields['amount'], '/amount'),
    stream: oneOf(fields['stream'], '/stream', [...fundingStreams, 'UNALLOCATED'] as const),
    description: textOf(fields['description'], '/description', 0),
    mcc: optional(fields['mcc'], (value) => mccOf(value)),
    planned: plannedOf(fields['planned']),
    receipt: optional(fields['receipt'], (value) => listOf(value, '/receipt', receiptLinesMax, receiptLine)),
    payee: optional(fields['payee'], payeeOf),
    approvals: optional(fields['approvals'], (value) => listOf(value, '/approvals', spendDatesMax, approvalOf)),
    evidenceKind: optional(fields['evidenceKind'], (value) => oneOf(value, '/evidenceKind', evidenceKinds)),
  };
}

/** The answer's shape, exactly. */
export interface AssessmentJson {
  readonly id: string;
  readonly verdict: string;
  readonly findings: readonly {
    readonly rule: string;
    readonly verdict: string;
    readonly evidence: string;
    readonly amount: string;
    readonly reason: string;
    readonly source: string;
  }[];
}

export function assessmentJson(assessment: Assessment): AssessmentJson {
  return {
    id: assessment.id,
    verdict: assessment.verdict,
    findings: assessment.findings.map(({ rule, verdict, evidence, amountPence, reason, source }) => {
      return { rule, verdict, evidence, amount: decimalText(amountPence), reason, source };
    }),
  };
}

function receiptLine(value: unknown, at: string): ReceiptLine {
  const fields = fieldsOf(value, at, ['description', 'amount']);
  return {
    description: textOf(fields['description'], `${at}/description`, 0),
    amountPence: requirePence(fields['amount'], `${at}/amount`),
  };
}

function payeeOf(value: unknown): PayeeFacts {
  const at = '/payee';
  const fields = fieldsOf(value, at, ['name', 'kind', 'relationship', 'livesWithChild', 'livesWithRecipient']);
  const ranges = (name: string): readonly DateRange[] | undefined =>
    optional(fields[name], (list) => listOf(list, `${at}/${name}`, spendDatesMax, rangeOf));
  return {
    name: textOf(fields['name'], `${at}/name`),
    kind: optional(fields['kind'], (kind) => textOf(kind, `${at}/kind`)),
    relationship: optional(fields['relationship'], (word) => textOf(word, `${at}/relationship`, 0)),
    livesWithChild: ranges('livesWithChild'),
    livesWithRecipient: ranges('livesWithRecipient'),
  };
}

function approvalOf(value: unknown, at: string): Approval {
  const fields = fieldsOf(value, at, ['rule', 'payee', 'from', 'to']);
  const codes = nationalPolicy.rules.map(({ code }) => code);
  return {
    rule: oneOf(fields['rule'], `${at}/rule`, codes),
    payee: textOf(fields['payee'], `${at}/payee`),
    ...rangeFields(fields, at),
  };
}

function rangeOf(value: unknown, at: string): DateRange {
  return rangeFields(fieldsOf(value, at, ['from', 'to']), at);
}

function rangeFields(fields: Fields, at: string): { from: string; to: string | null } {
  const from = requireDate(fields['from'], `${at}/from`);
  const to = optional(fields['to'], (value) => requireDate(value, `${at}/to`)) ?? null;
  if (to !== null && to < from) {
    throw Problem.field(`${at}/to`, `${at}/to is ${to}, before its from of ${from}: check the dates.`);
  }
  return { from, to };
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined || value === null ? undefined : read(value);
}

function fieldsOf(value: unknown, at: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const what = at === '' ? 'The candidate' : at;
    throw Problem.field(at, `${what} must be a JSON object with ${known.slice(0, 4).join(', ')} and so on.`);
  }
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      const pointer = `${at}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`;
      throw Problem.field(pointer, `${pointer} is not a field of a spend check: use ${known.join(', ')}.`);
    }
  }
  return value as Fields;
}

function listOf<T>(value: unknown, at: string, most: number, read: (value: unknown, at: string) => T): T[] {
  if (!Array.isArray(value)) throw Problem.field(at, `${at} must be a list.`);
  if (value.length > most) throw Problem.field(at, `${at} has ${value.length} entries: ${most} is the most.`);
  return value.map((entry, place) => read(entry, `${at}/${place}`));
}

function textOf(value: unknown, at: string, least = 1): string {
  if (typeof value !== 'string') throw Problem.field(at, `${at} must be a text.`);
  if (value.trim().length < least) throw Problem.field(at, `${at} is empty: write a text.`);
  if (value.length > spendTextMax) {
    throw Problem.field(at, `${at} has ${value.length} characters: ${spendTextMax} is the most.`);
  }
  return value;
}

function oneOf<const T extends string>(value: unknown, at: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === value);
  if (choice === undefined) {
    throw Problem.field(at, `${at} is ${JSON.stringify(value) ?? 'missing'}: use one of ${choices.join(', ')}.`);
  }
  return choice;
}

function mccOf(value: unknown): string {
  if (typeof value !== 'string' || !/^\d{4}$/.test(value)) {
    throw Problem.field('/mcc', `/mcc is ${JSON.stringify(value)}: write the four digits as a text, as "5912".`);
  }
  return value;
}

function plannedOf(value: unknown): boolean {
  if (typeof value !== 'boolean') throw Problem.field('/planned', '/planned must be true or false.');
  return value;
}
