import { payeesOf, type PayeeRow } from '@ringfence/budgets';
import { receiptsOfLines, type ReceiptRow } from '@ringfence/evidence';
import type { CalendarDate, FundingStream, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { ReceiptLine } from '@ringfence/spending-rules';
import { nameIn } from './domain/names.js';

/** What is known of a statement line when its spend is judged. */
export interface LineFacts {
  readonly id: string;
  readonly designatedAccountId: string;
  /** The budget on whose record a verdict is kept; null while nobody has said whose line of a pooled account it is. */
  readonly budgetId: string | null;
  readonly lineDate: CalendarDate;
  readonly amountPence: Money;
  readonly description: string;
  readonly mcc: string | null;
  readonly stream: FundingStream | 'UNALLOCATED';
  readonly serviceDate: CalendarDate;
  /** Whether a budget line, a payslip or a payroll control was named for it, by a person or by a suggestion. */
  readonly planned: boolean;
  /** Wages are judged on the payslip, by the days worked: the day on which they leave the bank says nothing. */
  readonly isPay: boolean;
  readonly receipt: readonly ReceiptLine[];
  readonly payee: PayeeRow | undefined;
}

interface Row {
  id: string;
  accountId: string;
  budgetId: string | null;
  lineDate: CalendarDate;
  amountPence: Money;
  description: string;
  mcc: string | null;
  stream: FundingStream | null;
  serviceDate: CalendarDate | null;
  planned: boolean;
  isPay: boolean;
}

/**
 * A line belongs to the budget that it says, else to the one it was allocated to, else to the first of an account
 * whose budgets all have one recipient (brothers and sisters). In a provider's pooled account it belongs to nobody yet.
 */
const factsSql = `
  SELECT l.id, l.designated_account_id AS "accountId", l.line_date AS "lineDate", l.amount_pence AS "amountPence",
         l.description, l.mcc, d.stream, d.service_date AS "serviceDate", d.type IS NOT NULL AS planned,
         coalesce(d.type IN ('payslip', 'payroll-control'), false) AS "isPay",
         coalesce(l.budget_id, d.budget_id, (
           SELECT CASE WHEN count(DISTINCT b.recipient_id) = 1 THEN (array_agg(b.id ORDER BY b.reference))[1] END
             FROM designated_account_budgets x JOIN budgets b ON b.authority_id = x.authority_id AND b.id = x.budget_id
            WHERE x.authority_id = l.authority_id AND x.designated_account_id = l.designated_account_id)) AS "budgetId"
    FROM statement_lines l
    LEFT JOIN LATERAL (
      SELECT a.target_type AS type, a.budget_id, a.service_date, nullif(a.stream, 'FAMILY') AS stream, 1 AS rank, abs(a.amount_pence) AS weight
        FROM allocations a WHERE a.authority_id = l.authority_id AND a.statement_line_id = l.id AND a.undone_at IS NULL
      UNION ALL
      SELECT s.target_type, s.budget_id, NULL, b.stream, 2, s.score
        FROM match_suggestions s
        LEFT JOIN budget_lines b ON b.authority_id = s.authority_id AND s.target_type = 'budget-line' AND b.id = s.target_id
       WHERE s.authority_id = l.authority_id AND s.statement_line_id = l.id AND s.state = 'OPEN'
       ORDER BY rank, weight DESC LIMIT 1) d ON true
   WHERE l.authority_id = $1 AND l.id = ANY ($2::uuid[]) AND l.reverted_at IS NULL
   ORDER BY l.line_date, l.position, l.id`;

export async function lineFacts(tx: Transaction, lineIds: readonly string[]): Promise<LineFacts[]> {
  const { authorityId } = tx.context;
  const rows = await tx.query<Row>(factsSql, [authorityId, lineIds]);
  const receipts = await receiptsOfLines(tx, lineIds);
  const payees = new Map<string, PayeeRow[]>();
  for (const budgetId of new Set(rows.map((row) => row.budgetId))) {
    if (budgetId !== null) payees.set(budgetId, await payeesOf(tx, budgetId));
  }
  return rows.map((row) => {
    const known = row.budgetId === null ? [] : (payees.get(row.budgetId) ?? []);
    return {
      id: row.id,
      designatedAccountId: row.accountId,
      budgetId: row.budgetId,
      lineDate: row.lineDate,
      amountPence: row.amountPence,
      description: row.description,
      mcc: row.mcc,
      stream: row.stream ?? 'UNALLOCATED',
      serviceDate: row.serviceDate ?? row.lineDate,
      planned: row.planned,
      isPay: row.isPay,
      receipt: (receipts.get(row.id) ?? []).flatMap(receiptLines),
      payee: known.find((payee) => nameIn(row.description, [payee.name, ...payee.names]) !== undefined),
    };
  });
}

/** Every receipt of a line, line by line; one whose lines nobody has typed counts as a single line of its total. */
function receiptLines({ lines, amountPence, supplier, fileName }: ReceiptRow): readonly ReceiptLine[] {
  if (lines.length > 0 || amountPence === null) return lines;
  return [{ description: supplier ?? fileName, amountPence }];
}
