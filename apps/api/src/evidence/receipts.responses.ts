import { receiptTypes } from '@ringfence/evidence';
import { Type } from 'typebox';
import { amount, choice, component, date, id, instant, nullable, page } from '../http/schemas.js';

export const receiptStates = ['waiting', 'linked'] as const;

export const receipt = component('Receipt', 'A receipt or an invoice, as it was uploaded', {
  id: id('The receipt'),
  budgetId: id('The budget whose spend it shows'),
  statementLineId: nullable(id('The statement line that it explains; null while it waits for it')),
  state: choice(receiptStates, 'Whether it waits for its statement line or is linked to one'),
  fileName: Type.String({ description: 'What the file was called', example: 'swimming.jpg' }),
  fileBytes: Type.Integer({ minimum: 1, description: 'How large the file is, in bytes' }),
  contentType: choice(receiptTypes, 'What the file is, by its content'),
  amount: nullable(amount('What was paid, where somebody said so')),
  date: nullable(date('The day on the receipt, where somebody said so')),
  supplier: nullable(Type.String({ description: 'Who was paid, where somebody said so' })),
  lines: Type.Array(
    Type.Object(
      {
        description: Type.String({ description: 'As the receipt has it' }),
        amount: amount('What it cost; negative for a discount'),
      },
      { description: 'One thing bought' },
    ),
    { description: 'In the order of the receipt; empty where nobody wrote them down' },
  ),
  uploadedAt: instant('When it came'),
  changedAt: nullable(instant('When it was last linked or corrected; null if never')),
});
export const receipts = page(receipt);

export const receiptUploaded = component('ReceiptUploaded', 'The receipt that holds the file', {
  id: id('The receipt'),
  alreadyHeld: Type.Boolean({
    description: 'Whether the budget had this file before: then no second receipt was added',
  }),
  statementLineId: nullable(id('The statement line that it is linked to now; null while it waits for it')),
  linked: Type.Boolean({ description: 'Whether this upload made the link, also to a receipt that was there before' }),
});
