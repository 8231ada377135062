import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { recordCharactersMax, statementLinesMax, preambleRecordsMax } from './limits.js';
import { Refusal } from './outcome.js';
import { lineCounter } from './text-lines.js';

/** One record of a CSV file. `line` is where it begins, `raw` its exact text without the line end. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
  readonly raw: string;
}

const recordsMax = statementLinesMax + preambleRecordsMax;

interface Tokenised {
  readonly record: string[];
  readonly raw: string;
}

/** Records with something in them: blank lines and lines of commas only are left out. */
export function csvRecords(text: string, delimiter: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  // The tokeniser counts a CRLF inside quotation marks twice, so lines are counted here.
  const lineAt = lineCounter(text);
  let at = 0;
  for (const { record, raw } of tokenised(text, delimiter)) {
    const own = raw.replace(/^[\r\n]+|[\r\n]+$/g, '');
    at = text.indexOf(own, at);
    const line = lineAt(at);
    at += own.length;
    if (record.some((cell) => cell.trim() !== '')) records.push({ cells: record, raw: own, line });
  }
  if (records.length > recordsMax) {
    throw new Refusal(
      'TOO_MANY_LINES',
      `The file has more rows than the ${statementLinesMax} that a statement may have: download a shorter period.`,
    );
  }
  return records;
}

function tokenised(text: string, delimiter: string): Tokenised[] {
  try {
    return parse(text, {
      delimiter,
      raw: true,
      // One too many is enough to refuse the file, however many follow.
      to: recordsMax + 1,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: recordCharactersMax,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as Tokenised[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw refusalOf(error, text);
  }
}

function refusalOf(error: CsvError, text: string): Refusal {
  const line = lineOfRecordAfter(text, 'bytes' in error ? Number(error.bytes) : 0);
  const where = `Line ${line}`;
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') {
    return new Refusal(
      'FILE_TRUNCATED',
      `${where} opens a quotation mark that is never closed, so the file was cut short: download it again.`,
      line,
    );
  }
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new Refusal(
      'TOO_LONG',
      `${where} begins a row of more than ${recordCharactersMax} characters, which no bank writes: download the file again.`,
      line,
    );
  }
  return new Refusal(
    'FILE_MALFORMED',
    `${where} has a quotation mark where CSV allows none: download the file again without editing it.`,
    line,
  );
}

/** The line on which the first record behind so many bytes begins. */
function lineOfRecordAfter(text: string, bytes: number): number {
  let offset = Buffer.from(text).subarray(0, bytes).toString().length;
  while (text[offset] === '\r' || text[offset] === '\n') offset += 1;
  return lineCounter(text)(offset);
}
