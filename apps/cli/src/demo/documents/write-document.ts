import { decimalText, longDate } from '@ringfence/kernel';
import type { SupportingDocument } from '../scenario.js';
import { pdfOf } from './pdf.js';
import { pngOf } from './png.js';

export interface DocumentFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** The document as a file: an invoice that was sent, or a photograph of a till receipt. */
export function writeDocument(document: SupportingDocument): DocumentFile {
  const total = document.lines.reduce((sum, { amountPence }) => sum + amountPence, 0n);
  const width = 38;
  const row = (text: string, amount: string): string =>
    `${text.slice(0, width - 9).padEnd(width - 9)}${amount.padStart(9)}`;
  const lines = [
    document.supplier,
    document.title,
    longDate(document.date),
    '',
    ...document.lines.map(({ description, amountPence }) => row(description, decimalText(amountPence))),
    row('Total', decimalText(total)),
  ];
  const name = `${document.supplier.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${document.date}.${document.form}`;
  if (document.form === 'png') return { name, contentType: 'image/png', bytes: pngOf(lines) };
  return { name, contentType: 'application/pdf', bytes: pdfOf(lines) };
}
