import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endWithThisProcess } from '../processes/child-guard.js';
import type { Account } from './account.js';
import type { PostgresPrograms } from './programs.js';
import { end, lastLogLine, run } from './run-program.js';

export const initMsMax = 120_000;

/** Built beside its place and renamed, so that a killed initdb leaves no half cluster. */
export async function initialise(
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

export function checkRuns(programs: PostgresPrograms, account: Account): void {
  const tried = spawnSync(programs.postgres, ['--version'], { ...account, cwd: '/', env: {}, encoding: 'utf8' });
  if (tried.status === 0) return;
  const who = account.name === undefined ? '' : ` as the user ${account.name}`;
  const why = tried.error?.message ?? tried.stderr.trim().split('\n').at(-1) ?? '';
  throw new Error(
    `PostgreSQL cannot be run${who} from ${programs.folder}: ${why}. Set DATABASE_URL to use another server.`,
  );
}

export function checkVersion(data: string, programs: PostgresPrograms): void {
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (found === programs.major) return;
  throw new Error(
    `${data} was made by PostgreSQL ${found}, this is ${programs.major}: move the folder away, or set DATABASE_URL.`,
  );
}
