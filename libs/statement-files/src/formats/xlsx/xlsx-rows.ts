import { quoted } from '../../core/bank-text.js';
import type { CsvRecord } from '../csv/csv-records.js';
import { sheetCellsMax, sheetColumnsMax, sheetRowsMax } from '../../core/limits.js';
import { Refusal } from '../../core/outcome.js';
import { decimalOfDouble, dateOfSerial, isDateFormat } from './xlsx-values.js';
import { allAt, at, textAt, xmlRoot, type XmlElement } from '../../core/xml.js';
import { zipEntries, type ZipEntry } from '../../core/zip.js';

/**
 * The rows of the first sheet of a workbook that is not hidden, as records of text. Rows without anything are left
 * out; `line` is the number of the row. Throws a `Refusal`.
 */
export function sheetRows(bytes: Uint8Array): CsvRecord[] {
  const parts = new Map(zipEntries(bytes).map((entry) => [entry.name, entry]));
  const workbook = part(parts, 'xl/workbook.xml');
  const sheet = part(parts, firstSheet(parts, workbook), refuseLong);
  const book: Book = {
    strings: parts.has('xl/sharedStrings.xml') ? allAt(part(parts, 'xl/sharedStrings.xml'), 'si').map(richText) : [],
    dateStyles: parts.has('xl/styles.xml') ? dateStyles(part(parts, 'xl/styles.xml')) : [],
    from1904: /^(?:1|true)$/.test(at(workbook, 'workbookPr')?.attributes.date1904 ?? ''),
  };
  const rows = allAt(sheet, 'sheetData', 'row');
  const records = rows.flatMap((row, order) => {
    const line = /^\d{1,7}$/.test(row.attributes.r ?? '') ? Number(row.attributes.r) : order + 1;
    const all = cellsOf(row, line, book);
    const cells = all.slice(0, all.findLastIndex((cell) => cell.trim() !== '') + 1);
    return cells.length > 0 ? [{ cells, line, raw: cells.join('\t') }] : [];
  });
  const width = records.reduce((widest, { cells }) => Math.max(widest, cells.length), 0);
  // Empty cells at the end of a row may be written or left out: every row has them all the same.
  return records.map((record) => ({
    ...record,
    cells: [...record.cells, ...Array<string>(width - record.cells.length).fill('')],
  }));
}

interface Book {
  readonly strings: readonly string[];
  /** By the number of a cell's style: whether it shows a date. */
  readonly dateStyles: readonly boolean[];
  readonly from1904: boolean;
}

function part(
  parts: ReadonlyMap<string, ZipEntry>,
  name: string,
  check: (text: string) => void = () => undefined,
): XmlElement {
  const text = textOf(parts, name);
  check(text);
  try {
    return xmlRoot(text.replace(/\r\n?/g, '\n'));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, `In ${name} of the spreadsheet: ${error.message}`);
  }
}

