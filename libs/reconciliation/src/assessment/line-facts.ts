import { payeesOf, type PayeeRow } from '@ringfence/budgets';
import { receiptsOfLines, type ReceiptRow } from '@ringfence/evidence';
import type { CalendarDate, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { ReceiptLine } from '@ringfence/spending-rules';
import { partsToAssess, type HeldPart, type LinePart } from '../domain/line-parts.js';
import { nameIn } from '../domain/names.js';

/** What is known of a statement line when its spend is assessed. */
export interface LineFacts {
  readonly id: string;
  readonly designatedAccountId: string;
  /** The budget on whose record a verdict is kept; null while nobody has said whose line of a pooled account it is. */
  readonly budgetId: string | null;
  readonly lineDate: CalendarDate;
  readonly amountPence: Money;
  readonly description: string;
  readonly mcc: string | null;
  /** What was said that its parts were for, by persons or else by the best suggestion; all of it where nothing was. */
  readonly parts: readonly LinePart[];
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
  parts: readonly (Omit<HeldPart, 'pence'> & { readonly pence: string })[] | null;
}

/**
 * A line belongs to the budget that it says, else to the one it was allocated to, else to the first of an account
 * whose budgets all have one recipient (brothers and sisters). In a provider's pooled account it belongs to nobody yet.
 */
const factsSql = `
  SELECT l.id, l.designated_account_id AS "accountId", l.line_date AS "lineDate", l.amount_pence AS "amountPence",
         l.description, l.mcc, d.parts,
         coalesce(l.budget_id, d.budget_id, (
           SELECT CASE WHEN count(DISTINCT b.recipient_id) = 1 THEN (array_agg(b.id ORDER BY b.reference))[1] END
             FROM designated_account_budgets x JOIN budgets b ON b.authority_id = x.authority_id AND b.id = x.budget_id
            WHERE x.authority_id = l.authority_id AND x.designated_account_id = l.designated_account_id)) AS "budgetId"
    FROM statement_lines l
   CROSS JOIN LATERAL (
     SELECT jsonb_agg(jsonb_build_object('type', t.type, 'stream', t.stream, 'serviceDate', t.service_date, 'pence', t.pence::text,
                        'payslipPayeeId', p.payee_id) ORDER BY t.pence DESC, t.id) AS parts,
            (array_agg(t.budget_id ORDER BY t.pence DESC, t.id))[1] AS budget_id
       FROM (
         SELECT a.id, a.target_type AS type, a.target_id, a.budget_id, nullif(a.stream, 'FAMILY') AS stream, a.service_date,
                abs(a.amount_pence) AS pence
           FROM allocations a WHERE a.authority_id = l.authority_id AND a.statement_line_id = l.id AND a.undone_at IS NULL
         UNION ALL (
         SELECT s.id, s.target_type, s.target_id, s.budget_id, b.stream, NULL, abs(l.amount_pence)
           FROM match_suggestions s
           LEFT JOIN budget_lines b ON b.authority_id = s.authority_id AND s.target_type = 'budget-line' AND b.id = s.target_id
          WHERE s.authority_id = l.authority_id AND s.statement_line_id = l.id AND s.state = 'OPEN'
            AND NOT EXISTS (SELECT 1 FROM allocations a WHERE a.authority_id = l.authority_id AND a.statement_line_id = l.id
                              AND a.undone_at IS NULL)
          ORDER BY s.score DESC, s.id LIMIT 1)) t
       LEFT JOIN payslips p ON p.authority_id = l.authority_id AND t.type = 'payslip' AND p.id = t.target_id) d
   WHERE l.authority_id = $1 AND l.id = ANY ($2::uuid[]) AND l.reversed_at IS NULL
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
    const payee = payeeNamed(row.description, row.budgetId === null ? [] : (payees.get(row.budgetId) ?? []));
    const held = (row.parts ?? []).map((part) => ({ ...part, pence: BigInt(part.pence) }));
    const linePence = row.amountPence < 0n ? -row.amountPence : row.amountPence;
    return {
      id: row.id,
      designatedAccountId: row.accountId,
      budgetId: row.budgetId,
      lineDate: row.lineDate,
      amountPence: row.amountPence,
      description: row.description,
      mcc: row.mcc,
      parts: partsToAssess({ linePence, lineDate: row.lineDate, payeeId: payee?.id }, held),
      receipt: (receipts.get(row.id) ?? []).flatMap(receiptLines),
      payee,
    };
  });
}

/** The payee of a register whom the bank description names. */
export function payeeNamed(description: string, payees: readonly PayeeRow[]): PayeeRow | undefined {
  return payees.find((payee) => nameIn(description, [payee.name, ...payee.names]) !== undefined);
}

/** Every receipt of a line, line by line; one whose lines nobody has typed counts as a single line of its total. */
function receiptLines({ lines, amountPence, supplier, fileName }: ReceiptRow): readonly ReceiptLine[] {
  if (lines.length > 0 || amountPence === null) return lines;
  return [{ description: supplier ?? fileName, amountPence }];
}
