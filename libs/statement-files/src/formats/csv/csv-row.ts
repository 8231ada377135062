import type { CalendarDate, Money } from '@ringfence/kernel';
import { dateOfBankText } from '../../core/bank-dates.js';
import { oneSpaced, penceOfBankText, quoted } from '../../core/bank-text.js';
import { cellsOf, type Layout } from './csv-detection.js';
import type { CsvRecord } from './csv-records.js';
import { Refusal, type LineStatus } from '../../core/outcome.js';

/** A row of the file, read by the names of its columns; laid over one record after the other. */
export class CsvRow {
  line = 0;
  raw = '';
  private cells: readonly string[] = [];

  constructor(readonly layout: Layout) {}

  lay(record: CsvRecord): void {
    const { profile, width } = this.layout;
    this.line = record.line;
    this.raw = record.raw;
    this.cells = cellsOf(record, profile, width);
    if (this.cells.length !== width) {
      throw new Refusal(
        'ROW_RAGGED',
        `Line ${record.line} has ${this.cells.length} columns and the layout ${width}: download the file again without editing it.`,
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
    if (columns.length === 1) return withoutApostrophe(oneSpaced(this.text(columns[0] ?? '')));
    const parts: string[] = [];
    for (const column of columns) {
      const part = withoutApostrophe(oneSpaced(this.text(column)));
      if (part !== '' && !parts.some((earlier) => earlier.includes(part))) parts.push(part);
    }
    return parts.join(' ');
  }

  date(): CalendarDate {
    const { date: columns, dates } = this.layout.profile;
    const column =
      columns.length === 1 ? (columns[0] ?? '') : (columns.find((name) => this.text(name) !== '') ?? columns[0] ?? '');
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
    const own = profile.currencyColumn === undefined ? null : this.optional(profile.currencyColumn);
    return own?.toUpperCase() ?? headerCurrency ?? profile.currency;
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
    const { notes, amount } = this.layout.profile;
    const note = notes?.find(({ column, startsWith }) => this.joined([column]).startsWith(startsWith));
    if (note === undefined) return undefined;
    const columns = amount.kind === 'outIn' ? [amount.out, amount.in] : [amount.column];
    if (columns.some((column) => (this.money(column) ?? 0n) !== 0n)) return undefined;
    return note.isOpening ? 'opening' : 'note';
  }
}

function withoutApostrophe(text: string): string {
  return text.startsWith("'") ? text.slice(1) : text;
}
