import type { BudgetDetail, InstalmentRow, InstalmentState } from '@ringfence/budgets';
import { covers, longDate, poundsText, streamNames, type CalendarDate } from '@ringfence/kernel';
import { reviewKindNames, reviewOutcomeNames, type Review } from '@ringfence/reviews';
import type { FundingStreamSummary } from '@ringfence/reporting';
import { presentFundingStreams, type FundingStreamsView } from '../funding-streams/funding-streams.presenter.js';
import type { WaitingReceiptsView } from '../receipts/waiting-receipts.presenter.js';
import { datesInWords, dayInWords } from '../shell/formatting.js';
import { definePage, type PageModel } from '../shell/render.js';
import type { AccountQueriesView } from './account-queries.presenter.js';
import type { LinesView } from './lines.presenter.js';
import type { Vocabulary } from '../shell/vocabulary.js';

export interface BudgetFacts {
  readonly today: CalendarDate;
  readonly terms: Vocabulary;
  readonly budget: BudgetDetail;
  readonly streams: readonly FundingStreamSummary[];
  readonly instalments: readonly InstalmentRow[];
  readonly reviews: readonly Review[];
}

interface Tag {
  readonly text: string;
  readonly classes: string;
}

export interface BudgetView {
  readonly title: string;
  readonly id: string;
  readonly reference: string;
  readonly about: readonly { readonly key: string; readonly value: string }[];
  readonly money: FundingStreamsView;
  readonly agreed: readonly {
    readonly name: string;
    readonly stream: string;
    readonly amount: string;
    readonly dates: string;
    readonly outcomes: string;
    readonly organised: boolean;
  }[];
  readonly instalments: readonly {
    readonly due: string;
    readonly stream: string;
    readonly amount: string;
    readonly tag: Tag;
  }[];
  readonly reviews: readonly {
    readonly kind: string;
    readonly due: string;
    readonly tag: Tag;
    readonly outcome: string;
  }[];
  readonly household: readonly {
    readonly name: string;
    readonly relationship: string;
    readonly lives: readonly string[];
  }[];
}

export interface BudgetPage extends BudgetView, PageModel {
  readonly lines: LinesView;
  readonly queries: AccountQueriesView;
  readonly receipts: WaitingReceiptsView;
  readonly maySend: boolean;
  readonly mayReadStatements: boolean;
  readonly mayReadReviews: boolean;
  /** The days of the statement of account that the form begins with; null for whoever may not read it. */
  readonly downloadDays: { readonly from: CalendarDate; readonly to: CalendarDate } | null;
  /** Gives each form of the page a key of its own. */
  readonly key: () => string;
}

export const budgetPage = definePage<BudgetPage>('budget/budget');

const planNames: Readonly<Record<BudgetDetail['plan']['kind'], string>> = {
  EHC_PLAN: 'Education, health and care plan',
  NHS_CARE_PLAN: 'NHS care plan',
  CHILD_IN_NEED_PLAN: 'Child in need plan',
  ADULT_CARE_AND_SUPPORT_PLAN: 'Care and support plan',
  INDIVIDUAL_SUPPORT_PLAN: 'Individual support plan',
};

const instalmentTags: Readonly<Record<InstalmentState, Tag>> = {
  expected: { text: 'Scheduled', classes: 'govuk-tag--grey' },
  due: { text: 'Due', classes: 'govuk-tag--blue' },
  late: { text: 'Late', classes: 'govuk-tag--red' },
  received: { text: 'Received', classes: 'govuk-tag--green' },
  withdrawn: { text: 'Withdrawn', classes: 'govuk-tag--grey' },
};

export function presentBudget({ today, terms, budget, streams, instalments, reviews }: BudgetFacts): BudgetView {
  const outcomes = new Map(budget.plan.outcomes.map(({ id, reference }) => [id, reference]));
  return {
    title: `${budget.child.name}’s budget`,
    id: budget.id,
    reference: budget.reference,
    about: [
      { key: 'Reference', value: budget.reference },
      { key: 'Paid to', value: budget.recipient.name },
      { key: 'Plan', value: planNames[budget.plan.kind] },
      { key: 'Period', value: datesInWords(budget.startsOn, budget.endsOn) },
      { key: 'Paid by', value: budget.agreements.map(({ payer }) => payer.name).join(', ') || 'Nobody yet' },
      {
        key: 'Account',
        value:
          budget.accounts
            .filter((account) => covers({ from: account.validFrom, to: account.validTo }, today))
            .map(({ name, bankName }) => `${name}, ${bankName}`)
            .join('; ') || 'None open today',
      },
    ],
    money: presentFundingStreams(streams, terms),
    agreed: budget.lines.map((line) => ({
      name: line.name,
      stream: streamNames[line.stream],
      amount: poundsText(line.amountPence),
      dates: datesInWords(line.startsOn, line.endsOn),
      outcomes: line.outcomeIds.map((id) => outcomes.get(id) ?? '').join(', '),
      organised: line.mechanism === 'ORGANISED',
    })),
    instalments: instalments.map(({ dueOn, stream, amountPence, state }) => ({
      due: longDate(dueOn),
      stream: streamNames[stream],
      amount: poundsText(amountPence),
      tag: instalmentTags[state],
    })),
    reviews: reviews.map((review) => presentReview(today, review)),
    household: budget.payees
      .filter(({ kind, household }) => kind === 'PERSONAL_ASSISTANT' || household.length > 0)
      .map(({ name, relationship, household }) => ({
        name,
        relationship: relationship === 'none' ? 'Not related' : sentenceCase(relationship.replaceAll('-', ' ')),
        lives: household.map(
          ({ livesWith, from, to }) =>
            `Lives with the ${livesWith === 'CHILD' ? 'child' : 'recipient'}, ${datesInWords(from, to)}`,
        ),
      })),
  };
}

function presentReview(today: CalendarDate, review: Review): BudgetView['reviews'][number] {
  const overdue = review.dueOn <= today;
  const tags = {
    SCHEDULED: overdue
      ? { text: 'Due', classes: 'govuk-tag--orange' }
      : { text: 'Scheduled', classes: 'govuk-tag--grey' },
    OPEN: { text: 'Under way', classes: 'govuk-tag--blue' },
    CONCLUDED: { text: 'Done', classes: 'govuk-tag--green' },
  } as const;
  return {
    kind: reviewKindNames[review.kind],
    due: dayInWords(today, review.dueOn),
    tag: tags[review.state],
    outcome: review.outcome === null ? '' : reviewOutcomeNames[review.outcome],
  };
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
