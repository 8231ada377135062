import { Problem, type LedgerStream, type Money } from '@ringfence/kernel';
import type { AccountCode } from '@ringfence/ledger';
import type { Transaction } from '@ringfence/platform';
import type { AccountPlace } from './holdings.sql.js';

export interface AllocationToUndo {
  readonly budgetId: string;
  readonly bookId: string;
  readonly journalId: string;
  readonly lineId: string;
  readonly targetType: string;
  readonly targetId: string | null;
  readonly undone: boolean;
  /** The accounts to which it moved the money, beside the bank's, signed as the bank saw it. */
  readonly moved: readonly (AccountPlace & { readonly bankPence: Money })[];
}

export async function allocationToUndo(tx: Transaction, id: string): Promise<AllocationToUndo> {
  type Stored = Omit<AllocationToUndo, 'moved'> & {
    readonly moved: readonly { account: AccountCode; budgetId: string; stream: LedgerStream; pence: string }[];
  };
  const [held] = await tx.query<Stored>(
    `SELECT a.budget_id AS "budgetId", j.book_id AS "bookId", a.journal_id AS "journalId", a.statement_line_id AS "lineId",
            a.target_type AS "targetType", a.target_id AS "targetId", a.undone_at IS NOT NULL AS undone,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('account', e.code, 'budgetId', e.budget_id, 'stream', e.stream,
                                         'pence', (-e.amount_pence)::text) ORDER BY e.position), '[]')
               FROM journal_entries e WHERE e.authority_id = a.authority_id AND e.journal_id = a.journal_id
                AND e.code NOT IN ('BANK', 'SUSPENSE')) AS moved
       FROM allocations a JOIN journals j ON j.authority_id = a.authority_id AND j.id = a.journal_id
      WHERE a.authority_id = $1 AND a.id = $2`,
    [tx.context.authorityId, id],
  );
  if (!held) throw new Problem('not-found', `There is no allocation ${id} that you can see.`);
  return { ...held, moved: held.moved.map(({ pence, ...place }) => ({ ...place, bankPence: BigInt(pence) })) };
}
