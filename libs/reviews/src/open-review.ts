import { Injectable } from '@nestjs/common';
import { Clock } from '@ringfence/kernel';
import { Database, type TenantContext } from '@ringfence/platform';
import { figuresAt } from './figures.js';
import { openWithFigures, reviewById } from './reviews.sql.js';
import { scheduleNextYearly } from './schedule-reviews.js';

/** Opens a review on its day: freezes what the books show at the end of that day, and schedules the next yearly one. */
@Injectable()
export class OpenReview {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Does nothing before the review's day (it was moved, and an earlier wake came), when it is open already, and when
   * there is no such review. Opened late, it shows the books of its own day all the same.
   */
  async run(context: TenantContext, reviewId: string): Promise<void> {
    await this.database.transaction(context, async (tx) => {
      const review = await reviewById(tx, reviewId, true);
      if (review?.state !== 'SCHEDULED' || review.dueOn > this.clock.today()) return;
      const figures = await figuresAt(tx, review.budgetId, review.dueOn);
      await openWithFigures(tx, review.id, figures, this.clock.now());
      await scheduleNextYearly(tx, this.clock, review);
    });
  }
}
