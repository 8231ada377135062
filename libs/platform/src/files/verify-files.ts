import type { Database } from '../database/database.js';
import type { ContentHash } from './arrive.js';
import type { FileCondition, FileStore } from './file-store.js';
import { filesNamedAfter, installationContext, namersOf, type FileNamer } from './named-files.sql.js';
import { batches, filesLookedUpAtOnce, unnamed, unnamedFileGraceMs } from './sweep-files.js';

/** A stored file that is not as the rows say, or a file that no row names. */
export interface FileDifference {
  readonly difference: Exclude<FileCondition, 'whole'> | 'unnamed';
  readonly hash: ContentHash;
  readonly bytes: number;
  /** Whose file it is; nobody's where it is unnamed. */
  readonly namedBy: readonly FileNamer[];
}

export interface FileVerification {
  /** Files that rows name, each counted once. */
  readonly named: number;
  readonly namedBytes: number;
  /** How many files differ, by how. */
  readonly counts: Readonly<Record<FileDifference['difference'], number>>;
}

export interface VerifyFilesOptions {
  /** Told of each difference, in the order of the hashes. */
  readonly differs: (difference: FileDifference) => Promise<void> | void;
  readonly show?: (done: number, named: number) => void;
}

/**
 * Reads every file that a row names and compares it with its hash; then looks for files that no row names and that have
 * lain there for a day. Nothing is changed, neither files nor rows.
 */
export async function verifyFiles(
  database: Database,
  files: FileStore,
  now: Date,
  { differs, show }: VerifyFilesOptions,
): Promise<FileVerification> {
  const counts = { missing: 0, torn: 0, altered: 0, unnamed: 0 };
  let [named, namedBytes] = [0, 0];
  const tell = async (difference: FileDifference): Promise<void> => {
    counts[difference.difference] += 1;
    await differs(difference);
  };
  const total = await countNamedFiles(database);
  for await (const { hash, bytes } of namedFiles(database)) {
    show?.(named, total);
    [named, namedBytes] = [named + 1, namedBytes + bytes];
    const condition = await files.check(hash, bytes);
    if (condition === 'whole') continue;
    const namers = await database.transaction(installationContext, (tx) => namersOf(tx, [hash]));
    // Nobody names it any more: it went between the two questions.
    if (namers.has(hash)) await tell({ difference: condition, hash, bytes, namedBy: namers.get(hash)! });
  }
  const before = new Date(now.getTime() - unnamedFileGraceMs);
  for await (const batch of batches(files.stored(), filesLookedUpAtOnce)) {
    for (const { name, bytes } of await unnamed(database, batch, before)) {
      await tell({ difference: 'unnamed', hash: name, bytes, namedBy: [] });
    }
  }
  return { named, namedBytes, counts };
}

async function countNamedFiles(database: Database): Promise<number> {
  const [row] = await database.transaction(installationContext, (tx) =>
    tx.query<{ count: bigint }>('SELECT count_named_files() AS count'),
  );
  return Number(row!.count);
}

/** A page and a transaction at a time: what is written meanwhile is not held up. */
async function* namedFiles(database: Database): AsyncGenerator<{ hash: ContentHash; bytes: number }> {
  let after = '';
  for (;;) {
    const page = await database.transaction(installationContext, (tx) =>
      filesNamedAfter(tx, after, filesLookedUpAtOnce),
    );
    yield* page;
    if (page.length < filesLookedUpAtOnce) return;
    after = page.at(-1)!.hash;
  }
}
