import { Injectable } from '@nestjs/common';
import { Clock } from '@ringfence/kernel';
import { Database, lostJobGraceMs, requestJob, type TenantContext } from '@ringfence/platform';
import { takeUnopened } from './reviews.sql.js';

export const reviewsPerSweepMax = 1_000;

/** Reviews that are due and not open although their opening was asked: asks again, so that no lost job loses a review. */
@Injectable()
export class SweepReviews {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Returns how many were asked for again. */
  async run(context: TenantContext, graceMs: number = lostJobGraceMs): Promise<number> {
    const now = this.clock.now();
    const askedBefore = new Date(now.getTime() - graceMs);
    return this.database.transaction(context, async (tx) => {
      const unopened = await takeUnopened(tx, this.clock.today(), askedBefore, now, reviewsPerSweepMax);
      for (const { id } of unopened) await requestJob(tx, 'open-review', { reviewId: id });
      return unopened.length;
    });
  }
}
