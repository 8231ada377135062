import type { CalendarDate, Money } from '@ringfence/kernel';

export type StatementFormatName = 'csv' | 'text' | 'ofx' | 'qif' | 'mt940' | 'camt' | 'xlsx' | 'pdf';

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
  /**
   * The lines were found by their places on a page, which no parser can be sure of: a person must see them before
   * anything is posted.
   */
  readonly needsConfirmation?: true;
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
  /** Rows that the bank has not posted, or has undone. They move no money and must never become lines. */
  readonly notPosted: ParsedLine[];
  /** Balances that the file states in another currency than the statement's. They are never netted or converted. */
  readonly otherBalances?: readonly OtherBalance[];
  readonly warnings: ParseWarning[];
}

export interface OtherBalance {
  readonly kind: 'opening' | 'closing';
  readonly currency: string;
  readonly amountPence: Money;
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
  /** The page of a PDF, counted from 1; `sourceLine` then counts on the page. */
  readonly page?: number;
  /** The name of the file, where the upload is an archive of files. */
  readonly within?: string;
  /** What the line is made of, where the file tells: the payments of a batch, the parts of a split. */
  readonly details?: readonly LineDetail[];
}

/** A part of a line. It explains the line and moves nothing by itself. */
export interface LineDetail {
  /** As the file writes it, unsigned or signed; null where the part states none. */
  readonly amount: string | null;
  readonly currency: string | null;
  readonly description: string;
  readonly bankId: string | null;
}

/** Where a line stands, to begin a sentence with: `Line 12`, `Page 2, line 12`, `april.xml, line 12`. */
export function placeOf({ sourceLine, page, within }: Pick<ParsedLine, 'sourceLine' | 'page' | 'within'>): string {
  if (page !== undefined) return `Page ${page}, line ${sourceLine}`;
  return within === undefined ? `Line ${sourceLine}` : `${within}, line ${sourceLine}`;
}

export type RefusalCode =
  | 'FILE_EMPTY'
  | 'FILE_LOST'
  | 'FILE_TOO_LARGE'
  | 'FILE_NOT_TEXT'
  | 'ENCODING_WRONG'
  | 'FORMAT_UNKNOWN'
  | 'FORMAT_MISMATCH'
  | 'PROFILE_UNKNOWN'
  | 'PROFILE_MISMATCH'
  | 'LAYOUT_UNKNOWN'
  | 'LAYOUT_UNCLEAR'
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
  | 'ARCHIVE_REFUSED'
  | 'PAGE_UNREADABLE'
  | 'TABLE_UNCLEAR'
  | 'ACCOUNT_OTHER'
  | 'ACCOUNT_UNCLEAR'
  | 'CURRENCY_OTHER'
  | 'READING_TIME'
  | 'READING_MEMORY'
  | 'READING_ANSWER'
  | 'READING_FAILED';

export type WarningCode =
  | 'BALANCE_BREAK'
  | 'NOT_POSTED'
  | 'BALANCE_MISSING'
  | 'BALANCE_OTHER_CURRENCY'
  | 'BANK_ID_REPEATED'
  | 'BANK_CORRECTION'
  | 'INVESTMENTS_NOT_READ'
  | 'DATE_ORDER_ASSUMED'
  | 'PARTS_DIFFER'
  | 'STATEMENT_REPEATED';

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
