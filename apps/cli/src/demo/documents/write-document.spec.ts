import { receiptTypeOf } from '@ringfence/evidence';
import type { SupportingDocument } from '../scenario.js';
import { writeDocument } from './write-document.js';

const document: SupportingDocument = {
  movement: 'chemist',
  budget: 'ben',
  form: 'pdf',
  title: 'Receipt',
  supplier: 'Boots (the chemist’s)',
  date: '2026-06-16',
  lines: [{ description: 'NHS prescription', amountPence: 990n }],
};

describe('A document of the demo', () => {
  it.each(['pdf', 'png'] as const)('is a whole file of its kind: %s', async (form) => {
    const file = writeDocument({ ...document, form });
    expect(await receiptTypeOf(file.bytes)).toBe(file.contentType);
    expect(file.name).toBe(`boots-the-chemist-s--2026-06-16.${form}`);
  });

  it('says in its text what was bought, with brackets that do not break the file', () => {
    const text = Buffer.from(writeDocument(document).bytes).toString('latin1');
    expect(text).toContain("(Boots \\(the chemist's\\)) Tj");
    expect(text).toContain('NHS prescription');
    expect(text).toContain('9.90');
  });
});
