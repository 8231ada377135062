import { Decoding, EncodingSearch, type TextEncodingName } from './core/encoding.js';
import { beginningCharactersMax, statementFileBytesMax, wholeFileBytesMax } from './core/limits.js';
import type { ParsedLine, RefusedFile, StatementFormatName } from './core/outcome.js';
import { pdfFormat } from './formats/pdf/pdf-format.js';
import { emptyFile, readBinary, refused, textFormatOf, tooLarge } from './read-statement-file.js';
import type { LineSink, RunningStatement, StatementHead } from './core/statement.js';
import type { Read, ReadOptions, StatementFormat } from './core/statement-format.js';
import { isZip } from './core/zip.js';

/** A file whose bytes can be read as often as they are asked for, the same each time. */
export interface StatementSource {
  readonly size: number;
  chunks(): AsyncIterable<Uint8Array>;
}

/** A line on its way: `statement` counts the statements in the order in which their first lines came. */
export interface StreamedLine {
  readonly statement: number;
  readonly line: ParsedLine;
}

/** A file that was read to its end; its lines went past. */
export interface StreamedFile {
  readonly ok: true;
  readonly format: StatementFormatName;
  readonly profile: string | null;
  readonly parserVersion: string;
  /** In the order of the file; `order` is the number by which the lines name the statement. */
  readonly statements: readonly (StatementHead & { readonly order: number })[];
  readonly needsConfirmation?: true;
}

/** Takes the lines of one piece of the file; the next piece waits for it. */
export type TakeLines = (lines: readonly StreamedLine[]) => Promise<void> | void;

/** A file whose encoding, format and layout are known; it can be read as often as one likes. */
export interface StatementReading {
  readonly ok: true;
  /**
   * Reads the statements exactly or not at all, in memory that does not grow with the file: lines are handed on piece
   * by piece in the order of the file and forgotten. What stands at the end of a file may refuse it, or say that it is
   * newest first: who must know before the first line reads it twice, which gives the same lines again. Returns a
   * refusal for what the file holds; rejects with what `takeLines` or the source throws.
   */
  read(takeLines: TakeLines): Promise<StreamedFile | RefusedFile>;
}

/**
 * Looks at a file: for its encoding, and for what must be known of the whole before its first line can be read
 * (whether days stand before months, which of two layouts fits). A PDF, a spreadsheet or an archive is read at once and
 * may have no more than `wholeFileBytesMax` bytes.
 */
export async function openStatement(
  source: StatementSource,
  options: ReadOptions,
): Promise<StatementReading | RefusedFile> {
  try {
    if (source.size > statementFileBytesMax) throw tooLarge(source.size, statementFileBytesMax);
    const readBy = (await wholeReader(source, options)) ?? (await textReader(source, options));
    return { ok: true, read: (takeLines) => readAll(readBy, takeLines) };
  } catch (error) {
    return refused(error);
  }
}

/** Opens and reads. */
export async function readStatementStream(
  source: StatementSource,
  options: ReadOptions,
  takeLines: TakeLines,
): Promise<StreamedFile | RefusedFile> {
  const opened = await openStatement(source, options);
  return opened.ok ? opened.read(takeLines) : opened;
}

type ReadBy = (passing: PassingLines, takeLines: TakeLines) => Promise<{ format: StatementFormat; read: Read }>;

async function readAll(readBy: ReadBy, takeLines: TakeLines): Promise<StreamedFile | RefusedFile> {
  try {
    const passing = new PassingLines();
    const { format, read } = await readBy(passing, takeLines);
    await passing.flush(takeLines);
    const statements = read.statements.map((statement) => ({ ...statement.head(), order: passing.orderOf(statement) }));
    const { name, parserVersion } = format;
    const confirm = read.needsConfirmation ? { needsConfirmation: true as const } : {};
    return { ok: true, format: name, profile: read.profile, parserVersion, statements, ...confirm };
  } catch (error) {
    return refused(error);
  }
}

class PassingLines {
  private readonly orders = new Map<RunningStatement, number>();
  private waiting: StreamedLine[] = [];

  readonly sink: LineSink = (line, statement) => {
    this.waiting.push({ statement: this.orderOf(statement), line });
  };

  orderOf(statement: RunningStatement): number {
    let order = this.orders.get(statement);
    if (order === undefined) this.orders.set(statement, (order = this.orders.size));
    return order;
  }

  async flush(takeLines: TakeLines): Promise<void> {
    if (this.waiting.length === 0) return;
    const lines = this.waiting;
    this.waiting = [];
    await takeLines(lines);
  }
}

async function wholeReader(source: StatementSource, options: ReadOptions): Promise<ReadBy | undefined> {
  const first = await firstBytes(source);
  if (!isZip(first) && !pdfFormat.recognises(first)) return undefined;
  if (source.size > wholeFileBytesMax) throw tooLarge(source.size, wholeFileBytesMax);
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.chunks()) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return async (passing) => {
    const found = await readBinary(bytes, options, passing.sink);
    if (!found) throw new RangeError('wholeReader read bytes that no format recognises');
    return found;
  };
}

const firstBytesMax = 1024;

async function firstBytes(source: StatementSource): Promise<Uint8Array> {
  let found: Uint8Array = new Uint8Array();
  for await (const chunk of source.chunks()) {
    found = Buffer.concat([found, chunk]);
    if (found.length >= firstBytesMax) break;
  }
  return found;
}

async function textReader(source: StatementSource, options: ReadOptions): Promise<ReadBy> {
  const encoding = await encodingOf(source);
  const format = textFormatOf(await beginningOf(source, encoding), options);
  const survey = format.survey(options);
  for await (const text of textsOf(source, encoding)) if (survey.take(text)) break;
  const makeReader = survey.end();
  return async (passing, takeLines) => {
    const reader = makeReader(passing.sink);
    for await (const text of textsOf(source, encoding)) {
      reader.take(text);
      await passing.flush(takeLines);
    }
    return { format, read: reader.end() };
  };
}

async function encodingOf(source: StatementSource): Promise<TextEncodingName> {
  const search = new EncodingSearch();
  for await (const chunk of source.chunks()) if (search.take(chunk)) break;
  return search.end();
}

/** From the first character that is no white space. */
async function beginningOf(source: StatementSource, encoding: TextEncodingName): Promise<string> {
  let beginning = '';
  for await (const text of textsOf(source, encoding)) {
    beginning = (beginning + text).trimStart();
    if (beginning.length >= beginningCharactersMax) break;
  }
  if (beginning === '') throw emptyFile();
  return beginning.slice(0, beginningCharactersMax);
}

async function* textsOf(source: StatementSource, encoding: TextEncodingName): AsyncGenerator<string> {
  const decoding = new Decoding(encoding);
  for await (const chunk of source.chunks()) {
    const text = decoding.take(chunk);
    if (text !== '') yield text;
  }
  const rest = decoding.end();
  if (rest !== '') yield rest;
}
