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

/**
 * Fills in ids that the authority has, so that a call reaches further than "not found". With `optionalIds` it names a
 * thing wherever an operation lets one be named, in the body and in the query, and not only where it must.
 */
export function samplerFor(
  described: Described,
  ids: Ids,
  writtenBodies: Readonly<Record<string, (ids: Ids) => object>>,
  { optionalIds = false }: { readonly optionalIds?: boolean } = {},
): Sampler {
  const sampling = { schemas: described.schemas, ids, optionalIds };
  return (operation) => {
    const query = operation.parameters
      .filter(({ in: place, required, schema }) => place === 'query' && (required || (optionalIds && isId(schema))))
      .map(({ name, schema }) => `${name}=${encodeURIComponent(String(sample(sampling, schema ?? {}, name)))}`);
    const path = operation.path.replace(/\{\w+\}/g, (_, at: number) => idInPath(ids, operation.path, at));
    const [schema] = Object.values(operation.bodies);
    const written = writtenBodies[operation.name];
    return {
      path: query.length > 0 ? `${path}?${query.join('&')}` : path,
      body: written ? written(ids) : schema === undefined ? {} : sample(sampling, schema, ''),
    };
  };
}

/** A value as a schema describes it: its example, or one with everything that it requires. */
export function valuesFor(described: Described, ids: Ids): (schema: Schema, name: string) => unknown {
  return (schema, name) => sample({ schemas: described.schemas, ids, optionalIds: false }, schema, name);
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

/** Ids that nobody has: one for each table that a name may stand for. */
export const unknownIds: Ids = new (class extends Map<string, string> {
  override get(): string {
    return unknownId;
  }
})();

/**
 * An id of each table that belongs to one family: by its budget, its account, its bureau or its people. Tables that no
 * family owns, such as policies, come from the whole authority unless `shared` is false.
 */
export async function idsOfFamily(
  api: TestApi,
  authorityId: string,
  family: { readonly id: string; readonly designatedAccountId: string; readonly bureau: { readonly id: string } },
  { shared = true }: { readonly shared?: boolean } = {},
): Promise<Ids> {
  const { rows: tables } = await api.owner.query<{ name: string; columns: string[] }>(
    `SELECT c.relname AS name, array_agg(a.attname::text) AS columns FROM pg_class c
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('authority_id', 'id', 'budget_id', 'designated_account_id')
      WHERE c.relnamespace = 'ringfence'::regnamespace AND c.relkind = 'r' GROUP BY c.relname`,
  );
  const ids = new Map<string, string>(shared ? await idsByTable(api, authorityId) : []);
  for (const { name, columns } of tables) {
    if (!columns.includes('id') || !columns.includes('authority_id')) continue;
    const where = whereOf(name, columns);
    if (!where) continue;
    const { rows } = await api.owner.query<{ id: string }>(
      `SELECT t.id::text FROM ${name} t, (SELECT $2::uuid AS budget_id, $3::uuid AS account_id, $4::uuid AS bureau_id) f
        WHERE t.authority_id = $1 AND ${where} ORDER BY t.id LIMIT 1`,
      [authorityId, family.id, family.designatedAccountId, family.bureau.id],
    );
    if (rows[0]) ids.set(name, rows[0].id);
  }
  return ids;
}

/** How the rows of a family are known where no column names its budget or account. */
const ofFamily: Readonly<Record<string, string>> = {
  budgets: 't.id = f.budget_id',
  designated_accounts: 't.id = f.account_id',
  api_clients: 't.id = f.bureau_id',
  organisations: 't.id IN (SELECT c.organisation_id FROM api_clients c WHERE c.id = f.bureau_id)',
  pay_runs: 't.id IN (SELECT p.pay_run_id FROM payslips p WHERE p.budget_id = f.budget_id)',
  journals: 't.id IN (SELECT e.journal_id FROM journal_entries e WHERE e.budget_id = f.budget_id)',
  books: 't.designated_account_id = f.account_id',
  people: 't.id IN (SELECT b.recipient_id FROM budgets b WHERE b.id = f.budget_id)',
  plan_documents: 't.id IN (SELECT b.plan_document_id FROM budgets b WHERE b.id = f.budget_id)',
  outcomes: `t.plan_document_id IN (SELECT b.plan_document_id FROM budgets b WHERE b.id = f.budget_id)`,
};

function whereOf(table: string, columns: readonly string[]): string | undefined {
  if (ofFamily[table]) return ofFamily[table];
  if (columns.includes('budget_id')) return 't.budget_id = f.budget_id';
  return columns.includes('designated_account_id') ? 't.designated_account_id = f.account_id' : undefined;
}

/** `/v1/pay-runs/{id}` is a row of pay_runs. */
function idInPath(ids: Ids, path: string, at: number): string {
  const collection = path.slice(0, at).split('/').at(-2) ?? '';
  return ids.get(collection.replaceAll('-', '_')) ?? unknownId;
}

const isId = (schema: Schema | undefined): boolean => schema?.format === 'uuid' || schema?.items?.format === 'uuid';

interface Sampling {
  readonly optionalIds: boolean;
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
        fieldsOf(sampling, schema).map((key) => [key, sample(sampling, schema.properties?.[key] ?? {}, key)]),
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

function fieldsOf({ optionalIds }: Sampling, { required = [], properties = {} }: Schema): readonly string[] {
  const optional = Object.keys(properties).filter((key) => !required.includes(key) && isId(properties[key]));
  return optionalIds ? [...required, ...optional] : required;
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
