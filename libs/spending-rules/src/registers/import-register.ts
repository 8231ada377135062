import { ownerPool, requestJobOfEveryAuthority } from '@ringfence/platform';
import { createHash } from 'node:crypto';
import { readRegister } from './read-register.js';
import type { RegisterName, RegisterRow } from './register.js';
import { searchWords } from './names.js';
import { heldRows, insertNames, replaceRegisterRow } from './registers.sql.js';

export const registerBatchMax = 2_000;
/** Beyond so many words to look for, every spend is reassessed: nearly all of them would be. */
export const changedWordsMax = 2_000;

export interface RegisterFile {
  readonly register: RegisterName;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface ImportedRegister {
  readonly register: RegisterName;
  readonly rows: number;
  /** What the register held before; zero the first time. */
  readonly rowsBefore: number;
}

/**
 * Replaces one register whole, in one transaction: until it commits, everybody assesses with the old one. An operator's
 * task, done as the database's owner, because a register serves every authority of the installation.
 */
export async function importRegister(
  databaseUrl: string,
  { register, fileName, bytes }: RegisterFile,
  onProgress: (rowsDone: number, rowsTotal: number) => void = () => undefined,
): Promise<ImportedRegister> {
  const rows = readRegister(register, bytes);
  const pool = ownerPool(databaseUrl, 1);
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // Two imports of one register take turns; the second replaces the first.
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('register ' || $1, 12))`, [register]);
    const fileHash = createHash('sha256').update(bytes).digest('hex');
    const before = await heldRows(client, register);
    const rowsBefore = await replaceRegisterRow(client, { register, fileName, fileHash, rowCount: rows.length });
    for (let done = 0; done < rows.length; done += registerBatchMax) {
      await insertNames(client, register, rows.slice(done, done + registerBatchMax));
      onProgress(Math.min(done + registerBatchMax, rows.length), rows.length);
    }
    const changes = changesOf(register, before, rows);
    if (changes.words === null || changes.words.length > 0 || changes.mccs.length > 0) {
      await requestJobOfEveryAuthority(client, 'reassess-named', changes);
    }
    await client.query('COMMIT');
    return { register, rows: rows.length, rowsBefore };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
    await pool.end();
  }
}

/** What has to be reassessed: names that were gained or lost change verdicts, and so do codes with another meaning. */
function changesOf(
  register: RegisterName,
  before: readonly Pick<RegisterRow, 'code' | 'name'>[],
  after: readonly RegisterRow[],
): { words: readonly string[] | null; mccs: readonly string[] } {
  if (register === 'mcc') {
    const [was, is] = [new Map(before.map(nameByCode)), new Map(after.map(nameByCode))];
    return {
      words: [],
      mccs: [...new Set([...was.keys(), ...is.keys()])].filter((code) => was.get(code) !== is.get(code)),
    };
  }
  const [was, is] = [new Set(before.map(({ name }) => name)), new Set(after.map(({ name }) => name))];
  const changed = [...[...was].filter((name) => !is.has(name)), ...[...is].filter((name) => !was.has(name))];
  const words = new Set(changed.flatMap(searchWords));
  return { words: words.size > changedWordsMax ? null : [...words].sort(), mccs: [] };
}

const nameByCode = ({ code, name }: Pick<RegisterRow, 'code' | 'name'>): [string, string] => [code, name];
