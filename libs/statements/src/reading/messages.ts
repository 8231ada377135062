import type {
  ParsedLine,
  ParseOutcome,
  ReadOptions,
  RefusedFile,
  StreamedFile,
  StreamedLine,
} from '@ringfence/statement-files';

/**
 * What is said between a process of Ringfence and the program that reads a file for it. To the program go frames: a length
 * of four bytes and so many bytes, the first of them a mark. From it come lines of JSON. The program asks for the bytes of
 * the file as often as its readers do, and gets them piece by piece; each side waits while the other's pipe is full.
 */
export const frameMarks = { command: 1, piece: 2, end: 3 } as const;

export type Command =
  /** Look at the file: for its encoding and layout. */
  | { readonly do: 'open'; readonly size: number; readonly options: ReadOptions }
  /** Read it to its end and answer how many lines there are, or the lines. */
  | { readonly do: 'count' | 'lines' }
  /** Read it whole, as `readStatementFile` does. */
  | { readonly do: 'whole'; readonly size: number; readonly options: ReadOptions };

export type Message =
  /** The program has begun, or is done with a file: it takes the next command. */
  | { readonly ready: true }
  /** Send the file from its beginning; or send no more of it. */
  | { readonly want: 'bytes' | 'no more' }
  | { readonly opened: RefusedFile | { readonly ok: true } }
  | { readonly counted: number }
  | { readonly lines: readonly WireLine[] }
  | { readonly read: Wire<StreamedFile> | RefusedFile }
  | { readonly whole: Wire<ParseOutcome> }
  /** A fault of the program itself. */
  | { readonly fault: string };

/** `[statement, line]` with amounts as text. */
export type WireLine = readonly [number, Wire<ParsedLine>];

/** JSON has no bigint: whole pence travel as `{"pence":"-1200"}`, those of lines as text. */
export type Wire<T> = T extends bigint ? unknown : { [Key in keyof T]: Wire<T[Key]> };

export function toWire<T>(value: T): string {
  return JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? { pence: String(item) } : item));
}

export function fromWire<T>(value: Wire<T>): T {
  return revived(value) as T;
}

function revived(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(revived);
  const { pence } = value as { pence?: unknown };
  if (typeof pence === 'string' && Object.keys(value).length === 1) return BigInt(pence);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revived(item)]));
}

/** Field by field, because there may be a million of them. */
export function lineToWire({ statement, line }: StreamedLine): unknown {
  const { amountPence, balancePence } = line;
  return [
    statement,
    { ...line, amountPence: String(amountPence), balancePence: balancePence === null ? null : String(balancePence) },
  ];
}

export function lineFromWire([statement, wire]: WireLine): StreamedLine {
  const line = wire as unknown as { amountPence: unknown; balancePence: unknown };
  line.amountPence = BigInt(line.amountPence as string);
  if (line.balancePence !== null) line.balancePence = BigInt(line.balancePence as string);
  return { statement, line: line as unknown as ParsedLine };
}
