import { longDate } from '@ringfence/kernel';
import { accountWarningKind, type AccountQuestion } from '@ringfence/statements';
import { counted } from '../shell/formatting.js';
import { unsigned } from './budget.presenter.js';

/** Questions that the page shows; the rest is counted. */
export const accountQuestionsShownMax = 10;

export interface AccountQuestionItem {
  readonly name: string;
  readonly question: string;
  /** The line that raised it, or the newest of several alike. */
  readonly evidence: string;
  /** How many more say the same. */
  readonly alike: string | null;
  /** Where an officer answers it; null for everybody else. */
  readonly href: string | null;
}

export interface AccountQuestionsView {
  readonly items: readonly AccountQuestionItem[];
  readonly more: string | null;
  /** For whoever does not answer: kind words about what this is. */
  readonly forFamily: boolean;
}

/** What the budget's accounts raise, one item for lines that say the same, the newest first. */
export function presentAccountQuestions(
  budgetId: string,
  questions: readonly AccountQuestion[],
  mayAnswer: boolean,
): AccountQuestionsView {
  const alike = new Map<string, AccountQuestion[]>();
  for (const question of questions) {
    const key = `${question.designatedAccountId} ${question.code} ${question.subject}`;
    alike.set(key, [...(alike.get(key) ?? []), question]);
  }
  const items = [...alike.values()].map(([first, ...others]) => itemOf(budgetId, first!, others.length, mayAnswer));
  const left = items.length - accountQuestionsShownMax;
  return {
    items: items.slice(0, accountQuestionsShownMax),
    more: left > 0 ? `and ${counted(left, 'more question')}` : null,
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

function itemOf(budgetId: string, question: AccountQuestion, others: number, mayAnswer: boolean): AccountQuestionItem {
  const { name, question: words } = accountWarningKind(question.code);
  return {
    name,
    question: words,
    evidence: evidenceOf(question),
    alike: others > 0 ? `${counted(others, 'earlier payment')} with the same words.` : null,
    href: mayAnswer ? `/budgets/${budgetId}/account-questions/${question.id}` : null,
  };
}
