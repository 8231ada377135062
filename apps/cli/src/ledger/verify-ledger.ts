import { SystemClock } from '@ringfence/kernel';
import {
  earliest,
  listBooks,
  verifyHeads,
  verifyJournals,
  verifyTotals,
  type BookHead,
  type ListedBook,
  type WhichBooks,
} from '@ringfence/ledger';
import { appDataSource, Database, systemContext, type Config } from '@ringfence/platform';
import { exitCodes } from '../exit.js';
import { requireTables } from '../migrate-database.js';
import { withDatabase } from '../open-database.js';
import { Progress } from '../progress.js';
import { writeLine } from '../write-line.js';
import { readHeads } from './heads-file.js';
import { PositionFile, type Difference, type Position } from './position-file.js';

export interface VerifyLedgerOptions extends WhichBooks {
  /** A file written by `ledger heads export`. */
  readonly heads?: string;
  /** Where the position is kept while the verification runs. */
  readonly position?: string;
  readonly json?: true;
}

interface Verification {
  readonly books: number;
  readonly journals: bigint;
  /** One for each book that differs, in the order of the books. */
  readonly differences: readonly Difference[];
}

/** As the database's owner, who sees the books of every authority. Returns 1 when a journal is not as it was posted. */
export async function verifyLedger(options: VerifyLedgerOptions): Promise<number> {
  const { books, journals, differences } = await withDatabase((config) => verify(config, options));
  const [first] = differences;
  if (options.json) {
    // Written out: a journal's number is written as a number, however large.
    const firstDifference = first
      ? `{"book":${JSON.stringify(first.book)},"sequence":${first.sequence},"field":${JSON.stringify(first.field)}}`
      : 'null';
    await writeLine(`{"ok":${!first},"books":${books},"journals":${journals},"firstDifference":${firstDifference}}`);
  } else {
    for (const { book, sequence, field } of differences) await writeLine(sentenceOf(book, sequence, field));
    await writeLine(
      `${books} books, ${journals} journals: ${first ? `${differences.length} books differ` : 'all as posted'}.`,
    );
  }
  return first ? exitCodes.failed : exitCodes.done;
}

async function verify(config: Config, options: VerifyLedgerOptions): Promise<Verification> {
  const heads = options.heads === undefined ? new Map<string, BookHead[]>() : readHeads(options.heads);
  const position = new PositionFile(options.position);
  const books = await requireTables(listBooks(config.DATABASE_URL, options));
  const progress = new Progress(books.length);
  const database = new Database(await appDataSource(config, []).initialize(), new SystemClock());
  try {
    let reached = position.read() ?? { book: '', sequence: 0n, journals: 0n, differences: [] };
    const first = Math.max(
      0,
      books.findIndex(({ id }) => id === reached.book),
    );
    for (let order = first; order < books.length; order += 1) {
      const book = books[order]!;
      if (book.id !== reached.book) reached = { ...reached, book: book.id, sequence: 0n };
      reached = await verifyOne(database, book, heads.get(book.id) ?? [], reached, (now) => {
        position.keep(now);
        progress.show(order, `book ${order + 1} of ${books.length}: ${book.name}, journal ${now.sequence}`);
      });
    }
    position.remove();
    const gone = options.book || options.authority ? [] : goneBooks(heads, books);
    return { books: books.length, journals: reached.journals, differences: [...reached.differences, ...gone] };
  } finally {
    progress.clear();
    await database.close();
  }
}

/** From the position to the end of the book, a slice and a transaction at a time. */
async function verifyOne(
  database: Database,
  { authorityId, id }: ListedBook,
  heads: readonly BookHead[],
  from: Position,
  show: (reached: Position) => void,
): Promise<Position> {
  const context = systemContext(authorityId);
  let reached = from;
  for (;;) {
    show(reached);
    const slice = await database.transaction(context, (tx) => verifyJournals(tx, id, reached.sequence));
    reached = { ...reached, sequence: slice.sequence, journals: reached.journals + slice.journals };
    if (!slice.complete && !slice.firstDifference) continue;
    const difference = await database.transaction(
      context,
      async (tx) => earliest(slice.firstDifference, await verifyHeads(tx, id, heads)) ?? (await verifyTotals(tx, id)),
    );
    return difference ? { ...reached, differences: [...reached.differences, { book: id, ...difference }] } : reached;
  }
}

/** Books of an export that are not there any more, journals and all. */
function goneBooks(heads: ReadonlyMap<string, readonly BookHead[]>, books: readonly ListedBook[]): Difference[] {
  const there = new Set(books.map(({ id }) => id));
  return [...heads.keys()].filter((id) => !there.has(id)).map((book) => ({ book, sequence: 1n, field: 'book' }));
}

function sentenceOf(book: string, sequence: bigint, field: string): string {
  const found: Readonly<Record<string, string>> = {
    book: 'the book is gone, and all its journals',
    sequence: `journal ${sequence} is missing`,
    previousHash: `journal ${sequence} does not follow the journal before it`,
    hash: `journal ${sequence} was written again: its hash is not the one that was known`,
    content: `journal ${sequence} or one of its entries was changed after it was posted`,
    head: `the book’s head is not its last journal, ${sequence}`,
    accountBalance: `an account’s balance is not the sum of its entries, the last in journal ${sequence}`,
    accountVersion: `an account does not count its entries, the last in journal ${sequence}`,
    monthTotals: `a month’s total is not the sum of its entries, the last in journal ${sequence}`,
  };
  return `Book ${book}: ${found[field] ?? `journal ${sequence} is not as it was posted, in ${field}`}.`;
}
