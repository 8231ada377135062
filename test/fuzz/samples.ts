import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { samplesFolder } from '../conformance/statement-samples.js';
import {
  camtOf,
  csvOf,
  mt940Of,
  ofxOf,
  pdfStatementOf,
  qifOf,
  xlsxParts,
  zipOf,
  type WrittenStatement,
} from '../conformance/statement-writers.js';

/** A file to damage; `whole` puts the damaged part into the file around it. */
export interface FuzzSample {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly whole?: (part: Uint8Array) => Uint8Array;
}

/** Our own, and the public ones where they lie beside the project: the numbers of a run depend on which there are. */
export function fuzzSamples(): FuzzSample[] {
  return [...ownSamples(), ...publicSamples()];
}

export function fuzzPdf(): FuzzSample {
  return { name: 'own pdf', bytes: pdfStatementOf(statement) };
}

const statement: WrittenStatement = {
  sortCode: '200000',
  accountNumber: '55779911',
  opening: 150_000n,
  lines: [
    { date: '2026-04-13', pence: 200_000n, words: 'EXAMPLE COUNCIL DP', id: 'FT260001' },
    { date: '2026-04-14', pence: -6_000n, words: 'RIVER CARE LTD & SONS', id: 'FT260002' },
    { date: '2026-04-14', pence: -1_234n, words: 'SHOP, LEEDS', id: 'FT260003' },
    { date: '2026-04-30', pence: -123_456n, words: 'AGENCY INVOICE 1001', id: 'FT260004' },
  ],
};

function ownSamples(): FuzzSample[] {
  const text = (name: string, content: string): FuzzSample => ({ name, bytes: new TextEncoder().encode(content) });
  const parts = xlsxParts(statement);
  const sheet = 'xl/worksheets/sheet1.xml';
  return [
    { name: 'own csv', bytes: csvOf(statement) },
    { name: 'own qif', bytes: qifOf(statement) },
    { name: 'own ofx 1', bytes: ofxOf(statement, false) },
    { name: 'own ofx 2', bytes: ofxOf(statement, true) },
    { name: 'own mt940', bytes: mt940Of(statement) },
    { name: 'own camt.052', bytes: camtOf(statement, 'camt.052', 1) },
    { name: 'own camt.053', bytes: camtOf(statement, 'camt.053', 8) },
    { name: 'own xlsx', bytes: zipOf(parts) },
    { name: 'own sheet', bytes: Buffer.from(parts[sheet] ?? ''), whole: (part) => zipOf({ ...parts, [sheet]: part }) },
    { name: 'own zip', bytes: camtOf(statement, 'camt.053', 2), whole: (part) => zipOf({ 'a.xml': part }) },
    text(
      'own revolut',
      'Type,Product,Started Date,Completed Date,Description,Amount,Fee,Currency,State,Balance\nCARD_PAYMENT,Current,2026-04-13 09:00:00,2026-04-14 09:00:00,Shop,-12.00,0.34,GBP,COMPLETED,87.66\nCARD_PAYMENT,Current,2026-04-15 09:00:00,,Shop,-1.00,0.00,GBP,PENDING,\n',
    ),
    text(
      'own nationwide',
      '"Account Name:","C ****1"\n\n"Date","Transaction type","Description","Paid out","Paid in","Balance"\n"01 Apr 2026","Visa","SHOP","£1,234.00","","£9.00"\n',
    ),
    text(
      'own mt942',
      ':20:1\n:25:200000/55779911\n:28C:1\n:34F:GBP0,\n:13D:2604131200+0000\n:61:2604130413D12,34NTRFNONREF\n:86:166?00CARD?20SHOP LEEDS?32SHOP\n:90D:1GBP12,34\n:90C:0GBP0,\n-\n',
    ),
    text(
      'own santander',
      'From: 01/04/2026 to 30/04/2026\n\nAccount: XXXX 1\n\nDate: 13/04/2026\nDescription: SHOP\nAmount: -1.00\nBalance: 9.00\n',
    ),
    text(
      'own split',
      '!Account\nNMy Account\nTBank\n^\n!Type:Bank\nD13/04/2026\nT-12.00\nPShop\nSA\nEb\n$-5.00\nSC\n$-7.00\n^\n',
    ),
  ];
}

/** The public samples, where they lie beside the project. */
function publicSamples(): FuzzSample[] {
  if (!existsSync(samplesFolder)) return [];
  return readdirSync(samplesFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'INDEX.csv')
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { name: path.slice(samplesFolder.length + 1), bytes: readFileSync(path) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
