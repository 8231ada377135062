import type { CalendarDate, Money } from '@ringfence/kernel';

export type StatementFormatName = 'csv' | 'text' | 'ofx';

/** What became of a file: everything in it, or one refusal of the whole file. Nothing is read by halves. */
export type ParseOutcome = ParsedFile | RefusedFile;

export interface ParsedFile {
  readonly ok: true;
  readonly format: StatementFormatName;
  /** The bank's layout, for the formats that differ by bank. */
  readonly profile: string | null;
  /** Changes whenever the same bytes could be read differently, so that a stored reading can be told apart. */
  readonly parserVersion: string;
  readonly statements: ParsedStatement[];
}

export interface RefusedFile {
  readonly ok: false;
  readonly error: ParseError;
}

/** `line` counts from 1; null where the fault is of the whole file. */
export interface ParseError {
  readonly code: RefusalCode;
  readonly message: string;
  readonly line: number | null;
}

export interface ParseWarning {
  readonly code: WarningCode;
  readonly message: string;
  readonly line: number | null;
}

/** One account in one currency. A file with several accounts or currencies yields several statements. */
export interface ParsedStatement {
  /** `30-00-00 12345678` where sort code and number are known, else what the file says, else null. */
  readonly account: string | null;
  /** ISO 4217. Only GBP can be imported; the importer says so, not the reader. */
  readonly currency: string | null;
  /** Stated by the file or worked out from the balances it states; null where it states none. */
  readonly openingBalance: Money | null;
  readonly closingBalance: Money | null;
  /** Posted lines, oldest first. */
  readonly lines: ParsedLine[];
  /** Rows that the bank has not posted, or has taken back. They move no money and must never become lines. */
  readonly notPosted: ParsedLine[];
  readonly warnings: ParseWarning[];
}

export type LineStatus = 'posted' | 'pending' | 'reverted';

export interface ParsedLine {
  readonly date: CalendarDate;
  /** Signed as seen from the account: money out is negative. */
  readonly amountPence: Money;
  /** The bank's words, runs of spaces reduced to one. */
  readonly description: string;
  /** For comparing only: see `normalDescription`. */
  readonly normalisedDescription: string;
  /** The bank's own id of the line. Unique in an account at best; some banks use one again in another year. */
  readonly bankId: string | null;
  /** The account's balance after this line. */
  readonly balancePence: Money | null;
  /** The exact text of the record in the file. */
  readonly raw: string;
  /** Where the record begins, counted from 1. */
  readonly sourceLine: number;
  /** The bank's type of transaction, in its own words: `DD`, `CARD_PAYMENT`. */
  readonly kind: string | null;
  /** Merchant category code, four digits. */
  readonly mcc: string | null;
  readonly status: LineStatus;
  /** What was paid abroad, as the file writes it, with its currency. */
  readonly originalAmount: string | null;
  readonly originalCurrency: string | null;
}

export type RefusalCode =
  | 'FILE_EMPTY'
  | 'FILE_TOO_LARGE'
  | 'FILE_NOT_TEXT'
  | 'ENCODING_WRONG'
  | 'FORMAT_UNKNOWN'
  | 'FORMAT_MISMATCH'
  | 'PROFILE_UNKNOWN'
  | 'PROFILE_MISMATCH'
  | 'LAYOUT_UNKNOWN'
  | 'LAYOUT_DOUBTFUL'
  | 'FILE_TRUNCATED'
  | 'FILE_MALFORMED'
  | 'ROW_RAGGED'
  | 'DATE_MISSING'
  | 'DATE_WRONG'
  | 'AMOUNT_MISSING'
  | 'AMOUNT_WRONG'
  | 'AMOUNT_INEXACT'
  | 'STATUS_UNKNOWN'
  | 'TOO_MANY_LINES'
  | 'TOO_LONG'
  | 'DOCTYPE_REFUSED'
  | 'BANK_REPORTED_ERROR'
  | 'STATEMENT_MISSING'
  | 'ACCOUNT_OTHER'
  | 'ACCOUNT_DOUBTFUL'
  | 'CURRENCY_OTHER';

export type WarningCode =
  'BALANCE_BREAK' | 'NOT_POSTED' | 'BALANCE_MISSING' | 'BANK_ID_REPEATED' | 'BANK_CORRECTION' | 'INVESTMENTS_NOT_READ';

/** Thrown inside the parsers and turned into a {@link RefusedFile} at the door: readers of files never see it. */
export class Refusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    readonly line: number | null = null,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}
