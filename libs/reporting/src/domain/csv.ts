import { decimalText, type Money } from '@ringfence/kernel';

/**
 * What a cell holds. A text was written by a person or a bank and is made harmless; amounts, counts and nothing are
 * ours, and stay what they are: an amount below zero begins with a minus because it is one.
 */
export type Cell = string | number | null | { readonly pence: Money };

/**
 * Written before the header. Excel takes a CSV without it for the machine's old code page and shows a pound sign as two
 * letters; every reader of UTF-8 knows it and leaves it out. It also keeps a file whose first cell is `ID` from being
 * taken for a SYLK file.
 */
export const byteOrderMark = '\ufeff';

/** One record by RFC 4180, ended with CRLF. Throws on a number that is not whole: amounts are pence. */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

/**
 * A text that no spreadsheet takes for a formula: an apostrophe is put before one that could be, which spreadsheets
 * take for "this is text". One that begins with an apostrophe gets another, so that {@link originalText} can tell.
 * Sources: OWASP, CSV Injection, and ASVS 5.0, 1.2.10: `=`, `+`, `-`, `@`, tab, CR, LF, zero and the full-width signs.
 * Beyond them, here: signs behind blanks, invisible characters or quotation marks, which some programs take away first.
 */
export function harmlessText(text: string): string {
  return couldBeFormula.test(text) ? `'${text}` : text;
}

/** What {@link harmlessText} was given: every text that begins with an apostrophe had it put there. */
export function originalText(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

const couldBeFormula = /^['\t\r\n\0]|^[\s\p{C}"'`´‘’‚‛“”„‟«»＂＇]*[=+\-@＝＋－＠﹦﹢﹣﹫−]/u;

/** Beyond RFC 4180, also what other programs divide cells by, and blanks at an end, which some take away. */
const needsQuotes = /[",;|\t\r\n]|^\s|\s$/;

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'object') return decimalText(cell.pence);
  if (typeof cell === 'number') {
    if (!Number.isSafeInteger(cell)) throw new RangeError(`${cell} is no whole number: a CSV holds counts and pence.`);
    return String(cell);
  }
  const text = harmlessText(cell);
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
