import { oneSpaced } from '../../core/bank-text.js';
import type { PdfItem } from './pdf-text.js';

/** Words that stand together on a row of a page. */
export interface PdfCell {
  readonly text: string;
  readonly left: number;
  readonly right: number;
}

export interface PdfRow {
  readonly page: number;
  /** Counted from 1 on the page. */
  readonly line: number;
  readonly y: number;
  readonly height: number;
  readonly cells: readonly PdfCell[];
}

/** Pieces of text within this part of their height of one another are on one row. */
const sameRow = 0.5;
/** Pieces further apart than this part of their height are in different cells. */
const sameCell = 1.1;
/** A gap of this part of the height is a space between words. */
const space = 0.12;

const amount = /^\s*[+-]?£?[+-]?[\d,]*\d\.\d{2}\s*$/;
const mark = /^\s*(?:CR|DR|OD|D)\s*$/i;

/** The rows of a page from top to bottom, each from left to right. */
export function pdfRows(items: readonly PdfItem[], page: number): PdfRow[] {
  const rows: { y: number; items: PdfItem[] }[] = [];
  for (const item of [...items].sort((a, b) => a.y - b.y || a.x - b.x)) {
    const row = rows.at(-1);
    if (row && item.y - row.y <= Math.min(item.height, row.items[0]?.height ?? 0) * sameRow) row.items.push(item);
    else rows.push({ y: item.y, items: [item] });
  }
  return rows.map(({ y, items: own }, at) => ({
    page,
    line: at + 1,
    y,
    height: own.reduce((tallest, { height }) => Math.max(tallest, height), 0),
    cells: cellsOf(own),
  }));
}

function cellsOf(items: readonly PdfItem[]): PdfCell[] {
  const cells: { text: string; left: number; right: number }[] = [];
  for (const { text, x, width, height } of [...items].sort((a, b) => a.x - b.x)) {
    const cell = cells.at(-1);
    const gap = cell ? x - cell.right : Infinity;
    // Amounts of two columns can stand close: each is a cell of its own, with the mark that may follow it.
    const apart = gap > height * space && (amount.test(text) || (amount.test(cell?.text ?? '') && !mark.test(text)));
    if (cell && gap <= height * sameCell && !apart) {
      cell.text += (gap > height * space ? ' ' : '') + text;
      cell.right = Math.max(cell.right, x + width);
    } else {
      cells.push({ text, left: x, right: x + width });
    }
  }
  return cells.map(({ text, left, right }) => ({ text: oneSpaced(text), left, right }));
}

export function rowText(row: PdfRow): string {
  return row.cells.map(({ text }) => text).join('  ');
}
