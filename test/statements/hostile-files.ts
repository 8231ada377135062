import { deflateSync } from 'node:zlib';
import { xlsxParts, zipOf } from '../conformance/statement-writers.js';

// Files made to harm who reads them: small to send, large or endless to read. Made here, so that none lies about.

const none = { sortCode: '200000', accountNumber: '55779911', opening: 0n, lines: [] };

/** A spreadsheet of so many rows, each as short as a row can be: a few hundred kilobytes to send. */
export function longSheet(rows: number): Uint8Array {
  const cells = (values: readonly string[]): string =>
    `<row>${values.map((value) => `<c t="str"><v>${value}</v></c>`).join('')}</row>`;
  const body = Array.from({ length: rows }, (_, at) => cells(['13/04/2026', 'SHOP', '-1.00', `${9_000_000 - at}.00`]));
  return sheetOf(`<sheetData>${cells(['Date', 'Description', 'Amount', 'Balance'])}${body.join('')}</sheetData>`);
}

export function sheetOf(content: string): Uint8Array {
  return zipOf({ ...xlsxParts(none), 'xl/worksheets/sheet1.xml': `<worksheet>${content}</worksheet>` });
}

export interface PackedPage {
  /** How often the page's content is packed over itself. */
  readonly packings: number;
  /** Said of the content, beside how it is packed. */
  readonly says?: string;
  /** How often the page names the content as its own. */
  readonly times?: number;
}

/** A PDF of one page with this content. */
export function packedPdf(content: Uint8Array, { packings, says = '', times = 1 }: PackedPage): Uint8Array {
  let packed = Buffer.from(content);
  for (let packing = 0; packing < packings; packing += 1) packed = deflateSync(packed, { level: 9 });
  const filters = Array.from({ length: packings }, () => '/FlateDecode').join(' ');
  const contents = Array.from({ length: times }, () => '4 0 R').join(' ');
  const head = Buffer.from(
    `%PDF-1.4
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [${contents}] /Resources << /Font << /F1 5 0 R >> >> >> endobj
5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
4 0 obj << /Length ${packed.length} /Filter [${filters}] ${says} >>
stream
`,
    'latin1',
  );
  // Without a table of its objects: readers look for them from the beginning.
  return Buffer.concat([head, packed, Buffer.from('\nendstream\nendobj\ntrailer << /Size 6 /Root 1 0 R >>\n%%EOF\n')]);
}

/** Blanks, in which a reader of PDF looks for the next word. */
export function blanks(bytes: number): Uint8Array {
  return Buffer.alloc(bytes, ' ');
}

/** So much of text on one place that its reader is busy for hours. */
export function endlessPdf(): Uint8Array {
  const content = Buffer.from(`BT /F1 9 Tf ${'q 1 0 0 1 0 0 cm Q '.repeat(50_000)} ET\n`);
  return packedPdf(content, { packings: 1, times: 20_000 });
}
