import type { Database } from '../database/database.js';
import type { FileStore, ListedFile } from './file-store.js';
import { installationContext, isNamed, lockFileName, namersOf } from './named-files.sql.js';

/** A file that no row names is left alone for so long: its row may be about to be written. */
export const unnamedFileGraceMs = 24 * 3_600_000;
/** Files that one sweep removes at most; the next one goes on. */
export const filesSweptMax = 10_000;
export const fileSweepEveryHours = 24;
export const filesLookedUpAtOnce = 500;

export interface FileSweepOptions {
  readonly dryRun?: boolean | undefined;
  /** Told after each batch. */
  readonly show?: ((looked: number) => void) | undefined;
}

/** What a sweep found. On a dry run `removed` counts what a sweep would remove. */
export interface FileSweepReport {
  readonly dryRun: boolean;
  /** Files in the store, and how many bytes they have. */
  readonly stored: number;
  readonly storedBytes: number;
  /** Files that no row names, longer than the grace. */
  readonly removed: number;
  readonly removedBytes: number;
  /** Uploads that were cut off, longer ago than the grace. */
  readonly cutOffRemoved: number;
  /** More is left for the next sweep. */
  readonly more: boolean;
}

/** The folder holds the files of another database: nothing was looked at. */
export class ForeignFilesError extends Error {}

/**
 * Removes the stored files that no row of any authority names, and what uploads that were cut off left behind, where
 * they have lain there for a day. Each is looked up again under the lock of its name before it goes. Throws a
 * {@link ForeignFilesError} where the files are those of another database, which names none of them.
 */
export async function sweepFiles(
  database: Database,
  files: FileStore,
  now: Date,
  { dryRun = false, show }: FileSweepOptions = {},
): Promise<FileSweepReport> {
  await requireOwnFiles(database, files, dryRun);
  const before = new Date(now.getTime() - unnamedFileGraceMs);
  const report = { dryRun, stored: 0, storedBytes: 0, removed: 0, removedBytes: 0, cutOffRemoved: 0, more: false };
  for await (const file of files.arriving()) {
    if (file.changedAt >= before) continue;
    if (!dryRun) await files.removeArriving(file.name);
    report.cutOffRemoved += 1;
  }
  for await (const batch of batches(files.stored(), filesLookedUpAtOnce)) {
    report.stored += batch.length;
    report.storedBytes += batch.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const file of await unnamed(database, batch, before)) {
      if (report.removed >= filesSweptMax) {
        report.more = true;
        break;
      }
      if (!dryRun && !(await removed(database, files, file, before))) continue;
      report.removed += 1;
      report.removedBytes += file.bytes;
    }
    show?.(report.stored);
  }
  return report;
}

/** Sweeps where no sweep began in the last day, whichever worker began it; undefined where one did. */
export async function sweepFilesWhenDue(
  database: Database,
  files: FileStore,
  now: Date,
): Promise<FileSweepReport | undefined> {
  const id = await database.transaction(installationContext, async (tx) => {
    const [row] = await tx.query<{ id: bigint | null }>(
      'SELECT begin_file_sweep($1, make_interval(hours => $2)) AS id',
      [now, fileSweepEveryHours],
    );
    return row?.id ?? null;
  });
  if (id === null) return undefined;
  const report = await sweepFiles(database, files, now);
  await database.transaction(installationContext, (tx) =>
    tx.query('SELECT end_file_sweep($1, $2, $3)', [id, now, JSON.stringify(report)]),
  );
  return report;
}

/** Of these files those that no row names, and that are older than a moment. */
export async function unnamed(
  database: Database,
  batch: readonly ListedFile[],
  before: Date,
): Promise<readonly ListedFile[]> {
  const old = batch.filter(({ changedAt }) => changedAt < before);
  if (old.length === 0) return [];
  const named = await database.transaction(installationContext, (tx) =>
    namersOf(
      tx,
      old.map(({ name }) => name),
    ),
  );
  return old.filter(({ name }) => !named.has(name));
}

/** In batches of `size`, so that the database is asked once for many. */
export async function* batches<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of source) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Whether it was removed: a row may name it by now, or somebody may have sent it again. */
async function removed(database: Database, files: FileStore, { name }: ListedFile, before: Date): Promise<boolean> {
  return database.transaction(installationContext, async (tx) => {
    await lockFileName(tx, name, 'alone');
    const file = await files.look(name);
    if (file === undefined || file.changedAt >= before || (await isNamed(tx, name))) return false;
    await files.remove(name);
    return true;
  });
}

/** The first sweep writes into the folder which database its files belong to. */
async function requireOwnFiles(database: Database, files: FileStore, dryRun: boolean): Promise<void> {
  const [own] = await database.transaction(installationContext, (tx) =>
    tx.query<{ id: string }>('SELECT installation_id() AS id'),
  );
  const owner = await files.owner();
  if (owner === undefined && !dryRun) await files.claim(own!.id);
  if (owner === undefined || owner === own!.id) return;
  throw new ForeignFilesError(
    `The files in ${files.folder} belong to another database, and this one names none of them: nothing was swept. Set RINGFENCE_DATA and DATABASE_URL to those that belong together.`,
  );
}
