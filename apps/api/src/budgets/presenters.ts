import type { BudgetDetail, BudgetLineRow, BudgetSummary, InstalmentRow, ScheduleRow } from '@ringfence/budgets';
import { decimalText } from '@ringfence/kernel';

/** Amounts leave as decimal strings: a JSON number would be a float. */
export function presentSummary({ amountPence, cashPence, ...budget }: BudgetSummary) {
  return { ...budget, amount: decimalText(amountPence), cashAmount: decimalText(cashPence) };
}

export function presentBudget(budget: BudgetDetail) {
  return { ...budget, lines: budget.lines.map(presentLine), schedules: budget.schedules.map(presentSchedule) };
}

export function presentInstalment({ amountPence, ...instalment }: InstalmentRow) {
  return { ...instalment, amount: decimalText(amountPence) };
}

function presentLine({ amountPence, ratePence, ...line }: BudgetLineRow) {
  return { ...line, amount: decimalText(amountPence), rate: ratePence === null ? null : decimalText(ratePence) };
}

function presentSchedule({ amountPence, ...schedule }: ScheduleRow) {
  return { ...schedule, amount: decimalText(amountPence) };
}
