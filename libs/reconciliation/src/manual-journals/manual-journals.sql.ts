import { type AccountCode, booksSql } from '@ringfence/ledger';
import type { CalendarDate, LedgerStream, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';

export interface ManualJournalEntry {
  readonly account: AccountCode;
  readonly stream: LedgerStream;
  readonly amountPence: Money;
  readonly serviceDate: CalendarDate | null;
  readonly budgetLineId: string | null;
  readonly outcomeId: string | null;
}

export interface ManualJournal {
  readonly id: string;
  readonly budgetId: string;
  readonly designatedAccountId: string;
  readonly sequence: bigint;
  readonly effectiveDate: CalendarDate;
  readonly description: string;
  readonly reason: string;
  readonly payeeId: string | null;
  readonly statementLineId: string | null;
  readonly postedBy: string | null;
  readonly postedAt: Date;
  /** The journal that reverses it. */
  readonly reversedBy: string | null;
  readonly entries: readonly ManualJournalEntry[];
}

export interface ManualJournalFilter {
  readonly ids?: readonly string[];
  readonly budgetId?: string;
  readonly before?: string | undefined;
  readonly limit?: number;
}

interface Row extends Omit<ManualJournal, 'entries'> {
  readonly entries: readonly (Omit<ManualJournalEntry, 'amountPence'> & { readonly pence: string })[];
}

/** Newest first. Pence travel as text, because JSON numbers are floats. */
export async function readManualJournals(tx: Transaction, filter: ManualJournalFilter): Promise<ManualJournal[]> {
  const rows = await tx.query<Row & Record<string, unknown>>(
    `SELECT h.id, h.budget_id AS "budgetId", h.designated_account_id AS "designatedAccountId", j.sequence,
            j.effective_date AS "effectiveDate", j.description, h.reason, h.payee_id AS "payeeId",
            h.statement_line_id AS "statementLineId", p.name AS "postedBy", h.posted_at AS "postedAt", r.id AS "reversedBy",
            (SELECT json_agg(json_build_object('account', e.code, 'stream', e.stream, 'pence', e.amount_pence::text,
                      'serviceDate', e.service_date, 'budgetLineId', e.budget_line_id, 'outcomeId', e.outcome_id) ORDER BY e.position)
               FROM journal_entries e WHERE e.authority_id = h.authority_id AND e.journal_id = h.id) AS entries
       FROM manual_journals h
       JOIN journals j ON j.authority_id = h.authority_id AND j.id = h.id
       LEFT JOIN journals r ON r.authority_id = h.authority_id AND r.reverses = h.id
       LEFT JOIN people p ON p.authority_id = h.authority_id AND p.id = h.posted_by
      WHERE h.authority_id = $1 AND ($2::uuid[] IS NULL OR h.id = ANY ($2)) AND ($3::uuid IS NULL OR h.budget_id = $3)
        AND ($4::uuid IS NULL OR h.id < $4)
      ORDER BY h.id DESC LIMIT $5`,
    [tx.context.authorityId, filter.ids ?? null, filter.budgetId ?? null, filter.before ?? null, filter.limit ?? null],
  );
  return rows.map(({ entries, ...row }) => ({
    ...row,
    entries: entries.map(({ pence, ...entry }) => ({ ...entry, amountPence: BigInt(pence) })),
  }));
}

export async function insertManualJournal(
  tx: Transaction,
  journal: Pick<ManualJournal, 'id' | 'budgetId' | 'designatedAccountId' | 'reason' | 'payeeId' | 'statementLineId'>,
  postedBy: string,
): Promise<void> {
  const { id, budgetId, designatedAccountId, reason, payeeId, statementLineId } = journal;
  await tx.query(
    `INSERT INTO manual_journals (authority_id, id, budget_id, designated_account_id, reason, payee_id, statement_line_id,
                                posted_by, posted_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, context_now())`,
    [tx.context.authorityId, id, budgetId, designatedAccountId, reason, payeeId, statementLineId, postedBy],
  );
}

/** The books of the accounts into which a budget is paid. */
export function booksOf(tx: Transaction, budgetId: string): Promise<{ accountId: string; bookId: string }[]> {
  return tx.query(
    `SELECT d.designated_account_id AS "accountId", b.id AS "bookId"
       FROM designated_account_budgets d
       JOIN ${booksSql} b ON b.authority_id = d.authority_id AND b.designated_account_id = d.designated_account_id
      WHERE d.authority_id = $1 AND d.budget_id = $2 ORDER BY b.id`,
    [tx.context.authorityId, budgetId],
  );
}

/** Manual journals, not reversed, with a spend whose day of service lies between two days. */
export async function journalsServedBetween(
  tx: Transaction,
  {
    budgetId,
    from,
    to,
  }: { readonly budgetId: string | null; readonly from: CalendarDate; readonly to: CalendarDate | null },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT h.id FROM manual_journals h
      WHERE h.authority_id = $1 AND ($2::uuid IS NULL OR h.budget_id = $2)
        AND EXISTS (SELECT 1 FROM journal_entries e WHERE e.authority_id = h.authority_id AND e.journal_id = h.id
                      AND e.code = 'PROVISION' AND e.amount_pence > 0
                      AND coalesce(e.service_date, e.effective_date) BETWEEN $3 AND coalesce($4::date, 'infinity'))
        AND NOT EXISTS (SELECT 1 FROM journals r WHERE r.authority_id = h.authority_id AND r.reverses = h.id)
      ORDER BY h.id`,
    [tx.context.authorityId, budgetId, from, to],
  );
  return rows.map(({ id }) => id);
}
