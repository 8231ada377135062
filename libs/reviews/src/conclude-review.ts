import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { Clock, longDate, Problem } from '@ringfence/kernel';
import { Database, type IdempotentRequest } from '@ringfence/platform';
import { requireConclusion, reviewQuestionNames, type Conclusion } from './domain/conclusion.js';
import { conclude, reviewById } from './reviews.sql.js';

/**
 * A person concludes a review. That is all it does: no money moves and no payment stops by it (domain.md, section 12,
 * rule 13). A concluded review is never edited.
 */
@Injectable()
export class ConcludeReview {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async run(
    principal: Principal,
    reviewId: string,
    conclusion: Conclusion,
    request: IdempotentRequest,
  ): Promise<{ id: string }> {
    authorise(principal, 'reviews.conclude');
    requireConclusion(conclusion);
    return this.database.once(contextOf(principal), request, async (tx) => {
      const review = await reviewById(tx, reviewId, true);
      if (!review) throw new Problem('not-found', `There is no review ${reviewId} that you can see.`);
      authorise(principal, 'reviews.conclude', review.budgetId);
      if (review.state === 'SCHEDULED') {
        throw new Problem('conflict', `This review opens on ${longDate(review.dueOn)}: conclude it then.`);
      }
      if (review.state === 'CONCLUDED') {
        throw new Problem(
          'conflict',
          'This review is concluded and is not edited: what has come to light since belongs to the next review.',
        );
      }
      await conclude(tx, review.id, {
        outcome: conclusion.outcome,
        answers: Object.fromEntries(reviewQuestionNames.map((name) => [name, conclusion.answers[name]])),
        reasons: conclusion.reasons?.trim() || null,
        by: principal.id,
        at: this.clock.now(),
      });
      return { id: review.id };
    });
  }
}
