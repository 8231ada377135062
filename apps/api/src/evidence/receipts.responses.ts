import { receiptTypes } from '@ringfence/evidence';
import {
  amount,
  answer,
  date,
  group,
  id,
  instant,
  list,
  oneOf,
  orNull,
  page,
  text,
  whole,
  yesNo,
} from '../http/shapes.js';

export const receiptStates = ['waiting', 'linked'] as const;

export const receipt = answer('Receipt', 'A receipt or an invoice, as it was uploaded', {
  id: id('The receipt'),
  budgetId: id('The budget whose spend it shows'),
  statementLineId: orNull(id('The statement line that it explains; null while it waits for it')),
  state: oneOf(receiptStates, 'Whether it waits for its statement line or is linked to one'),
  fileName: text('What the file was called', 'swimming.jpg'),
  fileBytes: whole('How large the file is, in bytes', { minimum: 1 }),
  contentType: oneOf(receiptTypes, 'What the file is, by its content'),
  amount: orNull(amount('What was paid, where somebody said so')),
  date: orNull(date('The day on the receipt, where somebody said so')),
  supplier: orNull(text('Who was paid, where somebody said so')),
  lines: list(
    group('One thing bought', {
      description: text('As the receipt has it'),
      amount: amount('What it cost; negative for a discount'),
    }),
    'In the order of the receipt; empty where nobody wrote them down',
  ),
  uploadedAt: instant('When it came'),
  changedAt: orNull(instant('When it was last linked or corrected; null if never')),
});
export const receipts = page(receipt);

export const receiptUploaded = answer('ReceiptUploaded', 'The receipt that holds the file', {
  id: id('The receipt'),
  alreadyHeld: yesNo('Whether the budget had this file before: then no second receipt was added'),
  statementLineId: orNull(id('The statement line that it is linked to now; null while it waits for it')),
  linked: yesNo('Whether this upload made the link, also to a receipt that was there before'),
});
