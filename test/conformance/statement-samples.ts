import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Money } from '@ringfence/kernel';
import type { CsvProfile, ParsedLine, ParsedStatement } from '@ringfence/statement-files';

/** The public sample files, which are not part of this project: beside it, or nowhere. */
export const samplesFolder = resolve(import.meta.dirname, '../../../shared/fixtures/statements');

export const samplesPresent = existsSync(resolve(samplesFolder, 'INDEX.csv'));

/** A row of INDEX.csv: what the source of the file says that it holds. Empty means that the source does not say. */
export interface Sample {
  readonly file: string;
  readonly format: string;
  readonly n_statements: string;
  readonly n_transactions: string;
  readonly opening: string;
  readonly closing: string;
  readonly sum_credits: string;
  readonly sum_debits: string;
  readonly currency: string;
  readonly should_fail: string;
  readonly expected_source: string;
  readonly own_arithmetic: string;
}

export function samplesOf(formats: readonly string[]): Sample[] {
  if (!samplesPresent) return [];
  const rows = parse(readFileSync(resolve(samplesFolder, 'INDEX.csv')), { columns: true }) as Sample[];
  return rows.filter(({ format }) => formats.includes(format));
}

export function bytesOf({ file }: Sample): Uint8Array {
  return readFileSync(resolve(samplesFolder, file));
}

const sheet = {
  date: ['Date'],
  dates: ['mm/dd/yyyy'],
  amount: { kind: 'signed', column: 'Amount' },
  description: ['Label', 'Partner Name'],
  currency: null,
  order: 'oldestFirst',
} as const;

/** Layouts that are no UK bank's, configured as a deployment would: the sources of these files configure them too. */
export const ownProfiles: readonly CsvProfile[] = [
  {
    ...sheet,
    name: 'sheet-balance',
    bank: 'a spreadsheet',
    header: ['Date', 'Label', 'Amount', 'Balance', 'Partner Name', 'Bank Account'],
    balance: 'Balance',
  },
  {
    ...sheet,
    name: 'sheet-marked',
    bank: 'a spreadsheet',
    header: ['Date', 'Label', 'Amount', 'D/C', 'Balance', 'Partner Name', 'Bank Account'],
    amount: { kind: 'marked', column: 'Amount', mark: 'D/C', out: ['D'], in: ['C'] },
    balance: 'Balance',
  },
  {
    ...sheet,
    name: 'sheet-currency',
    bank: 'a spreadsheet',
    header: ['Date', 'Label', 'Currency', 'Amount', 'Partner Name', 'Bank Account'],
    currencyColumn: 'Currency',
  },
  {
    ...sheet,
    name: 'sheet-two-amounts',
    bank: 'a spreadsheet',
    header: ['Date', 'Label', 'Currency', 'Amount', 'Amount Currency', 'Partner Name', 'Bank Account'],
    currencyColumn: 'Currency',
  },
  {
    name: 'n26',
    bank: 'N26',
    header:
      'Datum,Empfänger,Kontonummer,Transaktionstyp,Verwendungszweck,Kategorie,Betrag ({currency}),Betrag (Fremdwährung),Fremdwährung,Wechselkurs'.split(
        ',',
      ),
    date: ['Datum'],
    dates: ['yyyy-mm-dd'],
    amount: { kind: 'signed', column: 'Betrag ({currency})' },
    description: ['Empfänger', 'Verwendungszweck'],
    currency: null,
    order: 'oldestFirst',
  },
  {
    name: 'running-total',
    bank: 'an unknown bank',
    header: ['Posted On', 'Details', 'Money Out', 'Money In', 'Running Total'],
    date: ['Posted On'],
    dates: ['dd/mm/yyyy'],
    amount: { kind: 'outIn', out: 'Money Out', in: 'Money In' },
    balance: 'Running Total',
    description: ['Details'],
    currency: null,
    order: 'oldestFirst',
  },
];

/** The project from which a sample comes, with the kind of file: `camt/OCA+bank-statement-import`. */
export function sourceOf({ file }: Sample): string {
  return file.split('/').slice(0, 2).join('/');
}

