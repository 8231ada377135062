import { Injectable } from '@nestjs/common';
import { postInstalmentsDueFor } from '@ringfence/budgets';
import { sweepKeptUploads } from '@ringfence/evidence';
import { Clock } from '@ringfence/kernel';
import { recordHeads } from '@ringfence/ledger';
import {
  Database,
  everyAuthority,
  FileStore,
  lostJobGraceMs,
  sweepFilesWhenDue,
  systemContext,
  WebSessions,
  type JobRunner,
} from '@ringfence/platform';
import { SweepReviews } from '@ringfence/reviews';
import { sweepLapsedExceptions, sweepPolicyVersions } from '@ringfence/spending-rules';
import { sweepUnreadImports } from '@ringfence/statements';

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

/**
 * PostgreSQL is the record of what is due; the queue only wakes. A sweep does what is due and asks again for what has
 * been lost, one authority after the other. It is idempotent, and one authority's trouble is reported and leaves the
 * others swept.
 */
@Injectable()
export class Sweep {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly files: FileStore,
    private readonly reviews: SweepReviews,
  ) {}

  async run(
    runner: JobRunner,
    onFailure: (error: unknown, authorityId?: string) => void,
    graceMs: number = lostJobGraceMs,
  ): Promise<SweepReport> {
    const { database, clock } = this;
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
    await step(undefined, async () => void (report.sessionsDeleted += await new WebSessions(database).deleteExpired()));
    await step(undefined, async () => {
      const swept = await sweepFilesWhenDue(database, this.files, clock.now());
      report.filesRemoved = (swept?.removed ?? 0) + (swept?.cutOffRemoved ?? 0);
      report.fileBytesRemoved = swept?.removedBytes ?? 0;
    });
    for (const id of await everyAuthority(database)) {
      const context = systemContext(id);
      await step(id, async () => {
        report.instalmentsPosted += await postInstalmentsDueFor(database, id, clock.today());
      });
      await step(id, async () => {
        report.reviewsAskedAgain += await this.reviews.run(context, graceMs);
      });
      await step(id, async () => {
        report.policiesBegun += await sweepPolicyVersions(database, context, clock.today());
      });
      await step(id, async () => {
        report.exceptionsLapsed += await sweepLapsedExceptions(database, context, clock.today());
      });
      await step(id, async () => {
        report.keptUploadsExpired += await sweepKeptUploads(database, context);
      });
      await step(id, async () => {
        report.importsAskedAgain += await sweepUnreadImports(database, context, clock.now(), graceMs);
      });
      await step(id, async () => {
        report.headsKept += await database.transaction(context, recordHeads);
      });
    }
    return report;
  }
}
