import { createHash } from 'node:crypto';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { join } from 'node:path';
import type { Config } from '../config.js';

/** What names a stored file for ever: the SHA-256 of its bytes, in hexadecimal. */
export type ContentHash = string;

/**
 * Uploaded files, kept under the hash of their content: storing the same bytes twice keeps one copy, and a stored
 * file never changes. A file is stored before the row that names it is written, so a failed request may leave bytes
 * that nothing names, but never a row without its bytes.
 */
export class FileStore {
  private readonly disk: Disk;

  constructor(config: Pick<Config, 'dataFolder'>) {
    this.disk = new Disk(new FSDriver({ location: join(config.dataFolder, 'files'), visibility: 'private' }));
  }

  async store(bytes: Uint8Array): Promise<ContentHash> {
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (!(await this.disk.exists(keyOf(hash)))) await this.disk.put(keyOf(hash), bytes);
    return hash;
  }

  /** Throws when the bytes are gone, or are no longer those that were stored. */
  async read(hash: ContentHash): Promise<Uint8Array> {
    const bytes = await this.disk.getBytes(keyOf(hash));
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== hash)
      throw new Error(`The stored file ${hash} has been altered: its content now hashes to ${found}.`);
    return bytes;
  }
}

function keyOf(hash: ContentHash): string {
  return `${hash.slice(0, 2)}/${hash}`;
}
