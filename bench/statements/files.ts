import { addDays, decimalText, type Money } from '@ringfence/kernel';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pdfStatementOf, xlsxOf, type WrittenLine } from '../../test/conformance/statement-writers.js';

export const formats = ['csv', 'csv-quoted', 'ofx', 'camt', 'mt940', 'qif', 'text', 'xlsx', 'pdf'] as const;
export type Format = (typeof formats)[number];

/** The most lines of a file of each format: those that are read at once have a limit of their own. */
export const linesMax: Record<Format, number> = {
  csv: 1_000_000,
  'csv-quoted': 1_000_000,
  ofx: 1_000_000,
  camt: 1_000_000,
  mt940: 1_000_000,
  qif: 1_000_000,
  text: 1_000_000,
  xlsx: 50_000,
  pdf: 1_000,
};

export const account = { sortCode: '200000', accountNumber: '55779911' };
const opening: Money = 500_000_000_00n;
const words = [
  'CARD PAYMENT TO SWIM CLUB',
  'TESCO STORES 3297',
  'RIVER CARE LTD INV',
  'OAKSHIRE CC DP',
  "SAINSBURY'S S/MKTS",
];

/** Lines as a busy account of four years has them: 700 a day, amounts that differ, words that often repeat. */
function lineOf(at: number, lines: number): WrittenLine & { readonly balance: (before: Money) => Money } {
  const perDay = Math.max(1, Math.ceil(lines / 1_400));
  const pence = BigInt(((at * 7_919) % 9_000) + 1) * (at % 13 === 0 ? 1n : -1n);
  return {
    date: addDays('2022-01-01', Math.floor(at / perDay)),
    pence,
    words: `${words[at % words.length] ?? ''} ${at % 997}`,
    id: `FT${String(at).padStart(10, '0')}`,
    balance: (before) => before + pence,
  };
}

/** Writes a file of so many lines into a folder, as it goes; returns its path. */
export async function writeStatement(folder: string, format: Format, lines: number): Promise<string> {
  const path = join(folder, `${format}-${lines}`);
  if (format === 'xlsx' || format === 'pdf') {
    const statement = { ...account, opening, lines: Array.from({ length: lines }, (_, at) => lineOf(at, lines)) };
    await writeFile(path, format === 'xlsx' ? xlsxOf(statement) : pdfStatementOf(statement));
    return path;
  }
  const { head, line, foot } = writers[format];
  const out = createWriteStream(path);
  let balance = opening;
  let piece = head;
  for (let at = 0; at < lines; at += 1) {
    const next = lineOf(at, lines);
    balance = next.balance(balance);
    piece += line(next, balance);
    if (piece.length < 256 * 1024) continue;
    if (!out.write(piece)) await once(out, 'drain');
    piece = '';
  }
  out.end(piece + foot(balance));
  await once(out, 'finish');
  return path;
}

interface Writer {
  readonly head: string;
  line(line: WrittenLine, balance: Money): string;
  foot(closing: Money): string;
}

const none = (): string => '';
const uk = (date: string): string => `${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
const compact = (date: string): string => date.replaceAll('-', '');
const comma = (pence: Money): string => decimalText(pence < 0n ? -pence : pence).replace('.', ',');
const mark = (pence: Money): string => (pence < 0n ? 'D' : 'C');
const unsigned = (pence: Money): string => decimalText(pence < 0n ? -pence : pence);

const writers: Record<Exclude<Format, 'xlsx' | 'pdf'>, Writer> = {
  csv: {
    head: 'Date,Description,Amount,Balance\r\n',
    line: ({ date, words: text, pence }, balance) =>
      `${uk(date)},${text},${decimalText(pence)},${decimalText(balance)}\r\n`,
    foot: none,
  },
  'csv-quoted': {
    head: '"Date","Description","Amount","Balance"\r\n',
    line: ({ date, words: text, pence }, balance) =>
      `"${uk(date)}","${text}","${decimalText(pence)}","${decimalText(balance)}"\r\n`,
    foot: none,
  },
  ofx: {
    head: `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>GBP\n<BANKACCTFROM><BANKID>${account.sortCode}\n<ACCTID>${account.accountNumber}\n</BANKACCTFROM><BANKTRANLIST>\n`,
    line: ({ date, words: text, pence, id }) =>
      `<STMTTRN>\n<TRNTYPE>OTHER\n<DTPOSTED>${compact(date)}\n<TRNAMT>${decimalText(pence)}\n<FITID>${id}\n<NAME>${text}\n</STMTTRN>\n`,
    foot: (closing) =>
      `</BANKTRANLIST><LEDGERBAL><BALAMT>${decimalText(closing)}\n<DTASOF>20260101\n</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`,
  },
  camt: {
    head: `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>1</MsgId></GrpHdr><Stmt><Id>1</Id><Acct><Id><IBAN>GB82WEST${account.sortCode}${account.accountNumber}</IBAN></Id><Ccy>GBP</Ccy></Acct>\n`,
    line: ({ date, words: text, pence, id }) =>
      `<Ntry><Amt Ccy="GBP">${unsigned(pence)}</Amt><CdtDbtInd>${pence < 0n ? 'DBIT' : 'CRDT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${date}</Dt></BookgDt><AcctSvcrRef>${id}</AcctSvcrRef><AddtlNtryInf>${text}</AddtlNtryInf></Ntry>\n`,
    foot: () => '</Stmt></BkToCstmrStmt></Document>',
  },
  mt940: {
    head: `:20:STATEMENT\r\n:25:${account.sortCode}/${account.accountNumber}\r\n:28C:1/1\r\n:60F:C220101GBP${comma(opening)}\r\n`,
    line: ({ date, words: text, pence, id }) =>
      `:61:${compact(date).slice(2)}${compact(date).slice(4)}${mark(pence)}${comma(pence)}NTRFNONREF//${id}\r\n:86:${text}\r\n`,
    foot: (closing) => `:62F:C260101GBP${comma(closing)}\r\n-\r\n`,
  },
  qif: {
    head: '!Type:Bank\n',
    line: ({ date, words: text, pence }) => `D${uk(date)}\nT${decimalText(pence)}\nP${text}\n^\n`,
    foot: none,
  },
  text: {
    head: `From: 01/01/2022 to 01/01/2026\r\n\r\nAccount: XXXX XXXX XXXX 9911\r\n\r\n`,
    line: ({ date, words: text, pence }, balance) =>
      `Date: ${uk(date)}\r\nDescription: ${text}\r\nAmount: ${decimalText(pence)} \r\nBalance: ${decimalText(balance)} \r\n\r\n`,
    foot: none,
  },
};
