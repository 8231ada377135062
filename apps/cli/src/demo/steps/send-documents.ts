import { decimalText } from '@ringfence/kernel';
import { writeDocument } from '../documents/write-document.js';
import type { FamilyContext } from '../context.js';
import { linesByMovement } from './bank-lines.js';

/** The family sends each receipt and invoice to the line that it explains, with its lines as they typed them. */
export async function sendDocuments(context: FamilyContext): Promise<number> {
  const { family, ids, uploader } = context;
  if (family.documents.length === 0) return 0;
  const lines = await linesByMovement(uploader, context);
  for (const document of family.documents) {
    const total = document.lines.reduce((sum, { amountPence }) => sum + amountPence, 0n);
    const fields = {
      budgetId: ids.budgets.get(document.budget)!,
      statementLineId: lines.get(document.movement)?.id ?? '',
      amount: decimalText(total),
      date: document.date,
      supplier: document.supplier,
      lines: JSON.stringify(
        document.lines.map(({ description, amountPence }) => ({ description, amount: decimalText(amountPence) })),
      ),
    };
    await uploader.upload(
      '/v1/receipts',
      fields,
      writeDocument(document),
      `demo document ${family.key} ${document.movement}`,
    );
  }
  return family.documents.length;
}
