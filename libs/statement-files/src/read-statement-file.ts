import { camtFormat, zippedCamtFormat } from './formats/camt/camt-format.js';
import { csvFormat } from './formats/csv/csv-format.js';
import { decodeText } from './core/encoding.js';
import { beginningCharactersMax, wholeFileBytesMax } from './core/limits.js';
import { mt940Format } from './formats/mt940/mt940-format.js';
import { ofxFormat } from './formats/ofx/ofx-format.js';
import { Refusal, type ParseOutcome, type RefusedFile } from './core/outcome.js';
import { pdfFormat } from './formats/pdf/pdf-format.js';
import { qifFormat } from './formats/qif/qif-format.js';
import { santanderTextFormat } from './formats/santander/santander-text.js';
import { LinesInMemory, type LineSink } from './core/statement.js';
import type { Read, ReadOptions, StatementFormat, TextFormat } from './core/statement-format.js';
import { xlsxFormat } from './formats/xlsx/xlsx-format.js';

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

/**
 * Reads the statements in a file that is in memory, exactly or not at all. Returns a refusal and never rejects for what
 * a file holds. `readStatementStream` reads the same, by the same readers, without keeping the lines.
 */
export async function readStatementFile(bytes: Uint8Array, options: ReadOptions = {}): Promise<ParseOutcome> {
  const inMemory = new LinesInMemory();
  try {
    if (bytes.length > wholeFileBytesMax) throw tooLarge(bytes.length, wholeFileBytesMax);
    const { format, read } = await readBy(bytes, options, inMemory.sink);
    const statements = read.statements.map((statement) => inMemory.statement(statement));
    const confirm = read.needsConfirmation ? { needsConfirmation: true as const } : {};
    return {
      ok: true,
      format: format.name,
      parserVersion: format.parserVersion,
      profile: read.profile,
      statements,
      ...confirm,
    };
  } catch (error) {
    return refused(error);
  }
}

/** The outcome that a refusal is; anything else is thrown on. */
export function refused(error: unknown): RefusedFile {
  if (!(error instanceof Refusal)) throw error;
  return { ok: false, error: { code: error.code, message: error.message, line: error.line } };
}

export function tooLarge(bytes: number, bytesMax: number): Refusal {
  return new Refusal(
    'FILE_TOO_LARGE',
    `The file has ${bytes} bytes, more than the ${bytesMax} that a statement may have: download a shorter period.`,
  );
}

/** Reads by the first binary format that recognises the bytes; undefined where none does. */
export async function readBinary(
  bytes: Uint8Array,
  options: ReadOptions,
  sink: LineSink,
): Promise<{ format: StatementFormat; read: Read } | undefined> {
  for (const format of statementFormats) {
    if (format.takes !== 'bytes' || !format.recognises(bytes)) continue;
    allowProfile(format, options);
    return { format, read: await format.read(bytes, options, sink) };
  }
  return undefined;
}

/** The format of a text by its beginning, from the first character that is no white space. */
export function textFormatOf(beginning: string, options: ReadOptions): TextFormat {
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
  const format = found ?? csvFormat;
  allowProfile(format, options);
  return format;
}

export function emptyFile(): Refusal {
  return new Refusal('FILE_EMPTY', 'The file is empty: download the statement again.');
}

async function readBy(
  bytes: Uint8Array,
  options: ReadOptions,
  sink: LineSink,
): Promise<{ format: StatementFormat; read: Read }> {
  const binary = await readBinary(bytes, options, sink);
  if (binary) return binary;
  const text = decodeText(bytes);
  const begins = text.search(/\S/);
  if (begins < 0) throw emptyFile();
  const format = textFormatOf(text.slice(begins, begins + beginningCharactersMax), options);
  const survey = format.survey(options);
  survey.take(text);
  const reader = survey.end()(sink);
  reader.take(text);
  return { format, read: reader.end() };
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
