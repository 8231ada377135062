import type { CalendarDate, LedgerStream, Money } from '@ringfence/kernel';
import type { AccountCode } from '@ringfence/ledger';
import type { Transaction } from '@ringfence/platform';
import { heldAccounts, type HeldAccount, type Holding, type StandingUse } from '../domain/holdings.js';

/** An account of a budget that takes part in a posting. */
export interface AccountPlace {
  readonly account: AccountCode;
  readonly budgetId: string;
  readonly stream: LedgerStream;
}

/** Whether the account owes or holds money for somebody, so that it cannot give what it does not have. */
export function isHeldPlace(place: AccountPlace): place is AccountPlace & { readonly account: HeldAccount } {
  return heldAccounts.some((account) => account === place.account);
}

/** The books of a line and of the budgets that it may settle: held together, so that no two decisions rest on one pound. */
export async function booksOfBudgets(tx: Transaction, budgetIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'SELECT DISTINCT book_id AS id FROM ledger_accounts WHERE authority_id = $1 AND budget_id = ANY ($2::uuid[])',
    [tx.context.authorityId, [...new Set(budgetIds)]],
  );
  return rows.map(({ id }) => id);
}

/** Every held account of the budgets that was opened, over all their books. Hold the books first where a posting follows. */
export async function holdingsOf(tx: Transaction, budgetIds: readonly string[]): Promise<Holding[]> {
  return tx.query<Holding & Record<string, unknown>>(
    `WITH paid AS (
       SELECT e.budget_id, e.code, e.stream, sum(e.amount_pence) AS pence
         FROM allocations a JOIN journal_entries e ON e.authority_id = a.authority_id AND e.journal_id = a.journal_id
        WHERE a.authority_id = $1 AND a.budget_id = ANY ($2::uuid[]) AND a.undone_at IS NULL
          AND a.target_type IN ('payslip', 'payroll-control') AND e.budget_id = a.budget_id AND e.code = ANY ($3::text[])
        GROUP BY e.budget_id, e.code, e.stream)
     SELECT l.code AS account, l.budget_id AS "budgetId", l.stream, -sum(l.balance_pence)::bigint AS "heldPence",
            coalesce(max(p.pence), 0)::bigint AS "paidPence"
       FROM ledger_accounts l
       LEFT JOIN paid p ON p.budget_id = l.budget_id AND p.code = l.code AND p.stream = l.stream
      WHERE l.authority_id = $1 AND l.budget_id = ANY ($2::uuid[]) AND l.code = ANY ($3::text[])
      GROUP BY l.code, l.budget_id, l.stream`,
    [tx.context.authorityId, [...new Set(budgetIds)], heldAccounts],
  );
}

export async function holdingOf(
  tx: Transaction,
  { account, budgetId, stream }: AccountPlace & { readonly account: HeldAccount },
): Promise<Holding> {
  const held = (await holdingsOf(tx, [budgetId])).find((one) => one.account === account && one.stream === stream);
  return held ?? { account, budgetId, stream, heldPence: 0n, paidPence: 0n };
}

/**
 * The bank lines that stand in an account's way of giving back what an undone one put there, the latest decision first:
 * those that took from it, or gave to it, against the sign of the undone one.
 */
export async function usesAgainst(
  tx: Transaction,
  { account, budgetId, stream }: AccountPlace,
  undoneBankPence: Money,
): Promise<StandingUse[]> {
  return tx.query<StandingUse & { lineDate: CalendarDate } & Record<string, unknown>>(
    `SELECT l.description, l.line_date AS "lineDate", abs(e.pence)::bigint AS pence
       FROM allocations a
       JOIN statement_lines l ON l.authority_id = a.authority_id AND l.id = a.statement_line_id
      CROSS JOIN LATERAL (
        SELECT sum(e.amount_pence) AS pence FROM journal_entries e
         WHERE e.authority_id = a.authority_id AND e.journal_id = a.journal_id
           AND e.code = $3 AND e.budget_id = $2 AND e.stream = $4) e
      WHERE a.authority_id = $1 AND a.budget_id = $2 AND a.undone_at IS NULL AND e.pence <> 0
        AND sign(e.pence) = sign($5::bigint)
      ORDER BY a.accepted_at DESC, a.id DESC`,
    [tx.context.authorityId, budgetId, account, stream, undoneBankPence],
  );
}

/** What bank lines have paid of a payslip's net pay so far, by stream. */
export async function paidOfPayslip(tx: Transaction, payslipId: string): Promise<ReadonlyMap<LedgerStream, Money>> {
  const rows = await tx.query<{ stream: LedgerStream; pence: Money }>(
    `SELECT e.stream, sum(e.amount_pence)::bigint AS pence
       FROM allocations a JOIN journal_entries e ON e.authority_id = a.authority_id AND e.journal_id = a.journal_id
      WHERE a.authority_id = $1 AND a.target_type = 'payslip' AND a.target_id = $2 AND a.undone_at IS NULL AND e.code = 'NET_PAY'
      GROUP BY e.stream`,
    [tx.context.authorityId, payslipId],
  );
  return new Map(rows.map(({ stream, pence }) => [stream, pence]));
}
