import { definePage, type PageModel } from '../shell/render.js';
import type { PaymentChoice } from './payment-choices.js';

export interface ReceiptPaymentPage extends PageModel {
  readonly budgetId: string;
  /** Where the form is sent. */
  readonly action: string;
  readonly what: string;
  readonly about: string;
  /** The payment that it goes with now. */
  readonly current: string | null;
  /** Whether its sender chose another payment than that one. */
  readonly asked: boolean;
  readonly payments: readonly PaymentChoice[];
}

export const receiptPaymentPage = definePage<ReceiptPaymentPage>('receipts/receipt-payment');
