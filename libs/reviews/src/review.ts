import type { CalendarDate, FundingStream } from '@ringfence/kernel';
import type { ReviewAnswers } from './domain/conclusion.js';
import type { ReviewKind, ReviewOutcome, ReviewState } from './domain/review-terms.js';

/** A review as recorded. What is not yet known is null. */
export interface Review {
  readonly id: string;
  readonly budgetId: string;
  readonly agreementId: string;
  readonly kind: ReviewKind;
  /** For a yearly review, which anniversary of the first payment. */
  readonly yearNumber: number | null;
  /** For a review on change, the version of the agreement that changed the services. */
  readonly agreementVersion: number | null;
  /** The first payment, from which the date was calculated; null for a review on change. */
  readonly firstReceivedOn: CalendarDate | null;
  readonly dueOn: CalendarDate;
  /** What says that there is such a review. */
  readonly source: string;
  readonly state: ReviewState;
  readonly openedAt: Date | null;
  readonly figures: ReviewFigures | null;
  readonly outcome: ReviewOutcome | null;
  readonly answers: ReviewAnswers | null;
  readonly reasons: string | null;
  readonly concludedBy: string | null;
  readonly concludedAt: Date | null;
}

/** What the books showed at the end of the review's day, frozen when it opened. Amounts are decimal strings. */
export interface ReviewFigures {
  readonly at: CalendarDate;
  readonly streams: readonly {
    readonly stream: FundingStream;
    /** received = spent + queried + recoverable + left. */
    readonly received: string;
    readonly spent: string;
    /** Spent, but with no acceptable document. */
    readonly queried: string;
    /** To be paid back by somebody, by an officer's decision. */
    readonly recoverable: string;
    readonly left: string;
  }[];
  /** Statement lines: spent on a budget line and without a receipt; with a query; with a rule against them. */
  readonly unevidencedLines: number;
  readonly queriedSpends: number;
  readonly excludedSpends: number;
}
