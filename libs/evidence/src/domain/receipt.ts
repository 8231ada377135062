import {
  type CalendarDate,
  decimalText,
  type Fault,
  type Money,
  nameCharactersMax,
  Problem,
  parseJson,
  requirePence,
} from '@ringfence/kernel';
import { receiptLinesMax, spendTextMax } from '@ringfence/spending-rules';

export const fileNameCharactersMax = 200;

/** What a person reads on a receipt. Everything may be added later. */
export interface ReceiptTerms {
  readonly amountPence: Money | null;
  readonly receiptDate: CalendarDate | null;
  readonly supplier: string | null;
  readonly lines: readonly ReceiptLineTerms[];
}

export interface ReceiptLineTerms {
  readonly description: string;
  /** Negative for a discount on the receipt. */
  readonly amountPence: Money;
}

/** Refuses what a receipt cannot say; `today` is the latest day on which something can have been bought. */
export function checkReceipt(terms: ReceiptTerms, today: CalendarDate): void {
  const faults = [...headFaults(terms, today), ...lineFaults(terms)];
  const [first] = faults;
  if (first) throw new Problem('invalid-request', first.message, { errors: faults });
}

/** Lines as they come in a form: a JSON list of `{description, amount}`. */
export function receiptLinesJson(text: string): ReceiptLineTerms[] {
  const list = text.trimStart().startsWith('[') ? parseJson(text, { pointer: '/lines' }) : undefined;
  if (!Array.isArray(list)) {
    throw Problem.field(
      '/lines',
      '/lines must be a JSON list such as [{"description": "Swimming", "amount": "4.50"}].',
    );
  }
  return list.map((line: unknown, index) => {
    const at = `/lines/${index}`;
    const { description, amount } = (typeof line === 'object' && line !== null ? line : {}) as Record<string, unknown>;
    if (typeof description !== 'string') throw Problem.field(`${at}/description`, `${at}/description must be a text.`);
    return { description, amountPence: requirePence(amount, `${at}/amount`) };
  });
}

/** The file's name for a person: no folders, no control characters, not too long. */
export function plainFileName(name: string): string {
  const plain = (name.split(/[/\\]/).at(-1) ?? '').replace(/\p{C}/gu, '').trim();
  return plain.slice(0, fileNameCharactersMax) || 'receipt';
}

function headFaults({ amountPence, receiptDate, supplier }: ReceiptTerms, today: CalendarDate): Fault[] {
  const faults: Fault[] = [];
  if (amountPence !== null && amountPence <= 0n) {
    faults.push(fault('/amount', `is ${decimalText(amountPence)}: write what was paid, an amount above zero.`));
  }
  if (receiptDate !== null && receiptDate > today) {
    faults.push(fault('/date', `is ${receiptDate}, which is still to come: write the date on the receipt.`));
  }
  if (supplier !== null && (supplier.trim() === '' || supplier.length > nameCharactersMax)) {
    faults.push(fault('/supplier', `has ${supplier.trim().length} characters: write 1 to ${nameCharactersMax}.`));
  }
  return faults;
}

function lineFaults({ amountPence, lines }: ReceiptTerms): Fault[] {
  if (lines.length > receiptLinesMax) {
    return [fault('/lines', `has ${lines.length} lines: ${receiptLinesMax} is the most.`)];
  }
  const empty = lines.flatMap(({ description }, index) => {
    if (description.trim() !== '' && description.length <= spendTextMax) return [];
    const found = `has ${description.trim().length} characters: write 1 to ${spendTextMax}.`;
    return [fault(`/lines/${index}/description`, found)];
  });
  if (empty.length > 0 || amountPence === null || lines.length === 0) return empty;
  const sum = lines.reduce((total, line) => total + line.amountPence, 0n);
  if (sum === amountPence) return [];
  const found = `sum to ${decimalText(sum)}, but the receipt's amount is ${decimalText(amountPence)}: correct a line or the amount.`;
  return [fault('/lines', found)];
}

function fault(pointer: string, rest: string): Fault {
  return { pointer, message: `${pointer} ${rest}` };
}
