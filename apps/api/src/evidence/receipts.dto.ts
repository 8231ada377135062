import { nameCharactersMax } from '@ringfence/kernel';
import { receiptLinesMax, spendTextMax } from '@ringfence/spending-rules';
import { AmountField, ChoiceField, DateField, IdField, ObjectsField, TextField } from '../http/fields.js';
import { PageQuery } from '../http/pages.js';
import { receiptStates } from './receipts.responses.js';

export const receiptForm = {
  type: 'object',
  required: ['budgetId', 'file'],
  properties: {
    budgetId: { type: 'string', format: 'uuid', description: 'Comes before the file' },
    statementLineId: { type: 'string', format: 'uuid', description: 'The bank line it explains, where known' },
    amount: { type: 'string', example: '12.34' },
    date: { type: 'string', format: 'date' },
    supplier: { type: 'string' },
    lines: { type: 'string', description: 'A JSON list of {description, amount}' },
    file: { type: 'string', format: 'binary', description: 'JPEG, PNG or PDF' },
  },
};

export class ReceiptLineDto {
  @TextField({ max: spendTextMax })
  description!: string;

  @AmountField({ positive: false, description: 'Negative for a discount' })
  amount!: string;
}

/** What is left out stays; null takes it away. */
export class ChangeReceiptDto {
  @IdField({ optional: true, nullable: true, description: 'Null unlinks the receipt' })
  statementLineId?: string | null;

  @AmountField({ optional: true, nullable: true })
  amount?: string | null;

  @DateField({ optional: true, nullable: true })
  date?: string | null;

  @TextField({ max: nameCharactersMax, optional: true, nullable: true })
  supplier?: string | null;

  @ObjectsField(ReceiptLineDto, { optional: true, max: receiptLinesMax })
  lines?: ReceiptLineDto[];
}

export class ReceiptsQuery extends PageQuery {
  @IdField({ optional: true })
  budgetId?: string;

  @IdField({ optional: true })
  statementLineId?: string;

  @ChoiceField(receiptStates, { optional: true })
  state?: (typeof receiptStates)[number];
}
