import type { Assessment, Finding } from '../engine/candidate.js';
import type { ExcludedSpendRule, PolicyVersion } from '../engine/rule.js';

/** A line of the plan that a spend may meet. */
export interface OutcomeMet {
  readonly budgetLineId: string;
  readonly budgetLine: string;
  readonly outcomes: readonly string[];
}

/** “Can we buy this?”, answered to a family. */
export interface PlainAnswer {
  /** Yes, not yet or no, and why. */
  readonly answer: string;
  readonly outcomesMet: readonly OutcomeMet[];
  /** Where something stands in the way: who may approve an exception and how to ask, or that nobody can. */
  readonly exceptions: readonly { readonly rule: string; readonly howToAsk: string }[];
  /** What to do now, by the place of the finding. */
  readonly whatToDo: readonly string[];
}

export function answerOf(
  { verdict, findings }: Assessment,
  policy: PolicyVersion,
  planned: boolean,
  outcomesMet: readonly OutcomeMet[],
): PlainAnswer {
  const ruleOf = ({ rule }: Finding): ExcludedSpendRule | undefined => policy.rules.find(({ code }) => code === rule);
  const inTheWay = findings.filter((one) => one.verdict !== 'allowed');
  const rules = [...new Set(inTheWay.flatMap((one) => ruleOf(one) ?? []))];
  return {
    answer: sentences(verdict, inTheWay[0]?.reason, planned, outcomesMet),
    outcomesMet,
    exceptions: rules.map((rule) => ({ rule: rule.code, howToAsk: howToAsk(rule) })),
    whatToDo: findings.map((one) => {
      const rule = ruleOf(one);
      return one.verdict === 'excluded'
        ? (rule?.whatToDo ?? '')
        : one.verdict === 'query'
          ? (rule?.whatToAsk ?? '')
          : '';
    }),
  };
}

function sentences(
  verdict: Assessment['verdict'],
  reason: string | undefined,
  planned: boolean,
  outcomesMet: readonly OutcomeMet[],
): string {
  if (verdict === 'excluded') return `No, this cannot be paid from the budget. ${reason ?? ''}`.trim();
  const [first] = outcomesMet;
  const outcome = first?.outcomes[0];
  const goal = outcome === undefined ? '' : `, for the outcome “${outcome}”`;
  const met = first ? ` It would come under “${first.budgetLine}” in the plan${goal}.` : '';
  if (verdict === 'query') return `Please ask first, or have the documents ready. ${reason ?? ''}${met}`.trim();
  return `Yes, this can be paid from the budget${planned ? ', as it is agreed in the plan' : ''}.${met}`;
}

function howToAsk(rule: ExcludedSpendRule): string {
  if (rule.force === 'absolute') return 'Nobody can approve an exception to this rule.';
  const who = rule.approverRole ?? 'the council';
  return `Ask before paying: the ${who.replace(/^the /, '')} may approve it in writing, for a named payee, for dated days and with reasons.`;
}
