import { Problem } from '@ringfence/kernel';
import { readFile } from 'node:fs/promises';
import { contentKey, openApiClient } from '../api-client/api-client.js';
import { CommandFailure, exitCodes } from '../exit.js';
import { writeLine } from '../write-line.js';
import { acceptedText, refusedTable, type AcceptedImport, type ImportError } from './import-report.js';

/**
 * Sends a file to the API and prints the report: a sentence or a table, or with `json` one object. Returns the exit
 * code. The key is made from the file, so that the same command again is a repeat and imports nothing twice.
 */
export async function importBudgets(
  path: string,
  { authority, json }: { authority?: string; json?: true },
): Promise<number> {
  const bytes = await read(path);
  try {
    const key = contentKey('budget-import', authority ?? '', bytes);
    const answer = await openApiClient(authority).send<AcceptedImport>('/v1/budget-imports', bytes, 'text/csv', key);
    await writeLine(json ? JSON.stringify(answer) : acceptedText(answer));
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'import-refused') throw error;
    const [detail = ''] = error.message.split('\n', 1);
    const errors = error.errors as readonly ImportError[];
    if (json) await writeLine(JSON.stringify({ accepted: false, detail, errors: errors.map(plain) }));
    else {
      await writeLine(refusedTable(errors));
      process.stderr.write(`${detail}\n`);
    }
    return exitCodes.refused;
  }
}

function plain({ line, column, message }: ImportError): ImportError {
  return { line, column, message };
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new CommandFailure(`${path} cannot be read (${code}): check its name and that it may be read.`);
  }
}
