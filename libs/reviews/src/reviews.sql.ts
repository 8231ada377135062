import type { CalendarDate, FundingStream } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { FirstReviewRule } from './domain/review-dates.js';
import type { ReviewKind, ReviewState } from './domain/review-terms.js';
import type { Review } from './review.js';

export interface AgreementFacts {
  readonly budgetId: string;
  readonly budgetEndsOn: CalendarDate | null;
  /** Those in which the agreement pays cash. */
  readonly streams: readonly FundingStream[];
}

/** Locks the agreement, so that what is scheduled for it is decided by one transaction at a time. */
export async function lockAgreement(tx: Transaction, agreementId: string): Promise<AgreementFacts | undefined> {
  const [held] = await tx.query<{ budget_id: string; ends_on: CalendarDate | null }>(
    `SELECT a.budget_id, b.ends_on FROM agreements a
       JOIN budgets b ON b.authority_id = a.authority_id AND b.id = a.budget_id
      WHERE a.authority_id = $1 AND a.id = $2 FOR NO KEY UPDATE OF a`,
    [tx.context.authorityId, agreementId],
  );
  if (!held) return undefined;
  const streams = await tx.query<{ stream: FundingStream }>(
    `SELECT stream FROM budget_lines WHERE authority_id = $1 AND agreement_id = $2 AND mechanism <> 'ORGANISED'
      UNION SELECT stream FROM instalment_schedules WHERE authority_id = $1 AND agreement_id = $2 ORDER BY stream`,
    [tx.context.authorityId, agreementId],
  );
  return { budgetId: held.budget_id, budgetEndsOn: held.ends_on, streams: streams.map(({ stream }) => stream) };
}

export async function changeOfServices(
  tx: Transaction,
  agreementId: string,
  version: number,
): Promise<{ readonly validFrom: CalendarDate } | undefined> {
  const [row] = await tx.query<{ valid_from: CalendarDate }>(
    `SELECT valid_from FROM agreement_versions
      WHERE authority_id = $1 AND agreement_id = $2 AND version = $3 AND changes_services`,
    [tx.context.authorityId, agreementId, version],
  );
  return row && { validFrom: row.valid_from };
}

export async function policiesOf(tx: Transaction): Promise<FirstReviewRule[]> {
  const rows = await tx.query<{
    stream: FundingStream;
    valid_from: string;
    first_review_months: number;
    source: string;
  }>(
    'SELECT stream, valid_from, first_review_months, source FROM review_policies WHERE authority_id = $1 ORDER BY stream, valid_from',
    [tx.context.authorityId],
  );
  return rows.map((row) => ({
    stream: row.stream,
    validFrom: row.valid_from,
    months: row.first_review_months,
    source: row.source,
  }));
}

/** Returns false where the stream has a policy from that day already. */
export async function insertPolicy(
  tx: Transaction,
  policy: {
    id: string;
    stream: FundingStream;
    validFrom: CalendarDate;
    firstReviewMonths: number;
    source: string;
    setBy: string;
  },
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO review_policies (authority_id, id, stream, valid_from, first_review_months, source, set_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id`,
    [
      tx.context.authorityId,
      policy.id,
      policy.stream,
      policy.validFrom,
      policy.firstReviewMonths,
      policy.source,
      policy.setBy,
    ],
  );
  return rows.length > 0;
}

export type NewReview = Pick<
  Review,
  | 'id'
  | 'budgetId'
  | 'agreementId'
  | 'kind'
  | 'yearNumber'
  | 'agreementVersion'
  | 'firstReceivedOn'
  | 'dueOn'
  | 'source'
>;

/** Returns false where the agreement has that review already. */
export async function insertReview(tx: Transaction, review: NewReview, openingAskedAt: Date): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO reviews (authority_id, id, budget_id, agreement_id, kind, year_number, agreement_version,
                          first_received_on, due_on, source, opening_asked_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING RETURNING id`,
    [
      tx.context.authorityId,
      review.id,
      review.budgetId,
      review.agreementId,
      review.kind,
      review.yearNumber,
      review.agreementVersion,
      review.firstReceivedOn,
      review.dueOn,
      review.source,
      openingAskedAt,
    ],
  );
  return rows.length > 0;
}

export async function moveReview(
  tx: Transaction,
  id: string,
  to: { firstReceivedOn: CalendarDate; dueOn: CalendarDate; source: string },
  openingAskedAt: Date,
): Promise<void> {
  await tx.query(
    `UPDATE reviews SET first_received_on = $3, due_on = $4, source = $5, opening_asked_at = $6
      WHERE authority_id = $1 AND id = $2 AND state = 'SCHEDULED'`,
    [tx.context.authorityId, id, to.firstReceivedOn, to.dueOn, to.source, openingAskedAt],
  );
}

