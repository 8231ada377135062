import { decimalText, type CalendarDate } from '@ringfence/kernel';
import type { BankMove, BankStatement } from './bank-statement.js';
import { slashed, text } from './csv-writers.js';

/** Santander's text download: a block for each line, newest first, padded with spaces that do not break. */
export function santanderText({ account, from, to, lines }: BankStatement): string {
  const gap = '\u00a0';
  const head = [
    `From:${gap}${slashed(from)} to ${slashed(to)}`,
    '',
    `Account:${gap}XXXX XXXX XXXX ${account.accountNumber.slice(-4)}`,
    '',
  ];
  const blocks = [...lines]
    .reverse()
    .flatMap((line) => [
      `Date:${gap}${slashed(line.date)}`,
      `Description:${gap}${text(line)}${gap}`,
      `Amount:${gap}${decimalText(line.amountPence)}${gap}`,
      `Balance:${gap}${decimalText(line.balancePence)}${gap}`,
      '',
    ]);
  return [...head, ...blocks].map((line) => `${line}\r\n`).join('');
}

/** OFX 1.02: SGML whose elements of one line are not closed; the list ends on the day of the ledger balance. */
export function ofxText({ account, from, to, lines, closingPence }: BankStatement): string {
  const types: Readonly<Record<BankMove, string>> = {
    credit: 'CREDIT',
    transfer: 'PAYMENT',
    card: 'POS',
    'direct-debit': 'DIRECTDEBIT',
    cash: 'ATM',
  };
  const transactions = lines.flatMap((line) => [
    '<STMTTRN>',
    `<TRNTYPE>${types[line.move]}`,
    `<DTPOSTED>${plain(line.date)}`,
    `<TRNAMT>${decimalText(line.amountPence)}`,
    `<FITID>${line.id}`,
    `<NAME>${line.who.slice(0, 32)}`,
    ...(line.reference ? [`<MEMO>${line.reference}`] : []),
    '</STMTTRN>',
  ]);
  return [
    'OFXHEADER:100',
    'DATA:OFXSGML',
    'VERSION:102',
    'SECURITY:NONE',
    'ENCODING:USASCII',
    'CHARSET:1252',
    'COMPRESSION:NONE',
    'OLDFILEUID:NONE',
    'NEWFILEUID:NONE',
    '',
    '<OFX>',
    '<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS>',
    `<DTSERVER>${plain(to)}<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>`,
    '<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>',
    '<STMTRS><CURDEF>GBP',
    `<BANKACCTFROM><BANKID>${account.sortCode}<ACCTID>${account.accountNumber}<ACCTTYPE>CHECKING</BANKACCTFROM>`,
    `<BANKTRANLIST><DTSTART>${plain(from)}<DTEND>${plain(to)}`,
    ...transactions,
    '</BANKTRANLIST>',
    `<LEDGERBAL><BALAMT>${decimalText(closingPence)}<DTASOF>${plain(to)}</LEDGERBAL>`,
    '</STMTRS></STMTTRNRS></BANKMSGSRSV1>',
    '</OFX>',
    '',
  ].join('\r\n');
}

/** 2026-04-01 is 20260401. */
function plain(date: CalendarDate): string {
  return date.replace(/-/g, '');
}
