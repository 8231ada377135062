import { ownerPool, type Transaction } from '@ringfence/platform';
import type { QueryResultRow } from 'pg';
import { RegisterIndex } from './register-index.js';
import { registerNames, type RegisterName, type RegisterRow } from './register.js';
import { readNames, readRegisters, type HeldRegister } from './registers.sql.js';

/** The registers as they stand, without their names. */
export function registersHeld(tx: Pick<Transaction, 'query'>): Promise<HeldRegister[]> {
  return readRegisters(tx);
}

/** The last index built, under the hashes of the files that it was built from: they are the same for every authority. */
let built: { readonly version: string; readonly index: RegisterIndex } | undefined;

/**
 * The imported registers, ready to be matched. Built once for each import and process (a second, some 15 MB for the
 * NHS's three); every call asks the database, in one short statement, whether another import has come.
 */
export async function registerIndex(tx: Pick<Transaction, 'query'>): Promise<RegisterIndex> {
  const held = await readRegisters(tx);
  const version = held.map(({ register, fileHash }) => `${register} ${fileHash}`).join('\n');
  if (built?.version === version) return built.index;
  const names = new Map<RegisterName, RegisterRow[]>(registerNames.map((register) => [register, []]));
  if (held.length > 0) for (const { register, ...row } of await readNames(tx)) names.get(register)?.push(row);
  const index = new RegisterIndex(names);
  built = { version, index };
  return index;
}

/** The registers of a database, read as its owner: for a command that assesses outside a transaction of the services. */
export async function loadRegisters(databaseUrl: string): Promise<RegisterIndex> {
  const pool = ownerPool(databaseUrl, 1);
  try {
    return await registerIndex({
      query: async <Row extends QueryResultRow>(sql: string) => (await pool.query<Row>(sql)).rows,
    });
  } finally {
    await pool.end();
  }
}
