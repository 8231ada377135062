import type { CalendarDate, Money } from '@ringfence/kernel';

export const demoBanks = [
  'Lloyds',
  'Monzo',
  'Barclays',
  'NatWest',
  'HSBC',
  'Nationwide',
  'Santander',
  'Fernshire Building Society',
] as const;
export type DemoBank = (typeof demoBanks)[number];

/** How the bank moved the money; each writer has its own word for it. */
export type BankMove = 'credit' | 'transfer' | 'card' | 'direct-debit' | 'cash';

export interface BankLine {
  readonly date: CalendarDate;
  /** Signed as seen from the account: money out is negative. */
  readonly amountPence: Money;
  readonly move: BankMove;
  /** Who paid or was paid, in the bank's capitals. */
  readonly who: string;
  readonly reference?: string | undefined;
  /** What a card paid abroad, in the currency of the place; negative as the amount is. */
  readonly original?: { readonly amount: string; readonly currency: string } | undefined;
  /** Unique in the account. */
  readonly id: string;
  readonly balancePence: Money;
}

export interface BankAccount {
  readonly bank: DemoBank;
  readonly holder: string;
  readonly sortCode: string;
  readonly accountNumber: string;
}

export interface BankStatement {
  readonly account: BankAccount;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly openingPence: Money;
  readonly closingPence: Money;
  /** Oldest first. */
  readonly lines: readonly BankLine[];
}

export interface StatementFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}
