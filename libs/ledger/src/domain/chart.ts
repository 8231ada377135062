/** What a balance of the account means; an asset and an expense are debits, a liability is a credit. */
export type AccountKind = 'asset' | 'liability' | 'clearing' | 'expense';

/** The chart of accounts. The same list is the domain `account_code` in the database. */
export const chartOfAccounts = {
  BANK: { name: 'Designated account', kind: 'asset' },
  DUE_FROM_PAYER: { name: 'Instalments due and not yet received', kind: 'asset' },
  RECOVERABLE: { name: 'Money that a named debtor must pay back', kind: 'asset' },
  FUNDS_HELD: { name: 'A payer’s money', kind: 'liability' },
  FAMILY_MONEY: { name: 'The family’s own money', kind: 'liability' },
  NET_PAY: { name: 'Wages owed', kind: 'liability' },
  HMRC: { name: 'Tax and National Insurance owed', kind: 'liability' },
  PENSION: { name: 'Pension contributions owed', kind: 'liability' },
  ATTACHMENT: { name: 'Attachments of earnings owed', kind: 'liability' },
  PAYROLL_FEE: { name: 'Payroll fees owed', kind: 'liability' },
  SUPPLIER: { name: 'Invoices owed', kind: 'liability' },
  HOLIDAY_PROVISION: { name: 'Holiday pay accrued', kind: 'liability' },
  REDUNDANCY_RESERVE: { name: 'Redundancy reserve', kind: 'liability' },
  SUSPENSE: { name: 'Unallocated bank lines', kind: 'clearing' },
  UNEVIDENCED: { name: 'Spent, no acceptable document', kind: 'expense' },
  PROVISION: { name: 'Spent on agreed provision', kind: 'expense' },
} as const satisfies Record<string, { name: string; kind: AccountKind }>;

export type AccountCode = keyof typeof chartOfAccounts;

export const accountCodes = Object.keys(chartOfAccounts) as AccountCode[];

/** Owed and not yet paid: cleared when the bank line arrives. */
export const controlAccounts = [
  'NET_PAY',
  'HMRC',
  'PENSION',
  'ATTACHMENT',
  'PAYROLL_FEE',
  'SUPPLIER',
] as const satisfies AccountCode[];
