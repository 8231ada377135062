import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { CsvProfile } from '@ringfence/statements';

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
