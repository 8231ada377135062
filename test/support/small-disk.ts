import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Makes room: sixteen megabytes. */
  grow(): void;
  remove(): void;
}

/** A disk of two megabytes; undefined where the test may not have one. Only Linux's root mounts a tmpfs. */
export function smallDisk(): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-disk-'));
  if (!mount('-t', 'tmpfs', '-o', 'size=2m', 'ringfence-test', folder)) {
    rmdirSync(folder);
    return undefined;
  }
  return {
    folder,
    grow: () => {
      if (!mount('-o', 'remount,size=16m', folder)) throw new Error('The disk does not grow.');
    },
    remove: () => {
      spawnSync('umount', [folder]);
      rmdirSync(folder);
    },
  };
}

function mount(...args: string[]): boolean {
  return spawnSync('mount', args, { stdio: 'ignore' }).status === 0;
}
