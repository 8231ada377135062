import { type ParsedLine, type ParseOutcome, readStatementStream } from '@ringfence/statement-files';
import type { Chance } from './chance.js';

/** Enough to cut a small file at every byte; a large one in pieces that small would only be slow. */
const piecesMax = 1_000;

/**
 * What a file that arrives in pieces, cut anywhere, yields otherwise than the same file at once; undefined where it
 * yields the same lines, balances and warnings, or is refused for the same and at the same line.
 */
export async function differenceInPieces(
  bytes: Uint8Array,
  whole: ParseOutcome,
  chance: Chance,
): Promise<string | undefined> {
  const wanted = chance.of([1 + chance.below(40), 1 + chance.below(1_000), 1 + chance.below(100_000)]);
  const size = Math.max(wanted, Math.ceil(bytes.length / piecesMax));
  const lines = new Map<number, ParsedLine[]>();
  let streamed: Awaited<ReturnType<typeof readStatementStream>>;
  try {
    streamed = await readStatementStream({ size: bytes.length, chunks: () => pieces(bytes, size) }, {}, (some) => {
      for (const { statement, line } of some) lines.set(statement, [...(lines.get(statement) ?? []), line]);
    });
  } catch (error) {
    return `threw in pieces of ${size} bytes: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  if (!streamed.ok || !whole.ok) {
    // By code and line: the words may quote as much as had arrived.
    const [one, other] = [streamed, whole].map((outcome) =>
      json(outcome.ok ? outcome.format : [outcome.error.code, outcome.error.line]),
    );
    // A piece that is refused comes before bytes that are none of the text's encoding, or after them at once.
    const order = !streamed.ok && !whole.ok && whole.error.code === 'ENCODING_WRONG';
    return one === other || order ? undefined : `is ${one} in pieces of ${size} bytes and ${other} at once`;
  }
  const inPieces = streamed.statements.map(
    ({ order, newestFirst, account, openingBalance, closingBalance, warnings }) => {
      const own = lines.get(order) ?? [];
      const posted = own.filter(({ status }) => status === 'posted');
      return {
        ...{ account, openingBalance, closingBalance, warnings },
        lines: newestFirst ? posted.reverse() : posted,
        apart: own.length - posted.length,
      };
    },
  );
  const atOnce = whole.statements.map(
    ({ account, openingBalance, closingBalance, warnings, lines: posted, notPosted }) => ({
      ...{ account, openingBalance, closingBalance, warnings },
      lines: posted,
      apart: notPosted.length,
    }),
  );
  const [one, other] = [
    json([streamed.format, streamed.profile, inPieces]),
    json([whole.format, whole.profile, atOnce]),
  ];
  if (one === other) return undefined;
  const at = [...one].findIndex((character, place) => character !== other[place]);
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 120);
  return `reads …${around(one)}… in pieces of ${size} bytes and …${around(other)}… at once`;
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function json(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
}
