import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { lockHolder, takeLock } from '../processes/process-lock.js';

// A command that finds a server running on the folder uses it as a guest. The owner stops the server when its own work is
// done, so it has to know who is still in it. A guest leaves its mark before it looks whether the owner is leaving, and
// the owner says that it is leaving before it looks for guests: one of the two sees the other.

/** How long an owner that has done its work waits for its guests. */
export const guestsMsMax = 60_000;

const mark = /^guest\.\d+\.\d+$/;
let entered = 0;

/** Marks this process as a guest and answers how to leave; undefined where the owner is leaving. */
export function enterAsGuest(folder: string): (() => void) | undefined {
  const own = takeLock(join(folder, `guest.${process.pid}.${(entered += 1)}`));
  if ('heldBy' in own) throw new Error(`The process ${own.heldBy} holds a mark of this one in ${folder}.`);
  if (!existsSync(leaving(folder))) return own.release;
  own.release();
  return undefined;
}

/** Lets no further guest in, and resolves when the last one has left, or after `guestsMsMax`. */
export async function awaitGuests(folder: string, log: (sentence: string) => void): Promise<void> {
  writeFileSync(leaving(folder), '');
  let said = false;
  for (const until = Date.now() + guestsMsMax; guestsOf(folder).length > 0 && Date.now() < until; await pause(20)) {
    if (!said)
      log(`Other commands still use this PostgreSQL (process ${guestsOf(folder).join(', ')}): waiting for them.`);
    said = true;
  }
}

/** To be called by who holds the folder, before anybody is let in. */
export function admitGuests(folder: string): void {
  rmSync(leaving(folder), { force: true });
}

/** The processes that are in; marks of those that were killed are removed. */
function guestsOf(folder: string): number[] {
  return readdirSync(folder)
    .filter((name) => mark.test(name))
    .flatMap((name) => {
      const pid = lockHolder(join(folder, name));
      if (pid === undefined) rmSync(join(folder, name), { force: true });
      return pid ?? [];
    });
}

function leaving(folder: string): string {
  return join(folder, 'leaving');
}
