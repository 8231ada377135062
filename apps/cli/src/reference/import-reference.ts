import { Problem } from '@ringfence/kernel';
import { migrate } from '@ringfence/platform';
import {
  importRegister,
  readRegister,
  registerBytesMax,
  registerTitles,
  type RegisterName,
} from '@ringfence/spending-rules';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { environment } from '../environment.js';
import { requireTables } from '../migrate-database.js';
import { withDatabase } from '../open-database.js';
import { Progress } from '../progress.js';
import { writeLine } from '../write-line.js';

/** As the database's owner: a register serves every authority of the installation. */
export async function importReference(register: RegisterName, file: string, options: { json?: true }): Promise<void> {
  const bytes = await bytesOf(file);
  const progress = new Progress(1);
  // Before the database is started: a file that is no register is refused at once.
  readRegister(register, bytes);
  const imported = await withDatabase(async (config) => {
    // The embedded database is ours to bring up to date; a server of one's own is migrated when its operator says so.
    if (!environment()['DATABASE_URL']) await migrate(config.DATABASE_URL);
    const given = { register, fileName: basename(file).slice(0, 300), bytes };
    const work = importRegister(config.DATABASE_URL, given, (done, total) => {
      progress.show(
        done / total,
        `Importing ${registerTitles[register]}: ${process.stderr.isTTY ? `${done} of ` : ''}${total} rows`,
      );
    });
    return requireTables(work).finally(() => progress.clear());
  });
  const { rows, rowsBefore } = imported;
  const before = rowsBefore === 0 ? 'there was none before' : `in the place of ${rowsBefore}`;
  await writeLine(
    options.json
      ? JSON.stringify(imported)
      : `Imported ${rows} rows into the ${registerTitles[register]}; ${before}. Spends are assessed with it from now on.`,
  );
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    const { size } = await stat(file);
    if (size > registerBytesMax) {
      throw new Problem('too-large', `${file} has ${size} bytes: a register may have ${registerBytesMax}.`);
    }
    return await readFile(file);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Problem('import-refused', `${file} cannot be read (${code}): give the path of a file that can be.`);
  }
}
