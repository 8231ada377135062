import { printable } from '../write-line.js';
import type { ImportAnswer } from './wait-for-reading.js';

/** What became of one file. `committed` is null where nobody agreed to post it. */
export type ImportOutcome =
  | {
      readonly ok: true;
      readonly read: ImportAnswer;
      readonly committed: { readonly posted: number; readonly alreadyHeld: number; readonly leftOut: number } | null;
    }
  | { readonly ok: false; readonly error: { code: string; message: string; line: number | null } };

/** One file's line of `--json`: docs/reference/command-line.md. */
export function importJson(file: string, outcome: ImportOutcome): object {
  if (!outcome.ok) return { file, ok: false, error: outcome.error };
  const { read, committed } = outcome;
  return { file, ok: true, importId: read.id, preview: read.counts, warnings: read.warnings, committed };
}

/** What the file holds, before anything is posted. */
export function previewText(file: string, { counts, warnings, ...read }: ImportAnswer): string {
  const days = read.firstDate === null ? '' : ` from ${read.firstDate} to ${read.lastDate}`;
  const balances = [
    ...(read.openingBalance === null ? [] : [`opening ${read.openingBalance}`]),
    ...(read.closingBalance === null ? [] : [`closing ${read.closingBalance}`]),
  ];
  const lines = [
    [`${file}: lines${days}`, ...balances].join(', '),
    `  ${counts.new} new, ${counts.alreadyHeld} already held, ${counts.possibleDuplicates} possible duplicates, ${counts.notPosted} that move no money`,
    ...warnings.map(({ message }) => `  warning: ${printable(message)}`),
  ];
  return `${lines.join('\n')}\n`;
}

export function importSummary(file: string, outcome: ImportOutcome): string {
  if (!outcome.ok) {
    const { line, message } = outcome.error;
    return `${file}: refused${line === null ? '' : ` at line ${line}`}. ${printable(message)}`;
  }
  if (outcome.committed === null) {
    return outcome.read.state === 'COMMITTED'
      ? `${file}: posted already.`
      : `${file}: nothing was posted. Repeat the command with --yes, or look at the preview in the pages.`;
  }
  const { posted, alreadyHeld, leftOut } = outcome.committed;
  return `${file}: ${posted} posted, ${alreadyHeld} already held, ${leftOut} left out.`;
}
