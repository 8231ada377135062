import type { ReceiptRow } from '@ringfence/evidence';
import { londonDay, longDate, poundsText } from '@ringfence/kernel';
import { counted } from '../shell/formatting.js';

/** Receipts without a payment that a page shows; the rest comes once these have one. */
export const waitingReceiptsShownMax = 10;

export type WaitingReceipt = Pick<
  ReceiptRow,
  'id' | 'budgetId' | 'fileName' | 'supplier' | 'amountPence' | 'receiptDate' | 'uploadedAt'
>;

export interface WaitingReceiptsView {
  readonly items: readonly {
    readonly what: string;
    readonly about: string;
    /** Where its payment is chosen; null for whoever may not. */
    readonly href: string | null;
  }[];
  readonly more: string | null;
}

/** `receipts` are the newest that wait, one more than are shown where there are more. */
export function presentWaitingReceipts(receipts: readonly WaitingReceipt[], mayChoose: boolean): WaitingReceiptsView {
  return {
    items: receipts.slice(0, waitingReceiptsShownMax).map((receipt) => ({
      what: receipt.supplier ?? receipt.fileName,
      about: aboutReceipt(receipt),
      href: mayChoose ? paymentAddress(receipt.budgetId, receipt.id) : null,
    })),
    more:
      receipts.length > waitingReceiptsShownMax ? 'There are older ones: they show once these have a payment.' : null,
  };
}

/** For a family's home: one sentence, or null where nothing waits. */
export function waitingInWords(count: number): string | null {
  if (count === 0) return null;
  const most = waitingReceiptsShownMax;
  return count > most
    ? `More than ${most} receipts have no payment yet.`
    : `${counted(count, 'receipt has', 'receipts have')} no payment yet.`;
}

/** "£18.00, of 30 May 2026, sent on 1 June 2026", as far as it is known. */
export function aboutReceipt({
  amountPence,
  receiptDate,
  uploadedAt,
}: Omit<WaitingReceipt, 'id' | 'budgetId'>): string {
  const known = [
    ...(amountPence === null ? [] : [poundsText(amountPence)]),
    ...(receiptDate === null ? [] : [`of ${longDate(receiptDate)}`]),
    `sent on ${longDate(londonDay(uploadedAt))}`,
  ];
  return known.join(', ');
}

export function paymentAddress(budgetId: string, receiptId: string): string {
  return `/budgets/${budgetId}/receipts/${receiptId}/payment`;
}
