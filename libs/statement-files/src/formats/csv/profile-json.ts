import { readJson } from '@ringfence/kernel';
import { Type } from 'typebox';
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
  const read = readJson(profileSchema, value, { whole: 'profile' });
  if ('refusals' in read) {
    const [first, ...others] = read.refusals;
    return { faults: [first.message, ...others.map(({ message }) => message)] };
  }
  const profile = withStateInCapitals(read.value as CsvProfile);
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

const text = Type.String({ minLength: 1, maxLength: profileTextMax });
const columns = (minItems: number) => Type.Array(text, { minItems, maxItems: profileColumnsMax });
const closed = { additionalProperties: false };

const profileSchema = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$', words: 'small letters, digits and hyphens' }),
    bank: text,
    header: columns(1),
    mayFollow: Type.Optional(columns(0)),
    date: columns(1),
    dates: Type.Array(Type.Enum(Object.keys(dateShapes)), { minItems: 1, maxItems: profileColumnsMax }),
    amount: Type.Union([
      Type.Object(
        {
          kind: Type.Literal('signed'),
          column: text,
          fee: Type.Optional(text),
          signRequired: Type.Optional(Type.Literal(true)),
        },
        closed,
      ),
      Type.Object({ kind: Type.Literal('outIn'), out: text, in: text }, closed),
      Type.Object({ kind: Type.Literal('marked'), column: text, mark: text, out: columns(1), in: columns(1) }, closed),
    ]),
    balance: Type.Optional(text),
    description: columns(1),
    kind: Type.Optional(text),
    bankId: Type.Optional(text),
    mcc: Type.Optional(text),
    account: Type.Optional(columns(1)),
    state: Type.Optional(
      Type.Object({ column: text, posted: columns(1), pending: columns(0), reverted: columns(0) }, closed),
    ),
    currency: Type.Union([Type.Null(), Type.String({ pattern: '^[A-Z]{3}$', words: 'three capitals such as "GBP"' })]),
    currencyColumn: Type.Optional(text),
    original: Type.Optional(Type.Object({ amount: text, currency: text }, closed)),
    order: Type.Enum(['oldestFirst', 'newestFirst']),
    headless: Type.Optional(Type.Literal(true)),
    delimiter: Type.Optional(Type.Enum([',', ';', '\t'])),
    preamble: Type.Optional(Type.Object({ account: Type.Optional(text) }, closed)),
    trailingComma: Type.Optional(Type.Literal(true)),
    money: Type.Optional(
      Type.Object(
        {
          pound: Type.Optional(Type.Enum(['optional', 'required'])),
          decimal: Type.Optional(Type.Enum(['.', ','])),
        },
        closed,
      ),
    ),
    notes: Type.Optional(
      Type.Array(
        Type.Object({ column: text, startsWith: text, isOpening: Type.Optional(Type.Literal(true)) }, closed),
        { minItems: 0, maxItems: profileColumnsMax },
      ),
    ),
    footer: Type.Optional(columns(0)),
  },
  closed,
);
