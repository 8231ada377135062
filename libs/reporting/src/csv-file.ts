import { Readable } from 'node:stream';
import { byteOrderMark, csvRecord, type Cell } from './domain/csv.js';

/** A CSV on its way out. Its chunks are made as they are asked for, so that a long one needs no more memory. */
export interface CsvFile {
  /** ASCII, without a character that a header or a file system would stumble over. */
  readonly name: string;
  readonly chunks: AsyncIterable<string>;
}

/** A sheet: its header, and pages of records as they are read. */
export interface CsvSheet {
  readonly header: readonly string[];
  readonly pages: AsyncIterable<readonly (readonly Cell[])[]>;
}

/**
 * Begins a file. The first page is read before this answers, so that a refusal is still a refusal and not half a file;
 * a failure behind it ends the download short of its length, and not in silence.
 */
export async function csvFile(name: string, { header, pages }: CsvSheet): Promise<CsvFile> {
  const iterator = pages[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* chunks(): AsyncGenerator<string> {
    try {
      yield byteOrderMark + csvRecord(header) + (first.done ? '' : first.value.map(csvRecord).join(''));
      for (let next = first; !next.done;) {
        next = await iterator.next();
        if (!next.done) yield next.value.map(csvRecord).join('');
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { name, chunks: chunks() };
}

/** What an answer that is the file says of it: RFC 4180, section 3, and that it is to be kept rather than shown. */
export function csvHeaders({ name }: CsvFile): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}"`,
  };
}

/** The file as it is made: no more of it is held than its reader has not taken yet. */
export function csvStream({ chunks }: CsvFile): Readable {
  return Readable.from(chunks, { objectMode: false });
}
