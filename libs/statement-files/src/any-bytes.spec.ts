import fc from 'fast-check';
import { readStatementFile } from './read-statement-file.js';

const seeds = [
  'Date,Description,Amount,Balance\n01/04/2026,"SHOP, LEEDS",-1.00,99.00\n02/04/2026,B,2.00,101.00\n',
  '"Account Name:","C ****1"\n\n"Date","Transaction type","Description","Paid out","Paid in","Balance"\n"01 Apr 2026","Visa","SHOP","£1.00","","£9.00"\n',
  'OFXHEADER:100\n\n<OFX><STMTRS><CURDEF>GBP<BANKTRANLIST><STMTTRN><DTPOSTED>20260401<TRNAMT>-1.00<NAME>A &#163; B</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>1.00<DTASOF>20260401</LEDGERBAL></STMTRS></OFX>',
  'From: 01/04/2026 to 30/04/2026\n\nAccount: XXXX 1\n\nDate: 01/04/2026\nDescription: SHOP\nAmount: -1.00\nBalance: 9.00\n',
];

describe('whatever a file holds', () => {
  it('is read or refused with a sentence, and nothing is thrown', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), answers));
  });

  it('is read or refused with a sentence when a statement is cut, or a piece of it is replaced', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.nat(300),
        fc.nat(20),
        fc.string({ maxLength: 5, unit: fc.constantFrom(...'<>/"\',.0-9£A\n\r'.split('')) }),
        fc.boolean(),
        async (seed, at, length, piece, cut) => {
          const rest = cut ? '' : seed.slice(at + length);
          await answers(new TextEncoder().encode(seed.slice(0, at) + piece + rest));
        },
      ),
      { numRuns: 1000 },
    );
  });
});

async function answers(bytes: Uint8Array): Promise<void> {
  const outcome = await readStatementFile(bytes);
  if (outcome.ok) return;
  expect(outcome.error.message).toMatch(/^[^\n]+\.$/);
  expect(outcome.error.line === null || outcome.error.line > 0).toBe(true);
}
