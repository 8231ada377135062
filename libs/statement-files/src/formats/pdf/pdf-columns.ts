import type { PdfCell, PdfRow } from './pdf-rows.js';

export type PdfColumnName = 'date' | 'description' | 'out' | 'in' | 'amount' | 'balance';

export interface PdfColumn {
  readonly name: PdfColumnName;
  readonly left: number;
  readonly right: number;
}

/** How banks head the columns of a printed statement; `(£)` and the like behind a heading are left out first. */
const headings: readonly { readonly name: PdfColumnName; readonly pattern: RegExp }[] = [
  { name: 'date', pattern: /^(?:transaction |posting |booking )?date$/i },
  {
    name: 'description',
    pattern:
      /^(?:(?:transaction )?(?:description|details?)|description of transaction|payment type and details|particulars|narrative|transactions?|payee)$/i,
  },
  {
    name: 'out',
    pattern: /^(?:money out|paid out|payments? out|payments?|withdrawn|withdrawals?|debits?|debit amount|out)$/i,
  },
  {
    name: 'in',
    pattern: /^(?:money in|paid in|payments? in|receipts?|deposited|deposits?|credits?|credit amount|in)$/i,
  },
  { name: 'amount', pattern: /^amount$/i },
  { name: 'balance', pattern: /^(?:running |account |closing )?balance$/i },
];

/** The columns of a row that heads a table of transactions; undefined for any other row. */
export function columnsOf(row: PdfRow): readonly PdfColumn[] | undefined {
  const columns: PdfColumn[] = [];
  for (const { text, left, right } of row.cells) {
    const plain = text.replace(/\s*\(?(?:£|GBP)\)?\s*$/i, '').trim();
    const name = headings.find(({ pattern }) => pattern.test(plain))?.name;
    if (name === undefined) continue;
    if (columns.some((column) => column.name === name)) return undefined;
    columns.push({ name, left, right });
  }
  const has = (name: PdfColumnName): boolean => columns.some((column) => column.name === name);
  const money = (has('out') && has('in') && !has('amount')) || (has('amount') && !has('out') && !has('in'));
  return has('date') && has('description') && has('balance') && money ? columns : undefined;
}

/**
 * The money column under which a cell stands: the one whose heading it overlaps, or else whose right or left edge it
 * shares. Undefined where it stands under none or between two.
 */
export function moneyColumnOf(cell: PdfCell, columns: readonly PdfColumn[], reach: number): PdfColumn | undefined {
  const money = columns.filter(({ name }) => name !== 'date' && name !== 'description');
  const over = money.filter(({ left, right }) => cell.left < right && cell.right > left);
  if (over.length === 1) return over[0];
  const near = (over.length > 1 ? over : money).filter(
    ({ left, right }) => Math.abs(cell.right - right) <= reach || Math.abs(cell.left - left) <= reach,
  );
  return near.length === 1 ? near[0] : undefined;
}
