import type { Money } from '@ringfence/kernel';
import { quoted } from '../../core/bank-text.js';
import type { AmountColumns } from '../../core/csv-profile.js';
import type { CsvRow } from './csv-row.js';
import { Refusal } from '../../core/outcome.js';

/** What the row moves, signed as seen from the account. A row that moves nothing must say `0.00`. */
export function csvAmount(row: CsvRow): Money {
  const { amount } = row.layout.profile;
  switch (amount.kind) {
    case 'signed':
      return signed(row, amount);
    case 'outIn':
      return outOrIn(row, amount);
    case 'marked':
      return marked(row, amount);
  }
}

function signed(row: CsvRow, { column, fee, signRequired }: Extract<AmountColumns, { kind: 'signed' }>): Money {
  const pence = row.money(column) ?? missing(row, column);
  if (signRequired && pence > 0n && !row.text(column).includes('+')) {
    throw new Refusal(
      'AMOUNT_WRONG',
      `Line ${row.line}: ${column} is ${quoted(row.text(column))}, without the + or - that says which way the money went.`,
      row.line,
    );
  }
  return fee === undefined ? pence : pence - (row.money(fee) ?? 0n);
}

function outOrIn(row: CsvRow, columns: Extract<AmountColumns, { kind: 'outIn' }>): Money {
  const out = row.money(columns.out);
  const into = row.money(columns.in);
  if (out === null && into === null) return missing(row, `${columns.out} or ${columns.in}`);
  if ((out ?? 0n) !== 0n && (into ?? 0n) !== 0n) {
    throw new Refusal(
      'AMOUNT_WRONG',
      `Line ${row.line}: ${columns.out} is ${quoted(row.text(columns.out))} and ${columns.in} is ${quoted(row.text(columns.in))}, where only one of them may be filled.`,
      row.line,
    );
  }
  for (const column of [columns.out, columns.in]) {
    if ((row.money(column) ?? 0n) < 0n) {
      throw new Refusal(
        'AMOUNT_WRONG',
        `Line ${row.line}: ${column} is ${quoted(row.text(column))}, where an amount without a minus is expected.`,
        row.line,
      );
    }
  }
  return (into ?? 0n) - (out ?? 0n);
}

function marked(row: CsvRow, columns: Extract<AmountColumns, { kind: 'marked' }>): Money {
  const pence = row.money(columns.column) ?? missing(row, columns.column);
  const absolute = pence < 0n ? -pence : pence;
  const mark = row.text(columns.mark);
  if (columns.out.includes(mark)) return -absolute;
  if (columns.in.includes(mark)) return absolute;
  throw new Refusal(
    'AMOUNT_WRONG',
    `Line ${row.line}: ${columns.mark} is ${quoted(mark)}, where one of ${[...columns.out, ...columns.in].join(', ')} is expected.`,
    row.line,
  );
}

function missing(row: CsvRow, column: string): never {
  throw new Refusal('AMOUNT_MISSING', `Line ${row.line}: ${column} is empty, where an amount is expected.`, row.line);
}
