import type { CalendarDate, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { ImportInBooks } from './domain/opening-balance.js';

// What a revert asks of the books, and what it marks.

export interface LineToRevert {
  readonly id: string;
  readonly journalId: string;
  readonly superseded: boolean;
}

/** The lines of an import that stand, each locked, so that nothing is hung on one meanwhile. */
export async function lockLines(tx: Transaction, importId: string): Promise<LineToRevert[]> {
  return tx.query<LineToRevert>(
    `SELECT id, journal_id AS "journalId", superseded_at IS NOT NULL AS superseded FROM statement_lines
      WHERE authority_id = $1 AND import_id = $2 AND reverted_at IS NULL ORDER BY line_date, position, id FOR UPDATE`,
    [tx.context.authorityId, importId],
  );
}

export interface Dependants {
  readonly kind: string;
  readonly lines: number;
  /** The first line of that kind. */
  readonly lineDate: CalendarDate;
  readonly amountPence: Money;
  readonly description: string;
}

/** What hangs on the lines of an import, by kind. */
export async function dependantsOf(tx: Transaction, importId: string): Promise<Dependants[]> {
  return tx.query<Dependants>(
    `SELECT kind, lines, line_date AS "lineDate", amount_pence AS "amountPence", description FROM (
       SELECT d.kind, l.line_date, l.amount_pence, l.description, count(*) OVER (PARTITION BY d.kind)::integer AS lines,
              row_number() OVER (PARTITION BY d.kind ORDER BY l.line_date, l.position, l.id) AS place
         FROM (SELECT DISTINCT authority_id, statement_line_id, kind FROM statement_line_dependants) d
         JOIN statement_lines l ON l.authority_id = d.authority_id AND l.id = d.statement_line_id
        WHERE l.authority_id = $1 AND l.import_id = $2 AND l.reverted_at IS NULL) f
      WHERE place = 1 ORDER BY kind`,
    [tx.context.authorityId, importId],
  );
}

/**
 * A later import that left lines out because this one had brought them in already: taken back, they would be nowhere.
 * Such a line is held in the preview; in imports of earlier versions it may also be new there and have no line of its
 * own. An import that is still to be committed is compared again then. Every look-up is by a key, behind OFFSET 0: joined
 * as the planner likes, two long statements that it knows nothing about yet would be compared line by line.
 */
export async function laterHolder(
  tx: Transaction,
  importId: string,
): Promise<{ id: string; fileName: string; lines: number } | undefined> {
  const [row] = await tx.query<{ id: string; fileName: string; lines: number }>(
    `WITH later AS MATERIALIZED (
       SELECT i.id, i.file_name, i.committed_at FROM statement_imports own
         JOIN statement_imports i ON i.authority_id = own.authority_id AND i.designated_account_id = own.designated_account_id
          AND i.state = 'COMMITTED' AND i.id <> own.id AND i.first_date <= own.last_date + 3 AND i.last_date >= own.first_date - 3
        WHERE own.authority_id = $1 AND own.id = $2
     ), left_out AS (
       SELECT x.import_id FROM statement_import_lines x
        CROSS JOIN LATERAL (SELECT l.import_id, l.kind, l.reverted_at FROM statement_lines l
                             WHERE l.authority_id = $1 AND l.id = x.held_line_id OFFSET 0) l
        WHERE x.authority_id = $1 AND x.import_id IN (SELECT id FROM later) AND x.verdict = 'HELD'
          AND l.import_id = $2 AND l.kind = 'LINE' AND l.reverted_at IS NULL
       UNION ALL
       SELECT n.import_id
         FROM (SELECT x.import_id, x.position FROM statement_import_lines x
                WHERE x.authority_id = $1 AND x.import_id IN (SELECT id FROM later) AND x.verdict = 'NEW'
               EXCEPT
               SELECT o.import_id, o.position FROM statement_lines o
                WHERE o.authority_id = $1 AND o.import_id IN (SELECT id FROM later) AND o.kind = 'LINE') n
        CROSS JOIN LATERAL (SELECT p.designated_account_id, p.amount_pence, p.line_date FROM statement_import_lines p
                             WHERE p.authority_id = $1 AND p.import_id = n.import_id AND p.position = n.position OFFSET 0) x
        CROSS JOIN LATERAL (SELECT 1 FROM statement_lines l
                             WHERE l.authority_id = $1 AND l.designated_account_id = x.designated_account_id
                               AND l.line_date BETWEEN x.line_date - 3 AND x.line_date + 3 AND l.amount_pence = x.amount_pence
                               AND l.import_id = $2 AND l.kind = 'LINE' AND l.reverted_at IS NULL LIMIT 1) l
     )
     SELECT i.id, i.file_name AS "fileName", f.lines
       FROM (SELECT import_id, count(*)::integer AS lines FROM left_out GROUP BY import_id) f JOIN later i ON i.id = f.import_id
      ORDER BY i.committed_at DESC LIMIT 1`,
    [tx.context.authorityId, importId],
  );
  return row;
}

/** Whether an officer has ever decided something about a line of an import, be it undone since. */
export async function wasDecidedOn(tx: Transaction, importId: string): Promise<boolean> {
  const [row] = await tx.query<{ decided: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM allocations a JOIN statement_lines l ON l.authority_id = a.authority_id AND l.id = a.statement_line_id
                     WHERE l.authority_id = $1 AND l.import_id = $2)
         OR EXISTS (SELECT 1 FROM match_suggestions m JOIN statement_lines l ON l.authority_id = m.authority_id AND l.id = m.statement_line_id
                     WHERE l.authority_id = $1 AND l.import_id = $2 AND m.state <> 'OPEN')
         OR EXISTS (SELECT 1 FROM statement_break_acceptances b WHERE b.authority_id = $1 AND b.import_id = $2) AS decided`,
    [tx.context.authorityId, importId],
  );
  return row!.decided;
}

/** Marks lines as taken back, with the journals that took them back. */
export async function markReverted(
  tx: Transaction,
  lines: readonly { readonly id: string; readonly reversalId: string | null }[],
): Promise<void> {
  await tx.query(
    `UPDATE statement_lines l SET reverted_at = context_now(), revert_journal_id = r.reversal
       FROM unnest($2::uuid[], $3::uuid[]) AS r (id, reversal) WHERE l.authority_id = $1 AND l.id = r.id`,
    [tx.context.authorityId, lines.map(({ id }) => id), lines.map(({ reversalId }) => reversalId)],
  );
}

/** What the machine thought of the lines counts no more: its open suggestions go, its verdicts stay as history. */
export async function withdrawThoughts(tx: Transaction, importId: string): Promise<void> {
  const values = [tx.context.authorityId, importId];
  await tx.query(
    `DELETE FROM match_suggestions m USING statement_lines l
      WHERE m.authority_id = $1 AND m.state = 'OPEN' AND l.authority_id = m.authority_id AND l.id = m.statement_line_id AND l.import_id = $2`,
    values,
  );
  await tx.query(
    `UPDATE spend_verdicts v SET current = false FROM statement_lines l
      WHERE v.authority_id = $1 AND v.current AND v.subject_type = 'statement-line'
        AND l.authority_id = v.authority_id AND l.id = v.subject_id AND l.import_id = $2`,
    values,
  );
}

/** The imports of an account that are in the books, in the order in which they came into them. */
export async function importsByCommit(tx: Transaction, designatedAccountId: string): Promise<ImportInBooks[]> {
  return tx.query<ImportInBooks>(
    `SELECT i.id AS "importId", i.first_date AS "firstDate", i.opening_pence AS "openingPence",
            (SELECT min(l.line_date) FROM statement_lines l WHERE l.authority_id = i.authority_id AND l.import_id = i.id
               AND l.kind = 'LINE' AND l.reverted_at IS NULL) AS "firstOwnDate"
       FROM statement_imports i
      WHERE i.authority_id = $1 AND i.designated_account_id = $2 AND i.state = 'COMMITTED' ORDER BY i.committed_at, i.id`,
    [tx.context.authorityId, designatedAccountId],
  );
}
