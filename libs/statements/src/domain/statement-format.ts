import type { CsvProfile } from './csv-profile.js';
import type { ParsedStatement, StatementFormatName } from './outcome.js';

export interface ReadOptions {
  /** The name of the layout to use, instead of finding it out. */
  readonly profile?: string;
  /** Layouts of one's own, tried before the banks' (a prepaid card's export, a spreadsheet). */
  readonly profiles?: readonly CsvProfile[];
}

/** A kind of statement file. A new kind is one more entry in `statementFormats`. */
export interface StatementFormat {
  readonly name: StatementFormatName;
  readonly parserVersion: string;
  /** Looks at what the file holds, never at its name. */
  recognises(text: string): boolean;
  /** Names of the layouts that `--profile` may choose in this format. */
  profileNames(options: ReadOptions): readonly string[];
  /** Throws a `Refusal`. */
  read(text: string, options: ReadOptions): { readonly profile: string | null; readonly statements: ParsedStatement[] };
}
