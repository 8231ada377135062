import { dateShapes } from '../../core/bank-dates.js';
import { profileFaults, type CsvProfile } from '../../core/csv-profile.js';
import { profileColumnsMax, profileTextMax } from '../../core/limits.js';

/**
 * A layout that an authority adds by itself, such as a prepaid card's export with its merchant codes (`mcc`) and its
 * pending and settled rows (`state`): the fields of `CsvProfile` as JSON. Returns the profile, or everything that is
 * wrong with it, one sentence each that begins with the field's JSON pointer.
 */
export function profileFromJson(
  value: unknown,
): { readonly profile: CsvProfile } | { readonly faults: readonly [string, ...string[]] } {
  const [first, ...others] = shapeFaults(value, profileShape, '');
  if (first !== undefined) return { faults: [first, ...others] };
  const profile = withStateInCapitals(value as CsvProfile);
  const [fault, ...more] = profileFaults(profile);
  return fault === undefined ? { profile } : { faults: [fault, ...more] };
}

/** Rows are compared in capitals: an export may write `Settled` today and `SETTLED` tomorrow. */
function withStateInCapitals(profile: CsvProfile): CsvProfile {
  if (profile.state === undefined) return profile;
  const { column, posted, pending, reverted } = profile.state;
  const capitals = (words: readonly string[]): string[] => words.map((word) => word.toUpperCase());
  const state = { column, posted: capitals(posted), pending: capitals(pending), reverted: capitals(reverted) };
  return { ...profile, state };
}

/** What may stand at a place of the JSON. */
type Shape =
  | { readonly is: 'text'; readonly pattern?: RegExp; readonly words?: string }
  | { readonly is: 'one of'; readonly values: readonly (string | boolean)[] }
  | { readonly is: 'null or'; readonly other: Shape }
  | { readonly is: 'list'; readonly of: Shape; readonly least: number }
  | { readonly is: 'fields'; readonly must: Fields; readonly may: Fields }
  | { readonly is: 'by kind'; readonly kinds: Readonly<Record<string, Shape>> };

type Fields = Readonly<Record<string, Shape>>;

const text: Shape = { is: 'text' };
const columns = (least: number): Shape => ({ is: 'list', of: text, least });
const fields = (must: Fields, may: Fields = {}): Shape => ({ is: 'fields', must, may });
const oneOf = (...values: (string | boolean)[]): Shape => ({ is: 'one of', values });
const kind = (name: string, must: Fields, may: Fields = {}): Shape => fields({ kind: oneOf(name), ...must }, may);

const profileShape = fields(
  {
    name: { is: 'text', pattern: /^[a-z0-9][a-z0-9-]{0,39}$/, words: 'small letters, digits and hyphens' },
    bank: text,
    header: columns(1),
    date: columns(1),
    dates: { is: 'list', of: oneOf(...Object.keys(dateShapes)), least: 1 },
    amount: {
      is: 'by kind',
      kinds: {
        signed: kind('signed', { column: text }, { fee: text, signRequired: oneOf(true) }),
        outIn: kind('outIn', { out: text, in: text }),
        marked: kind('marked', { column: text, mark: text, out: columns(1), in: columns(1) }),
      },
    },
    description: columns(1),
    currency: { is: 'null or', other: { is: 'text', pattern: /^[A-Z]{3}$/, words: 'three capitals such as "GBP"' } },
    order: oneOf('oldestFirst', 'newestFirst'),
  },
  {
    mayFollow: columns(0),
    headless: oneOf(true),
    delimiter: oneOf(',', ';', '\t'),
    preamble: fields({}, { account: text }),
    trailingComma: oneOf(true),
    money: fields({}, { pound: oneOf('optional', 'required'), decimal: oneOf('.', ',') }),
    balance: text,
    kind: text,
    bankId: text,
    mcc: text,
    account: columns(1),
    currencyColumn: text,
    original: fields({ amount: text, currency: text }),
    state: fields({ column: text, posted: columns(1), pending: columns(0), reverted: columns(0) }),
    notes: { is: 'list', of: fields({ column: text, startsWith: text }, { isOpening: oneOf(true) }), least: 0 },
    footer: columns(0),
  },
);

function shapeFaults(value: unknown, shape: Shape, at: string): string[] {
  const place = at === '' ? 'The profile' : at;
  switch (shape.is) {
    case 'text': {
      const fits = typeof value === 'string' && value.length > 0 && value.length <= profileTextMax;
      if (fits && (shape.pattern?.test(value) ?? true)) return [];
      return [`${place} must be ${shape.words ?? `a text of 1 to ${profileTextMax} characters`}.`];
    }
    case 'one of':
      if (shape.values.includes(value as string | boolean)) return [];
      return [`${place} must be ${shape.values.map((each) => JSON.stringify(each)).join(' or ')}.`];
    case 'null or':
      return value === null ? [] : shapeFaults(value, shape.other, at);
    case 'list':
      if (!Array.isArray(value) || value.length < shape.least || value.length > profileColumnsMax) {
        return [`${place} must be a list of ${shape.least} to ${profileColumnsMax}.`];
      }
      return value.flatMap((each, order) => shapeFaults(each, shape.of, `${at}/${order}`));
    case 'fields':
      return fieldFaults(value, shape, at, place);
    case 'by kind': {
      const found = isObject(value) && typeof value.kind === 'string' && Object.hasOwn(shape.kinds, value.kind);
      const its = found ? shape.kinds[value.kind as string] : undefined;
      if (its) return shapeFaults(value, its, at);
      return [
        `${at}/kind must be ${Object.keys(shape.kinds)
          .map((each) => JSON.stringify(each))
          .join(' or ')}.`,
      ];
    }
  }
}

function fieldFaults(
  value: unknown,
  { must, may }: { must: Fields; may: Fields },
  at: string,
  place: string,
): string[] {
  if (!isObject(value)) return [`${place} must be an object.`];
  const known = { ...must, ...may };
  return [
    ...Object.keys(must)
      .filter((name) => !Object.hasOwn(value, name))
      .map((name) => `${at}/${name} is missing.`),
    ...Object.keys(value).flatMap((name) => {
      const shape = Object.hasOwn(known, name) ? known[name] : undefined;
      return shape
        ? shapeFaults(value[name], shape, `${at}/${name}`)
        : [`${at}/${name.slice(0, profileTextMax)} is not a field of a profile.`];
    }),
  ];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
