import { newId, type FundingStream } from '@ringfence/kernel';
import { moveEntries, postJournals, type AccountCode } from '@ringfence/ledger';
import { systemContext, type Database } from '@ringfence/platform';
import type { SeededBudget } from './seed.js';

export interface OwedSeed {
  readonly control: AccountCode;
  readonly amountPence: bigint;
  readonly stream?: FundingStream;
  /** The book of another account than the budget's. */
  readonly bookId?: string;
}

/** A control owes so much more, from before the books: PROVISION against it, on 29 May 2026. */
export async function seedOwed(
  database: Database,
  authorityId: string,
  budget: Pick<SeededBudget, 'id' | 'bookId' | 'lines' | 'outcomeId'>,
  { control, amountPence, stream = 'EDU', bookId = budget.bookId }: OwedSeed,
): Promise<void> {
  const id = newId();
  const dimensions = { budgetLineId: budget.lines[stream] ?? null, outcomeId: budget.outcomeId };
  await database.transaction(systemContext(authorityId), (tx) =>
    postJournals(tx, [
      {
        ...{ bookId, kind: 'OPENING', description: 'What was owed before', effectiveDate: '2026-05-29' },
        source: { type: 'report', id },
        idempotencyKey: `report:${id}`,
        entries: moveEntries({
          ...dimensions,
          ...{ amountPence, budgetId: budget.id, stream, debit: 'PROVISION', credit: control },
        }),
      },
    ]),
  );
}
