import type { Database, TenantContext } from '@ringfence/platform';
import {
  workListColumnsSql,
  workListFactsSql,
  workListFilterSql,
  type WorkListFilter,
  type WorkListRow,
} from './work-list.js';

/** What is held of a work list at once. */
export const workListRowsPerPageMax = 1_000;

/** The work list from its first budget to its last, by reference; a transaction for each page. */
export async function* workListPages(
  database: Database,
  context: TenantContext,
  { text, stream, need }: Pick<WorkListFilter, 'text' | 'stream' | 'need'>,
): AsyncGenerator<WorkListRow[]> {
  for (let after: string | null = null; ;) {
    const values: unknown[] = [context.authorityId, text ?? null, stream ?? null, need ?? null, after];
    const rows: WorkListRow[] = await database.transaction(context, (tx) =>
      tx.query<WorkListRow & Record<string, unknown>>(workListPageSql, [...values, workListRowsPerPageMax]),
    );
    yield rows;
    if (rows.length < workListRowsPerPageMax) return;
    after = rows.at(-1)!.reference;
  }
}

/** Also $5 the reference behind which to begin, $6 how many at most. */
const workListPageSql = `${workListFactsSql}
  SELECT ${workListColumnsSql}
    FROM facts p
   WHERE ${workListFilterSql}
     AND ($5::text IS NULL OR reference > $5) ORDER BY reference LIMIT $6`;
