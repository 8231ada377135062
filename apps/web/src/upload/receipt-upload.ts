import type { ReceiptKept, ReceiptUpload } from '@ringfence/evidence';
import { Problem, requireId, requirePence } from '@ringfence/kernel';
import { paymentInWords, type PaymentLine } from '../receipts/payment-choices.js';
import { paymentAddress } from '../receipts/waiting-receipts.presenter.js';

type Fields = Readonly<Record<string, string>>;

/** What the form for a receipt says, whether it is sent now or was kept until its sender had signed in again. */
export function receiptFrom(
  budgetId: string,
  fields: Fields,
  file: { readonly name: string; readonly bytes: Uint8Array },
): ReceiptUpload {
  const [payment, amount, supplier] = ['payment', 'amount', 'supplier'].map((name) => fields[name]?.trim() ?? '');
  return {
    budgetId,
    fileName: file.name,
    bytes: file.bytes,
    ...(payment ? { statementLineId: requireId(payment, '/payment') } : {}),
    ...(amount ? { amountPence: requirePence(amount.replace(/^£/, '').replaceAll(',', ''), '/amount') } : {}),
    ...(supplier ? { supplier } : {}),
  };
}

/** The flash message for its sender. `payment` is the one that the receipt is linked to now. */
export function receiptFlash({ alreadyHeld, linked }: ReceiptKept, payment: PaymentLine | undefined): string {
  if (!alreadyHeld) return 'Thank you, we have your receipt.';
  if (!payment) return 'We have this receipt already, and do not know its payment yet. Choose it when you can.';
  const words = paymentInWords(payment);
  return linked
    ? `We had this receipt already. It goes with this payment now: ${words}.`
    : `We have this receipt already, with this payment: ${words}. Thank you.`;
}

/** Where its sender decides, when the receipt is held for another payment than the one that they chose now. */
export function decisionAddress(error: unknown, budgetId: string, fields: Fields): string | undefined {
  const receiptId = error instanceof Problem ? error.extensions['receiptId'] : undefined;
  if (typeof receiptId !== 'string') return undefined;
  return `${paymentAddress(budgetId, receiptId)}?payment=${encodeURIComponent(fields['payment'] ?? '')}`;
}
