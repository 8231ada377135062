import { longDate } from '@ringfence/kernel';
import { accountWarningKind, type AccountQuestion } from '@ringfence/statements';
import { counted, unsigned } from '../shell/formatting.js';
import type { FormValues } from '../shell/forms.js';
import { definePage, type PageModel } from '../shell/render.js';

/** Questions that the page shows; the rest is counted. */
export const accountQueriesShownMax = 10;

export interface AccountQueryItem {
  readonly name: string;
  readonly question: string;
  /** The line that raised it, or the newest of several alike. */
  readonly evidence: string;
  /** How many more say the same. */
  readonly alike: string | null;
  /** Where an officer answers it; null for everybody else. */
  readonly href: string | null;
}

export interface AccountQueriesView {
  readonly items: readonly AccountQueryItem[];
  readonly more: string | null;
  /** For whoever does not answer: kind words about what this is. */
  readonly forFamily: boolean;
}

export interface AnswerQueryPage extends PageModel {
  readonly id: string;
  readonly budgetId: string;
  readonly question: string;
  readonly source: string;
  readonly evidence: string;
  /** The bank's words that raised it. */
  readonly seen: string;
  /** How it was settled; null while it is open. */
  readonly settled: string | null;
  readonly kept: FormValues;
  readonly key: string;
}

export const answerQueryPage = definePage<AnswerQueryPage>('budget/answer-query');

/** What the budget's accounts raise, one item for lines that say the same, the newest first. */
export function presentAccountQueries(
  budgetId: string,
  questions: readonly AccountQuestion[],
  mayAnswer: boolean,
): AccountQueriesView {
  const alike = new Map<string, AccountQuestion[]>();
  for (const question of questions) {
    const key = `${question.designatedAccountId} ${question.code} ${question.subject}`;
    alike.set(key, [...(alike.get(key) ?? []), question]);
  }
  const items = [...alike.values()].map(([first, ...others]) => itemOf(budgetId, first!, others.length, mayAnswer));
  const hidden = items.length - accountQueriesShownMax;
  return {
    items: items.slice(0, accountQueriesShownMax),
    more:
      hidden > 0
        ? `and ${mayAnswer ? counted(hidden, 'more query', 'more queries') : counted(hidden, 'more question')}`
        : null,
    forFamily: !mayAnswer,
  };
}

/** The day, the bank's words and the amount, or the balance where that is what raised it. */
export function evidenceOf({ code, lineDate, description, amountPence, balancePence }: AccountQuestion): string {
  const line = `${longDate(lineDate)}, ${description}, ${unsigned(amountPence)} ${amountPence > 0n ? 'in' : 'out'}`;
  return code === 'OVERDRAWN' && balancePence !== null
    ? `${line}: the balance was ${unsigned(balancePence)} below zero.`
    : `${line}.`;
}

function itemOf(budgetId: string, question: AccountQuestion, others: number, mayAnswer: boolean): AccountQueryItem {
  const { name, question: words } = accountWarningKind(question.code);
  return {
    name,
    question: words,
    evidence: evidenceOf(question),
    alike: others > 0 ? `${counted(others, 'earlier payment')} with the same description.` : null,
    href: mayAnswer ? `/budgets/${budgetId}/account-queries/${question.id}` : null,
  };
}
