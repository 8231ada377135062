import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '@ringfence/kernel';
import { Database, HandlesJob, systemContext, type Transaction } from '@ringfence/platform';
import { linesAssessedAtOnceMax } from './reassess.js';
import { assessLines } from '../assessment/assess-line.js';

export interface NamesChanged {
  /** In small letters; null for every line. */
  readonly words: readonly string[] | null;
  readonly mccs: readonly string[];
}

/**
 * The job that follows the import of a register: the lines that may bear a name which it has gained or lost are assessed
 * again, batch by batch, each in a transaction of its own. A verdict that stays the same leaves no trace.
 */
@Injectable()
export class ReassessNamed {
  constructor(private readonly database: Database) {}

  @HandlesJob('reassess-named')
  async run({ authorityId, words, mccs }: NamesChanged & { authorityId: string }): Promise<void> {
    const context = systemContext(authorityId);
    let after: LineKey | undefined = firstLine;
    while (after) {
      const from: LineKey = after;
      after = await this.database.transaction(context, async (tx): Promise<LineKey | undefined> => {
        const lines = await linesNamed(tx, { words, mccs }, from);
        await assessLines(
          tx,
          lines.map(({ id }) => id),
        );
        return lines.length < linesAssessedAtOnceMax ? undefined : lines.at(-1);
      });
    }
  }
}

interface LineKey {
  readonly lineDate: CalendarDate;
  readonly id: string;
}

const firstLine: LineKey = { lineDate: '1900-01-01', id: '00000000-0000-0000-0000-000000000000' };

/** Money out with one of the words, with one of the codes, or cut off by the bank within one of the words. */
function linesNamed(tx: Transaction, { words, mccs }: NamesChanged, after: LineKey): Promise<LineKey[]> {
  return tx.query<LineKey & Record<string, unknown>>(
    `SELECT l.id, l.line_date AS "lineDate"
       FROM statement_lines l
       CROSS JOIN LATERAL (
         SELECT regexp_split_to_array(
                  btrim(regexp_replace(lower(replace(l.description, chr(39), '')), '[^a-z0-9]+', ' ', 'g')), ' ') AS said) w
      WHERE l.authority_id = $1 AND l.amount_pence < 0 AND l.reversed_at IS NULL AND (l.line_date, l.id) > ($4::date, $5::uuid)
        AND ($2::text[] IS NULL OR w.said && $2::text[] OR l.mcc = ANY ($3::text[])
             OR (length(w.said[cardinality(w.said)]) >= 4 AND EXISTS (
                  SELECT 1 FROM unnest($2::text[]) AS name WHERE starts_with(name, w.said[cardinality(w.said)]))))
      ORDER BY l.line_date, l.id LIMIT $6`,
    [tx.context.authorityId, words, mccs, after.lineDate, after.id, linesAssessedAtOnceMax],
  );
}
