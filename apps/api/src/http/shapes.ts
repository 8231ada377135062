import { amountGiven, dateText, idText, monthText } from './fields.js';

/** As much of JSON Schema 2020-12, which is OpenAPI 3.1's, as answers are described with. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly enum?: readonly (string | null)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly JsonSchema[];
  readonly additionalProperties?: JsonSchema | boolean;
}

declare const answered: unique symbol;

/** A JSON schema together with the TypeScript type of what it describes: neither can say what the other does not. */
export interface Shape<T> {
  readonly schema: JsonSchema;
  readonly description?: string | undefined;
  readonly [answered]?: T;
}

/** A shape under a name of its own in the description, and in the clients that are generated from it. */
export interface NamedShape<T> extends Shape<T> {
  readonly name: string;
}

interface OptionalShape<T> extends Shape<T> {
  readonly optional: true;
}

export type AnswerOf<S> = S extends Shape<infer T> ? T : never;

type Fields = Readonly<Record<string, Shape<unknown>>>;
type Optional<F extends Fields> = { [K in keyof F]: F[K] extends OptionalShape<unknown> ? K : never }[keyof F];
type Together<F extends Fields> = { readonly [K in Exclude<keyof F, Optional<F>>]: AnswerOf<F[K]> } & {
  readonly [K in Optional<F>]?: AnswerOf<F[K]> | undefined;
};

const named = new Map<string, JsonSchema>();

/** The schemas of every named shape, for the description's components. */
export function namedSchemas(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(named);
}

/** An object under a name; every field is there in every answer, unless it is {@link sometimes}. */
export function answer<F extends Fields>(name: string, description: string, fields: F): NamedShape<Together<F>> {
  if (named.has(name)) throw new Error(`Two answers are called ${name}: give one of them another name.`);
  named.set(name, { description, ...objectSchema(fields) });
  return { name, description, schema: { $ref: `#/components/schemas/${name}` } };
}

/** A page of a list. A list that is always whole has the same form, and null as its cursor. */
export function page<T>(
  item: NamedShape<T>,
): NamedShape<{ readonly items: readonly T[]; readonly nextCursor: string | null }> {
  return answer(`${item.name}Page`, `A page of a list: ${item.description ?? item.name}`, {
    items: list(item, 'In the order that the operation names'),
    nextCursor: orNull(text('Send it as `cursor` for the next page; null on the last')),
  });
}

/** An object that has no name of its own, inside another. */
export function group<F extends Fields>(description: string, fields: F): Shape<Together<F>> {
  return { schema: { description, ...objectSchema(fields) } };
}

/** A named shape where it stands for something in particular. */
export function as<T>(shape: NamedShape<T>, description: string): Shape<T> {
  return { schema: { ...shape.schema, description } };
}

export function list<T>(item: Shape<T>, description: string): Shape<readonly T[]> {
  return { schema: { type: 'array', items: item.schema, description } };
}

export function orNull<T>({ schema }: Shape<T>): Shape<T | null> {
  const { type, enum: values, description, ...rest } = schema;
  const described = description === undefined ? {} : { description };
  if (type === undefined) return { schema: { oneOf: [schema, { type: 'null' }], ...described } };
  const types = [...(typeof type === 'string' ? [type] : type), 'null'];
  return { schema: { type: types, ...rest, ...(values ? { enum: [...values, null] } : {}), ...described } };
}

/** A field that an answer may leave out. */
export function sometimes<T>(shape: Shape<T>): OptionalShape<T> {
  return { ...shape, optional: true };
}

export function id(description: string): Shape<string> {
  return { schema: { ...idText, description } };
}

/** An amount of money in pounds, always with two places. */
export function amount(description: string): Shape<string> {
  return { schema: { ...amountGiven, description } };
}

/** A decimal that is no amount of money, such as hours: as text, because a JSON number is a float. */
export function decimal(description: string, example: string): Shape<string> {
  return { schema: { type: 'string', pattern: '^-?\\d+(\\.\\d+)?$', example, description } };
}

export function date(description: string): Shape<string> {
  return { schema: { ...dateText, description } };
}

export function month(description: string): Shape<string> {
  return { schema: { ...monthText, description } };
}

export function instant(description: string): Shape<string> {
  return { schema: { type: 'string', format: 'date-time', example: '2026-04-01T09:30:00.000Z', description } };
}

export function text(description: string, example?: string): Shape<string> {
  return { schema: { type: 'string', ...(example === undefined ? {} : { example }), description } };
}

export function whole(
  description: string,
  bounds: { readonly minimum?: number; readonly maximum?: number } = {},
): Shape<number> {
  return { schema: { type: 'integer', ...bounds, description } };
}

export function yesNo(description: string): Shape<boolean> {
  return { schema: { type: 'boolean', description } };
}

export function oneOf<const Values extends readonly string[]>(
  values: Values,
  description: string,
): Shape<Values[number]> {
  return { schema: { type: 'string', enum: values, description } };
}

/** One of two, told apart by what they hold. */
export function either<A, B>(one: Shape<A>, other: Shape<B>, description: string): Shape<A | B> {
  return { schema: { oneOf: [one.schema, other.schema], description } };
}

/** A value of any kind. */
export function anything(description: string): Shape<unknown> {
  return { schema: { description } };
}

/** Facts under names that differ from one answer to another. */
export function facts(description: string): Shape<Readonly<Record<string, unknown>>> {
  return { schema: { type: 'object', additionalProperties: true, description } };
}

function objectSchema(fields: Fields): JsonSchema {
  const required = Object.entries(fields).filter(([, shape]) => !('optional' in shape));
  return {
    type: 'object',
    required: required.map(([name]) => name),
    properties: Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema])),
  };
}
