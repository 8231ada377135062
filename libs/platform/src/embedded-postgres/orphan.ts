import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** After this a server is ended without its checkpoint; it recovers at its next start. */
export const stopMsMax = 20_000;

/** A server whose owner was killed may be ending, or still run: it is ended before the folder is used again. */
export async function endOrphan(data: string, log: (sentence: string) => void): Promise<void> {
  const orphan = postmaster(data);
  if (orphan === undefined || !alive(orphan.pid)) return;
  if (!isServerOf(orphan.pid, data)) {
    // After a restart of the machine the id may be another program's, and PostgreSQL would refuse to start.
    rmSync(join(data, 'postmaster.pid'), { force: true });
    return;
  }
  log(`Ending a PostgreSQL (process ${orphan.pid}) that an interrupted run left behind.`);
  const began = Date.now();
  for (let signal: NodeJS.Signals = 'SIGINT'; isServerOf(orphan.pid, data); signal = nextSignal(Date.now() - began)) {
    try {
      process.kill(orphan.pid, signal);
    } catch {
      break;
    }
    await pause(100);
    if (Date.now() - began > stopMsMax + 5_000) {
      throw new Error(`A PostgreSQL left behind (process ${orphan.pid}) does not end: end it and try again.`);
    }
  }
}

function nextSignal(waitedMs: number): NodeJS.Signals {
  return waitedMs > stopMsMax ? 'SIGQUIT' : 'SIGINT';
}

/** What `postmaster.pid` says: process on line 1, port on 4, status on 8. */
export function postmaster(data: string): { pid: number; port: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0
      ? { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
      : undefined;
  } catch {
    return undefined;
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function isServerOf(pid: number, data: string): boolean {
  try {
    if (process.platform === 'linux') {
      const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return !status.includes(') Z ') && readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data);
    }
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.includes(data);
  } catch {
    return false;
  }
}
