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

/**
 * What is wrong with a profile whose fields are of the right kinds, one sentence each that begins with the field's JSON
 * pointer; empty when it can be used.
 */
export function profileFaults(profile: CsvProfile): string[] {
  const columns = [...profile.header, ...(profile.mayFollow ?? [])];
  const faults = columns.flatMap((column, at) => {
    const first = columns.indexOf(column);
    if (first === at) return [];
    const pointer = at < profile.header.length ? `/header/${at}` : `/mayFollow/${at - profile.header.length}`;
    return [`${pointer} is "${column}", which is the name of an earlier column too: give each its own.`];
  });
  for (const [pointer, column] of columnsOf(profile)) {
    if (columns.includes(column)) continue;
    faults.push(`${pointer} names the column "${column}", which neither /header nor /mayFollow has.`);
  }
  if (profile.date.length === 0) faults.push('/date names no column: name the one that holds the date.');
  if (profile.dates.length === 0) faults.push('/dates is empty: say how dates are written.');
  return [...faults, ...repeatedWords(profile)];
}

/** A word that means two things would mean the first without anybody having said so. */
function repeatedWords({ amount, state }: CsvProfile): string[] {
  const lists: [string, readonly string[]][] = [];
  if (amount.kind === 'marked') lists.push(['/amount/out', amount.out], ['/amount/in', amount.in]);
  const states: [string, readonly string[]][] = state
    ? [
        ['/state/posted', state.posted],
        ['/state/pending', state.pending],
        ['/state/reverted', state.reverted],
      ]
    : [];
  return [lists, states].flatMap((group) => {
    const known = new Map<string, string>();
    return group.flatMap(([pointer, words]) =>
      words.flatMap((word, at) => {
        const before = known.get(word);
        known.set(word, before ?? `${pointer}/${at}`);
        return before === undefined ? [] : [`${pointer}/${at} is "${word}", which ${before} is too: name it once.`];
      }),
    );
  });
}

/** Every column that a profile names, with the place where it does. */
function columnsOf(profile: CsvProfile): [pointer: string, column: string][] {
  const { amount, original, state } = profile;
  const amounts: [string, string | undefined][] =
    amount.kind === 'signed'
      ? [
          ['/amount/column', amount.column],
          ['/amount/fee', amount.fee],
        ]
      : amount.kind === 'outIn'
        ? [
            ['/amount/out', amount.out],
            ['/amount/in', amount.in],
          ]
        : [
            ['/amount/column', amount.column],
            ['/amount/mark', amount.mark],
          ];
  const listed = (name: string, columns: readonly string[] = []): [string, string][] =>
    columns.map((column, at) => [`/${name}/${at}`, column]);
  const named: [string, string | undefined][] = [
    ...listed('date', profile.date),
    ...amounts,
    ['/balance', profile.balance],
    ...listed('description', profile.description),
    ['/kind', profile.kind],
    ['/bankId', profile.bankId],
    ['/mcc', profile.mcc],
    ...listed('account', profile.account),
    ['/currencyColumn', profile.currencyColumn],
    ['/original/amount', original?.amount],
    ['/original/currency', original?.currency],
    ['/state/column', state?.column],
    ...(profile.notes ?? []).map(({ column }, at): [string, string] => [`/notes/${at}/column`, column]),
  ];
  return named.filter((one): one is [string, string] => one[1] !== undefined);
}
