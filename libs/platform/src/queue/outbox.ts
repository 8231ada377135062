import { newId } from '@ringfence/kernel';
import type { ClientBase } from 'pg';
import type { Transaction } from '../database/database.js';

/** Every job that the worker knows, with what it is told. All carry the authority they belong to. */
export interface JobPayloads {
  'parse-statement': { importId: string };
  'commit-statement': { importId: string };
  'suggest-matches': { designatedAccountId: string };
  'assess-line': { lineId: string };
  'assess-payslip': { payslipId: string };
  /** Spends whose day of service may lie between two days, of one budget or of all: facts about them have changed. */
  reassess: { budgetId: string | null; from: string; to: string | null };
  /** Spends whose bank line may bear a name, or a merchant code, that a register has gained or lost; null for all. */
  'reassess-named': { words: readonly string[] | null; mccs: readonly string[] };
  'try-policy': { trialId: string };
  'open-review': { reviewId: string };
  'payment-received': { agreementId: string; receivedOn: string };
  'agreement-changed': { agreementId: string; version: number };
}

export type JobName = keyof JobPayloads;

const everyJob: Readonly<Record<JobName, true>> = {
  'parse-statement': true,
  'commit-statement': true,
  'suggest-matches': true,
  'assess-line': true,
  'assess-payslip': true,
  reassess: true,
  'reassess-named': true,
  'try-policy': true,
  'open-review': true,
  'payment-received': true,
  'agreement-changed': true,
};

export const jobNames = Object.keys(everyJob) as JobName[];

/**
 * Asks for a job in the same transaction as its cause: it is queued if and only if the transaction commits.
 * The worker may run it more than once, so what it does must be idempotent. Without `runAt` it is due at once.
 */
export async function requestJob<Name extends JobName>(
  tx: Transaction,
  name: Name,
  payload: JobPayloads[Name],
  runAt?: Date,
): Promise<string> {
  const id = newId();
  await tx.query(
    `INSERT INTO outbox_jobs (authority_id, id, queue, name, payload, run_at)
     VALUES ($1, $2, 'ringfence', $3, $4, coalesce($5, context_now()))`,
    [tx.context.authorityId, id, name, JSON.stringify(payload), runAt ?? null],
  );
  return id;
}

/** As the database's owner: asks for a job in every authority, in the transaction of the client. */
export async function requestJobOfEveryAuthority<Name extends JobName>(
  client: Pick<ClientBase, 'query'>,
  name: Name,
  payload: JobPayloads[Name],
): Promise<void> {
  await client.query(
    `INSERT INTO outbox_jobs (authority_id, id, queue, name, payload, run_at)
     SELECT a.id, uuidv7(), 'ringfence', $1, $2::jsonb, now() FROM authorities a`,
    [name, JSON.stringify(payload)],
  );
}
