import { Injectable } from '@nestjs/common';
import { Clock, londonMidnight, newId, type CalendarDate } from '@ringfence/kernel';
import { Database, requestJob, type TenantContext, type Transaction } from '@ringfence/platform';
import { changeReviewOn, firstReview, onChangeSource, yearlyReviewOn, yearlySource } from './domain/review-dates.js';
import type { Review } from './review.js';
import {
  changeOfServices,
  insertReview,
  lockAgreement,
  moveReview,
  paymentReviewsOf,
  policiesOf,
  type AgreementFacts,
  type NewReview,
} from './reviews.sql.js';

/** Writes down which reviews are due, and asks for each to be opened on its day. */
@Injectable()
export class ScheduleReviews {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A payment of the agreement was received. Repeats, and later payments, change nothing. */
  async onPayment(context: TenantContext, input: { agreementId: string; receivedOn: CalendarDate }): Promise<void> {
    await this.database.transaction(context, (tx) =>
      schedulePaymentReviews(tx, this.clock, { agreementId: input.agreementId, firstReceivedOn: input.receivedOn }),
    );
  }

  /** The agreement got a version that changes its services: one review for each such version. */
  async onChange(context: TenantContext, input: { agreementId: string; version: number }): Promise<void> {
    await this.database.transaction(context, async (tx) => {
      const agreement = await lockAgreement(tx, input.agreementId);
      const change = await changeOfServices(tx, input.agreementId, input.version);
      if (!agreement || !change) return;
      await schedule(tx, this.clock, agreement, {
        agreementId: input.agreementId,
        kind: 'ON_CHANGE',
        yearNumber: null,
        agreementVersion: input.version,
        firstReceivedOn: null,
        dueOn: changeReviewOn(change.validFrom, this.clock.today()),
        source: onChangeSource,
      });
    });
  }
}

/**
 * Schedules the first review of an agreement by its first payment. Where an earlier payment turns up later, what is
 * still SCHEDULED moves to it; what has been opened stays. An agreement of travel money alone has no such review.
 */
export async function schedulePaymentReviews(
  tx: Transaction,
  clock: Clock,
  { agreementId, firstReceivedOn }: { agreementId: string; firstReceivedOn: CalendarDate },
): Promise<void> {
  const agreement = await lockAgreement(tx, agreementId);
  if (!agreement) return;
  const held = await paymentReviewsOf(tx, agreementId);
  if (held.some((review) => review.firstReceivedOn! <= firstReceivedOn)) return;
  const first = firstReview(firstReceivedOn, agreement.streams, await policiesOf(tx));
  if (!first) return;
  if (held.length === 0) {
    await schedule(tx, clock, agreement, {
      agreementId,
      kind: 'THREE_MONTH',
      yearNumber: null,
      agreementVersion: null,
      firstReceivedOn,
      ...first,
    });
  }
  for (const review of held.filter(({ state }) => state === 'SCHEDULED')) {
    const moved =
      review.kind === 'THREE_MONTH'
        ? first
        : { dueOn: yearlyReviewOn(firstReceivedOn, review.yearNumber!), source: yearlySource };
    await moveReview(tx, review.id, { firstReceivedOn, ...moved }, openingAt(clock, moved.dueOn));
    await requestJob(tx, 'open-review', { reviewId: review.id }, openingAt(clock, moved.dueOn));
  }
}

/**
 * The yearly review that follows one that was opened. A budget that has ended by the day of a review has no further
 * one: the last review closes it.
 */
export async function scheduleNextYearly(tx: Transaction, clock: Clock, opened: Review): Promise<void> {
  if (opened.kind === 'ON_CHANGE') return;
  const agreement = await lockAgreement(tx, opened.agreementId);
  if (!agreement || (agreement.budgetEndsOn !== null && agreement.budgetEndsOn < opened.dueOn)) return;
  const yearNumber = (opened.yearNumber ?? 0) + 1;
  const firstReceivedOn = opened.firstReceivedOn!;
  await schedule(tx, clock, agreement, {
    agreementId: opened.agreementId,
    kind: 'YEARLY',
    yearNumber,
    agreementVersion: null,
    firstReceivedOn,
    dueOn: yearlyReviewOn(firstReceivedOn, yearNumber),
    source: yearlySource,
  });
}

async function schedule(
  tx: Transaction,
  clock: Clock,
  agreement: AgreementFacts,
  review: Omit<NewReview, 'id' | 'budgetId'>,
): Promise<void> {
  const id = newId();
  const openAt = openingAt(clock, review.dueOn);
  if (await insertReview(tx, { ...review, id, budgetId: agreement.budgetId }, openAt)) {
    await requestJob(tx, 'open-review', { reviewId: id }, openAt);
  }
}

/** When the day begins in London, or now where it has begun. */
function openingAt(clock: Clock, dueOn: CalendarDate): Date {
  const [now, day] = [clock.now(), londonMidnight(dueOn)];
  return day > now ? day : now;
}
