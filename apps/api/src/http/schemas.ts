import { Type, type Static, type TObject, type TProperties, type TSchema, type TUnsafe } from 'typebox';
import { amountGiven, dateText, idText, monthText } from './fields.js';

/**
 * What operations send back, in TypeBox: one value is the TypeScript type that the compiler holds a controller to, the
 * schema in the description, and what Fastify serialises by. Here stand only the kinds that every library shares.
 */

/** The type of what a schema describes. Lists and fields may be read-only where they come from. */
export type ResponseOf<S extends TSchema> = Sent<Static<S>>;

type Sent<T> = T extends readonly (infer Item)[]
  ? readonly Sent<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: Sent<T[K]> | (object extends Pick<T, K> ? undefined : never) }
    : T;

const components = new Map<string, TSchema>();

/** An object with a name of its own in the description, and in the clients that are generated from it. */
export function component<F extends TProperties>(name: string, description: string, fields: F): TObject<F> {
  if (components.has(name)) throw new Error(`Two schemas are called ${name}: give one of them another name.`);
  const schema = Type.Object(fields, { title: name, description });
  components.set(name, schema);
  return schema;
}

/** A page of a list. A list that is always whole has the same form, and null as its cursor. */
export function page<F extends TProperties>(item: TObject<F>) {
  const { title, description } = item as { title?: string; description?: string };
  return component(`${title}Page`, `A page of a list: ${description}`, {
    items: Type.Array(item, { description: 'In the order that the operation names' }),
    nextCursor: nullable(Type.String({ description: 'Send it as `cursor` for the next page; null on the last' })),
  });
}

/** A schema with a name, where it stands for something in particular. */
export function described<S extends TSchema>(schema: S, description: string): TUnsafe<Static<S>> {
  return Type.Unsafe({ ...schema, description });
}

/** The value or null, as a list of types: Fastify decides between them without validating. */
export function nullable<S extends TSchema>(schema: S): TUnsafe<Static<S> | null> {
  const { type, enum: values } = schema as { type?: string; enum?: readonly string[] };
  if (type === undefined) throw new Error('Only a schema of one type can be null.');
  return Type.Unsafe({ ...schema, type: [type, 'null'], ...(values ? { enum: [...values, null] } : {}) });
}

export function id(description: string) {
  return Type.String({ ...idText, description });
}

/** An amount of money in pounds, always with two places. */
export function amount(description: string) {
  return Type.String({ ...amountGiven, description });
}

/** A decimal that is no amount of money, such as hours: as text, because a JSON number is a float. */
export function decimal(description: string, example: string) {
  return Type.String({ pattern: '^-?\\d+(\\.\\d+)?$', example, description });
}

export function date(description: string) {
  return Type.String({ ...dateText, description });
}

export function month(description: string) {
  return Type.String({ ...monthText, description });
}

export function instant(description: string) {
  return Type.String({ format: 'date-time', example: '2026-04-01T09:30:00.000Z', description });
}

export function choice<const Values extends readonly string[]>(
  values: Values,
  description: string,
): TUnsafe<Values[number]> {
  return Type.Unsafe({ type: 'string', enum: values, description });
}

/** Fields under names that differ from one response to another. */
export function anyFields(description: string): TUnsafe<Readonly<Record<string, unknown>>> {
  return Type.Unsafe({ type: 'object', additionalProperties: true, description });
}

/** The schema as the description has it: a schema with a name is a reference to its component. */
export function openApiSchema(schema: TSchema): object {
  const { title, type, description } = schema as { title?: string; type?: unknown; description?: string };
  const component = title === undefined ? undefined : (components.get(title) as { description?: string } | undefined);
  if (!component) return plainSchema(schema);
  const reference = { $ref: `#/components/schemas/${title}` };
  const own = description === component.description ? {} : { description };
  return Array.isArray(type) ? { oneOf: [reference, { type: 'null' }], ...own } : { ...reference, ...own };
}

/** The components of the description, by name. */
export function openApiComponents(): Readonly<Record<string, object>> {
  return Object.fromEntries([...components].map(([name, schema]) => [name, plainSchema(schema)]));
}

function plainSchema(schema: TSchema): object {
  const { title: _, ...rest } = schema as {
    title?: string;
    items?: TSchema;
    anyOf?: TSchema[];
    properties?: TProperties;
  };
  const { items, anyOf, properties } = rest;
  return {
    ...rest,
    ...(items ? { items: openApiSchema(items) } : {}),
    ...(anyOf ? { anyOf: anyOf.map(openApiSchema) } : {}),
    ...(properties
      ? { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, openApiSchema(one)])) }
      : {}),
  };
}
