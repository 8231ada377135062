import type {
  BudgetSummary,
  InstalmentRow,
  PayeeRow,
  ScheduleRow,
  ShownBudget,
  ShownBudgetLine,
} from '@ringfence/budgets';
import { decimalText, type DateRange } from '@ringfence/kernel';

/**
 * Amounts leave as decimal strings: a JSON number would be a float. What the reader's role does not get is not there, and
 * stays away.
 */
export function presentSummary({ amountPence, cashPence, ...budget }: BudgetSummary) {
  return {
    ...budget,
    ...(amountPence === undefined ? {} : { amount: decimalText(amountPence) }),
    ...(cashPence === undefined ? {} : { cashAmount: decimalText(cashPence) }),
  };
}

export function presentBudget({ schedules, ...budget }: ShownBudget) {
  const { lines, payees } = budget;
  return {
    ...budget,
    lines: lines.map(presentLine),
    ...(schedules === undefined ? {} : { schedules: schedules.map(presentSchedule) }),
    payees: payees.map(presentPayee),
  };
}

export function presentInstalment({ amountPence, ...instalment }: InstalmentRow) {
  return { ...instalment, amount: decimalText(amountPence) };
}

export function presentPayee(payee: PayeeRow) {
  const { livesWithChild, livesWithRecipient } = payee;
  return {
    ...payee,
    livesWithChild: livesWithChild.map(presentSpan),
    livesWithRecipient: livesWithRecipient.map(presentSpan),
  };
}

function presentSpan({ from, to }: DateRange) {
  return { from, to: to ?? null };
}

function presentLine({ amountPence, ratePence, ...line }: ShownBudgetLine) {
  return {
    ...line,
    ...(amountPence === undefined ? {} : { amount: decimalText(amountPence) }),
    ...(ratePence === undefined ? {} : { rate: ratePence === null ? null : decimalText(ratePence) }),
  };
}

function presentSchedule({ amountPence, ...schedule }: ScheduleRow) {
  return { ...schedule, amount: decimalText(amountPence) };
}