function textOf(parts: ReadonlyMap<string, ZipEntry>, name: string): string {
  const entry = parts.get(name);
  if (entry === undefined) {
    throw new Refusal(
      'FILE_MALFORMED',
      `The spreadsheet has no ${name}: save it again, or download the statement as CSV.`,
    );
  }
  let bytes: Uint8Array;
  try {
    bytes = entry.bytes();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, `In ${name} of the spreadsheet: ${error.message}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('ENCODING_WRONG', `In ${name} of the spreadsheet: the text is not UTF-8: save it again.`);
  }
}

/** Before the sheet is read: reading takes a thousand times what counting does. */
function refuseLong(sheet: string): void {
  for (const [tag, what, max] of [
    [/<(?:[\w.-]+:)?row[\s/>]/g, 'rows', sheetRowsMax],
    [/<(?:[\w.-]+:)?c[\s/>]/g, 'cells', sheetCellsMax],
  ] as const) {
    let count = 0;
    while (tag.exec(sheet) !== null) count += 1;
    if (count <= max) continue;
    throw new Refusal(
      'TOO_MANY_LINES',
      `The sheet has ${count} ${what}, more than the ${max} that are read from a spreadsheet: download the statement as CSV, which may be longer, or a shorter period.`,
    );
  }
}

function firstSheet(parts: ReadonlyMap<string, ZipEntry>, workbook: XmlElement): string {
  const sheets = allAt(workbook, 'sheets', 'sheet');
  const shown = sheets.find(({ attributes }) => (attributes.state ?? 'visible') === 'visible');
  const targets = allAt(part(parts, 'xl/_rels/workbook.xml.rels'), 'Relationship');
  const target = targets.find(({ attributes }) => attributes.Id === shown?.attributes.id)?.attributes.Target;
  if (target === undefined) {
    throw new Refusal(
      'FILE_MALFORMED',
      'The spreadsheet has no sheet that is shown: save it again, or download the statement as CSV.',
    );
  }
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

function cellsOf(row: XmlElement, line: number, book: Book): string[] {
  const cells: string[] = [];
  for (const cell of allAt(row, 'c')) {
    const column = columnOf(cell.attributes.r, cells.length);
    if (column < cells.length || column >= sheetColumnsMax) {
      throw new Refusal(
        'FILE_MALFORMED',
        `Row ${line}: the cell ${quoted(cell.attributes.r ?? '')} is out of order or beyond ${sheetColumnsMax} columns: save the sheet again.`,
        line,
      );
    }
    while (cells.length < column) cells.push('');
    cells.push(cellText(cell, line, book));
  }
  return cells;
}

/** `C7` is column 2, counted from 0; a cell without a place stands behind the one before. */
function columnOf(place: string | undefined, next: number): number {
  const letters = /^([A-Z]{1,3})\d+$/.exec(place ?? '')?.[1];
  if (letters === undefined) return next;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellText(cell: XmlElement, line: number, book: Book): string {
  const value = textAt(cell, 'v') ?? '';
  const place = cell.attributes.r ?? `in row ${line}`;
  switch (cell.attributes.t ?? 'n') {
    case 's': {
      const text = /^\d{1,9}$/.test(value) ? book.strings[Number(value)] : undefined;
      if (text === undefined) {
        throw new Refusal(
          'FILE_MALFORMED',
          `Row ${line}: the cell ${place} names a text that the file does not have: save the sheet again.`,
          line,
        );
      }
      return text;
    }
    case 'inlineStr':
      return richText(at(cell, 'is'));
    case 'str':
    case 'd':
      return value;
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'e':
      throw new Refusal(
        'FILE_MALFORMED',
        `Row ${line}: the cell ${place} shows the error ${quoted(value)}: correct the sheet, or download the statement as CSV.`,
        line,
      );
    case 'n':
      return value === '' ? '' : numberText(value, cell, line, book);
    default:
      throw new Refusal(
        'FILE_MALFORMED',
        `Row ${line}: the cell ${place} is of an unknown type: save the sheet again.`,
        line,
      );
  }
}

function numberText(value: string, cell: XmlElement, line: number, book: Book): string {
  const decimal = decimalOfDouble(value);
  if (decimal === undefined) {
    throw new Refusal(
      'FILE_MALFORMED',
      `Row ${line}: the cell ${cell.attributes.r ?? ''} is ${quoted(value)}, where a number is expected.`,
      line,
    );
  }
  const style = cell.attributes.s ?? '';
  if (!(/^\d{1,6}$/.test(style) && book.dateStyles[Number(style)])) return decimal;
  const date = dateOfSerial(decimal, book.from1904);
  if (date !== undefined) return date;
  throw new Refusal(
    'DATE_WRONG',
    `Row ${line}: the cell ${cell.attributes.r ?? ''} shows ${quoted(value)} as a date, a day that does not exist.`,
    line,
  );
}

/** Which of the styles of cells show a date. */
function dateStyles(styles: XmlElement): boolean[] {
  const own = new Map(
    allAt(styles, 'numFmts', 'numFmt').map(({ attributes }) => [attributes.numFmtId, attributes.formatCode ?? '']),
  );
  return allAt(styles, 'cellXfs', 'xf').map(({ attributes }) =>
    isDateFormat(attributes.numFmtId ?? '0', own.get(attributes.numFmtId)),
  );
}

/** Text in one run or several; phonetic runs (`rPh`) are no part of it. */
function richText(element: XmlElement | undefined): string {
  return (element?.children ?? [])
    .map((child) => (child.name === 't' ? child.text : child.name === 'r' ? (textAt(child, 't') ?? '') : ''))
    .join('');
}
