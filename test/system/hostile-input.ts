import type { Chance } from '../fuzz/chance.js';
import type { Described, Operation, Schema } from './operations.js';

/** Values that some field of some operation once let through to where it did harm, and their brothers. */
export const hostileValues: readonly unknown[] = [
  // Left out, as JSON has no such value.
  undefined,
  null,
  true,
  0,
  -1,
  1e21,
  1e308,
  9007199254740993,
  '',
  ' ',
  'x',
  '0000-01-01',
  '0001-01-01',
  '1899-12-31',
  '2200-01-01',
  '9999-12-31',
  '2026-02-30',
  '0000-01',
  '9999-12',
  '0001-01-01T00:00:00.000Z',
  '-1',
  '0.00',
  '99999999999999999999',
  '1e400',
  'NaN',
  'half a pair \ud83d',
  'the other half \ude00',
  'zero \u0000',
  'x'.repeat(10_000),
  '01890000-0000-7000-8000-00000000ffff',
  '%00',
  [],
  [null],
  [[]],
  [[{}]],
  [[['x']]],
  ['x', 1],
  {},
  { length: 3 },
  { toString: 'x' },
];

/** The same for what is written in an address, as it stands there: after the name and its equals sign. */
export const hostileParameters: readonly string[] = [
  '',
  '%00',
  'a%00b',
  '%',
  '%zz',
  '%ff',
  '%ed%a0%bd',
  '0000-01-01',
  '0001-01-01',
  '9999-12-31',
  '0001-01',
  '-1',
  '1e9',
  '0x10',
  '99999999999999999999',
  'NaN',
  'null',
  'true',
  '%F0%9F%98%80',
  'x'.repeat(2_000),
  '[]',
  '%27%22%3B--',
  ...[
    ['0000-01-01', '01890000-0000-7000-8000-00000000ffff'],
    ['0001-01-01', '99999999999'],
    ['a\u0000b'],
    ['\ud83d'],
    ['0001-01-01T00:00:00Z', '01890000-0000-7000-8000-00000000ffff'],
    ['999999999', '01890000-0000-7000-8000-00000000ffff'],
    ['2026-06-01', '999999999', '01890000-0000-7000-8000-00000000ffff'],
    [['a']],
    [null],
  ].map((key) => Buffer.from(JSON.stringify(key)).toString('base64url')),
];

/** Some of a list, other ones for each seed, never twice the same. */
export function someOf<T>(chance: Chance, list: readonly T[], count: number): T[] {
  const left = [...list];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(chance.below(left.length), 1)[0] as T);
}

/** A body in which one field may be replaced. Where the field was left out, its neighbours are as the operation asks. */
export interface Field {
  readonly pointer: string;
  with(value: unknown): unknown;
}

/** Every field of a body, those that it leaves out included, at any depth; the body itself first. */
export function fieldsOf(
  described: Described,
  operation: Operation,
  body: unknown,
  valueFor: (schema: Schema, name: string) => unknown,
): Field[] {
  const walk = (schema: Schema, whole: unknown, path: readonly string[]): Field[] => {
    const known = resolved(described, schema);
    const value = at(whole, path);
    const own: Field = {
      pointer: path.map((part) => `/${part}`).join(''),
      with: (other) => placed(whole, path, other),
    };
    if (typeof value !== 'object' || value === null) return [own];
    const names = Array.isArray(value)
      ? value.length > 0
        ? ['0']
        : []
      : [...new Set([...Object.keys(value), ...Object.keys(known.properties ?? {})])];
    const inside = names.flatMap((name) => {
      const child = (Array.isArray(value) ? known.items : known.properties?.[name]) ?? {};
      const deeper = [...path, name];
      const filled = at(whole, deeper) === undefined ? placed(whole, deeper, valueFor(child, name)) : whole;
      return walk(child, filled, deeper);
    });
    return [own, ...inside];
  };
  return walk(Object.values(operation.bodies)[0] ?? {}, body, []);
}

function resolved(described: Described, schema: Schema): Schema {
  const named = schema.$ref ?? schema.allOf?.[0]?.$ref ?? schema.oneOf?.[0]?.$ref;
  return named === undefined ? schema : (described.schemas[named.split('/').at(-1)!] ?? {});
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inside, name) => (inside as Record<string, unknown> | undefined)?.[name], value);
}

function placed(value: unknown, path: readonly string[], put: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return put;
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  (copy as Record<string, unknown>)[name] = placed((copy as Record<string, unknown>)[name], rest, put);
  return copy;
}
