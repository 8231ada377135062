import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly key: boolean;
  readonly foreign: boolean;
}

interface Reference {
  readonly from: string;
  readonly to: string;
  /** The columns that refer, authority_id left out. */
  readonly columns: readonly string[];
  readonly required: boolean;
  /** No two rows refer to the same row. */
  readonly single: boolean;
}

/** The tables of a migrated database as a page of Mermaid diagrams, one for each library. */
export async function databasePage(
  owner: pg.Client,
  owners: ReadonlyMap<string, string>,
  root: string,
): Promise<string> {
  const columns = await readColumns(owner);
  const references = await readReferences(owner);
  const stories = readStories(root);
  const tables = [...new Set(columns.map(({ table }) => table))];
  const libraries = librariesInOrder(root).filter((library) => tables.some((table) => owners.get(table) === library));
  const sections = libraries.map((library) => {
    const own = tables.filter((table) => owners.get(table) === library);
    return [
      `## ${library}`,
      own.map((table) => `- \`${table}\`${stories.has(table) ? `: ${stories.get(table)}` : ''}`).join('\n'),
      diagram(own, columns, references),
    ].join('\n\n');
  });
  return [
    '# The database',
    [
      'The tables of the schema `ringfence`, by the library that owns them, from the catalogue of a database that was just',
      'migrated. Every table of an authority has `authority_id` in its primary key and its foreign keys; the diagrams leave it',
      'out. This page is written by `npm run diagram`, and a test says when it is stale.',
    ].join('\n'),
    ...sections,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function diagram(own: readonly string[], columns: readonly Column[], references: readonly Reference[]): string {
  const entities = own.map((table) => {
    const lines = columns
      .filter((column) => column.table === table && column.name !== 'authority_id')
      .map(({ name, type, key, foreign, required }) => {
        const keys = [...(key ? ['PK'] : []), ...(foreign ? ['FK'] : [])].join(', ');
        return ['   ', type, name, ...(keys ? [keys] : []), ...(required ? [] : ['"or none"'])].join(' ');
      });
    return [`  ${table} {`, ...lines, '  }'].join('\n');
  });
  const lines = references
    .filter(({ from, to }) => own.includes(from) && to !== 'authorities')
    .map(({ from, to, columns: names, required, single }) => {
      return `  ${to} ${required ? '||' : '|o'}--${single ? 'o|' : 'o{'} ${from} : "${names.join(', ')}"`;
    });
  return ['```mermaid', 'erDiagram', ...entities, ...lines, '```'].join('\n');
}

async function readColumns(owner: pg.Client): Promise<Column[]> {
  const { rows } = await owner.query<Column>(
    `SELECT c.relname AS table, a.attname AS name,
            replace(replace(regexp_replace(format_type(a.atttypid, NULL), '^character varying', 'varchar'),
                    'timestamp with time zone', 'timestamptz'), ' ', '_') AS type,
            a.attnotnull AS required,
            EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attnum = ANY (k.conkey)) AS key,
            EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY (k.conkey)) AS foreign
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relnamespace = 'ringfence'::regnamespace AND c.relkind = 'r' ORDER BY c.relname, a.attnum`,
  );
  return rows;
}

async function readReferences(owner: pg.Client): Promise<Reference[]> {
  const { rows } = await owner.query<Reference>(
    `SELECT f.relname AS from, t.relname AS to, x.columns, x.required,
            EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL
                       AND (SELECT array_agg(n ORDER BY n) FROM unnest(i.indkey::smallint[]) n)
                         = (SELECT array_agg(n ORDER BY n) FROM unnest(k.conkey) n)) AS single
       FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
      CROSS JOIN LATERAL (
        SELECT array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attname <> 'authority_id') AS columns, bool_and(a.attnotnull) AS required
          FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)) x
      WHERE k.contype = 'f' AND k.connamespace = 'ringfence'::regnamespace AND x.columns IS NOT NULL
      ORDER BY 1, 2, 3`,
  );
  return rows;
}

/** The comment above a table in its migration, on one line. */
function readStories(root: string): ReadonlyMap<string, string> {
  // The migrator makes this one itself.
  const stories = new Map([
    ['migration_texts', 'Which files of /migrations were applied, each with the hash of its text.'],
  ]);
  for (const { sql } of readNumbered(root)) {
    for (const [, comment, table] of sql.matchAll(/\n\n((?:--.*\n)+)CREATE TABLE (\w+)/g)) {
      const lines = comment!.split('\n').filter((line) => line !== '' && !/^-- (?:──|Library:)/.test(line));
      if (lines.length > 0) stories.set(table!, lines.map((line) => line.slice(3)).join(' '));
    }
  }
  return stories;
}

/** In the order of the baseline's files. */
function librariesInOrder(root: string): string[] {
  return [...new Set(readNumbered(root).map(({ sql }) => /^-- Library: ([a-z-]+)$/m.exec(sql)?.[1] ?? ''))];
}

function readNumbered(root: string): { readonly sql: string }[] {
  const folder = join(root, 'migrations');
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name) => ({ sql: readFileSync(join(folder, name), 'utf8') }));
}
