import { csvFormat } from './csv-format.js';
import { decodeText } from './encoding.js';
import { statementFileBytesMax } from './limits.js';
import { ofxFormat } from './ofx-format.js';
import { Refusal, type ParseOutcome } from './outcome.js';
import { santanderTextFormat } from './santander-text.js';
import type { ReadOptions, StatementFormat } from './statement-format.js';

/** In order: the first that recognises the text reads it. CSV recognises any text, so it stands last. */
export const statementFormats: readonly StatementFormat[] = [ofxFormat, santanderTextFormat, csvFormat];

/** Reads the statements in a file, exactly or not at all. Answers a refusal and never throws for what a file holds. */
export function readStatementFile(bytes: Uint8Array, options: ReadOptions = {}): ParseOutcome {
  try {
    if (bytes.length > statementFileBytesMax) {
      throw new Refusal(
        'FILE_TOO_LARGE',
        `The file has ${bytes.length} bytes, more than the ${statementFileBytesMax} that a statement may have: download a shorter period.`,
      );
    }
    const text = decodeText(bytes);
    if (text.trim() === '') throw new Refusal('FILE_EMPTY', 'The file is empty: download the statement again.');
    const format = formatFor(text, options);
    const read = format.read(text, options);
    return { ok: true, format: format.name, parserVersion: format.parserVersion, ...read };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, error: { code: error.code, message: error.message, line: error.line } };
  }
}

/** Kinds of file that are not read, and would otherwise be taken for a broken CSV. */
const notRead = [
  { kind: 'QIF', sign: /^\s*!(?:Type|Account|Option|Clear)\b/i },
  { kind: 'MT940', sign: /^\s*(?:\{1:|:20:|:940:)/ },
  { kind: 'XML or HTML', sign: /^\s*</ },
] as const;

function formatFor(text: string, options: ReadOptions): StatementFormat {
  const format = statementFormats.find((candidate) => candidate.recognises(text)) ?? csvFormat;
  const other = format === csvFormat ? notRead.find(({ sign }) => sign.test(text)) : undefined;
  if (other) {
    throw new Refusal(
      'FORMAT_UNKNOWN',
      `The file is ${other.kind}, which is not read here: download the statement as CSV or OFX from the bank.`,
    );
  }
  const { profile } = options;
  if (profile === undefined || format.profileNames(options).includes(profile)) return format;
  const owner = statementFormats.find((candidate) => candidate.profileNames(options).includes(profile));
  if (owner === undefined) {
    const names = statementFormats.flatMap((candidate) => candidate.profileNames(options));
    throw new Refusal('PROFILE_UNKNOWN', `There is no profile "${profile}": choose one of ${names.join(', ')}.`);
  }
  throw new Refusal(
    'FORMAT_MISMATCH',
    `The profile "${profile}" is for ${owner.name} files and this is ${format.name}: leave the profile out.`,
  );
}
