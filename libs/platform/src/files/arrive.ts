import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { notAsWritten, notStored } from './file-faults.js';

/** What names a stored file for ever: the SHA-256 of its bytes, in hexadecimal. */
export type ContentHash = string;

/** A file that lies beside the others, whole and on the disk, and has no name of its own yet. */
export interface ArrivedFile {
  readonly hash: ContentHash;
  readonly bytes: number;
  /** Where it lies until it is given its name. */
  readonly path: string;
}

/**
 * Writes bytes into a folder, each file under a name that nobody else uses, and answers when they are on the disk and
 * have been read again. Nothing is left behind when the source fails or the disk does. Throws a Problem
 * `file-not-stored` where the disk is full or takes nothing, and what the source throws.
 */
export async function arrive(folder: string, source: Uint8Array | AsyncIterable<Uint8Array>): Promise<ArrivedFile> {
  const path = join(folder, randomUUID());
  try {
    await makeFolder(folder);
    const { hash, bytes } = await write(path, source instanceof Uint8Array ? [source] : source);
    const found = await measure(path);
    if (found.hash !== hash || found.bytes !== bytes) throw notAsWritten();
    return { hash, bytes, path };
  } catch (error) {
    await rm(path, { force: true }).catch(() => undefined);
    throw notStored(error) ?? error;
  }
}

/** The hash and the length of what a file holds now. */
export async function measure(path: string): Promise<{ readonly hash: ContentHash; readonly bytes: number }> {
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: readBytes })) {
    digest.update(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).length;
  }
  return { hash: digest.digest('hex'), bytes };
}

/** Makes a folder that stays there when the machine loses its power: its name is on the disk too. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** Brings the names in a folder onto the disk. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const readBytes = 256 * 1024;

async function write(
  path: string,
  source: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<{ hash: ContentHash; bytes: number }> {
  const digest = createHash('sha256');
  let bytes = 0;
  const handle = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of source) {
      digest.update(chunk);
      await writeWhole(handle, chunk);
      bytes += chunk.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { hash: digest.digest('hex'), bytes };
}

/** The system may take a part of what it is given, as it does just before a disk is full. */
async function writeWhole(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    done += (await handle.write(chunk, done, chunk.length - done)).bytesWritten;
  }
}
