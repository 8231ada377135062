import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
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

  /** Stores bytes as they come, whatever their number. Nothing is kept when the source fails. */
  async storeStream(
    source: AsyncIterable<Uint8Array>,
  ): Promise<{ readonly hash: ContentHash; readonly bytes: number }> {
    const digest = createHash('sha256');
    let bytes = 0;
    const arriving = `arriving/${randomUUID()}`;
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of source) {
        digest.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    };
    try {
      await this.disk.putStream(arriving, Readable.from(counted(), { objectMode: false }));
      const hash = digest.digest('hex');
      if (await this.disk.exists(keyOf(hash))) await this.disk.delete(arriving);
      else await this.disk.move(arriving, keyOf(hash));
      return { hash, bytes };
    } catch (error) {
      await this.disk.delete(arriving).catch(() => undefined);
      throw error;
    }
  }

  /** Throws when the bytes are gone, or are no longer those that were stored. */
  async read(hash: ContentHash): Promise<Uint8Array> {
    const bytes = await this.disk.getBytes(keyOf(hash));
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== hash) throw altered(hash, found);
    return bytes;
  }

  /** The bytes piece by piece. Throws like {@link read}, at the end where they are no longer those that were stored. */
  async *stream(hash: ContentHash): AsyncGenerator<Uint8Array> {
    const digest = createHash('sha256');
    for await (const chunk of await this.disk.getStream(keyOf(hash))) {
      digest.update(chunk as Uint8Array);
      yield chunk as Uint8Array;
    }
    const found = digest.digest('hex');
    if (found !== hash) throw altered(hash, found);
  }
}

function altered(hash: ContentHash, found: ContentHash): Error {
  return new Error(`The stored file ${hash} has been altered: its content now hashes to ${found}.`);
}

function keyOf(hash: ContentHash): string {
  return `${hash.slice(0, 2)}/${hash}`;
}
