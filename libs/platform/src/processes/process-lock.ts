import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Who holds a folder: a process id and that process's identity, because ids are used again after a restart. */
interface Holder {
  readonly pid: number;
  readonly identity: string;
}

export interface ProcessLock {
  /** The last holder was killed: what it had started may still be ending. */
  readonly tookOver: boolean;
  release(): void;
}

/**
 * Takes a lock file for this process, or answers the id of the living process that holds it. A lock left behind by a
 * process that was killed is taken over. The file is linked into place complete, so nobody reads half of it.
 */
export function takeLock(path: string): ProcessLock | { readonly heldBy: number } {
  const own: Holder = { pid: process.pid, identity: processIdentity(process.pid) ?? 'unknown' };
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    let tookOver = false;
    for (let attempt = 0; attempt < takeAttemptsMax; attempt++) {
      try {
        linkSync(draft, path);
        return lockAt(path, tookOver);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const heldBy = lockHolder(path);
      if (heldBy !== undefined) return { heldBy };
      rmSync(path, { force: true });
      tookOver = true;
    }
    throw new Error(`The lock file ${path} changes hands too fast: try again.`);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The id of the living process that holds the lock, if any. */
export function lockHolder(path: string): number | undefined {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder;
    return processIdentity(holder.pid) === holder.identity ? holder.pid : undefined;
  } catch {
    return undefined;
  }
}

const takeAttemptsMax = 5;

function lockAt(path: string, tookOver: boolean): ProcessLock {
  return {
    tookOver,
    release: () => {
      if (lockHolder(path) === process.pid) rmSync(path, { force: true });
    },
  };
}

/** Tells one process from a later one with the same id: the boot and the moment at which it began. */
function processIdentity(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The program's name stands in brackets and may hold spaces. State is the first field after it, start the 20th.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : `${boot}/${fields[19]}`;
    }
    const started = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return started === '' ? undefined : started;
  } catch {
    return undefined;
  }
}
