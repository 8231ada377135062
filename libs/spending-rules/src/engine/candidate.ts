import type { CalendarDate, DateRange, FundingStream, Money } from '@ringfence/kernel';
import type { Verdict } from './rule.js';

/** The most lines that one receipt may have. */
export const receiptLinesMax = 500;
/** The longest description, name or id, in characters. */
export const spendTextMax = 1000;
/** The most spans of living together, or approvals, that one candidate may carry. */
export const spendDatesMax = 200;

/** Where the description comes from: a line of a document decides more than a bank's narrative. */
export const evidenceKinds = ['statement-line', 'receipt-line', 'payslip', 'journal'] as const;

/** Money that may be spent, or has been: a bank line, a receipt line, a payslip, or a journal that re-codes one. */
export interface SpendCandidate {
  readonly id: string;
  /** The day of the service or the work, not of the posting: households and approvals are dated. */
  readonly date: CalendarDate;
  /** In pence. Receipt lines may have the same or the opposite sign; findings take the candidate's. */
  readonly amountPence: Money;
  readonly stream: FundingStream | 'UNALLOCATED';
  readonly description: string;
  /** The card's merchant category code, four digits. */
  readonly mcc?: string | undefined;
  /** Whether the spend has met an agreed budget line. It lifts NOT_IN_PLAN, never an exclusion. */
  readonly planned: boolean;
  readonly receipt?: readonly ReceiptLine[] | undefined;
  readonly payee?: PayeeFacts | undefined;
  readonly approvals?: readonly Approval[] | undefined;
  /** A statement line when left out. */
  readonly evidenceKind?: (typeof evidenceKinds)[number] | undefined;
}

export interface ReceiptLine {
  readonly description: string;
  readonly amountPence: Money;
}

/** What the registers say about who was paid. Nothing is ever concluded from a surname or an address. */
export interface PayeeFacts {
  readonly name: string;
  /** Confirmed on the payee's record, such as `gp-practice`, `dental-site`, `pharmacy`, `vet`; not a match of names. */
  readonly kind?: string | undefined;
  /** To the child or the recipient, in plain words; `none` when the person is known to be no relation. */
  readonly relationship?: string | undefined;
  readonly livesWithChild?: readonly DateRange[] | undefined;
  readonly livesWithRecipient?: readonly DateRange[] | undefined;
}

/** A written exception to one rule for one payee, both days included. */
export interface Approval extends DateRange {
  readonly rule: string;
  readonly payee: string;
}

export type Evidence = 'receipt-line' | 'plan-line' | 'payee-register' | 'household' | 'mcc' | 'narrative' | 'none';

export interface Finding {
  readonly rule: string;
  readonly verdict: Verdict;
  readonly evidence: Evidence;
  /** The exact text, code or name that was seen; empty when there was nothing to see. */
  readonly seen: string;
  /** The part of the spend that the finding is about, in pence. */
  readonly amountPence: Money;
  /** One or two sentences for a parent: what was seen, which rule, what to do now. */
  readonly reason: string;
  readonly source: string;
}

/** Findings are in order: strictest first, then the policy's order of rules. No finding at all means allowed. */
export interface Assessment {
  readonly id: string;
  readonly verdict: Verdict;
  readonly policyVersion: string;
  readonly findings: readonly Finding[];
}
