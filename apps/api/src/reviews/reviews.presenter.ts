import type { Review } from '@ringfence/reviews';

export function presentReview({ openedAt, concludedAt, ...review }: Review) {
  return {
    ...review,
    openedAt: openedAt?.toISOString() ?? null,
    concludedAt: concludedAt?.toISOString() ?? null,
  };
}
