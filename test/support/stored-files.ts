import { readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** Every file in the store of a data folder, by its place in it: what is stored, and what is still arriving. */
export async function storedFiles(folder: string): Promise<string[]> {
  const files = join(folder, 'files');
  const names = await readdir(files, { recursive: true }).catch(() => []);
  const kept: string[] = [];
  for (const name of names) {
    // What is arriving may be gone by now.
    const found = await stat(join(files, name)).catch(() => undefined);
    if (name !== 'installation' && found?.isFile()) kept.push(name);
  }
  return kept.sort();
}

export function storedPath(folder: string, hash: string): string {
  return join(folder, 'files', hash.slice(0, 2), hash);
}

/** As if the file had been written at that moment. */
export async function writtenAt(path: string, moment: Date): Promise<void> {
  await utimes(path, moment, moment);
}
