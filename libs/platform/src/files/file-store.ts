import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { Logger } from '@nestjs/common';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config.js';
import { arrive, makeFolder, measure, syncFolder, type ArrivedFile, type ContentHash } from './arrive.js';
import { altered, isLostFile, isUnreadable, missing, notStored, systemCode, unreadable } from './file-faults.js';

/** What a look at a stored file found: torn is one of another length, altered one of another content. */
export type FileCondition = 'whole' | 'missing' | 'torn' | 'altered';

/** A file in the store's folders, as the system lists it. */
export interface ListedFile {
  /** Its hash; of one that is arriving, a name that nobody else uses. */
  readonly name: string;
  readonly bytes: number;
  readonly changedAt: Date;
}

/**
 * Uploaded files, kept under the hash of their content: storing the same bytes twice keeps one copy, and a stored file
 * never changes. A file arrives beside the others, is checked on the disk, and is renamed to its hash: a name is never
 * that of a part of a file, however the writing ends. `Uploads` joins this to the rows that name files.
 *
 * Reading goes through flydrive. Writing does not: its driver for disks neither brings a file onto the disk before it
 * answers nor says that a rename replaces what was there.
 */
export class FileStore {
  private readonly disk: Disk;
  readonly folder: string;
  private readonly logger = new Logger('files');

  constructor(config: Pick<Config, 'dataFolder'>) {
    this.folder = join(config.dataFolder, 'files');
    this.disk = new Disk(new FSDriver({ location: this.folder, visibility: 'private' }));
  }

  /** Stores bytes that no upload brought. Throws like {@link arrive}. */
  async store(bytes: Uint8Array): Promise<ContentHash> {
    const file = await this.arrive(bytes);
    await this.place(file);
    return file.hash;
  }

  /** Takes bytes as they come, whatever their number: they lie beside the others until they are placed or dropped. */
  async arrive(source: Uint8Array | AsyncIterable<Uint8Array>): Promise<ArrivedFile> {
    return this.withFaultsInWords(() => arrive(this.arrivingFolder, source));
  }

  /**
   * Gives an arrived file its name, and answers whether nothing lay under it before. What lay there is replaced, so
   * that one which was torn or altered is whole again. Is idempotent.
   */
  async place(file: ArrivedFile): Promise<boolean> {
    const path = this.pathOf(file.hash);
    const before = await found(stat(path));
    await this.withFaultsInWords(async () => {
      await makeFolder(dirname(path));
      // Gone where it was placed already, by a transaction that is run again.
      const renamed = await found(rename(file.path, path).then(() => true));
      if (renamed) return syncFolder(dirname(path));
      if (before?.size === file.bytes) return;
      throw new Error(`The file ${file.hash} was dropped before it was placed.`);
    });
    return before === undefined;
  }

  /** Forgets an arrived file. One that was placed stays. */
  async drop(file: ArrivedFile): Promise<void> {
    await rm(file.path, { force: true });
  }

  /** Removes a stored file. Only `Uploads` and the sweep do, who hold its lock and know that no row names it. */
  async remove(hash: ContentHash): Promise<void> {
    await rm(this.pathOf(hash), { force: true });
  }

  /** Removes what an upload that was cut off left behind. */
  async removeArriving(name: string): Promise<void> {
    await rm(join(this.arrivingFolder, name), { force: true });
  }

  /** Throws a Problem where the bytes are gone, or are no longer those that were stored; `of` names the file in it. */
  async read(hash: ContentHash, of = 'The file'): Promise<Uint8Array> {
    const bytes = await this.disk.getBytes(keyOf(hash)).catch((error: unknown) => this.lost(hash, lostOf(of, error)));
    if (createHash('sha256').update(bytes).digest('hex') !== hash) this.lost(hash, altered(of));
    return bytes;
  }

  /** The bytes piece by piece. Throws like {@link read}, at the end where they are no longer those that were stored. */
  async *stream(hash: ContentHash, of = 'The file'): AsyncGenerator<Uint8Array> {
    const digest = createHash('sha256');
    try {
      for await (const chunk of await this.disk.getStream(keyOf(hash))) {
        digest.update(chunk as Uint8Array);
        yield chunk as Uint8Array;
      }
    } catch (error) {
      this.lost(hash, lostOf(of, error));
    }
    if (digest.digest('hex') !== hash) this.lost(hash, altered(of));
  }

