import type { BudgetSummary, InstalmentRow } from '@ringfence/budgets';
import { longDate, poundsText, streamNames, type CalendarDate, type Money } from '@ringfence/kernel';
import { reviewKindNames, type Review } from '@ringfence/reviews';
import type { LineToExplain, MissingStatement, FundingStreamSummary } from '@ringfence/reporting';
import { presentFundingStreams, type FundingStreamsView } from '../funding-streams/funding-streams.presenter.js';
import { waitingInWords } from '../receipts/waiting-receipts.presenter.js';
import { counted, dayInWords, joined, monthsInWords } from '../shell/formatting.js';
import { definePage, type PageModel } from '../shell/render.js';
import type { Vocabulary } from '../shell/vocabulary.js';

/** Months named one by one; a longer gap is said as from when to when. */
export const monthsNamedMax = 6;

export interface HomeFacts {
  readonly today: CalendarDate;
  readonly terms: Vocabulary;
  readonly budgets: readonly BudgetSummary[];
  readonly streams: readonly FundingStreamSummary[];
  readonly missing: readonly MissingStatement[];
  readonly questions: readonly LineToExplain[];
  readonly withoutReceipt: readonly LineToExplain[];
  /** All that are due on the next day on which any is. */
  readonly nextInstalments: ReadonlyMap<string, readonly Pick<InstalmentRow, 'dueOn' | 'stream' | 'amountPence'>[]>;
  /** Of the budgets whose reviews the reader may read; undefined where none is planned. */
  readonly nextReviews: ReadonlyMap<string, Pick<Review, 'kind' | 'state' | 'dueOn'> | undefined>;
  /** By budget, receipts that have no payment; more than a page shows count as one more than it shows. */
  readonly waitingReceipts: ReadonlyMap<string, number>;
  /** The budgets for which the reader sends statements and receipts. */
  readonly maySend: ReadonlySet<string>;
  /** The reference after which the next page begins; null on the last page. */
  readonly after: string | null;
}

export interface AskedLine {
  readonly when: string;
  readonly what: string;
  readonly amount: string;
  readonly reason: string | null;
}

export interface HomeBudget {
  readonly id: string;
  readonly child: string;
  readonly reference: string;
  readonly money: FundingStreamsView;
  readonly nextPayment: string;
  /** Null where reviews are not for the reader. */
  readonly nextReview: string | null;
  readonly maySend: boolean;
  readonly missing: readonly { readonly text: string; readonly accountName: string }[];
  readonly questions: {
    readonly heading: string;
    readonly lines: readonly AskedLine[];
    readonly more: string | null;
  } | null;
  readonly receipts: {
    readonly heading: string;
    readonly lines: readonly AskedLine[];
    readonly more: string | null;
  } | null;
  readonly waitingReceipts: string | null;
  readonly nothingNeeded: boolean;
}

export interface HomePage extends PageModel {
  readonly budgets: readonly HomeBudget[];
  readonly nextPage: string | null;
}

export const homePage = definePage<HomePage>('home/home');

export function presentHome(facts: HomeFacts): HomePage {
  return {
    title: facts.budgets.length === 1 ? `${nameOf(facts.budgets[0]!)}’s direct payment` : 'Your direct payments',
    budgets: facts.budgets.map((budget) => presentBudget(facts, budget)),
    nextPage: facts.after === null ? null : `/home?after=${encodeURIComponent(facts.after)}`,
  };
}

function presentBudget(facts: HomeFacts, budget: BudgetSummary): HomeBudget {
  const own = <Row extends { readonly budgetId: string }>(rows: readonly Row[]): Row[] =>
    rows.filter(({ budgetId }) => budgetId === budget.id);
  const missing = own(facts.missing).map(({ months, accountName }) => ({ text: missingInWords(months), accountName }));
  const questions = asked(
    own(facts.questions),
    'payment that we have a question about',
    'payments that we have questions about',
  );
  const receipts = asked(own(facts.withoutReceipt), 'payment without a receipt', 'payments without a receipt');
  const waitingReceipts = waitingInWords(facts.waitingReceipts.get(budget.id) ?? 0);
  return {
    id: budget.id,
    child: nameOf(budget),
    reference: budget.reference,
    money: presentFundingStreams(own(facts.streams), facts.terms),
    nextPayment: paymentInWords(facts.today, facts.nextInstalments.get(budget.id) ?? []),
    nextReview: facts.nextReviews.has(budget.id) ? reviewInWords(facts.today, facts.nextReviews.get(budget.id)) : null,
    maySend: facts.maySend.has(budget.id),
    missing,
    questions,
    receipts,
    waitingReceipts,
    nothingNeeded: missing.length === 0 && questions === null && receipts === null && waitingReceipts === null,
  };
}

/** A reader of a budget's agreements gets the child's name too. */
function nameOf({ childName, reference }: BudgetSummary): string {
  return childName ?? reference;
}

function missingInWords(months: readonly CalendarDate[]): string {
  return months.length <= monthsNamedMax
    ? monthsInWords(months)
    : `${monthsInWords([months[0]!])} to ${monthsInWords([months.at(-1)!])} (${months.length} months)`;
}

function asked(lines: readonly LineToExplain[], one: string, many: string): HomeBudget['questions'] {
  const total = lines[0]?.total ?? 0;
  if (total === 0) return null;
  return {
    heading: counted(total, one, many),
    lines: lines.map(({ lineDate, description, amountPence, reason }) => ({
      when: longDate(lineDate),
      what: description,
      amount: poundsText(amountPence < 0n ? -amountPence : amountPence),
      reason,
    })),
    more: total > lines.length ? `and ${total - lines.length} more` : null,
  };
}

function paymentInWords(
  today: CalendarDate,
  instalments: readonly Pick<InstalmentRow, 'dueOn' | 'stream' | 'amountPence'>[],
): string {
  const [first] = instalments;
  if (!first) return 'No payment is planned.';
  const byStream = new Map<InstalmentRow['stream'], Money>();
  for (const { stream, amountPence } of instalments) {
    byStream.set(stream, (byStream.get(stream) ?? 0n) + amountPence);
  }
  const sums = [...byStream].map(([stream, pence]) => `${poundsText(pence)} for ${streamNames[stream].toLowerCase()}`);
  return `${joined(sums)}, on ${dayInWords(today, first.dueOn)}.`;
}

function reviewInWords(today: CalendarDate, review: Pick<Review, 'kind' | 'state' | 'dueOn'> | undefined): string {
  if (!review) return 'No review is planned. The first one is set when the first payment has arrived.';
  const kind = reviewKindNames[review.kind];
  return review.state === 'OPEN'
    ? `${kind}: under way, due on ${dayInWords(today, review.dueOn)}.`
    : `${kind}, by ${dayInWords(today, review.dueOn)}.`;
}
