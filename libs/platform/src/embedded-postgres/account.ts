import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The user that PostgreSQL runs as; empty when that is the user of this process. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
  readonly name?: string;
}

/**
 * PostgreSQL refuses to run as root: root hands over to the owner of an existing cluster, else to the user
 * `postgres`, which is made when missing.
 */
export function postgresAccount(data: string): Account {
  if (process.getuid?.() !== 0) return {};
  if (existsSync(data)) {
    const { uid, gid } = statSync(data);
    if (uid !== 0) return { uid, gid, name: `with id ${uid}` };
  }
  const known = accountNamed('postgres');
  if (known) return known;
  for (const [program, ...args] of [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
    ['adduser', '-S', '-D', '-H', 'postgres'],
  ] as const) {
    spawnSync(program, args, { stdio: 'ignore' });
    const made = accountNamed('postgres');
    if (made) return made;
  }
  throw new Error(
    'PostgreSQL does not run as root, and no user "postgres" could be made: start as another user, or set DATABASE_URL.',
  );
}

function accountNamed(name: string): Account | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid), name };
}

/**
 * Lets the account walk through the folders above (never read them): a home of root's is 0700, and PostgreSQL could
 * not reach its programs or its data below it.
 */
export function letPass(account: Account, folders: readonly string[], log: (sentence: string) => void): void {
  for (const folder of folders) {
    for (let above = folder; above !== dirname(above); above = dirname(above)) {
      const { uid, gid, mode } = statSync(above);
      const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
      if ((mode & bit) !== 0) continue;
      chmodSync(above, (mode & 0o7777) | bit);
      log(`PostgreSQL runs as the user ${account.name}: let it pass through ${above} (execute permission only).`);
    }
  }
}
