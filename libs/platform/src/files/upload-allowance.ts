import { addDays, londonDay, londonMidnight, Problem } from '@ringfence/kernel';
import type { Config } from '../config.js';
import type { TenantContext, Transaction } from '../database/database.js';

export const unusedUploadDays = 30;
const mebibyte = 1024 * 1024;

/** How much may be sent: each limit is a setting of that name. */
export type UploadLimits = Pick<
  Config,
  | 'UPLOADS_PER_DAY_MAX'
  | 'UPLOAD_MEBIBYTES_PER_DAY_MAX'
  | 'AUTHORITY_UPLOADS_PER_DAY_MAX'
  | 'AUTHORITY_UPLOAD_MEBIBYTES_PER_DAY_MAX'
  | 'UPLOAD_MEBIBYTES_UNUSED_MAX'
>;

/** What was sent, with the upload that is asked for: today, and in thirty days what nothing needs. */
export interface Sent {
  readonly files: number;
  readonly bytes: number;
  readonly authorityFiles: number;
  readonly authorityBytes: number;
  readonly unusedBytes: number;
}

/** Refuses what goes over a limit with a Problem `too-many-requests`, which says when to come again. */
export function requireAllowance(sent: Sent, limits: UploadLimits, now: Date): void {
  const sentence = overLimit(sent, limits);
  if (sentence === undefined) return;
  const tomorrow = londonMidnight(addDays(londonDay(now), 1));
  const retryAfterSeconds = Math.ceil((tomorrow.getTime() - now.getTime()) / 1000);
  throw new Problem('too-many-requests', sentence, { extensions: { retryAfterSeconds } });
}

function overLimit(sent: Sent, limits: UploadLimits): string | undefined {
  const over = (bytes: number, mebibytesMax: number): boolean => bytes > mebibytesMax * mebibyte;
  if (sent.files > limits.UPLOADS_PER_DAY_MAX) {
    return `You have sent ${limits.UPLOADS_PER_DAY_MAX} files today, as many as one sender may: send this one tomorrow.`;
  }
  if (over(sent.bytes, limits.UPLOAD_MEBIBYTES_PER_DAY_MAX)) {
    return `With this file you would have sent more than ${limits.UPLOAD_MEBIBYTES_PER_DAY_MAX} MiB today, as much as one sender may: send it tomorrow.`;
  }
  if (sent.authorityFiles > limits.AUTHORITY_UPLOADS_PER_DAY_MAX) {
    return `The authority has been sent ${limits.AUTHORITY_UPLOADS_PER_DAY_MAX} files today, as many as it takes in a day: send this one tomorrow.`;
  }
  if (over(sent.authorityBytes, limits.AUTHORITY_UPLOAD_MEBIBYTES_PER_DAY_MAX)) {
    return `With this file the authority would have been sent more than ${limits.AUTHORITY_UPLOAD_MEBIBYTES_PER_DAY_MAX} MiB today, as much as it takes in a day: send it tomorrow.`;
  }
  if (over(sent.unusedBytes, limits.UPLOAD_MEBIBYTES_UNUSED_MAX)) {
    return `In the last ${unusedUploadDays} days you sent more than ${limits.UPLOAD_MEBIBYTES_UNUSED_MAX} MiB that were never posted: post those statements first, or send this file later.`;
  }
  return undefined;
}

/** Counts an upload of the principal in context, and answers how much was sent with it. */
export async function countUpload(
  tx: Transaction,
  { principal }: TenantContext,
  bytes: number,
  now: Date,
): Promise<Sent> {
  const [counted] = await tx.query<{ files: number; bytes: bigint; authorityFiles: number; authorityBytes: bigint }>(
    `SELECT own_files AS files, own_bytes AS bytes, authority_files AS "authorityFiles", authority_bytes AS "authorityBytes"
       FROM count_upload($1, $2)`,
    [londonDay(now), bytes],
  );
  const [unused] = await tx.query<{ bytes: bigint }>('SELECT unused_upload_bytes($1, $2) AS bytes', [
    principal.id,
    londonMidnight(addDays(londonDay(now), -unusedUploadDays)),
  ]);
  return {
    files: counted!.files,
    bytes: Number(counted!.bytes),
    authorityFiles: counted!.authorityFiles,
    authorityBytes: Number(counted!.authorityBytes),
    unusedBytes: Number(unused!.bytes) + bytes,
  };
}
