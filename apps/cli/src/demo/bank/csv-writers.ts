import { decimalText, poundsText, type CalendarDate, type Money } from '@ringfence/kernel';
import type { BankLine, BankMove, BankStatement } from './bank-statement.js';

/** Lloyds, Halifax and Bank of Scotland: newest first, one column out and one in, an apostrophe before the sort code. */
export function lloydsCsv({ account, lines }: BankStatement): string {
  const types: Words = { credit: 'FPI', transfer: 'FPO', card: 'DEB', 'direct-debit': 'DD', cash: 'CPT' };
  return rows(
    'Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance',
    newestFirst(lines).map((line) => [
      slashed(line.date),
      types[line.move],
      `'${hyphened(account.sortCode)}`,
      account.accountNumber,
      text(line),
      out(line),
      into(line),
      decimalText(line.balancePence),
    ]),
  );
}

/** Monzo: oldest first, an id of its own for each line, and what was paid abroad in the currency of the place. */
export function monzoCsv({ lines }: BankStatement): string {
  const types: Words = {
    credit: 'Faster payment',
    transfer: 'Faster payment',
    card: 'Card payment',
    'direct-debit': 'Direct Debit',
    cash: 'Card payment',
  };
  const header =
    'Transaction ID,Date,Time,Type,Name,Emoji,Category,Amount,Currency,Local amount,Local currency,Notes and #tags,Address,Receipt,Description,Category split,Money Out,Money In,Balance,Balance currency';
  return rows(
    header,
    lines.map((line) => {
      const amount = decimalText(line.amountPence);
      const { original } = line;
      return [
        `tx_${line.id}`,
        slashed(line.date),
        '09:30:00',
        types[line.move],
        line.who,
        '',
        line.amountPence > 0n ? 'Income' : 'General',
        amount,
        'GBP',
        original?.amount ?? amount,
        original?.currency ?? 'GBP',
        '',
        '',
        '',
        line.reference ?? line.who,
        '',
        line.amountPence < 0n ? amount : '',
        into(line),
        decimalText(line.balancePence),
        'GBP',
      ];
    }),
  );
}

/** Barclays: newest first, no balance, and the payee inside a memo that is padded and ends in the kind of payment. */
export function barclaysCsv({ account, lines }: BankStatement): string {
  const kinds: Record<BankMove, readonly [string, string]> = {
    credit: ['Counter Credit', 'BGC'],
    transfer: ['Funds Transfer', 'FT'],
    card: ['Debit', 'BCC'],
    'direct-debit': ['Direct Debit', 'DDR'],
    cash: ['Debit', 'ATM'],
  };
  return rows(
    'Number,Date,Account,Amount,Subcategory,Memo',
    newestFirst(lines).map((line) => {
      const [subcategory, ending] = kinds[line.move];
      const memo = `${line.who.padEnd(18)}\t${line.reference ?? ''} ${ending}`;
      return [
        '',
        slashed(line.date),
        `${hyphened(account.sortCode)} ${account.accountNumber}`,
        decimalText(line.amountPence),
        subcategory,
        memo,
      ];
    }),
  );
}

/** NatWest: newest first, months in letters, the account's name and number on every line. */
export function natwestCsv({ account, lines }: BankStatement): string {
  const types: Words = { credit: 'BAC', transfer: 'DPC', card: 'POS', 'direct-debit': 'D/D', cash: 'C/L' };
  return rows(
    'Date,Type,Description,Value,Balance,Account Name,Account Number',
    newestFirst(lines).map((line) => [
      lettered(line.date),
      types[line.move],
      text(line),
      decimalText(line.amountPence),
      decimalText(line.balancePence),
      account.holder.toUpperCase(),
      `${account.sortCode}-${account.accountNumber}`,
    ]),
  );
}

/** HSBC: newest first, no header and no balance, thousands with a comma in quotation marks. */
export function hsbcCsv({ lines }: BankStatement): string {
  return newestFirst(lines)
    .map((line) => `${[slashed(line.date), text(line), thousands(line.amountPence)].map(cell).join(',')}\r\n`)
    .join('');
}

/** Nationwide: three lines about the account, everything in quotation marks, pounds with their sign. */
export function nationwideCsv({ account, lines, closingPence }: BankStatement): string {
  const types: Words = {
    credit: 'Bank credit',
    transfer: 'Payment to',
    card: 'Visa purchase',
    'direct-debit': 'Direct debit',
    cash: 'ATM Withdrawal',
  };
  const quoted = (cells: readonly string[]): string => `${cells.map((each) => `"${each}"`).join(',')}\r\n`;
  const pounds = (pence: Money): string => poundsText(pence).replace('−', '-');
  return [
    quoted(['Account Name:', `FlexDirect ****${account.accountNumber.slice(-5)}`]),
    quoted(['Account Balance:', pounds(closingPence)]),
    quoted(['Available Balance: ', pounds(closingPence)]),
    '\r\n',
    quoted(['Date', 'Transaction type', 'Description', 'Paid out', 'Paid in', 'Balance']),
    ...lines.map((line) =>
      quoted([
        lettered(line.date),
        types[line.move],
        text(line),
        line.amountPence < 0n ? pounds(-line.amountPence) : '',
        line.amountPence > 0n ? pounds(line.amountPence) : '',
        pounds(line.balancePence),
      ]),
    ),
  ].join('');
}

type Words = Readonly<Record<BankMove, string>>;

function rows(header: string, cells: readonly (readonly string[])[]): string {
  return [header, ...cells.map((row) => row.map(cell).join(','))].map((line) => `${line}\r\n`).join('');
}

function cell(text: string): string {
  return /[",]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

function newestFirst(lines: readonly BankLine[]): BankLine[] {
  return [...lines].reverse();
}

export function text({ who, reference }: BankLine): string {
  return reference ? `${who} ${reference}` : who;
}

function out({ amountPence }: BankLine): string {
  return amountPence < 0n ? decimalText(-amountPence) : '';
}

function into({ amountPence }: BankLine): string {
  return amountPence > 0n ? decimalText(amountPence) : '';
}

function thousands(pence: Money): string {
  const sign = pence < 0n ? '-' : '';
  return sign + poundsText(pence < 0n ? -pence : pence).slice(1);
}

/** 309812 is 30-98-12. */
function hyphened(sortCode: string): string {
  return sortCode.replace(/(\d\d)(\d\d)(\d\d)/, '$1-$2-$3');
}

/** 2026-04-01 is 01/04/2026. */
export function slashed(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
}

const monthLetters = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** 2026-04-01 is 01 Apr 2026. */
function lettered(date: CalendarDate): string {
  const [year, month, day] = date.split('-');
  return `${day} ${monthLetters[Number(month) - 1]} ${year}`;
}
