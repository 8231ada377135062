import { Injectable } from '@nestjs/common';
import { HandlesJob, systemContext, type JobPayloads } from '@ringfence/platform';
import { OpenReview } from './open-review.js';
import { ScheduleReviews } from './schedule-reviews.js';

type Payload<Name extends keyof JobPayloads> = JobPayloads[Name] & { authorityId: string };

/** What the worker does for reviews. */
@Injectable()
export class ReviewJobs {
  constructor(
    private readonly schedule: ScheduleReviews,
    private readonly open: OpenReview,
  ) {}

  @HandlesJob('payment-received')
  paymentReceived({ authorityId, agreementId, receivedOn }: Payload<'payment-received'>): Promise<void> {
    return this.schedule.onPayment(systemContext(authorityId), { agreementId, receivedOn });
  }

  @HandlesJob('agreement-changed')
  agreementChanged({ authorityId, agreementId, version }: Payload<'agreement-changed'>): Promise<void> {
    return this.schedule.onChange(systemContext(authorityId), { agreementId, version });
  }

  @HandlesJob('open-review')
  openReview({ authorityId, reviewId }: Payload<'open-review'>): Promise<void> {
    return this.open.run(systemContext(authorityId), reviewId);
  }
}
