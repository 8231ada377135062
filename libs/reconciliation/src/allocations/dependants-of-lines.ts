import { Injectable } from '@nestjs/common';
import type { Transaction } from '@ringfence/platform';
import { retireVerdicts } from '@ringfence/spending-rules';
import { LineDependants, type Dependant } from '@ringfence/statements';

const words = {
  allocation: { one: 'line is allocated', many: 'lines are allocated', undo: 'undo those allocations first' },
  receipt: { one: 'line has a receipt', many: 'lines have receipts', undo: 'take those receipts off first' },
} as const;

type Kind = keyof typeof words;

/** What hangs on the lines of a statement: allocations, receipts, suggestions and verdicts. */
@Injectable()
export class DependantsOfLines extends LineDependants {
  async standing(tx: Transaction, importId: string): Promise<Dependant[]> {
    const rows = await tx.query<Omit<Dependant, 'what' | 'undo' | 'kind'> & { readonly kind: Kind }>(
      `SELECT kind, lines, line_date AS "lineDate", amount_pence AS "amountPence", description FROM (
         SELECT d.kind, l.line_date, l.amount_pence, l.description, count(*) OVER (PARTITION BY d.kind)::integer AS lines,
                row_number() OVER (PARTITION BY d.kind ORDER BY l.line_date, l.position, l.id) AS place
           FROM (SELECT a.authority_id, a.statement_line_id, 'allocation' AS kind FROM allocations a WHERE a.undone_at IS NULL
                 UNION
                 SELECT r.authority_id, r.statement_line_id, 'receipt' FROM receipts r WHERE r.statement_line_id IS NOT NULL) d
           JOIN statement_lines l ON l.authority_id = d.authority_id AND l.id = d.statement_line_id
          WHERE l.authority_id = $1 AND l.import_id = $2 AND l.reversed_at IS NULL) f
        WHERE place = 1 ORDER BY kind`,
      [tx.context.authorityId, importId],
    );
    return rows.map((row) => ({
      ...row,
      what: row.lines === 1 ? words[row.kind].one : words[row.kind].many,
      undo: words[row.kind].undo,
    }));
  }

  async everDecided(tx: Transaction, importId: string): Promise<boolean> {
    const [row] = await tx.query<{ decided: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM allocations a JOIN statement_lines l ON l.authority_id = a.authority_id AND l.id = a.statement_line_id
                       WHERE l.authority_id = $1 AND l.import_id = $2)
           OR EXISTS (SELECT 1 FROM match_suggestions m JOIN statement_lines l ON l.authority_id = m.authority_id AND l.id = m.statement_line_id
                       WHERE l.authority_id = $1 AND l.import_id = $2 AND m.state <> 'OPEN') AS decided`,
      [tx.context.authorityId, importId],
    );
    return row!.decided;
  }

  /** Open suggestions go; verdicts stay on record, and are no longer current. */
  async release(tx: Transaction, importId: string, lineIds: readonly string[]): Promise<void> {
    await tx.query(
      `DELETE FROM match_suggestions m USING statement_lines l
        WHERE m.authority_id = $1 AND m.state = 'OPEN' AND l.authority_id = m.authority_id AND l.id = m.statement_line_id AND l.import_id = $2`,
      [tx.context.authorityId, importId],
    );
    await retireVerdicts(tx, 'statement-line', lineIds);
  }
}
