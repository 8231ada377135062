import type { BudgetDetail } from '@ringfence/budgets';
import { fundingStreams, isId, Problem, streamNames, type FundingStream } from '@ringfence/kernel';
import type { LineRow, PayrollControl, Target } from '@ringfence/reconciliation';
import { daysInWords } from './budget.presenter.js';

export interface TargetChoice {
  readonly value: string;
  readonly text: string;
  readonly hint: { readonly text: string } | undefined;
  readonly checked: boolean;
}

const controlNames: Readonly<Record<PayrollControl, string>> = {
  HMRC: 'Tax and National Insurance, to HMRC',
  PENSION: 'Pension',
  ATTACHMENT: 'Attachment of earnings',
  PAYROLL_FEE: 'Payroll bureau’s fee',
};

/**
 * Everything that a line may be said to have been for: each agreed line with cash whose days hold the line's, once for
 * each of its outcomes; for money out, what payroll owes by stream; and the family's own money.
 */
export function targetChoices(
  budget: BudgetDetail,
  line: Pick<LineRow, 'lineDate' | 'amountPence'>,
  controls: readonly PayrollControl[],
  chosen: string | undefined,
): TargetChoice[] {
  const outcomes = new Map(budget.plan.outcomes.map((outcome) => [outcome.id, outcome]));
  const agreed = budget.lines
    .filter(
      ({ mechanism, startsOn, endsOn }) =>
        mechanism !== 'ORGANISED' && startsOn <= line.lineDate && line.lineDate <= endsOn,
    )
    .flatMap(({ id, name, stream, startsOn, endsOn, outcomeIds }) =>
      outcomeIds.map((outcomeId) => ({
        value: `line_${id}_${outcomeId}`,
        text: name,
        hint: `${streamNames[stream]}, ${daysInWords(startsOn, endsOn)}. ${outcomes.get(outcomeId)?.description ?? ''}`.trim(),
      })),
    );
  const streams = [
    ...new Set(budget.lines.filter(({ mechanism }) => mechanism !== 'ORGANISED').map(({ stream }) => stream)),
  ];
  const payroll =
    line.amountPence < 0n
      ? controls.flatMap((control) =>
          streams.map((stream) => ({
            value: `control_${control}_${stream}`,
            text: controlNames[control],
            hint: streamNames[stream],
          })),
        )
      : [];
  const family = { value: 'family', text: 'The family’s own money', hint: 'Never part of what the council paid.' };
  return [...agreed, ...payroll, family].map(({ hint, ...choice }) => ({
    ...choice,
    hint: hint === '' ? undefined : { text: hint },
    checked: choice.value === chosen,
  }));
}

/** The target that a choice names. Whether it exists, and may be chosen, is for the allocation to say. */
export function targetFrom(value: string | undefined, budgetId: string): Target {
  const [kind, first = '', second = ''] = (value ?? '').split('_');
  if (kind === 'line' && isId(first) && isId(second))
    return { type: 'budget-line', budgetLineId: first, outcomeId: second };
  if (kind === 'family') return { type: 'family-money', budgetId };
  const control = (Object.keys(controlNames) as PayrollControl[]).find((name) => value?.startsWith(`control_${name}_`));
  const stream = fundingStreams.find((name): name is FundingStream => value?.endsWith(`_${name}`) ?? false);
  if (control && stream) return { type: 'payroll-control', control, budgetId, stream };
  throw Problem.field('/target', 'Choose what the payment was for.');
}
