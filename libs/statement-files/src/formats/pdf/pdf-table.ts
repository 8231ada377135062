import type { CalendarDate, Money } from '@ringfence/kernel';
import { dateOfBankText, looksLikeDate, type DateShape } from '../../core/bank-dates.js';
import { oneSpaced, penceOfBankText, quoted } from '../../core/bank-text.js';
import { columnsOf, moneyColumnOf, type PdfColumn, type PdfColumnName } from './pdf-columns.js';
import { descriptionCharactersMax } from '../../core/limits.js';
import { rowText, type PdfCell, type PdfRow } from './pdf-rows.js';
import { Refusal } from '../../core/outcome.js';

/** A transaction as it stands on a page, before its balance is proved. */
export interface PdfEntry {
  readonly date: CalendarDate;
  description: string;
  readonly amountPence: Money;
  balancePence: Money | null;
  readonly page: number;
  readonly line: number;
  raw: string;
}

export interface PdfTable {
  readonly entries: PdfEntry[];
  readonly opening: Money | null;
  readonly closing: Money | null;
}

const shapes: readonly DateShape[] = ['d Mon yyyy', 'd Mon yy', 'dd/mm/yyyy', 'dd/mm/yy', 'yyyy-mm-dd'];
const yearless = /^\d{1,2}[ -](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*$/i;
const money = /^[+-]?£?[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{2}(?: ?(?:CR|DR|OD|D))?$/i;
const openingWords =
  /^(?:(?:opening|previous|start(?:ing)?) balance|(?:balance )?(?:brought forward|b\/f)|balance b\/f|balance (?:from|on)\b.*)/i;
const closingWords = /^(?:(?:closing|new|end(?:ing)?) balance|(?:balance )?(?:carried forward|c\/f)|balance c\/f)/i;
/** A row further below than this many heights of its text does not continue the one above. */
const continuesWithin = 1.9;

/**
 * The transactions of a printed statement, found by the places of words under the headings Date, Description, Money
 * out, Money in (or Amount) and Balance. Every amount under a money heading must be accounted for; what cannot be is
 * refused with its page and line. `period` gives the year of dates that are printed without one.
 */
export function pdfTable(pages: readonly (readonly PdfRow[])[], period: Period | undefined): PdfTable {
  const walk = new Walk(period);
  for (const rows of pages) walk.page(rows);
  if (!walk.headed) {
    throw new Refusal(
      'LAYOUT_UNKNOWN',
      'The PDF has no table headed Date, Description, Money out, Money in (or Amount) and Balance: download the statement as CSV or OFX from the bank.',
    );
  }
  return { entries: walk.entries, opening: walk.opening, closing: walk.closing };
}

export interface Period {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

class Walk {
  readonly entries: PdfEntry[] = [];
  opening: Money | null = null;
  closing: Money | null = null;
  headed = false;
  private date: CalendarDate | null = null;
  /** Words that stand above their amount. */
  private waiting: { words: string[]; raw: string[]; row: PdfRow } | null = null;
  private last: { entry: PdfEntry; row: PdfRow } | null = null;

  constructor(private readonly period: Period | undefined) {}

  page(rows: readonly PdfRow[]): void {
    let columns: readonly PdfColumn[] | undefined;
    this.last = null;
    for (const row of rows) {
      const heading = columnsOf(row);
      if (heading) {
        columns = heading;
        this.headed = true;
        continue;
      }
      if (columns) this.row(row, columns);
      else refuseUnheaded(row);
    }
    if (this.waiting) throw this.doubt(this.waiting.row, 'has a date and words and no amount');
  }

  private row(row: PdfRow, columns: readonly PdfColumn[]): void {
    const { date, words, amounts } = this.parts(row, columns);
    const text = oneSpaced(words.map((cell) => cell.text).join(' '));
    const balance = amounts.get('balance') ?? null;
    const moved = movement(amounts);
    if (moved === undefined) throw this.doubt(row, 'has amounts both out and in');
    if (moved === null && balance === null) return this.words(row, date, words, text, columns);
    if (moved === null && balance !== null) return this.balanceRow(row, text, balance, date);
    if (/^totals?\b/i.test(text) && date === null) return;
    if (date !== null && this.waiting) throw this.doubt(this.waiting.row, 'has a date and words and no amount');
    if (date !== null) this.date = date;
    if (this.date === null) throw this.doubt(row, 'has an amount and no date');
    const above = this.waiting;
    this.waiting = null;
    const entry: PdfEntry = {
      date: this.date,
      description: oneSpaced([...(above?.words ?? []), text].join(' ')),
      amountPence: moved as Money,
      balancePence: balance,
      page: row.page,
      line: above?.row.line ?? row.line,
      raw: [...(above?.raw ?? []), rowText(row)].join('\n'),
    };
    if (entry.description === '') throw this.doubt(row, 'has an amount and no description');
    this.entries.push(entry);
    this.last = { entry, row };
  }

  /** A row without amounts begins a transaction, continues one, or has nothing to do with the table. */
  private words(
    row: PdfRow,
    date: CalendarDate | null,
    words: readonly PdfCell[],
    text: string,
    columns: readonly PdfColumn[],
  ): void {
    if (date !== null) {
      if (this.waiting) throw this.doubt(this.waiting.row, 'has a date and words and no amount');
      this.date = date;
      this.waiting = { words: text === '' ? [] : [text], raw: [rowText(row)], row };
      return;
    }
    if (this.waiting) {
      this.waiting.words.push(text);
      this.waiting.raw.push(rowText(row));
      return;
    }
    const described = columns.find(({ name }) => name === 'description') as PdfColumn;
    const [only, other] = words;
    if (!this.last || !only || other || Math.abs(only.left - described.left) > row.height * 2) return;
    if (row.y - this.last.row.y > row.height * continuesWithin) return;
    this.last.entry.description = oneSpaced(`${this.last.entry.description} ${text}`);
    if (this.last.entry.description.length > descriptionCharactersMax) {
      throw this.doubt(row, `makes a description of more than ${descriptionCharactersMax} characters`);
    }
    this.last.entry.raw += `\n${rowText(row)}`;
    this.last = { entry: this.last.entry, row };
  }

  /** A balance alone: the one before the first transaction, the one behind the last, or that of a page's end. */
  private balanceRow(row: PdfRow, text: string, balance: Money, date: CalendarDate | null): void {
    const words = oneSpaced([...(this.waiting?.words ?? []), text].join(' '));
    this.waiting = null;
    if (date !== null) this.date = date;
    const known = this.entries.at(-1)?.balancePence ?? this.opening;
    if (openingWords.test(words)) {
      if (this.entries.length === 0 && this.opening === null) this.opening = balance;
      else if (known !== null && known !== balance)
        throw this.doubt(row, 'brings forward another balance than the one before');
      return;
    }
    if (closingWords.test(words)) {
      this.closing = balance;
      const last = this.entries.at(-1);
      if (last && last.balancePence === null) last.balancePence = balance;
      return;
    }
    throw this.doubt(row, 'has a balance and no amount');
  }

  private parts(
    row: PdfRow,
    columns: readonly PdfColumn[],
  ): { date: CalendarDate | null; words: PdfCell[]; amounts: Map<PdfColumnName, Money> } {
    const dateColumn = columns.find(({ name }) => name === 'date') as PdfColumn;
    const amounts = new Map<PdfColumnName, Money>();
    const words: PdfCell[] = [];
    let date: CalendarDate | null = null;
    for (const cell of row.cells) {
      const inDate = cell.left < dateColumn.right + row.height && cell.right > dateColumn.left - row.height;
      const dated: ReturnType<Walk['leadingDate']> = inDate && date === null ? this.leadingDate(cell, row) : undefined;
      if (dated) {
        date = dated.date;
        if (dated.rest) words.push(dated.rest);
        continue;
      }
      const column = money.test(cell.text) ? moneyColumnOf(cell, columns, row.height * 1.5) : undefined;
      if (column === undefined) {
        if (money.test(cell.text) && standsBehindWords(cell, columns)) {
          throw this.doubt(row, `has the amount ${quoted(cell.text)} under no heading, or between two`);
        }
        words.push(cell);
        continue;
      }
      if (amounts.has(column.name)) throw this.doubt(row, 'has two amounts under one heading');
      amounts.set(column.name, signed(cell.text, row));
    }
    return { date, words, amounts };
  }

  /** The date with which a cell begins: words may stand so near that they are in its cell. */
  private leadingDate(cell: PdfCell, row: PdfRow): { date: CalendarDate; rest: PdfCell | null } | undefined {
    const parts = cell.text.split(' ');
    for (const count of [3, 2, 1]) {
      const text = parts.slice(0, count).join(' ');
      const full = looksLikeDate(text, shapes);
      if (parts.length < count || !(full || yearless.test(text))) continue;
      const rest = parts.slice(count).join(' ');
      return {
        date: full ? this.named(row, () => dateOfBankText(text, shapes, 'Date', row.line)) : this.inPeriod(text, row),
        rest: rest === '' ? null : { ...cell, text: rest },
      };
    }
    return undefined;
  }

  private inPeriod(text: string, row: PdfRow): CalendarDate {
    if (!this.period) throw this.doubt(row, 'has a date without a year, and no page says which period this is');
    const { from, to } = this.period;
    for (const year of [from.slice(0, 4), to.slice(0, 4)]) {
      const date = this.named(row, () =>
        dateOfBankText(`${text.replace('-', ' ')} ${year}`, ['d Mon yyyy'], 'Date', row.line),
      );
      if (from <= date && date <= to) return date;
    }
    throw this.doubt(row, `has the date ${quoted(text)}, outside the period from ${from} to ${to}`);
  }

  private named<T>(row: PdfRow, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new Refusal(error.code, `Page ${row.page}, l${error.message.slice(1)}`, row.line);
    }
  }

  private doubt(row: PdfRow, what: string): Refusal {
    return new Refusal(
      'TABLE_UNCLEAR',
      `Page ${row.page}, line ${row.line}: ${quoted(rowText(row))} ${what}: download the statement as CSV or OFX from the bank.`,
      row.line,
    );
  }
}

/** Signed pence; null where the row moves nothing, undefined where it says both ways. */
function movement(amounts: ReadonlyMap<PdfColumnName, Money>): Money | null | undefined {
  const out = amounts.get('out');
  const into = amounts.get('in');
  if (out !== undefined && into !== undefined) return undefined;
  if (out !== undefined) return -out;
  return into ?? amounts.get('amount') ?? null;
}

/** `12.34 CR`, `12.34 OD`: a mark behind an amount says which side of zero it is on. */
function signed(text: string, row: PdfRow): Money {
  const match = /^(.*?) ?(CR|DR|OD|D)?$/i.exec(text);
  const pence = penceOfBankText(match?.[1] ?? text, {}, 'the amount', row.line);
  return match?.[2] !== undefined && match[2].toUpperCase() !== 'CR' ? -pence : pence;
}

function standsBehindWords(cell: PdfCell, columns: readonly PdfColumn[]): boolean {
  const first = Math.min(
    ...columns.filter(({ name }) => name !== 'date' && name !== 'description').map(({ left }) => left),
  );
  return cell.right > first;
}

/** A page that carries a table on without its headings cannot be read by place. */
function refuseUnheaded(row: PdfRow): void {
  const [first] = row.cells;
  const dated = first !== undefined && (looksLikeDate(first.text, shapes) || yearless.test(first.text));
  if (!dated || row.cells.length < 3 || !row.cells.slice(1).some(({ text }) => money.test(text))) return;
  throw new Refusal(
    'TABLE_UNCLEAR',
    `Page ${row.page}, line ${row.line}: ${quoted(rowText(row))} has a date and an amount and stands under no headings: download the statement as CSV or OFX from the bank.`,
    row.line,
  );
}
