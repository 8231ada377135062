import { requestJob, type Database, type TenantContext } from '@ringfence/platform';

export const importsPerSweepMax = 100;

/**
 * A file that was received and not read, though a job was asked for: asks for the job again, for a day. Returns how many
 * were asked for.
 */
export async function sweepUnreadImports(
  database: Database,
  context: TenantContext,
  now: Date,
  graceMs: number,
): Promise<number> {
  return database.transaction(context, async (tx) => {
    const unread = await tx.query<{ id: string }>(
      `SELECT id FROM statement_imports
        WHERE authority_id = $1 AND state = 'RECEIVED' AND received_at BETWEEN $2 AND $3 ORDER BY received_at LIMIT $4`,
      [
        context.authorityId,
        new Date(now.getTime() - 86_400_000),
        new Date(now.getTime() - graceMs),
        importsPerSweepMax,
      ],
    );
    for (const { id } of unread) await requestJob(tx, 'parse-statement', { importId: id });
    return unread.length;
  });
}
