import type {
  BudgetDetail,
  BudgetLineRow,
  BudgetSummary,
  InstalmentRow,
  PayeeRow,
  ScheduleRow,
} from '@ringfence/budgets';
import { decimalText, type DateRange } from '@ringfence/kernel';

/** Amounts leave as decimal strings: a JSON number would be a float. */
export function presentSummary({ amountPence, cashPence, ...budget }: BudgetSummary) {
  return { ...budget, amount: decimalText(amountPence), cashAmount: decimalText(cashPence) };
}

export function presentBudget(budget: BudgetDetail) {
  const { lines, schedules, payees } = budget;
  return {
    ...budget,
    lines: lines.map(presentLine),
    schedules: schedules.map(presentSchedule),
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

function presentLine({ amountPence, ratePence, ...line }: BudgetLineRow) {
  return { ...line, amount: decimalText(amountPence), rate: ratePence === null ? null : decimalText(ratePence) };
}

function presentSchedule({ amountPence, ...schedule }: ScheduleRow) {
  return { ...schedule, amount: decimalText(amountPence) };
}
