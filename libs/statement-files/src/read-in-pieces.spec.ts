import { readStatementFile } from './read-statement-file.js';
import { readStatementStream } from './read-statement-stream.js';
import type { ParsedLine } from './core/outcome.js';

/** The same file in pieces of every small size: what the smallest differing piece size yields, else the outcome. */
async function inPieces(bytes: Uint8Array): Promise<unknown> {
  const at = (outcome: { ok: true } | { ok: false; error: object }, lines: readonly ParsedLine[]) =>
    outcome.ok ? lines.map(({ date, amountPence, description }) => [date, amountPence, description]) : outcome.error;
  const whole = await readStatementFile(bytes);
  const expected = at(whole, whole.ok ? whole.statements.flatMap(({ lines }) => lines) : []);
  for (let size = 1; size < 80; size += 1) {
    const lines: ParsedLine[] = [];
    const streamed = await readStatementStream(
      { size: bytes.length, chunks: () => cut(bytes, size) },
      {},
      (some) => void lines.push(...some.map(({ line }) => line)),
    );
    expect([size, at(streamed, lines)]).toEqual([size, expected]);
  }
  return expected;
}

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const csv = '01/04/2026,SWIM CLUB £5,-12.34\r\n02/04/2026,COUNCIL DP,500.00\r\n';

describe('A file that arrives in pieces', () => {
  it.each([
    ['UTF-8', Buffer.from(`\ufeff${csv}`)],
    ['UTF-16', Buffer.from(`\ufeff${csv}`, 'utf16le')],
  ])('is known for %s by a byte order mark that was cut', async (_, bytes) => {
    expect(await inPieces(bytes)).toEqual([
      ['2026-04-01', -1_234n, 'SWIM CLUB £5'],
      ['2026-04-02', 50_000n, 'COUNCIL DP'],
    ]);
  });

  it('is no text where it is binary, however few bytes come at once', async () => {
    expect(await inPieces(Uint8Array.of(0x41, 0, 0x42))).toMatchObject({ code: 'FILE_NOT_TEXT' });
    expect(await inPieces(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1, 1))).toMatchObject({ code: 'FILE_NOT_TEXT' });
  });

  it('is refused at the same line where white space of a camt file is a piece of its own', async () => {
    const entry = (pence: string) =>
      `      <Ntry><Amt Ccy="GBP">${pence}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-04-01</Dt></BookgDt></Ntry>\n\n\n`;
    const text = `<?xml version="1.0"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02">\n  <BkToCstmrStmt>\n    <Stmt>\n${entry('1.00')}${entry('2.00')}    <Bal>\n      <Amt>1.00</Amz>\n    </Bal>\n    </Stmt>\n  </BkToCstmrStmt>\n</Document>\n`;
    const wrong = text.split('\n').findIndex((line) => line.includes('</Amz>')) + 1;
    expect(await inPieces(Buffer.from(text))).toMatchObject({ code: 'FILE_MALFORMED', line: wrong });
  });

  it('is refused at its last line where a camt file ends behind an entry', async () => {
    const entry = `<Ntry><Amt Ccy="GBP">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-04-01</Dt></BookgDt></Ntry>`;
    const text = `<?xml version="1.0"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>\n${entry}\n${entry}`;
    expect(await inPieces(Buffer.from(text))).toMatchObject({ code: 'FILE_TRUNCATED', line: 4 });
  });

  it('is refused for the first of two faults of a camt file', async () => {
    const wrong = '<Ntry><Amt Ccy="GBP">1.00</Amz></Ntry>';
    const text = `<?xml version="1.0"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>\n${wrong}\n${'<a>'.repeat(200)}`;
    expect(await inPieces(Buffer.from(text))).toMatchObject({ code: 'FILE_MALFORMED', line: 3 });
  });

  it('is refused for the same fault where an instruction of an OFX file never ends', async () => {
    const transaction = '<STMTTRN><DTPOSTED>20260401<TRNAMT>1.00<FITID>1</STMTTRN>\n';
    const text = `OFXHEADER:100\n\n<OFX><BANKTRANLIST>\n<? never ends\n${transaction}${transaction}</BANKTRANLIST></OFX>\n`;
    expect(await inPieces(Buffer.from(text))).toMatchObject({ code: 'FILE_TRUNCATED', line: 4 });
  });
});
