import type { CalendarDate, Money } from '@ringfence/kernel';
import { dateOfBankText } from './bank-dates.js';
import { oneSpaced, penceOfBankText, quoted } from './bank-text.js';
import { cellsOf, type Layout } from './csv-detection.js';
import type { CsvRecord } from './csv-records.js';
import { Refusal, type LineStatus } from './outcome.js';

/** A row of the file, read by the names of its columns. */
export class CsvRow {
  readonly line: number;
  readonly raw: string;
  private readonly cells: readonly string[];

  constructor(
    record: CsvRecord,
    readonly layout: Layout,
  ) {
    this.line = record.line;
    this.raw = record.raw;
    this.cells = cellsOf(record, layout.profile, layout.width);
    if (this.cells.length !== layout.width) {
      throw new Refusal(
        'ROW_RAGGED',
        `Line ${record.line} has ${this.cells.length} columns and the layout ${layout.width}: download the file again without editing it.`,
        record.line,
      );
    }
  }

  /** The text in a column, trimmed; empty for a column that this file does not have. */
  text(column: string): string {
    return (this.cells[this.layout.columns.get(column) ?? -1] ?? '').trim();
  }

  optional(column: string | undefined): string | null {
    return column === undefined ? null : this.text(column) || null;
  }

  /** Columns joined by a space, each without the apostrophe by which banks keep spreadsheets from reading numbers. */
  joined(columns: readonly string[]): string {
    const parts: string[] = [];
    for (const column of columns) {
      const part = oneSpaced(this.text(column)).replace(/^'/, '');
      if (part !== '' && !parts.some((earlier) => earlier.includes(part))) parts.push(part);
    }
    return parts.join(' ');
  }

  date(): CalendarDate {
    const { date: columns, dates } = this.layout.profile;
    const column = columns.find((name) => this.text(name) !== '') ?? columns[0] ?? '';
    return dateOfBankText(this.text(column), dates, column, this.line);
  }

  money(column: string): Money | null {
    const text = this.text(column);
    return text === '' ? null : penceOfBankText(text, this.layout.profile.money ?? {}, column, this.line);
  }

  balance(): Money | null {
    const { balance } = this.layout.profile;
    return balance === undefined ? null : this.money(balance);
  }

  currency(): string | null {
    const { profile, headerCurrency } = this.layout;
    return this.optional(profile.currencyColumn)?.toUpperCase() ?? headerCurrency ?? profile.currency;
  }

  status(): LineStatus {
    const { state } = this.layout.profile;
    if (state === undefined) return 'posted';
    const word = this.text(state.column);
    for (const status of ['posted', 'pending', 'reverted'] as const) {
      if (state[status].includes(word.toUpperCase())) return status;
    }
    throw new Refusal(
      'STATUS_UNKNOWN',
      `Line ${this.line}: ${state.column} is ${quoted(word)}, where one of ${[...state.posted, ...state.pending, ...state.reverted].join(', ')} is expected.`,
      this.line,
    );
  }

  /** Whether the row only states something, and is no transaction. */
  note(): 'opening' | 'note' | undefined {
    const { notes = [], amount } = this.layout.profile;
    const note = notes.find(({ column, startsWith }) => this.joined([column]).startsWith(startsWith));
    if (note === undefined) return undefined;
    const columns = amount.kind === 'outIn' ? [amount.out, amount.in] : [amount.column];
    if (columns.some((column) => (this.money(column) ?? 0n) !== 0n)) return undefined;
    return note.isOpening ? 'opening' : 'note';
  }
}
