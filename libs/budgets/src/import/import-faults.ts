import { Problem, type Fault } from '@ringfence/kernel';
import type { ImportColumn } from './columns.js';

/** How many faults a report lists; `faultsFound` beside it says how many there are. */
export const importFaultsMax = 1_000;

/** One refusal in the file. `line` counts from 1, the header's; `column` is null where the whole row is meant. */
export interface ImportFault extends Fault {
  readonly line: number;
  readonly column: string | null;
}

/** Collects every refusal of a file, in no order; the report is by line. */
export class ImportFaults {
  private readonly found: ImportFault[] = [];

  get count(): number {
    return this.found.length;
  }

  /** The same faults, for a transaction that may run again to add its own to. */
  copy(): ImportFaults {
    const copy = new ImportFaults();
    copy.found.push(...this.found);
    return copy;
  }

  add(line: number, column: ImportColumn | null, message: string): void {
    this.found.push({ line, column, ...(column ? { pointer: `/${column}` } : {}), message });
  }

  /** Throws `import-refused` with the report: `accepted` false, `rows`, `faultsFound` and `errors`. */
  refuse(rows: number): void {
    if (this.found.length === 0) return;
    const errors = [...this.found].sort((a, b) => a.line - b.line);
    const [first] = errors as [ImportFault];
    const count = this.found.length === 1 ? 'a fault' : `${this.found.length} faults`;
    const where = `line ${first.line}${first.column ? `, ${first.column}` : ''}`;
    throw new Problem(
      'import-refused',
      `The file has ${count}, and nothing was imported. ${this.found.length === 1 ? 'It is' : 'The first is'} in ${where}: ${first.message}`,
      {
        errors: errors.slice(0, importFaultsMax),
        extensions: { accepted: false, rows, faultsFound: this.found.length },
      },
    );
  }
}

/** A refusal of the file as a whole, before its rows are read. */
export function refuseFile(message: string, line = 1): Problem {
  return new Problem('import-refused', message, {
    errors: [{ line, column: null, message } as ImportFault],
    extensions: { accepted: false, rows: 0, faultsFound: 1 },
  });
}
