import type { SpendCandidate } from '@ringfence/spending-rules';
import { list } from '../labelled.js';

/** Bank lines as they stand: prefixes, cuts, towns and numbers are in the text. */
export function printed(texts: string, more: Partial<SpendCandidate> = {}): Partial<SpendCandidate>[] {
  return list(texts).map((description) => ({ ...more, description }));
}

/** A payment whose receipt has these lines, each written as `pence text`: together they are the payment. */
export function basket(
  description: string,
  texts: string,
  more: Partial<SpendCandidate> = {},
): Partial<SpendCandidate> {
  const receipt = list(texts).map((text) => {
    const space = text.indexOf(' ');
    return { description: text.slice(space + 1), amountPence: BigInt(text.slice(0, space)) };
  });
  const total = receipt.reduce((sum, line) => sum + line.amountPence, 0n);
  return { description, amountPence: -total, receipt, ...more };
}
