import { tryConnection, readConfig, startEmbeddedPostgres, type Config } from '@ringfence/platform';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { environment, type Environment } from './environment.js';
import { CommandFailure } from './exit.js';

export interface OpenDatabase {
  readonly url: string;
  readonly embedded: boolean;
  stop(): Promise<void>;
}

/** For a command that needs the database: the configuration complete, and a server that answers until `work` ends. */
export async function withDatabase<T>(work: (config: Config) => Promise<T>): Promise<T> {
  const given = environment();
  const database = await openDatabase(given, (line) => process.stderr.write(`${line}\n`));
  try {
    return await work(readConfig({ ...given, DATABASE_URL: database.url }));
  } finally {
    await database.stop();
  }
}

/**
 * The server that DATABASE_URL names, else the embedded one: that of a running `ringfence start`, or our own for the
 * time of the command; with `own` never another's, for what stays. Throws a {@link CommandFailure} whose sentence never holds the password.
 */
export async function openDatabase(
  given: Environment,
  log: (line: string) => void,
  { own = false }: { readonly own?: boolean } = {},
): Promise<OpenDatabase> {
  if (given['DATABASE_URL']) {
    await requireAnswer(given['DATABASE_URL']);
    return { url: given['DATABASE_URL'], embedded: false, stop: () => Promise.resolve() };
  }
  const dataDir = join(requireDataFolder(given), 'postgres');
  try {
    return { ...(await startEmbeddedPostgres({ dataDir, log, own })), embedded: true };
  } catch (error) {
    throw new CommandFailure(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Makes the data folder when it is missing. */
export function requireDataFolder(given: Environment): string {
  // Any well-formed DATABASE_URL will do to read the other settings with: the real one is not known yet.
  const { dataFolder } = readConfig({ ...given, DATABASE_URL: given['DATABASE_URL'] || 'postgresql://localhost' });
  try {
    mkdirSync(dataFolder, { recursive: true });
    accessSync(dataFolder, constants.W_OK);
  } catch (error) {
    throw new CommandFailure(
      `The data folder ${dataFolder} cannot be written (${codeOf(error)}): change its owner, or set RINGFENCE_DATA to another.`,
    );
  }
  return dataFolder;
}

async function requireAnswer(databaseUrl: string): Promise<void> {
  let place: string;
  try {
    const { hostname, port, pathname } = new URL(databaseUrl);
    place = `${hostname || 'localhost'}:${port || '5432'}${pathname}`;
  } catch {
    // Node's own error repeats the text, password and all.
    throw new CommandFailure(
      'DATABASE_URL is not a URL: write postgresql://user:password@host:5432/database, with signs in the password percent-encoded.',
    );
  }
  try {
    await tryConnection(databaseUrl, 10_000);
  } catch (error) {
    throw new CommandFailure(
      `DATABASE_URL names ${place}, and PostgreSQL does not let us in there: ${reasonOf(error)}.`,
    );
  }
}

/** Connecting to a name with several addresses fails with an AggregateError that has no message of its own. */
function reasonOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return (first instanceof Error && first.message.replace(/\.$/, '')) || codeOf(error);
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
