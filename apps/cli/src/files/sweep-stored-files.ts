import { ForeignFilesError, sweepFiles } from '@ringfence/platform';
import { CommandFailure, exitCodes } from '../exit.js';
import { Progress } from '../progress.js';
import { writeLine } from '../write-line.js';
import { withFiles } from './with-files.js';

export interface SweepFilesOptions {
  readonly dryRun?: true;
  readonly json?: true;
}

/** Removes what no record names, with a report. */
export async function sweepStoredFiles({ dryRun, json }: SweepFilesOptions): Promise<number> {
  const progress = new Progress(1);
  const show = (looked: number): void => progress.show(0, 'looking at the stored files', String(looked));
  try {
    const report = await withFiles((database, files, now) => sweepFiles(database, files, now, { dryRun, show }));
    progress.clear();
    const { stored, removed, removedBytes, cutOffRemoved, more } = report;
    const did = dryRun ? 'would be removed' : 'removed';
    await writeLine(
      json
        ? JSON.stringify(report)
        : `${stored} files looked at: ${removed} without a record ${did} (${removedBytes} bytes), ${cutOffRemoved} cut off uploads ${did}.${more ? ' More are left: run it again.' : ''}`,
    );
    return exitCodes.done;
  } catch (error) {
    if (error instanceof ForeignFilesError) throw new CommandFailure(error.message, { cause: error });
    throw error;
  } finally {
    progress.clear();
  }
}
