import type { BankStatement, DemoBank, StatementFile } from './bank-statement.js';
import { barclaysCsv, hsbcCsv, lloydsCsv, monzoCsv, nationwideCsv, natwestCsv } from './csv-writers.js';
import { ofxText, santanderText } from './text-writers.js';

interface Writer {
  readonly extension: 'csv' | 'txt' | 'ofx';
  readonly contentType: string;
  readonly text: (statement: BankStatement) => string;
  /** Banks whose files are not UTF-8. */
  readonly encoding?: 'windows-1252';
}

const csv = { extension: 'csv', contentType: 'text/csv' } as const;

const writers: Readonly<Record<DemoBank, Writer>> = {
  Lloyds: { ...csv, text: lloydsCsv },
  Monzo: { ...csv, text: monzoCsv },
  Barclays: { ...csv, text: barclaysCsv },
  NatWest: { ...csv, text: natwestCsv },
  HSBC: { ...csv, text: hsbcCsv },
  Nationwide: { ...csv, text: nationwideCsv, encoding: 'windows-1252' },
  Santander: { extension: 'txt', contentType: 'text/plain', text: santanderText },
  'Fernshire Building Society': { extension: 'ofx', contentType: 'application/x-ofx', text: ofxText },
};

/** The file that a customer of the bank downloads for these days. */
export function writeStatement(statement: BankStatement): StatementFile {
  const { extension, contentType, text, encoding } = writers[statement.account.bank];
  const bank = statement.account.bank.toLowerCase().replace(/ /g, '-');
  return {
    name: `${bank}-${statement.account.accountNumber.slice(-4)}-${statement.from.slice(0, 7)}.${extension}`,
    contentType,
    bytes: Buffer.from(text(statement), encoding === 'windows-1252' ? 'latin1' : 'utf8'),
  };
}
