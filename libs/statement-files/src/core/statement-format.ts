import type { CsvProfile } from './csv-profile.js';
import type { StatementFormatName } from './outcome.js';
import type { LineSink, RunningStatement } from './statement.js';

export interface ReadOptions {
  /** The name of the layout to use, instead of finding it out. */
  readonly profile?: string;
  /** Layouts of one's own, tried before the banks' (a prepaid card's export, a spreadsheet). */
  readonly profiles?: readonly CsvProfile[];
}

/** What a format makes of a file; its lines have gone to the sink. */
export interface Read {
  readonly profile: string | null;
  readonly statements: readonly RunningStatement[];
  readonly needsConfirmation?: true;
}

interface AnyFormat {
  readonly name: StatementFormatName;
  readonly parserVersion: string;
  /** Names of the layouts that `--profile` may choose in this format. */
  profileNames(options: ReadOptions): readonly string[];
}

/** A kind of text. */
export interface TextFormat extends AnyFormat {
  readonly takes: 'text';
  /** Looks at what the file holds, never at its name: at its first characters behind any white space. */
  recognises(beginning: string): boolean;
  survey(options: ReadOptions): TextSurvey;
}

/** Looks through a text for what must be known before its first line can be read. */
export interface TextSurvey {
  /** The next piece of the text; returns true when no more of it is needed. Throws a `Refusal`. */
  take(text: string): boolean;
  /** What reads the text from its beginning. Throws a `Refusal`. */
  end(): (sink: LineSink) => TextReader;
}

/** Reads a text that arrives in pieces, cut anywhere. Both throw a `Refusal`. */
export interface TextReader {
  take(text: string): void;
  end(): Read;
}

/** For formats of which nothing need be known beforehand. */
export function noSurvey(reader: (sink: LineSink) => TextReader): TextSurvey {
  return { take: () => true, end: () => reader };
}

/** A kind of binary file, which is read at once. Bytes that no such format recognises are decoded as text. */
export interface BytesFormat extends AnyFormat {
  readonly takes: 'bytes';
  recognises(bytes: Uint8Array): boolean;
  /** Throws, or rejects with, a `Refusal`. */
  read(bytes: Uint8Array, options: ReadOptions, sink: LineSink): Read | Promise<Read>;
}

/** A kind of statement file. A new kind is one more entry in `statementFormats`. */
export type StatementFormat = TextFormat | BytesFormat;
