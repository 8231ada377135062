import { verifyFiles, type FileDifference, type FileVerification } from '@ringfence/platform';
import { exitCodes } from '../exit.js';
import { Progress } from '../progress.js';
import { writeLine } from '../write-line.js';
import { withFiles } from './with-files.js';

/** Differences that the answer for machines lists; the counts are of all. */
export const differencesListedMax = 10_000;

export interface VerifyFilesOptions {
  readonly json?: true;
}

/** Returns 1 where a file is not as it was sent, or no record names it. */
export async function verifyStoredFiles({ json }: VerifyFilesOptions): Promise<number> {
  const progress = new Progress(100);
  const listed: FileDifference[] = [];
  const differs = async (found: FileDifference): Promise<void> => {
    if (json) {
      if (listed.length < differencesListedMax) listed.push(found);
      return;
    }
    progress.clear();
    await writeLine(sentenceOf(found));
  };
  const show = (done: number, named: number): void =>
    progress.show((100 * done) / Math.max(1, named), 'reading the stored files', `${done} of ${named}`);
  try {
    const found = await withFiles((database, files, now) => verifyFiles(database, files, now, { differs, show }));
    progress.clear();
    const { named, namedBytes, counts } = found;
    const ok = Object.values(counts).every((count) => count === 0);
    await writeLine(
      json
        ? JSON.stringify({ ok, files: named, bytes: namedBytes, ...counts, differences: listed })
        : totals(found, ok),
    );
    return ok ? exitCodes.done : exitCodes.failed;
  } finally {
    progress.clear();
  }
}

function totals({ named, namedBytes, counts }: FileVerification, ok: boolean): string {
  const differing = `${counts.missing} missing, ${counts.torn} torn, ${counts.altered} altered, ${counts.unnamed} without a record`;
  return `${named} files, ${namedBytes} bytes: ${ok ? 'all as they were sent' : differing}.`;
}

function sentenceOf({ difference, hash, bytes, namedBy }: FileDifference): string {
  const found = {
    missing: 'is missing',
    torn: `is torn: it does not have its ${bytes} bytes`,
    altered: 'was altered: its content is not what was sent',
    unnamed: `of ${bytes} bytes is named by no record: "ringfence files sweep" removes it`,
  }[difference];
  const of = namedBy.map(({ kind, authorityId, id }) => `${kind} ${id} of authority ${authorityId}`).join('; ');
  return `File ${hash} ${found}${of === '' ? '' : ` (${of})`}.`;
}
