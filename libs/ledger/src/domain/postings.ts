import type { CalendarDate, FundingStream, LedgerStream, Money } from '@ringfence/kernel';
import type { AccountCode } from './chart.js';
import type { NewEntry } from './journal.js';

/** What an entry is for, beyond its account. */
export interface Dimensions {
  readonly serviceDate?: CalendarDate | null;
  readonly budgetLineId?: string | null;
  readonly outcomeId?: string | null;
  readonly agreementId?: string | null;
}

/** Where money belongs once it is allocated. */
export interface EntryTarget extends Dimensions {
  readonly account: AccountCode;
  readonly budgetId: string;
  readonly stream: LedgerStream;
}

/**
 * A bank line, the moment it is imported: BANK against SUSPENSE, so that the book's bank balance is the bank's.
 * `amountPence` as seen from the account: money out is negative. No budget for a line of a pooled account.
 */
export function statementLineEntries(amountPence: Money, budgetId: string | null): NewEntry[] {
  const place = { budgetId, stream: 'UNALLOCATED' } as const;
  return [
    { ...place, account: 'BANK', amountPence },
    { ...place, account: 'SUSPENSE', amountPence: -amountPence },
  ];
}

/**
 * Moves (a part of) a bank line from SUSPENSE to where it belongs, and the bank's share with it, so that each stream
 * balances by itself. `amountPence` has the sign of the bank line. `from.budgetId` is that of the line's own posting.
 * What `to` gets is the bank's opposite: an expense or control for money out, DUE_FROM_PAYER or FAMILY_MONEY for
 * money in, RECOVERABLE for a debtor's repayment, the same expense again for a refund.
 */
export function allocationEntries(allocation: {
  readonly amountPence: Money;
  /** `serviceDate` is the bank line's day: its entries keep it when they are posted to a later one. */
  readonly from: { readonly budgetId: string | null; readonly serviceDate?: CalendarDate | null };
  readonly to: EntryTarget;
}): NewEntry[] {
  const { amountPence, from, to } = allocation;
  const day = from.serviceDate ? { serviceDate: from.serviceDate } : {};
  const line = { budgetId: from.budgetId, stream: 'UNALLOCATED', ...day } as const;
  return [
    { ...line, account: 'BANK', amountPence: -amountPence },
    { ...line, account: 'SUSPENSE', amountPence },
    { ...to, amountPence: -amountPence },
    { account: 'BANK', budgetId: to.budgetId, stream: to.stream, amountPence, ...day },
  ];
}

/** An instalment falls due: the payer owes it, and it is the payer's money. Allocate its receipt to DUE_FROM_PAYER. */
export function instalmentDueEntries(instalment: {
  readonly amountPence: Money;
  readonly budgetId: string;
  readonly stream: FundingStream;
  readonly agreementId?: string | null;
}): NewEntry[] {
  const { amountPence, budgetId, stream, agreementId = null } = instalment;
  const place = { budgetId, stream, agreementId };
  return [
    { ...place, account: 'DUE_FROM_PAYER', amountPence },
    { ...place, account: 'FUNDS_HELD', amountPence: -amountPence },
  ];
}

/**
 * Moves an amount between two accounts of one budget and stream: `debit` is raised, `credit` lowered. An accepted
 * invoice is PROVISION against SUPPLIER; a missing document UNEVIDENCED against PROVISION; a decided misspend
 * RECOVERABLE against PROVISION; a repayment straight to the payer FUNDS_HELD against RECOVERABLE; an offset surplus
 * FUNDS_HELD against DUE_FROM_PAYER (domain.md, section 13).
 */
export function moveEntries(
  move: Dimensions & {
    readonly amountPence: Money;
    readonly budgetId: string;
    readonly stream: LedgerStream;
    readonly debit: AccountCode;
    readonly credit: AccountCode;
  },
): NewEntry[] {
  const { amountPence, debit, credit, ...place } = move;
  return [
    { ...place, account: debit, amountPence },
    { ...place, account: credit, amountPence: -amountPence },
  ];
}

/**
 * Moves a payer's money in the account to another stream, or to another budget: for a STREAM_TRANSFER, which names both
 * payers' approvals. No use case posts one yet: it is kept for the lines whose end is another stream.
 */
export function streamTransferEntries(transfer: {
  readonly amountPence: Money;
  readonly from: { readonly budgetId: string; readonly stream: FundingStream };
  readonly to: { readonly budgetId: string; readonly stream: FundingStream };
}): NewEntry[] {
  const { amountPence, from, to } = transfer;
  return [
    { ...from, account: 'FUNDS_HELD', amountPence },
    { ...from, account: 'BANK', amountPence: -amountPence },
    { ...to, account: 'BANK', amountPence },
    { ...to, account: 'FUNDS_HELD', amountPence: -amountPence },
  ];
}
