import { Module } from '@nestjs/common';
import { ConcludeReview } from './conclude-review.js';
import { OpenReview } from './open-review.js';
import { Reviews } from './reviews.js';
import { ReviewJobs } from './review-jobs.js';
import { ReviewPolicies } from './review-policies.js';
import { ScheduleReviews } from './schedule-reviews.js';
import { SweepReviews } from './sweep-reviews.js';

const useCases = [ScheduleReviews, OpenReview, ConcludeReview, Reviews, SweepReviews, ReviewJobs, ReviewPolicies];

@Module({ providers: useCases, exports: useCases })
export class ReviewsModule {}
