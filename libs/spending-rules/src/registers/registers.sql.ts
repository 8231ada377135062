import type { Transaction } from '@ringfence/platform';
import type pg from 'pg';
import type { RegisterName, RegisterRow } from './register.js';

export interface HeldRegister {
  readonly register: RegisterName;
  readonly fileName: string;
  readonly fileHash: string;
  readonly rowCount: number;
  readonly importedAt: Date;
}

/** As the owner. Takes the old names away and returns how many there were. */
export async function replaceRegisterRow(
  client: pg.ClientBase,
  { register, fileName, fileHash, rowCount }: Omit<HeldRegister, 'importedAt'>,
): Promise<number> {
  const before = await client.query<{ rowCount: number }>(
    'DELETE FROM reference_registers WHERE register = $1 RETURNING row_count AS "rowCount"',
    [register],
  );
  await client.query(
    `INSERT INTO reference_registers (register, file_name, file_hash, row_count, imported_at)
     VALUES ($1, $2, $3, $4, context_now())`,
    [register, fileName, fileHash, rowCount],
  );
  return before.rows[0]?.rowCount ?? 0;
}

export async function insertNames(
  client: pg.ClientBase,
  register: RegisterName,
  rows: readonly RegisterRow[],
): Promise<void> {
  await client.query(
    `INSERT INTO reference_names (register, code, name, places)
     SELECT $1, n.code, n.name, n.places FROM jsonb_to_recordset($2::jsonb) AS n (code text, name text, places text[])`,
    [register, JSON.stringify(rows)],
  );
}

/** As the owner: the rows that a register holds, before they are replaced. */
export async function heldRows(
  client: pg.ClientBase,
  register: RegisterName,
): Promise<Pick<RegisterRow, 'code' | 'name'>[]> {
  const { rows } = await client.query<Pick<RegisterRow, 'code' | 'name'>>(
    'SELECT code, name FROM reference_names WHERE register = $1',
    [register],
  );
  return rows;
}

export function readRegisters(tx: Pick<Transaction, 'query'>): Promise<HeldRegister[]> {
  return tx.query<HeldRegister & Record<string, unknown>>(
    `SELECT register, file_name AS "fileName", file_hash AS "fileHash", row_count AS "rowCount", imported_at AS "importedAt"
       FROM reference_registers ORDER BY register`,
  );
}

export function readNames(tx: Pick<Transaction, 'query'>): Promise<(RegisterRow & { register: RegisterName })[]> {
  return tx.query(`SELECT register, code, name, places FROM reference_names`);
}
