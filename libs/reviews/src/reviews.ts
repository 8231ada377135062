import { Injectable } from '@nestjs/common';
import { authorise, authoriseList, contextOf, type Principal } from '@ringfence/identity';
import { Problem, type CalendarDate } from '@ringfence/kernel';
import { Database, type Transaction } from '@ringfence/platform';
import type { Review } from './review.js';
import { listReviews, reviewById, type ReviewFilter } from './reviews.sql.js';

/** What a principal may see of reviews: a recipient those of their budgets, the authority's officers all. */
@Injectable()
export class Reviews {
  constructor(private readonly database: Database) {}

  /** By due day; `limit` and one more, so that the caller can tell whether there is a next page. */
  async list(
    principal: Principal,
    filter: ReviewFilter,
    limit: number,
    after?: readonly [CalendarDate, string],
  ): Promise<Review[]> {
    authoriseList(principal, 'reviews.read', filter.budgetId);
    return this.database.transaction(contextOf(principal), (tx) => listReviews(tx, filter, limit + 1, after));
  }

  async one(principal: Principal, reviewId: string): Promise<Review> {
    authorise(principal, 'reviews.read');
    return this.database.transaction(contextOf(principal), async (tx) => {
      const review = await reviewById(tx, reviewId);
      if (!review) throw new Problem('not-found', `There is no review ${reviewId} that you can see.`);
      authorise(principal, 'reviews.read', review.budgetId);
      return review;
    });
  }

  async ofBudget(principal: Principal, budgetId: string): Promise<Review[]> {
    authorise(principal, 'reviews.read', budgetId);
    return this.database.transaction(contextOf(principal), (tx) => reviewsOf(tx, budgetId));
  }

  async next(principal: Principal, budgetId: string): Promise<Review | undefined> {
    authorise(principal, 'reviews.read', budgetId);
    return this.database.transaction(contextOf(principal), (tx) => nextReview(tx, budgetId));
  }
}

export const reviewsOfBudgetMax = 500;

/** Every review of a budget, by due day. */
export async function reviewsOf(tx: Transaction, budgetId: string): Promise<Review[]> {
  return listReviews(tx, { budgetId }, reviewsOfBudgetMax);
}

/** The review of a budget that comes next: one that is open, else the first that is scheduled. */
export async function nextReview(tx: Transaction, budgetId: string): Promise<Review | undefined> {
  const [open] = await listReviews(tx, { budgetId, state: 'OPEN' }, 1);
  if (open) return open;
  const [scheduled] = await listReviews(tx, { budgetId, state: 'SCHEDULED' }, 1);
  return scheduled;
}
