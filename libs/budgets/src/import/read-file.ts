import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { columnOf, importColumns, requiredColumns, type ImportColumn } from './columns.js';
import { refuseFile } from './import-faults.js';

export const importFileBytesMax = 2 * 1024 * 1024;
export const importRowsMax = 5_000;
export const importCellCharactersMax = 5_000;

/** One row under the header: its line in the file and what each column holds, trimmed. Cells are data, never formulas. */
export interface FileRow {
  readonly line: number;
  readonly cells: Partial<Record<ImportColumn, string>>;
  /** Cells that stand beyond the last header, which an unquoted comma makes. */
  readonly surplus: number;
}

/** Reads the rows of an import file; throws `import-refused` when it cannot be read as one. */
export function readImportFile(file: Uint8Array | string): FileRow[] {
  const text = typeof file === 'string' ? file.replace(/^\ufeff/, '') : decode(file);
  const records = csvRecords(text);
  const [header, ...rest] = records;
  if (!header) throw refuseFile('The file is empty: its first line names the columns.');
  const columns = readHeader(header.cells, header.line);
  if (rest.length === 0) throw refuseFile('The file has a header and no rows: write one row for each budget line.');
  if (rest.length > importRowsMax) {
    throw refuseFile(`The file has ${rest.length} rows: import ${importRowsMax} at a time.`);
  }
  return rest.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(columns.map((column, order) => [column, (cells[order] ?? '').trim()])),
    surplus: cells.slice(columns.length).filter((cell) => cell.trim() !== '').length,
  }));
}

/** A byte order mark decides; else UTF-8 if the bytes are UTF-8 throughout; else Windows-1252, as Excel writes. */
function decode(bytes: Uint8Array): string {
  if (bytes.byteLength > importFileBytesMax) {
    throw refuseFile(`The file has ${bytes.byteLength} bytes: an import takes ${importFileBytesMax} at most.`);
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw refuseFile('The file is a spreadsheet, not a CSV: save it as "CSV UTF-8" and send that.');
  }
  if (bytes.includes(0)) throw refuseFile('The file is not text: save the spreadsheet as "CSV UTF-8" and send that.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

function csvRecords(text: string): CsvRecord[] {
  try {
    const records = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: importCellCharactersMax * importColumns.length,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as { record: string[]; raw: string; info: { lines: number } }[];
    return records
      .filter(({ record }) => record.some((cell) => cell.trim() !== ''))
      .map(({ record, raw, info }) => {
        return { cells: record, line: info.lines - (withoutOuterBreaks(raw).match(/\r\n|\r|\n/g)?.length ?? 0) };
      });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;
    throw refuseFile(
      `The file breaks off or has a stray quotation mark at line ${line}: save it again as CSV from the spreadsheet.`,
      line,
    );
  }
}

/** Written out: an expression that ends in `$` looks at every run of breaks from each of its places. */
function withoutOuterBreaks(raw: string): string {
  let [from, to] = [0, raw.length];
  while (from < to && isBreak(raw[from])) from += 1;
  while (to > from && isBreak(raw[to - 1])) to -= 1;
  return raw.slice(from, to);
}

function isBreak(letter: string | undefined): boolean {
  return letter === '\n' || letter === '\r';
}

/** Excel writes semicolons or tabs where the machine's settings say so: the header tells which. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r\n|\n|\r/, 1);
  const count = (mark: string): number => header.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

function readHeader(cells: readonly string[], line: number): ImportColumn[] {
  // Excel ends lines with empty cells when a column beyond the last was once used.
  const names = cells.slice(0, cells.findLastIndex((cell) => cell.trim() !== '') + 1);
  const columns = names.map((name) => columnOf(name));
  const unknown = names.filter((_, order) => columns[order] === undefined);
  if (unknown.length > 0) {
    throw refuseFile(
      `The header has ${quotedList(unknown)}, which no import has: rename or delete ${unknown.length === 1 ? 'that column' : 'those columns'}.`,
      line,
    );
  }
  const known = columns as ImportColumn[];
  const twice = known.filter((column, order) => known.indexOf(column) !== order);
  if (twice.length > 0) throw refuseFile(`The header has ${quotedList(twice)} twice: keep one of them.`, line);
  const missing = requiredColumns.filter((column) => !known.includes(column));
  if (missing.length > 0) throw refuseFile(`The header lacks ${quotedList(missing)}: add what is missing.`, line);
  return known;
}

function quotedList(names: readonly string[]): string {
  const shown = names.slice(0, 10).map((name) => JSON.stringify(name.slice(0, 60)));
  return shown.join(', ') + (names.length > 10 ? ` and ${names.length - 10} more` : '');
}
