import type { INestApplicationContext } from '@nestjs/common';
import { postInstalmentsDueFor } from '@ringfence/budgets';
import { sweepKeptUploads } from '@ringfence/evidence';
import { Clock } from '@ringfence/kernel';
import { recordHeads } from '@ringfence/ledger';
import {
  Database,
  FileStore,
  lostJobGraceMs,
  requestJob,
  sweepFilesWhenDue,
  systemContext,
  type JobRunner,
} from '@ringfence/platform';
import { SweepReviews } from '@ringfence/reviews';
import { sweepLapsedExceptions, sweepPolicyVersions } from '@ringfence/spending-rules';

/** What one sweep found to do. All zero is the usual day. */
export interface SweepReport {
  instalmentsPosted: number;
  reviewsAskedAgain: number;
  importsAskedAgain: number;
  /** Books whose head of the day was kept, for the ledger's verification. */
  headsKept: number;
  jobsRestored: number;
  policiesBegun: number;
  exceptionsLapsed: number;
  /** Uploads that nobody added after signing in again, and sessions of the pages that have ended. */
  keptUploadsExpired: number;
  sessionsDeleted: number;
  /** Files that no row names, and what was left of uploads that were cut off: once a day. */
  filesRemoved: number;
  fileBytesRemoved: number;
}

export const importsPerSweepMax = 100;

/**
 * PostgreSQL is the record of what is due; the queue only wakes. A sweep does what is due and asks again for what has
 * been lost, one authority after the other. It bears repeating, and one authority's trouble is reported and leaves
 * the others swept.
 */
export async function sweep(
  app: INestApplicationContext,
  runner: JobRunner,
  onFailure: (error: unknown, authorityId?: string) => void,
  graceMs: number = lostJobGraceMs,
): Promise<SweepReport> {
  const [database, clock] = [app.get(Database), app.get(Clock)];
  const report: SweepReport = {
    instalmentsPosted: 0,
    reviewsAskedAgain: 0,
    importsAskedAgain: 0,
    headsKept: 0,
    jobsRestored: 0,
    policiesBegun: 0,
    exceptionsLapsed: 0,
    keptUploadsExpired: 0,
    sessionsDeleted: 0,
    filesRemoved: 0,
    fileBytesRemoved: 0,
  };
  const step = async (authorityId: string | undefined, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      onFailure(error, authorityId);
    }
  };
  await step(undefined, async () => void (report.jobsRestored += await runner.restoreLost(graceMs)));
  await step(undefined, async () => {
    const [gone] = (await database.dataSource.query('SELECT delete_expired_sessions() AS n')) as { n: bigint }[];
    report.sessionsDeleted += Number(gone!.n);
  });
  await step(undefined, async () => {
    const swept = await sweepFilesWhenDue(database, app.get(FileStore), clock.now());
    report.filesRemoved = (swept?.removed ?? 0) + (swept?.cutOffRemoved ?? 0);
    report.fileBytesRemoved = swept?.removedBytes ?? 0;
  });
  const authorities = (await database.dataSource.query('SELECT every_authority() AS id')) as { id: string }[];
  for (const { id } of authorities) {
    await step(id, async () => {
      report.instalmentsPosted += await postInstalmentsDueFor(database, id, clock.today());
    });
    await step(id, async () => {
      report.reviewsAskedAgain += await app.get(SweepReviews).run(systemContext(id), graceMs);
    });
    await step(id, async () => {
      report.policiesBegun += await sweepPolicyVersions(database, systemContext(id), clock.today());
    });
    await step(id, async () => {
      report.exceptionsLapsed += await sweepLapsedExceptions(database, systemContext(id), clock.today());
    });
    await step(id, async () => {
      report.keptUploadsExpired += await sweepKeptUploads(database, systemContext(id));
    });
    await step(id, async () => {
      report.importsAskedAgain += await askForUnreadImports(database, clock, id, graceMs);
    });
    await step(id, async () => {
      report.headsKept += await database.transaction(systemContext(id), recordHeads);
    });
  }
  return report;
}

/** A file that was received and never read, though a job was asked for: it is asked for again for a day. */
async function askForUnreadImports(
  database: Database,
  clock: Clock,
  authorityId: string,
  graceMs: number,
): Promise<number> {
  const now = clock.now().getTime();
  return database.transaction(systemContext(authorityId), async (tx) => {
    const unread = await tx.query<{ id: string }>(
      `SELECT id FROM statement_imports
        WHERE authority_id = $1 AND state = 'RECEIVED' AND received_at BETWEEN $2 AND $3 ORDER BY received_at LIMIT $4`,
      [authorityId, new Date(now - 86_400_000), new Date(now - graceMs), importsPerSweepMax],
    );
    for (const { id } of unread) await requestJob(tx, 'parse-statement', { importId: id });
    return unread.length;
  });
}
