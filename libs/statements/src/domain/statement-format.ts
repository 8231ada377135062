import type { CsvProfile } from './csv-profile.js';
import type { ParsedStatement, StatementFormatName } from './outcome.js';

export interface ReadOptions {
  /** The name of the layout to use, instead of finding it out. */
  readonly profile?: string;
  /** Layouts of one's own, tried before the banks' (a prepaid card's export, a spreadsheet). */
  readonly profiles?: readonly CsvProfile[];
}

/** What a format makes of a file. */
export interface Read {
  readonly profile: string | null;
  readonly statements: ParsedStatement[];
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
  /** Throws a `Refusal`. */
  read(text: string, options: ReadOptions): Read;
}

/** A kind of binary file. Bytes that no such format recognises are decoded as text. */
export interface BytesFormat extends AnyFormat {
  readonly takes: 'bytes';
  recognises(bytes: Uint8Array): boolean;
  /** Throws, or rejects with, a `Refusal`. */
  read(bytes: Uint8Array, options: ReadOptions): Read | Promise<Read>;
}

/** A kind of statement file. A new kind is one more entry in `statementFormats`. */
export type StatementFormat = TextFormat | BytesFormat;
