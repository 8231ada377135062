import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** A use of a table or view by SQL in a file of a library or an app. */
export interface TableUse {
  /** The library, or `apps/NAME`. */
  readonly by: string;
  readonly access: 'reads' | 'writes';
  readonly table: string;
  readonly file: string;
}

export interface SqlText {
  readonly by: string;
  readonly file: string;
  readonly sql: string;
}

/**
 * The tables of the numbered migrations and the views below `functions/`, each with the library that owns it. A table that
 * must stand in the file of another library says so in the line above it.
 */
export function readOwners(root: string): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  const folder = join(root, 'migrations');
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.sql'))) {
    const text = readFileSync(join(folder, name), 'utf8');
    const library = /^-- Library: ([a-z-]+)$/m.exec(text)?.[1] ?? '';
    for (const [, own, table] of text.matchAll(/(?:^-- Library: ([a-z-]+)\..*\n)?^CREATE TABLE (\w+)/gm)) {
      owners.set(table!, own ?? library);
    }
  }
  for (const { by, sql } of readFunctionTexts(root)) {
    for (const [, view] of sql.matchAll(/^CREATE OR REPLACE VIEW (\w+)/gm)) owners.set(view!, by);
  }
  // The migrator makes this one itself, before any file has run.
  return owners.set('migration_texts', 'platform');
}

/** The SQL below migrations/functions, by library. */
export function readFunctionTexts(root: string): SqlText[] {
  const folder = join(root, 'migrations/functions');
  return filesBelow(folder, /\.sql$/).map((path) => ({
    by: relative(folder, path).split('/')[0]!,
    file: relative(root, path),
    // A comment may name any table.
    sql: readFileSync(path, 'utf8').replaceAll(/--.*$/gm, ''),
  }));
}

/** The texts in the TypeScript of libs and apps that are SQL, specs left out. */
export function readSourceTexts(root: string): SqlText[] {
  return ['libs', 'apps'].flatMap((folder) =>
    filesBelow(join(root, folder), /(?<!\.spec)\.ts$/).flatMap((path) => {
      const file = relative(root, path);
      return textsOf(path).map((sql) => ({ by: libraryOf(file), file, sql }));
    }),
  );
}

/** Uses of a table through its TypeORM entity, outside the library that declares the entity. */
export function readEntityUses(root: string): TableUse[] {
  const paths = ['libs', 'apps'].flatMap((folder) => filesBelow(join(root, folder), /(?<!\.spec)\.ts$/));
  const texts = paths.map((path) => ({ file: relative(root, path), text: readFileSync(path, 'utf8') }));
  const tables = new Map<string, string>();
  for (const { text } of texts) {
    for (const [, table, name] of text.matchAll(/@Entity\('(\w+)'\)\s*export class (\w+)/g)) tables.set(name!, table!);
  }
  return texts.flatMap(({ file, text }) => {
    const imported = [...text.matchAll(/^import \{([^}]*)\} from '@ringfence\/[a-z-]+';/gm)].flatMap(([, names]) =>
      names!.split(',').map((name) => name.trim()),
    );
    return imported
      .filter((name) => tables.has(name))
      .map((name): TableUse => {
        const writes = new RegExp(`\\.(?:save|insert|update|delete|upsert|remove)\\(\\s*${name}\\b`).test(text);
        return { by: libraryOf(file), access: writes ? 'writes' : 'reads', table: tables.get(name)!, file };
      });
  });
}

/** What the texts read and write, each use once for a file. Names that are no table, such as those of a WITH, are left out. */
export function usesOf(texts: readonly SqlText[], owners: ReadonlyMap<string, string>): TableUse[] {
  const found = new Map<string, TableUse>();
  for (const { by, file, sql } of texts) {
    for (const { access, table } of tablesOf(sql)) {
      if (owners.has(table)) found.set(`${file} ${access} ${table}`, { by, access, table, file });
    }
  }
  return [...found.values()];
}

const writing =
  /\b(?:INSERT INTO|(?<!\b(?:FOR|DO|KEY|OR|BEFORE|AFTER|INSERT,|SELECT,) )UPDATE(?: ONLY)?|DELETE FROM|TRUNCATE|MERGE INTO)\s+(?:ringfence\.)?(\w+)/g;
const reading =
  /(?<!\b(?:DELETE|IS DISTINCT|IS NOT DISTINCT) )\b(?:FROM|JOIN|USING)\s+((?:(?:ONLY|LATERAL)\s+)?(?:ringfence\.)?\w+(?:\s+(?:AS\s+)?\w+)?(?:\s*,\s*(?:ringfence\.)?\w+(?:\s+(?:AS\s+)?\w+)?)*)/g;

function* tablesOf(sql: string): Generator<Pick<TableUse, 'access' | 'table'>> {
  for (const [, table] of sql.matchAll(writing)) yield { access: 'writes', table: table! };
  for (const [, list] of sql.matchAll(reading)) {
    for (const item of list!.split(',')) {
      yield {
        access: 'reads',
        table: item
          .trim()
          .replace(/^(?:ONLY|LATERAL)\s+/, '')
          .replace('ringfence.', '')
          .split(/\s/)[0]!,
      };
    }
  }
}

/** The string and template literals of a source file that look like SQL; what is put into a template becomes a `?`. */
function textsOf(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isTemplateExpression(node)) {
      texts.push(node.head.text + node.templateSpans.map(({ literal }) => `?${literal.text}`).join(''));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts.filter((text) => /\b(?:SELECT|FROM|JOIN|INTO|UPDATE)\s+[\w("]/.test(text));
}

function libraryOf(file: string): string {
  const [folder, name] = file.split('/');
  return folder === 'libs' ? name! : `${folder}/${name}`;
}

function filesBelow(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('node_modules'))
    .sort();
}
