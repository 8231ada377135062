import type { BudgetDetail } from '@ringfence/budgets';
import { fundingStreams, isId, poundsText, Problem, streamNames, type FundingStream } from '@ringfence/kernel';
import {
  payrollControls,
  type AllocationLimits,
  type LineRow,
  type PayrollControl,
  type Target,
} from '@ringfence/reconciliation';
import { datesInWords } from '../shell/formatting.js';

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
 * each of its outcomes; for money out, what payroll owes by stream, with how much; and the family's own money, out as far
 * as there is any. What was chosen before is kept, also where nothing is left of it by now.
 */
export function targetChoices(
  budget: BudgetDetail,
  line: Pick<LineRow, 'lineDate' | 'amountPence'>,
  limits: Pick<AllocationLimits, 'accounts'>,
  chosen: string | undefined,
): TargetChoice[] {
  const choices = [...agreedLines(budget, line), ...controls(line, limits, chosen), ...family(line, limits, chosen)];
  return choices.map(({ hint, ...choice }) => ({
    ...choice,
    hint: hint === '' ? undefined : { text: hint },
    checked: choice.value === chosen,
  }));
}

interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint: string;
}

function agreedLines(budget: BudgetDetail, { lineDate }: Pick<LineRow, 'lineDate'>): Choice[] {
  const outcomes = new Map(budget.plan.outcomes.map((outcome) => [outcome.id, outcome]));
  return budget.lines
    .filter(
      ({ mechanism, startsOn, endsOn }) => mechanism !== 'ORGANISED' && startsOn <= lineDate && lineDate <= endsOn,
    )
    .flatMap(({ id, name, stream, startsOn, endsOn, outcomeIds }) =>
      outcomeIds.map((outcomeId) => ({
        value: `line_${id}_${outcomeId}`,
        text: name,
        hint: `${streamNames[stream]}, ${datesInWords(startsOn, endsOn)}. ${outcomes.get(outcomeId)?.description ?? ''}`.trim(),
      })),
    );
}

function controls(
  { amountPence }: Pick<LineRow, 'amountPence'>,
  { accounts }: Pick<AllocationLimits, 'accounts'>,
  chosen: string | undefined,
): Choice[] {
  if (amountPence >= 0n) return [];
  return payrollControls.flatMap((control) =>
    fundingStreams.flatMap((stream) => {
      const value = `control_${control}_${stream}`;
      const owed = accounts.find((one) => one.account === control && one.stream === stream)?.mostPence ?? 0n;
      if (owed === 0n && value !== chosen) return [];
      const hint = `${streamNames[stream]}. ${owed === 0n ? 'Nothing' : poundsText(owed)} is owed.`;
      return [{ value, text: controlNames[control], hint }];
    }),
  );
}

function family(
  { amountPence }: Pick<LineRow, 'amountPence'>,
  { accounts }: Pick<AllocationLimits, 'accounts'>,
  chosen: string | undefined,
): Choice[] {
  const choice = { value: 'family', text: 'The family’s own money' };
  const never = 'Never part of what the council paid.';
  if (amountPence >= 0n) return [{ ...choice, hint: never }];
  const held =
    accounts.find(({ account, stream }) => account === 'FAMILY_MONEY' && stream === 'FAMILY')?.mostPence ?? 0n;
  if (held === 0n && chosen !== choice.value) return [];
  return [{ ...choice, hint: `${held === 0n ? 'None' : poundsText(held)} of it is in the account. ${never}` }];
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
