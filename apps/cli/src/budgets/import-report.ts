export interface AcceptedImport {
  readonly accepted: true;
  readonly rows: number;
  readonly budgets: number;
  readonly lines: number;
  readonly instalments: number;
}

export interface ImportError {
  readonly line: number;
  /** Null where the whole row, or the file, is meant. */
  readonly column: string | null;
  readonly message: string;
}

export function acceptedText({ budgets, lines, instalments }: AcceptedImport): string {
  return `Imported ${counted(budgets, 'budget')} with ${counted(lines, 'line')} and ${counted(instalments, 'instalment')}.`;
}

/** Columns of one width, a fault a row. Control characters of the file never reach the terminal. */
export function refusedTable(errors: readonly ImportError[]): string {
  const rows = [
    ['line', 'column', 'fault'],
    ...errors.map(({ line, column, message }) => [String(line), column ?? '', printable(message)]),
  ];
  const widths = [0, 1].map((cell) => Math.max(...rows.map((row) => row[cell]!.length)));
  return rows
    .map(([line, column, fault]) => `${line!.padStart(widths[0]!)}  ${column!.padEnd(widths[1]!)}  ${fault}`)
    .join('\n');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
