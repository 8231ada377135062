import { Problem } from '@ringfence/kernel';
import { statementFileBytesMax } from '@ringfence/statement-files';
import { basename } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { contentKey, openApiClient, type ApiClient } from '../api-client/api-client.js';
import { exitCodes } from '../exit.js';
import { Progress } from '../progress.js';
import { writeLine } from '../write-line.js';
import { importJson, importSummary, previewText, type ImportOutcome } from './import-outcome.js';
import { statementFile } from './statement-bytes.js';
import { howFar, partOf } from './how-far.js';
import { waitForImport, type ImportAnswer, type ImportProgress } from './wait-for-reading.js';

export interface ImportStatementsOptions {
  /** The designated account's id. */
  readonly account: string;
  readonly profile?: string;
  readonly authority?: string;
  readonly yes?: true;
  readonly json?: true;
}

const stepsPerFile = 3;

/** `done` is how far the step has come, where the worker tells. */
type Tell = (step: number, action: string, done?: ImportProgress) => void;

/**
 * Uploads each file, shows what it holds and, with consent, posts it. One file after the other, so that a file which
 * overlaps the one before is compared with what that one posted. Returns 2 when a file was refused.
 */
export async function importStatements(files: readonly string[], options: ImportStatementsOptions): Promise<number> {
  const api = openApiClient(options.authority);
  const progress = new Progress(files.length * stepsPerFile);
  let exitCode: number = exitCodes.done;
  for (const [order, file] of files.entries()) {
    const at: Tell = (step, action, done) =>
      progress.show(
        order * stepsPerFile + step + partOf(done),
        `${file} (${order + 1} of ${files.length}): ${action}`,
        howFar(done),
      );
    const outcome = await importFile(api, file, options, at, () => progress.clear());
    progress.clear();
    if (!outcome.ok) exitCode = exitCodes.refused;
    await writeLine(options.json ? JSON.stringify(importJson(file, outcome)) : importSummary(file, outcome));
  }
  return exitCode;
}

async function importFile(
  api: ApiClient,
  file: string,
  options: ImportStatementsOptions,
  at: Tell,
  clear: () => void,
): Promise<ImportOutcome> {
  try {
    at(0, 'sending');
    let received = await upload(api, file, options);
    at(1, 'being read');
    const tell = (done: ImportProgress): void => at(1, readingDeeds[done.step], done);
    let read = await waitForImport(api, received.id, tell);
    // Reversed since: the key of its content gives that import, so the file is sent under another key.
    while (read.state === 'REVERSED') {
      received = await upload(api, file, options, received.id);
      read = await waitForImport(api, received.id, tell);
    }
    if (read.refusal) return { ok: false, error: read.refusal };
    clear();
    if (!options.json) process.stderr.write(previewText(file, read));
    if (!(await isAgreed(file, read, options))) return { ok: true, read, committed: null };
    at(2, 'being posted');
    return { ok: true, read, committed: await commit(api, read, (done) => at(2, 'being posted', done)) };
  } catch (error) {
    const refused = refusedFile(error);
    if (!refused) throw error;
    return { ok: false, error: refused };
  }
}

const readingDeeds = { READING: 'being read', COMPARING: 'being compared', POSTING: 'being posted' } as const;

async function upload(
  api: ApiClient,
  file: string,
  { account, profile }: ImportStatementsOptions,
  reversedId = '',
): Promise<{ readonly id: string }> {
  const { content, sha256 } = await statementFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === undefined) throw error;
    throw unreadable(file, error.code);
  });
  if (content.size > statementFileBytesMax) {
    const mebibytes = statementFileBytesMax / 1024 / 1024;
    throw new Problem(
      'too-large',
      `${file} is larger than ${mebibytes} MiB: export a shorter time and import it twice.`,
    );
  }
  const fields = { designatedAccountId: account, ...(profile === undefined ? {} : { profile }) };
  const key = contentKey('statement-import', account, profile ?? '', ...(reversedId ? [reversedId] : []), sha256);
  return api.upload('/v1/statement-imports', fields, { name: basename(file), content }, key);
}

/** `--yes` agrees; else a person at the terminal is asked, and nobody agrees for a script. */
async function isAgreed(file: string, read: ImportAnswer, { yes, json }: ImportStatementsOptions): Promise<boolean> {
  if (yes) return true;
  if (json || !process.stdin.isTTY || read.state !== 'PARSED') return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`Post the new lines of ${file} to the ledger? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

interface CommitAnswer {
  readonly posted: number;
  readonly alreadyHeld: number;
  readonly leftOut: number;
}

/**
 * A repeated command gets the first answer; a file that somebody else has posted meanwhile is posted, and no fault. A
 * large one is posted by the worker, and waited for.
 */
async function commit(
  api: ApiClient,
  read: ImportAnswer,
  tell: (progress: ImportProgress) => void,
): Promise<CommitAnswer> {
  try {
    // After a refusal by the worker it is asked for once more, and not for the first answer.
    const key = contentKey('statement-commit', read.id, ...(read.commitRefusal ? [read.commitRefusal] : []));
    const answer = await api.post<Partial<CommitAnswer>>(`/v1/statement-imports/${read.id}/commit`, {}, key);
    const { posted, alreadyHeld, leftOut } = answer;
    if (posted !== undefined) return { posted, alreadyHeld: alreadyHeld ?? 0, leftOut: leftOut ?? 0 };
    return postedByTheWorker(await waitForImport(api, read.id, tell));
  } catch (error) {
    const postedByAnother =
      read.state === 'COMMITTED' && error instanceof Problem && error.code === 'statement-not-ready';
    if (!postedByAnother) throw error;
    const { new: posted, alreadyHeld, possibleDuplicates } = read.counts;
    return { posted: 0, alreadyHeld: posted + alreadyHeld, leftOut: possibleDuplicates };
  }
}

function postedByTheWorker({ id, state, counts, commitRefusal }: ImportAnswer): CommitAnswer {
  if (state !== 'COMMITTED') {
    const why = commitRefusal ?? 'look at it in the pages, and post it there.';
    throw new Problem('statement-not-ready', `The statement ${id} was not posted: ${why}`);
  }
  return { posted: counts.new, alreadyHeld: counts.alreadyHeld, leftOut: counts.possibleDuplicates };
}

/** A file's own refusal is told beside the others' results; one that would meet every file ends the command. */
function refusedFile(error: unknown): { code: string; message: string; line: null } | undefined {
  if (!(error instanceof Problem) || forEveryFile.has(error.code) || error.status >= 500) return undefined;
  return { code: error.code, message: error.message, line: null };
}

const forEveryFile = new Set(['not-signed-in', 'not-permitted', 'not-found', 'too-many-requests']);

function unreadable(file: string, code: string): Problem {
  return new Problem(
    'unsupported-file',
    `${file} could not be read (${code}): check its name and that you may read it.`,
  );
}
