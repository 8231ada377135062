/**
 * The columns of a budget import: one row per budget line, with the budget's own columns repeated. What a person reads
 * of them is docs/reference/budget-import.md.
 */
export const budgetColumns = [
  'budget_reference',
  'child_name',
  'child_date_of_birth',
  'recipient_name',
  'recipient_email',
  'plan_kind',
  'plan_starts_on',
  'plan_ends_on',
  'budget_starts_on',
  'budget_ends_on',
] as const;

export const agreementColumns = ['payer_code', 'agreement_from', 'agreement_signed_on'] as const;

export const lineColumns = [
  'line_name',
  'stream',
  'mechanism',
  'holder',
  'plan_section',
  'outcomes',
  'line_starts_on',
  'line_ends_on',
  'amount',
  'quantity',
  'unit',
  'rate',
  'payee_name',
  'payee_kind',
  'payee_relationship',
] as const;

export const accountColumns = [
  'account_kind',
  'account_name',
  'bank_name',
  'sort_code',
  'account_number',
  'account_opened_on',
  'account_organisation',
] as const;

export const instalmentColumns = [
  'instalment_kind',
  'instalment_frequency',
  'instalment_amount',
  'instalment_first_due_on',
  'instalment_last_due_on',
  'instalment_termly_due_on',
] as const;

export const importColumns = [
  ...budgetColumns,
  ...agreementColumns,
  ...lineColumns,
  ...accountColumns,
  ...instalmentColumns,
] as const;
export type ImportColumn = (typeof importColumns)[number];

/** A file without one of these cannot be an import; the others may be left out. */
export const requiredColumns: readonly ImportColumn[] = [
  'budget_reference',
  'child_name',
  'child_date_of_birth',
  'recipient_name',
  'plan_kind',
  'plan_starts_on',
  'budget_starts_on',
  'payer_code',
  'agreement_from',
  'agreement_signed_on',
  'line_name',
  'stream',
  'mechanism',
  'holder',
  'plan_section',
  'line_starts_on',
  'line_ends_on',
  'amount',
];

/** `Budget reference` and `BUDGET-REFERENCE` are `budget_reference`. */
export function columnOf(header: string): ImportColumn | undefined {
  const name = header
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
  return importColumns.find((column) => column === name);
}
