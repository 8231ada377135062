import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { newId, Problem, type CalendarDate, type FundingStream } from '@ringfence/kernel';
import { Database, type IdempotentRequest } from '@ringfence/platform';
import { firstReviewMonthsMax, type FirstReviewRule } from './domain/review-dates.js';
import { insertPolicy, policiesOf } from './reviews.sql.js';

export type ReviewedStream = Exclude<FundingStream, 'TRANSPORT'>;

export interface NewReviewPolicy {
  readonly stream: ReviewedStream;
  /** The policy holds for agreements first paid on this day or later, until a later policy of the stream. */
  readonly validFrom: CalendarDate;
  /** Months after the first payment. */
  readonly firstReviewMonths: number;
  /** The document that says so. */
  readonly source: string;
}

/** An authority's own timing of first reviews. A policy is followed by another, never edited. */
@Injectable()
export class ReviewPolicies {
  constructor(private readonly database: Database) {}

  async set(principal: Principal, input: NewReviewPolicy, request: IdempotentRequest): Promise<{ id: string }> {
    authorise(principal, 'reviews.set-policy');
    const monthsMax = firstReviewMonthsMax(input.stream);
    if (
      !Number.isInteger(input.firstReviewMonths) ||
      input.firstReviewMonths < 1 ||
      input.firstReviewMonths > monthsMax
    ) {
      throw Problem.field(
        '/firstReviewMonths',
        `/firstReviewMonths is ${input.firstReviewMonths}: the first review of ${input.stream} comes 1 to ${monthsMax} months after the first payment.`,
      );
    }
    return this.database.once(contextOf(principal), request, async (tx) => {
      const id = newId();
      if (!(await insertPolicy(tx, { ...input, id, setBy: principal.id }))) {
        throw new Problem(
          'conflict',
          `There is a policy for ${input.stream} from ${input.validFrom} already: let the new one begin on another day.`,
        );
      }
      return { id };
    });
  }

  async list(principal: Principal): Promise<FirstReviewRule[]> {
    authorise(principal, 'reviews.read');
    return this.database.transaction(contextOf(principal), policiesOf);
  }
}
