import { Problem } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';

/** PostgreSQL takes 65,535 values in one statement. */
const recordsPerInsertMax = 1_000;

/** The record of this authority, or a refusal that names it: `what` such as "budget", `pointer` to the field. */
export async function requireRecord<Record extends ObjectLiteral & { authorityId: string; id: string }>(
  tx: Transaction,
  entity: EntityTarget<Record>,
  id: string,
  what: string,
  pointer?: string,
): Promise<Record> {
  const where = { authorityId: tx.context.authorityId, id } as FindOptionsWhere<Record>;
  const found = await tx.manager.findOneBy(entity, where);
  if (found) return found;
  const message = `There is no ${what} ${id} that you can see.`;
  throw pointer === undefined ? new Problem('not-found', message) : Problem.field(pointer, message);
}

/** Inserts records of this authority, a thousand at a time. */
export async function insertRecords<Record extends ObjectLiteral & { authorityId: string }>(
  tx: Transaction,
  entity: EntityTarget<Record>,
  records: readonly Omit<Record, 'authorityId'>[],
): Promise<void> {
  const { authorityId } = tx.context;
  for (let start = 0; start < records.length; start += recordsPerInsertMax) {
    const some = records.slice(start, start + recordsPerInsertMax).map((record) => ({ ...record, authorityId }));
    await tx.manager.insert(entity, some as never);
  }
}

/** Lets one transaction at a time decide about a record, so that two cannot both find it free. */
export async function lockRecord(
  tx: Transaction,
  table: 'budgets' | 'agreements' | 'payees' | 'instalment_schedules' | 'designated_accounts',
  id: string,
): Promise<void> {
  await tx.query(`SELECT 1 FROM ${table} WHERE authority_id = $1 AND id = $2 FOR UPDATE`, [tx.context.authorityId, id]);
}
