import { decimalText } from '@ringfence/kernel';
import { writePaper } from '../papers/write-paper.js';
import type { FamilyScene } from '../scene.js';
import { linesByMovement } from './bank-lines.js';

/** The family sends each receipt and invoice to the line that it explains, with its lines as they typed them. */
export async function sendPapers(scene: FamilyScene): Promise<number> {
  const { family, ids, uploader } = scene;
  if (family.papers.length === 0) return 0;
  const lines = await linesByMovement(uploader, scene);
  for (const paper of family.papers) {
    const total = paper.lines.reduce((sum, { amountPence }) => sum + amountPence, 0n);
    const fields = {
      budgetId: ids.budgets.get(paper.budget)!,
      statementLineId: lines.get(paper.movement)?.id ?? '',
      amount: decimalText(total),
      date: paper.date,
      supplier: paper.supplier,
      lines: JSON.stringify(
        paper.lines.map(({ description, amountPence }) => ({ description, amount: decimalText(amountPence) })),
      ),
    };
    await uploader.upload('/v1/receipts', fields, writePaper(paper), `demo paper ${family.key} ${paper.movement}`);
  }
  return family.papers.length;
}
