import {
  calendarDate,
  type CalendarDate,
  dateOf,
  dateRangeText,
  type Money,
  penceFromText,
  proseCharactersMax,
  referenceCharactersMax,
} from '@ringfence/kernel';
import type { DigitCount } from '../domain/bank-numbers.js';
import { quantityText } from '../domain/budget-line.js';
import type { ImportColumn } from './columns.js';
import type { ImportFaults } from './import-faults.js';
import type { FileRow } from './read-file.js';

/** RFC 5321, section 4.5.3.1.3. */
export const emailCharactersMax = 254;

/**
 * Reads cells as a council's spreadsheet writes them, and collects a fault where it cannot. What it returns for a cell
 * with a fault is of the right type and means nothing: the row is not used.
 */
export class CellReader {
  constructor(
    private readonly row: FileRow,
    private readonly faults: ImportFaults,
  ) {}

  given(column: ImportColumn): boolean {
    return this.cell(column) !== '';
  }

  givenAny(columns: readonly ImportColumn[]): boolean {
    return columns.some((column) => this.given(column));
  }

  text(column: ImportColumn, charactersMax: number): string {
    if (!this.given(column)) this.refuse(column, 'The cell is empty: write it.');
    return this.textOrNone(column, charactersMax) ?? '';
  }

  textOrNone(column: ImportColumn, charactersMax: number): string | null {
    const text = this.cell(column);
    if (text.length > charactersMax) {
      this.refuse(column, `The cell has ${text.length} characters: shorten it to ${charactersMax}.`);
    }
    return text === '' ? null : text;
  }

  email(column: ImportColumn): string | null {
    const text = this.textOrNone(column, emailCharactersMax);
    // One that is too long is refused already, and would be looked at for long.
    if (text !== null && text.length <= emailCharactersMax && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)) {
      this.refuse(column, `${this.quoted(column)} is not an email address: correct it, or leave the cell empty.`);
    }
    return text;
  }

  /** One of a list of words; `Direct payment` is `DIRECT_PAYMENT`. */
  word<Word extends string>(
    column: ImportColumn,
    words: readonly Word[],
    synonyms: Readonly<Record<string, Word>> = {},
  ): Word {
    const written = this.cell(column)
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, '_')
      .replace(/^_|_$/g, '');
    const word = words.find((known) => known === written) ?? synonyms[written];
    if (word === undefined) {
      this.refuse(column, `${this.found(column)}: write one of ${words.join(', ')}.`);
    }
    return word ?? words[0]!;
  }

  /** `2026-04-01`, or as spreadsheets in the United Kingdom write it: `01/04/2026`. */
  day(column: ImportColumn): CalendarDate {
    const day = readDay(this.cell(column));
    if (day === undefined) {
      this.refuse(
        column,
        `${this.found(column)}: write a day that exists, ${dateRangeText}, as 2026-04-01 or 01/04/2026.`,
      );
    }
    return day ?? '2000-01-01';
  }

  dayOrNone(column: ImportColumn): CalendarDate | null {
    return this.given(column) ? this.day(column) : null;
  }

  /** Days between semicolons, in order. */
  days(column: ImportColumn): CalendarDate[] {
    const days = this.parts(column).map((part) => readDay(part));
    if (days.length === 0 || days.includes(undefined)) {
      this.refuse(column, `${this.found(column)}: write the days with semicolons between, as 2026-04-20; 2026-09-07.`);
      return [];
    }
    return (days as CalendarDate[]).sort();
  }

  /** `1234.50`, `1,234.50` or `£1,234.50`, and more than nothing. */
  money(column: ImportColumn): Money {
    const written = this.cell(column).replace(/^£\s*/, '');
    const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(written) ? written.replace(/,/g, '') : written;
    const pence = penceFromText(plain);
    if (pence === undefined || pence <= 0n) {
      this.refuse(column, `${this.found(column)}: write pounds and pence above nothing, such as 1234.50.`);
    }
    return pence ?? 0n;
  }

  quantity(column: ImportColumn): string | null {
    const text = this.cell(column).replace(/^(\d{1,3})((?:,\d{3})+)(?=\.|$)/, (whole) => whole.replace(/,/g, ''));
    if (text === '') return null;
    if (!quantityText(text))
      this.refuse(column, `${this.quoted(column)} is not a number such as 520 or 3.25: correct it.`);
    return text;
  }

  /** Digits that may be written with hyphens or spaces. Spreadsheets drop leading noughts, so the count matters. */
  digits(column: ImportColumn, { least, most }: DigitCount): string | null {
    const text = this.cell(column).replace(/[\s-]/g, '').replace(/^'/, '');
    if (text === '') return null;
    if (!/^\d+$/.test(text) || text.length < least || text.length > most) {
      const count = least === most ? `${least}` : `${least} to ${most}`;
      this.refuse(
        column,
        `${this.quoted(column)} must have ${count} digits: put back noughts that the spreadsheet dropped.`,
      );
    }
    return text;
  }

  /** `2.1: Goes to the shop alone; 2.2`, semicolons between. A description may itself hold colons. */
  outcomes(column: ImportColumn): { reference: string; description: string | null }[] {
    const outcomes = this.parts(column).map((part) => {
      const [, reference = '', description = ''] = /^([^:]*):?([^]*)$/.exec(part) ?? [];
      return { reference: reference.trim(), description: description.trim() || null };
    });
    for (const { reference, description } of outcomes) {
      if (
        reference === '' ||
        reference.length > referenceCharactersMax ||
        (description?.length ?? 0) > proseCharactersMax
      ) {
        this.refuse(
          column,
          `${this.quoted(column)} is not a list of outcomes: write "2.1: Goes to the shop alone; 2.2: Has a friend".`,
        );
        break;
      }
    }
    return outcomes.filter(
      (outcome, order) => outcomes.findIndex((one) => one.reference === outcome.reference) === order,
    );
  }

  private parts(column: ImportColumn): string[] {
    return this.cell(column)
      .split(';')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }

  private cell(column: ImportColumn): string {
    return this.row.cells[column] ?? '';
  }

  private found(column: ImportColumn): string {
    return this.given(column) ? `${this.quoted(column)} was found` : 'The cell is empty';
  }

  private quoted(column: ImportColumn): string {
    const text = this.cell(column);
    return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
  }

  private refuse(column: ImportColumn, message: string): void {
    this.faults.add(this.row.line, column, message);
  }
}

function readDay(text: string): CalendarDate | undefined {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  if (year !== undefined) return dateOf(Number(year), Number(month), Number(day));
  return calendarDate(text);
}
