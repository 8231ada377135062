import { Problem } from '@ringfence/kernel';

export const keptUploadKinds = ['RECEIPT', 'STATEMENT'] as const;
export type KeptUploadKind = (typeof keptUploadKinds)[number];

/** How long something is kept for its sender to sign in again. */
export const keptUploadHoursMax = 72;
/** What one person may have kept at once. */
export const keptUploadsPerPersonMax = 5;
export const keptUploadBytesPerPersonMax = 60 * 1024 * 1024;

/** Refuses more than one person may have kept; `held` is what is kept already, without what is replaced. */
export function checkKeptUploads(held: readonly { readonly fileBytes: number }[], fileBytes: number): void {
  const bytes = held.reduce((sum, upload) => sum + upload.fileBytes, fileBytes);
  if (held.length < keptUploadsPerPersonMax && bytes <= keptUploadBytesPerPersonMax) return;
  const [most, megabytes] = [keptUploadsPerPersonMax, keptUploadBytesPerPersonMax / 1024 / 1024];
  throw new Problem(
    'too-many-requests',
    `At most ${most} files, and ${megabytes} MB, are kept until you sign in: sign in, and send this one again.`,
  );
}
