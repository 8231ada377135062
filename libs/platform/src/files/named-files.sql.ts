import { systemContext, type TenantContext, type Transaction } from '../database/database.js';
import type { ContentHash } from './arrive.js';

/** A row that names a file: what it is, as `receipt`, and its id. */
export interface FileNamer {
  readonly kind: string;
  readonly authorityId: string;
  readonly id: string;
}

/** Files are shared by all authorities: who looks after them acts for none, and sees no row but through functions. */
export const installationContext: TenantContext = systemContext('00000000-0000-0000-0000-000000000000');

/**
 * Holds a file's name until the transaction ends. Who gives a file its name and writes the row that names it holds it
 * together with others who do; who removes a file holds it alone, so that no row is written meanwhile.
 */
export async function lockFileName(tx: Transaction, hash: ContentHash, held: 'together' | 'alone'): Promise<void> {
  const lock = held === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
  await tx.query(`SELECT ${lock}(hashtextextended($1, 22))`, [hash]);
}

/** The rows of any authority that name these files, by the file. A migration says by `names_files` which tables do. */
export async function namersOf(
  tx: Transaction,
  hashes: readonly ContentHash[],
): Promise<ReadonlyMap<ContentHash, FileNamer[]>> {
  const rows = await tx.query<FileNamer & { fileHash: ContentHash }>(
    'SELECT file_hash AS "fileHash", kind, authority_id AS "authorityId", id FROM named_files($1)',
    [hashes],
  );
  const found = new Map<ContentHash, FileNamer[]>();
  for (const { fileHash, ...namer } of rows) found.set(fileHash, [...(found.get(fileHash) ?? []), namer]);
  return found;
}

export async function isNamed(tx: Transaction, hash: ContentHash): Promise<boolean> {
  return (await namersOf(tx, [hash])).has(hash);
}

/** A page of the files that rows name, behind a hash and in the order of the hashes. */
export async function filesNamedAfter(
  tx: Transaction,
  after: ContentHash,
  limit: number,
): Promise<{ readonly hash: ContentHash; readonly bytes: number }[]> {
  const rows = await tx.query<{ hash: string; bytes: bigint }>(
    'SELECT file_hash AS hash, file_bytes AS bytes FROM files_named_after($1, $2)',
    [after, limit],
  );
  return rows.map(({ hash, bytes }) => ({ hash, bytes: Number(bytes) }));
}
