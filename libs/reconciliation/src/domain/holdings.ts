import {
  longDate,
  poundsText,
  Problem,
  streamNames,
  type CalendarDate,
  type LedgerStream,
  type Money,
} from '@ringfence/kernel';
import type { AccountCode } from '@ringfence/ledger';

/** The accounts that hold what is owed, and the family's own money: none of them gives what it does not have. */
export const heldAccounts = [
  'NET_PAY',
  'HMRC',
  'PENSION',
  'ATTACHMENT',
  'PAYROLL_FEE',
  'SUPPLIER',
  'FAMILY_MONEY',
] as const satisfies readonly AccountCode[];
export type HeldAccount = (typeof heldAccounts)[number];

/** One such account of a budget and stream, over all books of the budget. */
export interface Holding {
  readonly account: HeldAccount;
  readonly budgetId: string;
  readonly stream: LedgerStream;
  /** What it owes or holds now: above zero as it should be. */
  readonly heldPence: Money;
  /** What bank lines have paid out of it, less what they have paid back; allocations that stand. */
  readonly paidPence: Money;
}

/**
 * The most that a bank line may take out of it. A control owes what the rest of the books say, less what was paid; where
 * tax is due back, only what came back may be paid out again.
 */
export function takeablePence({ account, heldPence, paidPence }: Holding): Money {
  if (account === 'FAMILY_MONEY') return larger(heldPence, 0n);
  const owedPence = heldPence + paidPence;
  return larger(larger(owedPence, 0n) - paidPence, 0n);
}

/**
 * The most that a bank line may give back to it, the mirror of a payment: what was paid out of it, or what is due back.
 * Null for the family's money, to which anything may be added.
 */
export function returnablePence({ account, heldPence, paidPence }: Holding): Money | null {
  if (account === 'FAMILY_MONEY') return null;
  const owedPence = heldPence + paidPence;
  return larger(paidPence - (owedPence < 0n ? owedPence : 0n), 0n);
}

/** Refuses more than the account owes, holds or may have back. `amountPence` as the bank sees it: money out is negative. */
export function refuseBeyondHolding(holding: Holding, amountPence: Money, pointer: string): void {
  const pence = amountPence < 0n ? -amountPence : amountPence;
  const most = amountPence < 0n ? takeablePence(holding) : returnablePence(holding);
  if (most === null || pence <= most) return;
  const sentence = amountPence < 0n ? tooMuchOut(holding, pence, most) : tooMuchBack(holding, pence, most);
  throw new Problem('more-than-held', sentence, { errors: [{ pointer, message: sentence }] });
}

function tooMuchOut({ account, stream }: Holding, pence: Money, most: Money): string {
  const part = poundsText(pence);
  if (account === 'FAMILY_MONEY') {
    return most === 0n
      ? `None of the family’s own money is in this budget, and this part is ${part}: record what the family paid in first, or choose what else it was for.`
      : `${poundsText(most)} of the family’s own money is in this budget, and this part is ${part}: allocate no more than that to it.`;
  }
  const owed = `owed ${owners[account]} for ${streamNames[stream]} in this budget`;
  return most === 0n
    ? `Nothing is ${owed}, and this part is ${part}: wait for the report that says it is owed, or choose what else it was for.`
    : `${poundsText(most)} is ${owed}, and this part is ${part}: allocate no more than that to it.`;
}

function tooMuchBack({ account, stream }: Holding, pence: Money, most: Money): string {
  const part = poundsText(pence);
  const paid = `${owners[account]} for ${streamNames[stream]} from this budget`;
  return most === 0n
    ? `Nothing was paid ${paid}, and ${part} is given back: choose what else it was for.`
    : `${poundsText(most)} was paid ${paid}, and ${part} is given back: allocate no more than that to it.`;
}

/** To whom each is owed, and was paid, in an officer's words. */
const owners: Readonly<Record<HeldAccount, string>> = {
  NET_PAY: 'to employees',
  HMRC: 'to HMRC',
  PENSION: 'to the pension',
  ATTACHMENT: 'for an attachment of earnings',
  PAYROLL_FEE: 'to the payroll bureau',
  SUPPLIER: 'to suppliers',
  FAMILY_MONEY: 'to the family',
};

/** Names an account in a sentence about what it would be left with. */
export function holdingName(account: HeldAccount, stream: LedgerStream): string {
  if (account === 'FAMILY_MONEY') return 'the family’s own money';
  return `what is owed ${owners[account]} for ${streamNames[stream]}`;
}

/** Refuses a manual entry that would leave the account below zero. Debit, as of the journal, is what takes from it. */
export function refuseEntryBeyondHolding(holding: Holding, debitPence: Money, pointer: string): void {
  const shortPence = debitPence - holding.heldPence;
  if (debitPence <= 0n || shortPence <= 0n) return;
  const name = holdingName(holding.account, holding.stream);
  const has = holding.heldPence < 0n ? '£0.00' : poundsText(holding.heldPence);
  const sentence = `The journal takes ${poundsText(debitPence)} from ${name}, which is ${has} in this budget: take no more than that.`;
  throw new Problem('more-than-held', sentence, { errors: [{ pointer, message: sentence }] });
}

/** A bank line that took from an account, or gave back to it, as an officer knows it. */
export interface StandingUse {
  readonly description: string;
  readonly lineDate: CalendarDate;
  readonly pence: Money;
}

/** Uses that one refusal names. */
export const usesNamedMax = 3;

/**
 * Refuses an undoing that would leave the account below zero, because what was put there has been used since: what rests
 * on it is undone first. Which goes first is the officer's choice, so nothing is undone along with it.
 */
export function refuseUndoing(holding: Holding, undoneBankPence: Money, uses: readonly StandingUse[]): void {
  const pence = undoneBankPence < 0n ? -undoneBankPence : undoneBankPence;
  // Undoing money in takes it out again, and undoing money out gives it back.
  const most = undoneBankPence > 0n ? takeablePence(holding) : returnablePence(holding);
  if (most === null || pence <= most) return;
  const { account, stream } = holding;
  const over = poundsText(pence - most);
  const found =
    undoneBankPence > 0n
      ? `Undoing this would leave ${holdingName(account, stream)} below zero, because ${over} of it was used since`
      : `Undoing this would leave more given back than was paid ${owners[account]} for ${streamNames[stream]}, because ${over} of it was given back since`;
  const named = uses
    .slice(0, usesNamedMax)
    .map((use) => `“${use.description}” of ${longDate(use.lineDate)} (${poundsText(use.pence)})`);
  const more = uses.length > usesNamedMax ? ` and ${uses.length - usesNamedMax} more` : '';
  const first =
    named.length === 0 ? 'reverse the manual journal that used it first' : `undo ${named.join(', ')}${more} first`;
  throw new Problem('more-than-held', `${found}: ${first}.`);
}

function larger(one: Money, other: Money): Money {
  return one > other ? one : other;
}
