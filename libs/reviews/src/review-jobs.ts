import { Injectable } from '@nestjs/common';
import { systemContext, type JobHandlers } from '@ringfence/platform';
import { OpenReview } from './open-review.js';
import { ScheduleReviews } from './schedule-reviews.js';

/** What the worker does for reviews. */
@Injectable()
export class ReviewJobs {
  constructor(
    private readonly schedule: ScheduleReviews,
    private readonly open: OpenReview,
  ) {}

  handlers(): Pick<JobHandlers, 'payment-received' | 'agreement-changed' | 'open-review'> {
    return {
      'payment-received': ({ authorityId, agreementId, receivedOn }) =>
        this.schedule.onPayment(systemContext(authorityId), { agreementId, receivedOn }),
      'agreement-changed': ({ authorityId, agreementId, version }) =>
        this.schedule.onChange(systemContext(authorityId), { agreementId, version }),
      'open-review': ({ authorityId, reviewId }) => this.open.run(systemContext(authorityId), reviewId),
    };
  }
}
