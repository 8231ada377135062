import { decimalText, longDate } from '@ringfence/kernel';
import type { Paper } from '../story.js';
import { pdfOf } from './pdf.js';
import { pngOf } from './png.js';

export interface PaperFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** The paper as a file: an invoice that was sent, or a photograph of a till receipt. */
export function writePaper(paper: Paper): PaperFile {
  const total = paper.lines.reduce((sum, { amountPence }) => sum + amountPence, 0n);
  const width = 38;
  const row = (text: string, amount: string): string =>
    `${text.slice(0, width - 9).padEnd(width - 9)}${amount.padStart(9)}`;
  const lines = [
    paper.supplier,
    paper.title,
    longDate(paper.date),
    '',
    ...paper.lines.map(({ description, amountPence }) => row(description, decimalText(amountPence))),
    row('Total', decimalText(total)),
  ];
  const name = `${paper.supplier.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${paper.date}.${paper.form}`;
  if (paper.form === 'png') return { name, contentType: 'image/png', bytes: pngOf(lines) };
  return { name, contentType: 'application/pdf', bytes: pdfOf(lines) };
}
