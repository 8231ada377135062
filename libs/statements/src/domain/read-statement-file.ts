import { camtFormat, zippedCamtFormat } from './camt-format.js';
import { csvFormat } from './csv-format.js';
import { decodeText } from './encoding.js';
import { beginningCharactersMax, statementFileBytesMax } from './limits.js';
import { mt940Format } from './mt940-format.js';
import { ofxFormat } from './ofx-format.js';
import { Refusal, type ParseOutcome } from './outcome.js';
import { pdfFormat } from './pdf-format.js';
import { qifFormat } from './qif-format.js';
import { santanderTextFormat } from './santander-text.js';
import type { Read, ReadOptions, StatementFormat, TextFormat } from './statement-format.js';
import { xlsxFormat } from './xlsx-format.js';

/** In order: the first that recognises the file reads it. CSV recognises any text, so it stands last. */
export const statementFormats: readonly StatementFormat[] = [
  pdfFormat,
  xlsxFormat,
  zippedCamtFormat,
  ofxFormat,
  camtFormat,
  mt940Format,
  qifFormat,
  santanderTextFormat,
  csvFormat,
];

/** Reads the statements in a file, exactly or not at all. Answers a refusal and never rejects for what a file holds. */
export async function readStatementFile(bytes: Uint8Array, options: ReadOptions = {}): Promise<ParseOutcome> {
  try {
    if (bytes.length > statementFileBytesMax) {
      throw new Refusal(
        'FILE_TOO_LARGE',
        `The file has ${bytes.length} bytes, more than the ${statementFileBytesMax} that a statement may have: download a shorter period.`,
      );
    }
    const { format, read } = await readBy(bytes, options);
    return { ok: true, format: format.name, parserVersion: format.parserVersion, ...read };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, error: { code: error.code, message: error.message, line: error.line } };
  }
}

async function readBy(bytes: Uint8Array, options: ReadOptions): Promise<{ format: StatementFormat; read: Read }> {
  for (const format of statementFormats) {
    if (format.takes !== 'bytes' || !format.recognises(bytes)) continue;
    allowProfile(format, options);
    return { format, read: await format.read(bytes, options) };
  }
  const text = decodeText(bytes);
  if (text.trim() === '') throw new Refusal('FILE_EMPTY', 'The file is empty: download the statement again.');
  const format = textFormatOf(text);
  allowProfile(format, options);
  return { format, read: format.read(text, options) };
}

function textFormatOf(text: string): TextFormat {
  const beginning = text.trimStart().slice(0, beginningCharactersMax);
  const found = statementFormats.find(
    (format): format is TextFormat => format.takes === 'text' && format.recognises(beginning),
  );
  // Any XML or HTML that no format knows would otherwise be taken for a broken CSV.
  if ((found === undefined || found === csvFormat) && beginning.startsWith('<')) {
    throw new Refusal(
      'FORMAT_UNKNOWN',
      'The file is XML or HTML and no bank statement (camt or OFX): download the statement as CSV or OFX from the bank.',
    );
  }
  return found ?? csvFormat;
}

function allowProfile(format: StatementFormat, options: ReadOptions): void {
  const { profile } = options;
  if (profile === undefined || format.profileNames(options).includes(profile)) return;
  // Those of text formats: a spreadsheet has the profiles of CSV.
  const texts = statementFormats.filter(({ takes }) => takes === 'text');
  const owner = texts.find((candidate) => candidate.profileNames(options).includes(profile));
  if (owner === undefined) {
    const names = texts.flatMap((candidate) => candidate.profileNames(options));
    throw new Refusal('PROFILE_UNKNOWN', `There is no profile "${profile}": choose one of ${names.join(', ')}.`);
  }
  throw new Refusal(
    'FORMAT_MISMATCH',
    `The profile "${profile}" is for ${owner.name} files and this is ${format.name}: leave the profile out.`,
  );
}
