import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from './account.js';

export const logBytesMax = 5_000_000;

/**
 * Children get the log file and nothing that this process inherited: a server that outlives its parent must hold
 * nobody's pipe open. Their own session keeps a terminal's Ctrl-C from them: the parent ends them in order.
 */
export function run(folder: string, program: string, args: string[], account: Account): ChildProcess {
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

/** What PostgreSQL last said of its trouble, and where the rest is. */
export function lastLogLine(folder: string): string {
  const lines = readFileSync(join(folder, 'log'), 'utf8').trim().split('\n');
  const telling = lines.slice(-30).findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? '';
  return `${telling.replace(/^.*?(FATAL|PANIC|error):\s*/, '')} (the whole log is ${join(folder, 'log')})`;
}

/** Resolves with the exit code when the program has ended. */
export function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((done) => {
    child.once('exit', (code) => done(code));
    child.once('error', () => done(null));
  });
}
