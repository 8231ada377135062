import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { recordCharactersMax, statementLinesMax, preambleRecordsMax } from '../../core/limits.js';
import { Refusal } from '../../core/outcome.js';
import { TextLines } from '../../core/text-lines.js';

/** One record of a CSV file. `line` is where it begins, `raw` its exact text without the line end. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
  readonly raw: string;
}

/** Takes records in order; returns true when it has seen enough. */
export type RecordSink = (record: CsvRecord) => boolean | void;

const recordsMax = statementLinesMax + preambleRecordsMax;

/**
 * Parts a text that arrives in pieces into records, those with something in them: blank lines and lines of commas only
 * are left out. A line without a quotation mark is a record as it stands and is split here, which takes a tenth of
 * the time; whatever has one goes to csv-parse, from the line on which the record begins to the one on which the number
 * of its quotation marks is even.
 */
export class CsvRecords {
  private readonly lines = new TextLines();
  /** Of the piece of text at hand: cells are null where csv-parse has yet to find them. */
  private waiting: Waiting[] = [];
  private quoted = 0;
  private open: { raw: string; end: string; line: number } | undefined;
  private records = 0;
  private enough = false;
  /** Of a record that cannot be read: thrown once those before it were given, however the text came in pieces. */
  private fault: Refusal | undefined;

  constructor(
    private readonly delimiter: string,
    private readonly sink: RecordSink,
  ) {}

  take(text: string): void {
    if (this.enough) return;
    this.lines.take(text, this.takeLine);
    this.pass();
  }

  end(): void {
    if (this.enough) return;
    this.lines.end(this.takeLine);
    if (this.open) this.fault ??= refusalOf(this.open, this.delimiter);
    this.pass();
  }

  private readonly takeLine = (text: string, end: string, line: number): void => {
    if (this.fault) return;
    const { open } = this;
    const hasMark = text.includes('"');
    if (open === undefined) {
      if (text === '') return;
      if (!hasMark) {
        if (text.length > recordCharactersMax) this.fault = tooLong(line);
        else this.waiting.push({ raw: text, line, cells: text.split(this.delimiter) });
      } else if (marksAreOdd(text)) this.open = { raw: text, end, line };
      else this.wait(text, line);
      return;
    }
    open.raw += open.end + text;
    open.end = end;
    if (hasMark && marksAreOdd(text)) {
      this.open = undefined;
      this.wait(open.raw, open.line);
    } else if (open.raw.length > recordCharactersMax) this.fault = refusalOf(open, this.delimiter);
  };

  private wait(raw: string, line: number): void {
    if (raw.length > recordCharactersMax) this.fault = refusalOf({ raw, line }, this.delimiter);
    else {
      this.waiting.push({ raw, line, cells: null });
      this.quoted += 1;
    }
  }

  private pass(): void {
    const { waiting } = this;
    this.waiting = [];
    if (this.quoted > 0) this.fault = readQuoted(waiting, this.delimiter) ?? this.fault;
    this.quoted = 0;
    for (const record of waiting) {
      if (!wasRead(record)) break;
      if (isBlank(record.cells)) continue;
      this.records += 1;
      if (this.records > recordsMax) {
        throw new Refusal(
          'TOO_MANY_LINES',
          `The file has more rows than the ${statementLinesMax} that a statement may have: download a shorter period.`,
        );
      }
      if (this.sink(record) === true) {
        this.enough = true;
        return;
      }
    }
    if (this.fault) throw this.fault;
  }
}

interface Waiting {
  readonly raw: string;
  readonly line: number;
  cells: readonly string[] | null;
}

function wasRead(record: Waiting): record is Waiting & CsvRecord {
  return record.cells !== null;
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}

function marksAreOdd(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

/** All at once, because csv-parse takes longer to begin than to read a record. Returns what is wrong with the first bad one. */
function readQuoted(records: readonly Waiting[], delimiter: string): Refusal | undefined {
  const quoted = records.filter(({ cells }) => cells === null);
  const found = cellsOf(
    quoted.map(({ raw }) => raw),
    delimiter,
  );
  if (found?.length === quoted.length) {
    for (const [at, record] of quoted.entries()) record.cells = found[at] ?? null;
    return undefined;
  }
  for (const record of quoted) {
    const [cells, more] = cellsOf([record.raw], delimiter) ?? [];
    if (cells === undefined || more !== undefined) return refusalOf(record, delimiter);
    record.cells = cells;
  }
  return undefined;
}

/** Undefined where the marks of some record stand where none may. */
function cellsOf(raws: readonly string[], delimiter: string): string[][] | undefined {
  try {
    return parse(raws.join('\n'), { delimiter, relax_column_count: true, record_delimiter: '\n' });
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

function refusalOf({ raw, line }: { readonly raw: string; readonly line: number }, delimiter: string): Refusal {
  let code: string | undefined;
  try {
    parse(raw, { delimiter, relax_column_count: true, record_delimiter: '\n', max_record_size: recordCharactersMax });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    code = error.code;
  }
  if (code === 'CSV_MAX_RECORD_SIZE') return tooLong(line);
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return new Refusal(
      'FILE_TRUNCATED',
      `Line ${line} opens a quotation mark that is never closed, so the file was cut short: download it again.`,
      line,
    );
  }
  return new Refusal(
    'FILE_MALFORMED',
    `Line ${line} has a quotation mark where CSV allows none: download the file again without editing it.`,
    line,
  );
}

function tooLong(line: number): Refusal {
  return new Refusal(
    'TOO_LONG',
    `Line ${line} begins a row of more than ${recordCharactersMax} characters, which no bank writes: download the file again.`,
    line,
  );
}
