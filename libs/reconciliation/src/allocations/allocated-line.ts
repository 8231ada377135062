import { booksSql } from '@ringfence/ledger';
import { Problem, type CalendarDate, type Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';

/** A line with what remains of it, and the book that it stands in. */
export interface AllocatedLine {
  readonly id: string;
  readonly designatedAccountId: string;
  readonly bookId: string;
  readonly budgetId: string | null;
  readonly lineDate: CalendarDate;
  readonly amountPence: Money;
  readonly remainingPence: Money;
  readonly description: string;
}

export async function lineToAllocate(tx: Transaction, lineId: string): Promise<AllocatedLine> {
  const [line] = await tx.query<AllocatedLine>(
    `SELECT l.id, l.designated_account_id AS "designatedAccountId", b.id AS "bookId", l.budget_id AS "budgetId",
            l.line_date AS "lineDate", l.amount_pence AS "amountPence", s.remaining_pence AS "remainingPence", l.description
       FROM statement_lines l
       JOIN line_states s ON s.authority_id = l.authority_id AND s.statement_line_id = l.id
       JOIN ${booksSql} b ON b.authority_id = l.authority_id AND b.designated_account_id = l.designated_account_id
      WHERE l.authority_id = $1 AND l.id = $2`,
    [tx.context.authorityId, lineId],
  );
  if (!line) throw new Problem('not-found', `There is no statement line ${lineId} that you can see.`);
  return line;
}
