import { Problem } from '@ringfence/kernel';
import type { BookHead } from '@ringfence/ledger';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A line of JSON for each book: its id, the number of its last journal and that journal's hash. */
export function writeHeads(file: string, heads: readonly BookHead[]): void {
  const lines = heads.map(({ book, sequence, hash }) => `{"book":"${book}","sequence":${sequence},"hash":"${hash}"}\n`);
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, lines.join(''), { flush: true });
  renameSync(draft, file);
}

const line =
  /^\{"book":"(?<book>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})","sequence":(?<sequence>[1-9]\d{0,17}),"hash":"(?<hash>[0-9a-f]{64})"\}$/;

/** The heads of an export, by book. A book may come more than once, when exports of several days were put together. */
export function readHeads(file: string): Map<string, BookHead[]> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw Problem.field('/heads', `The file of heads ${file} cannot be read (${code}): check its name.`);
  }
  const heads = new Map<string, BookHead[]>();
  for (const [order, one] of text.split('\n').entries()) {
    if (one.trim() === '') continue;
    const found = line.exec(one.trim())?.groups;
    if (!found) {
      throw Problem.field(
        '/heads',
        `Line ${order + 1} of ${file} is not a head: write the file with "ringfence ledger heads export".`,
      );
    }
    const head = { book: found['book']!, sequence: BigInt(found['sequence']!), hash: found['hash']! };
    heads.set(head.book, [...(heads.get(head.book) ?? []), head]);
  }
  return heads;
}
