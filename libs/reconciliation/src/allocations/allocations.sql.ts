import { poundsText, Problem, type LedgerStream, type Money } from '@ringfence/kernel';
import type { AccountCode } from '@ringfence/ledger';
import { postgresCode, type Transaction } from '@ringfence/platform';
import type { AccountPlace } from './holdings.sql.js';
import type { ResolvedTarget } from './targets.js';

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

export interface NewAllocation {
  readonly id: string;
  readonly lineId: string;
  readonly target: ResolvedTarget;
  readonly amountPence: Money;
  readonly journalId: string;
  readonly reasons: string;
  readonly acceptedAt: Date;
}

/** Keeps an allocation beside its journal. What the database refuses is said in words. */
export async function insertAllocation(tx: Transaction, allocation: NewAllocation): Promise<void> {
  const { id, lineId, target, amountPence, journalId, reasons, acceptedAt } = allocation;
  try {
    await tx.query(
      `INSERT INTO allocations (authority_id, id, statement_line_id, amount_pence, target_type, target_id, budget_id, stream,
         budget_line_id, outcome_id, service_date, journal_id, accepted_by, accepted_at, reasons)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        ...[tx.context.authorityId, id, lineId, amountPence, target.type, target.id, target.budgetId, target.stream],
        ...[target.budgetLineId, target.outcomeId, target.serviceDate, journalId, tx.context.principal.id],
        ...[acceptedAt, reasons],
      ],
    );
  } catch (error) {
    throw refusalOf(error, target, amountPence) ?? error;
  }
}

function refusalOf(error: unknown, target: ResolvedTarget, amountPence: Money): Problem | undefined {
  const cause = { cause: error };
  switch (postgresCode(error)) {
    case 'RF101': {
      const sentence = `Less than ${poundsText(amountPence)} of this line is left: somebody else has allocated it.`;
      return new Problem('already-allocated', sentence, cause);
    }
    case 'RF102': {
      const sentence = `This ${target.type} has been matched with another line already: undo that first.`;
      return new Problem('already-allocated', sentence, cause);
    }
    case 'RF103': {
      const sentence = 'This line was just reversed with its statement: look at the list again.';
      return new Problem('conflict', sentence, cause);
    }
    // Refused in better words before: this is what the database says to a writer that did not ask.
    case 'RF104':
      return new Problem('more-than-held', (error as Error).message, cause);
    default:
      return undefined;
  }
}