  /** Reads a stored file to its end, and compares it with what it must be. What the disk cannot read counts as altered. */
  async check(hash: ContentHash, bytes: number): Promise<FileCondition> {
    const held = await found(stat(this.pathOf(hash)));
    if (!held) return 'missing';
    if (held.size !== bytes) return 'torn';
    try {
      const measured = await found(measure(this.pathOf(hash)));
      return measured === undefined ? 'missing' : measured.hash === hash ? 'whole' : 'altered';
    } catch (error) {
      if (isUnreadable(error)) return 'altered';
      throw error;
    }
  }

  /** Throws like {@link read}, without handing out the bytes. */
  async require(hash: ContentHash, bytes: number, of = 'The file'): Promise<void> {
    const condition = await this.check(hash, bytes);
    if (condition !== 'whole') this.lost(hash, condition === 'missing' ? missing(of) : altered(of));
  }

  /** Undefined where it is not there. */
  async look(hash: ContentHash): Promise<ListedFile | undefined> {
    const held = await found(stat(this.pathOf(hash)));
    return held && { name: hash, bytes: held.size, changedAt: held.mtime };
  }

  /** Every stored file, in the order of the hashes. */
  async *stored(): AsyncGenerator<ListedFile> {
    for (const shard of (await found(readdir(this.folder)))?.sort() ?? []) {
      if (!/^[0-9a-f]{2}$/.test(shard)) continue;
      for (const name of ((await found(readdir(join(this.folder, shard)))) ?? []).sort()) {
        const file = /^[0-9a-f]{64}$/.test(name) ? await this.look(name) : undefined;
        if (file) yield file;
      }
    }
  }

  /** What is arriving now, or was cut off while it did. */
  async *arriving(): AsyncGenerator<ListedFile> {
    for (const name of (await found(readdir(this.arrivingFolder))) ?? []) {
      const held = await found(stat(join(this.arrivingFolder, name)));
      if (held) yield { name, bytes: held.size, changedAt: held.mtime };
    }
  }

  /** The database that the files belong to, as {@link claim} wrote it beside them; undefined where it never did. */
  async owner(): Promise<string | undefined> {
    return (await found(readFile(join(this.folder, ownerFile), 'utf8')))?.trim() || undefined;
  }

  async claim(owner: string): Promise<void> {
    await makeFolder(this.folder);
    await writeFile(join(this.folder, ownerFile), `${owner}\n`, { mode: 0o600 });
  }

  private get arrivingFolder(): string {
    return join(this.folder, 'arriving');
  }

  private pathOf(hash: ContentHash): string {
    return join(this.folder, keyOf(hash));
  }

  /** The sender is told in a sentence; whoever runs the service reads what the system said. */
  private async withFaultsInWords<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      const problem = isNotStored(error) ? error : (notStored(error) ?? error);
      if (isNotStored(problem)) this.logger.error(`A file could not be kept: ${reasonOf(problem)}`);
      throw problem;
    }
  }

  private lost(hash: ContentHash, error: unknown): never {
    if (isLostFile(error)) {
      const reason = [error.code, systemCode(error) ?? []].flat().join(', ');
      this.logger.error(`The stored file ${hash} is not as it was stored: ${reason}.`);
    }
    throw error;
  }
}

const ownerFile = 'installation';

/** Undefined where the system knows no such file. */
async function found<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function lostOf(of: string, error: unknown): unknown {
  if (isUnreadable(error)) return unreadable(of, error);
  return systemCode(error) === 'ENOENT' ? missing(of, error) : error;
}

function isNotStored(error: unknown): error is Error {
  return (error as { code?: unknown } | null)?.code === 'file-not-stored';
}

function reasonOf(problem: Error): string {
  return problem.cause instanceof Error ? problem.cause.message : problem.message;
}

function keyOf(hash: ContentHash): string {
  return `${hash.slice(0, 2)}/${hash}`;
}
