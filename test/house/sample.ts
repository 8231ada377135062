import type { TestApi } from '../support/api.js';
import type { Described, Operation, Schema } from './operations.js';

/** What an operation is called with: everything that it requires, with real ids of the authority where there are any. */
export interface SampleCall {
  readonly path: string;
  readonly body: unknown;
}

export type Sampler = (operation: Operation) => SampleCall;

/** An id of each table that has one, by the table's name. */
export type Ids = ReadonlyMap<string, string>;

/** Fills in ids that the authority has, so that a call reaches further than "not found". */
export function samplerFor(
  described: Described,
  ids: Ids,
  bodiesByHand: Readonly<Record<string, (ids: Ids) => object>>,
): Sampler {
  const sampling = { schemas: described.schemas, ids };
  return (operation) => {
    const query = operation.parameters
      .filter((parameter) => parameter.in === 'query' && parameter.required)
      .map(({ name, schema }) => `${name}=${encodeURIComponent(String(sample(sampling, schema ?? {}, name)))}`);
    const path = operation.path.replace(/\{\w+\}/g, (_, at: number) => idInPath(ids, operation.path, at));
    const [schema] = Object.values(operation.bodies);
    const byHand = bodiesByHand[operation.name];
    return {
      path: query.length > 0 ? `${path}?${query.join('&')}` : path,
      body: byHand ? byHand(ids) : schema === undefined ? {} : sample(sampling, schema, ''),
    };
  };
}

/** A value as a schema describes it: its example, or one with everything that it requires. */
export function valuesFor(described: Described, ids: Ids): (schema: Schema, name: string) => unknown {
  return (schema, name) => sample({ schemas: described.schemas, ids }, schema, name);
}

const unknownId = '01890000-0000-7000-8000-00000000ffff';

export async function idsByTable(api: TestApi, authorityId: string): Promise<Ids> {
  const { rows: tables } = await api.owner.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'ringfence'::regnamespace AND c.relkind = 'r'
        AND (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('authority_id', 'id')) = 2`,
  );
  const ids = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await api.owner.query<{ id: string }>(
      `SELECT id::text FROM ${name} WHERE authority_id = $1 ORDER BY id LIMIT 1`,
      [authorityId],
    );
    if (rows[0]) ids.set(name, rows[0].id);
  }
  return ids;
}

/** `/v1/pay-runs/{id}` is a row of pay_runs. */
function idInPath(ids: Ids, path: string, at: number): string {
  const collection = path.slice(0, at).split('/').at(-2) ?? '';
  return ids.get(collection.replaceAll('-', '_')) ?? unknownId;
}

interface Sampling {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly ids: Ids;
}

function sample(sampling: Sampling, schema: Schema, name: string): unknown {
  if (schema.$ref) return sample(sampling, sampling.schemas[schema.$ref.split('/').at(-1)!] ?? {}, name);
  const [first] = schema.allOf ?? schema.oneOf ?? [];
  if (first) return sample(sampling, first, name);
  if (schema.enum) return schema.enum[0];
  if (schema.format === 'uuid') return idNamed(sampling.ids, name);
  if (schema.example !== undefined) return schema.example;
  if (schema.default !== undefined) return schema.default;
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((key) => [key, sample(sampling, schema.properties?.[key] ?? {}, key)]),
      );
    case 'array':
      return [sample(sampling, schema.items ?? {}, name.replace(/Ids$/, 'Id'))];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return false;
    default:
      return text(schema);
  }
}

/** `designatedAccountId` is a row of designated_accounts. */
function idNamed(ids: Ids, name: string): string {
  const table = name
    .replace(/Ids?$/, '')
    .replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .concat('s');
  return ids.get(table) ?? (/person|child|recipient/i.test(name) ? ids.get('people') : undefined) ?? unknownId;
}

function text({ format, pattern }: Schema): string {
  if (format === 'date') return '2026-06-01';
  if (format === 'email') return 'somebody@example.org';
  if (format === 'uri') return 'https://example.org';
  const known: Readonly<Record<string, string>> = { '^\\d{4}-\\d{2}$': '2026-06' };
  return (pattern && known[pattern]) ?? 'some words';
}
