import type { Transaction } from '@ringfence/platform';
import type { PostedImport } from './domain/opening-balance.js';

// What a reversal asks of the books, and what it marks.

/** An import, locked; `breakAccepted` says whether an officer accepted a balance break of it. */
export async function lockImport(
  tx: Transaction,
  importId: string,
): Promise<{ state: string; breakAccepted: boolean } | undefined> {
  const [row] = await tx.query<{ state: string; breakAccepted: boolean }>(
    `SELECT state, EXISTS (SELECT 1 FROM statement_break_acceptances b
                            WHERE b.authority_id = i.authority_id AND b.import_id = i.id) AS "breakAccepted"
       FROM statement_imports i WHERE authority_id = $1 AND id = $2 FOR UPDATE`,
    [tx.context.authorityId, importId],
  );
  return row;
}

export interface LineToReverse {
  readonly id: string;
  readonly journalId: string;
  readonly superseded: boolean;
}

/** The lines of an import that stand, each locked, so that nothing is hung on one meanwhile. */
export async function lockLines(tx: Transaction, importId: string): Promise<LineToReverse[]> {
  return tx.query<LineToReverse>(
    `SELECT id, journal_id AS "journalId", superseded_at IS NOT NULL AS superseded FROM statement_lines
      WHERE authority_id = $1 AND import_id = $2 AND reversed_at IS NULL ORDER BY line_date, position, id FOR UPDATE`,
    [tx.context.authorityId, importId],
  );
}

/**
 * A later import that left lines out because this one had brought them in already: once this one is reversed, they would be nowhere.
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
        CROSS JOIN LATERAL (SELECT l.import_id, l.kind, l.reversed_at FROM statement_lines l
                             WHERE l.authority_id = $1 AND l.id = x.held_line_id OFFSET 0) l
        WHERE x.authority_id = $1 AND x.import_id IN (SELECT id FROM later) AND x.verdict = 'HELD'
          AND l.import_id = $2 AND l.kind = 'LINE' AND l.reversed_at IS NULL
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
                               AND l.import_id = $2 AND l.kind = 'LINE' AND l.reversed_at IS NULL LIMIT 1) l
     )
     SELECT i.id, i.file_name AS "fileName", f.lines
       FROM (SELECT import_id, count(*)::integer AS lines FROM left_out GROUP BY import_id) f JOIN later i ON i.id = f.import_id
      ORDER BY i.committed_at DESC LIMIT 1`,
    [tx.context.authorityId, importId],
  );
  return row;
}

/** Marks lines as reversed, with the journals that reversed them. */
export async function markReversed(
  tx: Transaction,
  lines: readonly { readonly id: string; readonly reversalId: string | null }[],
): Promise<void> {
  await tx.query(
    `UPDATE statement_lines l SET reversed_at = context_now(), reversal_journal_id = r.reversal
       FROM unnest($2::uuid[], $3::uuid[]) AS r (id, reversal) WHERE l.authority_id = $1 AND l.id = r.id`,
    [tx.context.authorityId, lines.map(({ id }) => id), lines.map(({ reversalId }) => reversalId)],
  );
}

/** The imports of an account that are posted, in the order of their posting. */
export async function importsByCommit(tx: Transaction, designatedAccountId: string): Promise<PostedImport[]> {
  return tx.query<PostedImport>(
    `SELECT i.id AS "importId", i.first_date AS "firstDate", i.opening_pence AS "openingPence",
            (SELECT min(l.line_date) FROM statement_lines l WHERE l.authority_id = i.authority_id AND l.import_id = i.id
               AND l.kind = 'LINE' AND l.reversed_at IS NULL) AS "firstOwnDate"
       FROM statement_imports i
      WHERE i.authority_id = $1 AND i.designated_account_id = $2 AND i.state = 'COMMITTED' ORDER BY i.committed_at, i.id`,
    [tx.context.authorityId, designatedAccountId],
  );
}
