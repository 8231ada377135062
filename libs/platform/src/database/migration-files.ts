import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A numbered file of /migrations: it runs once, and its text never changes after that. */
export interface Migration {
  readonly name: string;
  /** The library that owns the tables of this migration. */
  readonly library: string;
  /** What it does and why, in a sentence or two. */
  readonly note: string;
  readonly sql: string;
  readonly sha256: string;
}

/** A file of /migrations/functions: functions, triggers, views and policies, in SQL that can run any number of times. */
export interface FunctionFile {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

export interface MigrationFiles {
  readonly numbered: readonly Migration[];
  /** In the order in which they are applied. */
  readonly functions: readonly FunctionFile[];
}

/** Reads the folder /migrations, and refuses a file whose name or header is not as it must be. */
export async function readMigrationFiles(folder: string): Promise<MigrationFiles> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const numbered = await Promise.all(names.map((name) => readMigration(folder, name)));
  numbered.forEach(({ name }, place) => {
    if (Number(name.slice(0, 4)) !== place + 1) {
      throw new Error(
        `${name} in /migrations has the wrong number: the next is ${String(place + 1).padStart(4, '0')}.`,
      );
    }
  });
  return { numbered, functions: await readFunctionFiles(join(folder, 'functions')) };
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  if (!/^\d{4}-[a-z0-9-]+\.sql$/.test(name)) {
    throw new Error(`${name} in /migrations is not named as "0012-what-it-does.sql".`);
  }
  const sql = await readFile(join(folder, name), 'utf8');
  const [, library, comment] = /^-- Library: ([a-z-]+)\n((?:-- .+\n)+)\n/.exec(sql) ?? [];
  if (!library || !comment) {
    throw new Error(`${name} in /migrations must begin with "-- Library: NAME" and a note in a sentence or two.`);
  }
  const note = comment.replaceAll(/^-- /gm, '').trim().replaceAll('\n', ' ');
  return { name, library, note, sql, sha256: hashOf(sql) };
}

/** `order.txt` says the order. A file that it does not list would never run, so it is refused. */
async function readFunctionFiles(folder: string): Promise<FunctionFile[]> {
  const order = (await readFile(join(folder, 'order.txt'), 'utf8'))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const found = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.sql'));
  const notListed = found.filter((name) => !order.includes(name));
  if (notListed.length > 0) {
    throw new Error(`/migrations/functions/order.txt does not list ${notListed.join(', ')}.`);
  }
  return Promise.all(
    order.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8');
      return { name: `functions/${name}`, sql, sha256: hashOf(sql) };
    }),
  );
}

function hashOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}