interface Counting {
  /** The lines that the source counts, where it counts others than the posted ones. */
  readonly lines?: (statement: ParsedStatement) => readonly ParsedLine[];
  /** How many transactions the source makes of a line. */
  readonly transactions?: (line: ParsedLine) => number;
  readonly opening?: (statements: readonly ParsedStatement[], sample: Sample) => Money | undefined;
  readonly closing?: (statements: readonly ParsedStatement[], sample: Sample) => Money | undefined;
}

/** How a source counts, where it does not count statements, lines and their first balances as they are read here. */
export const countedOtherwise: Readonly<Record<string, Counting>> = {
  // Each payment of a batch is a transaction of its own.
  'camt/OCA+bank-statement-import': { transactions: ({ details = [] }) => Math.max(1, details.length) },
  // Pending entries too, and the closing balance in whatever currency it is.
  'camt/genkgo+camt': {
    lines: ({ lines, notPosted }) => [...lines, ...notPosted],
    closing: ([statement]) =>
      statement?.closingBalance ?? statement?.otherBalances?.find(({ kind }) => kind === 'closing')?.amountPence,
  },
  // A file without balances closes with the sum of its lines.
  'qif/OCA+bank-statement-import': {
    closing: (statements) => statements.flatMap(({ lines }) => lines).reduce((sum, line) => sum + line.amountPence, 0n),
  },
  // From the opening balance of the first statement to the closing one of the last.
  'mt940/sandermarechal+jejik-mt940': { closing: (statements) => statements.at(-1)?.closingBalance ?? undefined },
  // All statements are merged, and the last final balance (:60F:, :62F:) that the file has is kept.
  'mt940/wolph+mt940': {
    opening: (statements, sample) =>
      lastFinal(
        sample,
        '60',
        statements.map(({ openingBalance }) => openingBalance),
      ),
    closing: (statements, sample) =>
      lastFinal(
        sample,
        '62',
        statements.map(({ closingBalance }) => closingBalance),
      ),
  },
};
/** Files that are refused although their source reads them, with the reason. There are no others. */
export const refusedOnPurpose: Readonly<Record<string, { readonly code: string; readonly because: string }>> = {
  'ofx/jseutter+ofxparse/fidelity-savings.ofx': {
    code: 'AMOUNT_INEXACT',
    because: 'an amount of 115.8331 is not a whole number of pence, and nothing here is rounded',
  },
  'csv/bank2ynab+bank2ynab/W80844_EBH_201945.202122.csv': {
    code: 'LAYOUT_UNKNOWN',
    because: 'a Hungarian bank whose rows have two columns more than its header; the source states no values',
  },
};

/** Values that a source states and that are not met, with the reason. There are no others. */
export const statedOtherwise: Readonly<
  Record<string, { readonly values: Readonly<Record<string, bigint | number>>; readonly because: string }>
> = {
  'mt940/wolph+mt940/self-provided__raphaelm.sta': {
    values: { closing: 9_500_000n },
    because:
      'its last balance has no currency (:62F:C02032495000,00), and the source takes 950 for one and 0.00 for the amount; the lines make 95000.00',
  },
  'qif/isaacharrisholt+quiffen/test.qif': {
    values: { transactions: 5 },
    because:
      'the source counts the opening balance, which is a balance and no transaction, and a purchase of shares, which is told in a warning and not read',
  },
};

/** Files whose arithmetic the index checks over all statements together, with the reason why that is not done. */
export const addsUpOtherwise: Readonly<Record<string, string>> = {
  'mt940/wolph+mt940/self-provided__multiline.sta':
    'a line stands behind the end of the message: it is no part of the statement, which adds up by itself',
};

/** Of the balances read, the one whose tag is the last to end in F: F is a final balance, M one within a statement. */
function lastFinal(sample: Sample, tag: '60' | '62', balances: readonly (Money | null)[]): Money | undefined {
  const text = new TextDecoder('windows-1252').decode(bytesOf(sample));
  const kinds = [...text.matchAll(new RegExp(`^:${tag}([FM]):`, 'gm'))].map((match) => match[1]);
  return balances.filter((pence) => pence !== null)[kinds.lastIndexOf('F')];
}