/** Writes what the review showed on its day; answers false where it was open already. */
export async function openWithFigures(tx: Transaction, id: string, figures: unknown, openedAt: Date): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE reviews SET state = 'OPEN', figures = $3, opened_at = $4
      WHERE authority_id = $1 AND id = $2 AND state = 'SCHEDULED' RETURNING id`,
    [tx.context.authorityId, id, JSON.stringify(figures), openedAt],
  );
  return rows.length > 0;
}

export async function conclude(
  tx: Transaction,
  id: string,
  conclusion: { outcome: string; answers: unknown; reasons: string | null; by: string; at: Date },
): Promise<void> {
  await tx.query(
    `UPDATE reviews SET state = 'CONCLUDED', outcome = $3, answers = $4, reasons = $5, concluded_by = $6, concluded_at = $7
      WHERE authority_id = $1 AND id = $2 AND state = 'OPEN'`,
    [
      tx.context.authorityId,
      id,
      conclusion.outcome,
      JSON.stringify(conclusion.answers),
      conclusion.reasons,
      conclusion.by,
      conclusion.at,
    ],
  );
}

const columns = `r.id, r.budget_id AS "budgetId", r.agreement_id AS "agreementId", r.kind, r.year_number AS "yearNumber",
  r.agreement_version AS "agreementVersion", r.first_received_on AS "firstReceivedOn", r.due_on AS "dueOn", r.source,
  r.state, r.opened_at AS "openedAt", r.figures, r.outcome, r.answers, r.reasons, r.concluded_by AS "concludedBy",
  r.concluded_at AS "concludedAt"`;

export async function reviewById(tx: Transaction, id: string, lock = false): Promise<Review | undefined> {
  const [row] = await tx.query<Review>(
    `SELECT ${columns} FROM reviews r WHERE r.authority_id = $1 AND r.id = $2 ${lock ? 'FOR UPDATE' : ''}`,
    [tx.context.authorityId, id],
  );
  return row;
}

/** Those that run from the first payment: all but the reviews on change. */
export async function paymentReviewsOf(tx: Transaction, agreementId: string): Promise<Review[]> {
  return tx.query<Review>(
    `SELECT ${columns} FROM reviews r
      WHERE r.authority_id = $1 AND r.agreement_id = $2 AND r.kind <> 'ON_CHANGE' ORDER BY r.due_on, r.id FOR UPDATE`,
    [tx.context.authorityId, agreementId],
  );
}

export interface ReviewFilter {
  readonly budgetId?: string | undefined;
  readonly agreementId?: string | undefined;
  readonly kind?: ReviewKind | undefined;
  readonly state?: ReviewState | undefined;
  readonly dueFrom?: CalendarDate | undefined;
  readonly dueTo?: CalendarDate | undefined;
}

/** By the day on which they are due; `after` is the day and the id of the last one seen. */
export async function listReviews(
  tx: Transaction,
  filter: ReviewFilter,
  limit: number,
  after?: readonly [CalendarDate, string],
): Promise<Review[]> {
  return tx.query<Review>(
    `SELECT ${columns} FROM reviews r
      WHERE r.authority_id = $1 AND ($2::uuid IS NULL OR r.budget_id = $2) AND ($3::uuid IS NULL OR r.agreement_id = $3)
        AND ($4::text IS NULL OR r.kind = $4) AND ($5::text IS NULL OR r.state = $5)
        AND ($6::date IS NULL OR r.due_on >= $6) AND ($7::date IS NULL OR r.due_on <= $7)
        AND ($8::date IS NULL OR (r.due_on, r.id) > ($8, $9::uuid))
      ORDER BY r.due_on, r.id LIMIT $10`,
    [
      tx.context.authorityId,
      filter.budgetId ?? null,
      filter.agreementId ?? null,
      filter.kind ?? null,
      filter.state ?? null,
      filter.dueFrom ?? null,
      filter.dueTo ?? null,
      after?.[0] ?? null,
      after?.[1] ?? null,
      limit,
    ],
  );
}

/**
 * Reviews that should be open by now and of which nothing has been heard since `askedBefore`; marks them as asked
 * again.
 */
export async function takeUnopened(
  tx: Transaction,
  today: CalendarDate,
  askedBefore: Date,
  now: Date,
  max: number,
): Promise<{ id: string }[]> {
  return tx.query<{ id: string }>(
    `UPDATE reviews r SET opening_asked_at = $4
       FROM (SELECT id FROM reviews
              WHERE authority_id = $1 AND state = 'SCHEDULED' AND due_on <= $2 AND opening_asked_at <= $3
              ORDER BY due_on, id LIMIT $5 FOR UPDATE SKIP LOCKED) due
      WHERE r.authority_id = $1 AND r.id = due.id RETURNING r.id`,
    [tx.context.authorityId, today, askedBefore, now, max],
  );
}
