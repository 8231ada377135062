import type { DateShape } from './bank-dates.js';
import type { MoneyShape } from './bank-text.js';

/** How one bank lays out its CSV export, as data. Columns are called by the names in `header`. */
export interface CsvProfile {
  /** What `--profile` takes. */
  readonly name: string;
  readonly bank: string;
  /**
   * The exact header; case and spacing are forgiven. `({currency})` in a name stands for a currency code, which then
   * is the statement's. For a headless layout: the names by which the columns are called here.
   */
  readonly header: readonly string[];
  /** Columns that newer exports add behind the header, in this order, each of which may be absent. */
  readonly mayFollow?: readonly string[];
  /** The export has no header: it is recognised when every row fits. */
  readonly headless?: true;
  readonly delimiter?: ',' | ';' | '\t';
  /** Lines with labels stand before the header; `account` is the label behind which the account is named. */
  readonly preamble?: { readonly account?: string };
  /** Every row may end with a comma that begins no column. */
  readonly trailingComma?: true;
  /** The first of these columns that is not empty. */
  readonly date: readonly string[];
  readonly dates: readonly DateShape[];
  readonly amount: AmountColumns;
  readonly money?: MoneyShape;
  readonly balance?: string;
  /** Joined by a space; a part that only repeats an earlier one is left out. */
  readonly description: readonly string[];
  readonly kind?: string;
  readonly bankId?: string;
  readonly mcc?: string;
  /** Joined by a space. A file may hold several accounts. */
  readonly account?: readonly string[];
  /** The currency of every line, where no column tells; null where the layout is used in any country. */
  readonly currency: string | null;
  readonly currencyColumn?: string;
  /** What was paid abroad. */
  readonly original?: { readonly amount: string; readonly currency: string };
  /** Whether a row has been posted. A word in none of the lists refuses the file. */
  readonly state?: {
    readonly column: string;
    readonly posted: readonly string[];
    readonly pending: readonly string[];
    readonly reverted: readonly string[];
  };
  /** Rows without an amount, or with zero, that are no transactions. */
  readonly notes?: readonly { readonly column: string; readonly startsWith: string; readonly isOpening?: true }[];
  /** First cells of rows that stand below the transactions. */
  readonly footer?: readonly string[];
  /** Asked only when neither dates nor balances tell. */
  readonly order: 'oldestFirst' | 'newestFirst';
}

export type AmountColumns =
  /** One signed column. `fee` is taken from it. `signRequired`: a bare amount that is not zero is refused. */
  | { readonly kind: 'signed'; readonly column: string; readonly fee?: string; readonly signRequired?: true }
  /** Positive amounts in one of two columns. */
  | { readonly kind: 'outIn'; readonly out: string; readonly in: string }
  /** One column, and a mark that alone decides the direction. */
  | {
      readonly kind: 'marked';
      readonly column: string;
      readonly mark: string;
      readonly out: readonly string[];
      readonly in: readonly string[];
    };

/** What is wrong with a profile, as sentences; empty when it can be used. For profiles that a deployment configures. */
export function profileFaults(profile: CsvProfile): string[] {
  const known = new Set([...profile.header, ...(profile.mayFollow ?? [])]);
  const faults = columnsOf(profile)
    .filter((column) => !known.has(column))
    .map((column) => `The profile "${profile.name}" names the column "${column}", which its header does not have.`);
  if (profile.dates.length === 0) faults.push(`The profile "${profile.name}" says in no way how dates are written.`);
  if (profile.date.length === 0) faults.push(`The profile "${profile.name}" names no column for the date.`);
  return faults;
}

function columnsOf(profile: CsvProfile): string[] {
  const { amount } = profile;
  const amounts =
    amount.kind === 'signed'
      ? [amount.column, amount.fee]
      : amount.kind === 'outIn'
        ? [amount.out, amount.in]
        : [amount.column, amount.mark];
  return [
    ...profile.date,
    ...amounts,
    ...profile.description,
    ...(profile.account ?? []),
    ...(profile.notes ?? []).map((note) => note.column),
    profile.balance,
    profile.kind,
    profile.bankId,
    profile.mcc,
    profile.currencyColumn,
    profile.original?.amount,
    profile.original?.currency,
    profile.state?.column,
  ].filter((column) => column !== undefined);
}
