import { poundsText } from '@ringfence/kernel';
import {
  type ParseOutcome,
  parseOutcomeJson,
  type ParseOutcomeJson,
  type ReadOptions,
} from '@ringfence/statement-files';
import { StatementReader } from '@ringfence/statements';
import { exitCodes } from '../exit.js';
import { writeLine } from '../write-line.js';
import { profilesIn, ProfilesRefused } from './profiles-file.js';
import { statementBytes } from './statement-bytes.js';

/** Answers each file in order, as soon as it is read. The exit code is 2 when any was refused. */
export async function parseStatements(
  files: readonly string[],
  options: { profile?: string; profiles?: string; json?: true },
): Promise<number> {
  let exitCode: number = exitCodes.done;
  const reading: { -readonly [Option in keyof ReadOptions]: ReadOptions[Option] } = {};
  if (options.profile !== undefined) reading.profile = options.profile;
  try {
    if (options.profiles !== undefined) reading.profiles = await profilesIn(options.profiles);
  } catch (error) {
    if (!(error instanceof ProfilesRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    return exitCodes.refused;
  }
  // The file is the operator's own, but who wrote it may be anybody: it is read as one that was sent.
  const reader = new StatementReader();
  try {
    for (const file of files) {
      const outcome = await parseFile(reader, file, reading);
      if (!outcome.ok) exitCode = exitCodes.refused;
      await writeLine(options.json ? JSON.stringify(outcomeJson(file, outcome)) : summary(file, outcome));
    }
    return exitCode;
  } finally {
    await reader.onModuleDestroy();
  }
}

/** The reader's refusals, and that of a file which could not be opened. */
type FileOutcome = ParseOutcome | { ok: false; error: { code: 'FILE_UNREADABLE'; message: string; line: null } };

async function parseFile(reader: StatementReader, file: string, reading: ReadOptions): Promise<FileOutcome> {
  try {
    return await reader.readFile(await statementBytes(file), reading);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    const message = `${file} could not be read (${code}): check its name and that you may read it.`;
    return { ok: false, error: { code: 'FILE_UNREADABLE', message, line: null } };
  }
}

function outcomeJson(file: string, outcome: FileOutcome): ParseOutcomeJson {
  if (!outcome.ok && outcome.error.code === 'FILE_UNREADABLE') return { file, ok: false, error: outcome.error };
  return parseOutcomeJson(file, outcome as ParseOutcome);
}

function summary(file: string, outcome: FileOutcome): string {
  if (!outcome.ok) return `${file}: refused. ${outcome.error.message}`;
  const layout = outcome.profile === null ? outcome.format : `${outcome.format}, ${outcome.profile}`;
  const statements = outcome.statements.map(
    ({ account, lines, openingBalance, closingBalance, warnings }) =>
      [
        `  ${account ?? 'account not stated'}: ${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`,
        ...(openingBalance === null ? [] : [`opening ${poundsText(openingBalance)}`]),
        ...(closingBalance === null ? [] : [`closing ${poundsText(closingBalance)}`]),
      ].join(', ') + warnings.map(({ message }) => `\n    warning: ${message}`).join(''),
  );
  return [`${file}: ${layout}`, ...statements].join('\n');
}
