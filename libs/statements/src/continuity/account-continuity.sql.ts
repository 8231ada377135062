import type { CalendarDate, CalendarMonth, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { StatementDay } from './domain/continuity-findings.js';
import type { ImportState } from '../records/statements.entities.js';

// What continuity asks of the files of an account. It reads what the files say, not the books: a line that two files
// hold is posted once, and belongs to the chain of both.

export interface FileRow {
  readonly importId: string;
  readonly fileName: string;
  readonly state: ImportState;
  readonly firstDate: CalendarDate;
  readonly lastDate: CalendarDate;
  readonly openingPence: Money | null;
  readonly closingPence: Money | null;
  readonly movedPence: Money;
  readonly ownBreaks: readonly { readonly on: CalendarDate; readonly message: string }[];
}

/** More lines than this on a day that files share are not compared one by one. */
export const linesPerSharedDayMax = 5_000;

const fileLines = `statement_import_lines x
   WHERE x.authority_id = $1 AND x.verdict <> 'NOT_POSTED' AND x.import_id`;
const amount = 'x.amount_pence';
const day = 'x.line_date';

/** The files of an account that are posted, and one more that is about to be. Their lines are added up only where the balances do not tell. */
export async function filesOf(
  tx: Transaction,
  designatedAccountId: string,
  alsoImportId: string | null,
): Promise<FileRow[]> {
  return tx.query<FileRow>(
    `SELECT i.id AS "importId", i.file_name AS "fileName", i.state, i.first_date AS "firstDate", i.last_date AS "lastDate",
            i.opening_pence AS "openingPence", i.closing_pence AS "closingPence",
            CASE WHEN b.breaks IS NULL AND num_nonnulls(i.opening_pence, i.closing_pence) = 2 THEN i.closing_pence - i.opening_pence
                 ELSE coalesce((SELECT sum(${amount}) FROM ${fileLines} = i.id), 0)::bigint END AS "movedPence",
            coalesce(b.breaks, '[]') AS "ownBreaks"
       FROM statement_imports i
      CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('message', w ->> 'message', 'on', coalesce((
                 SELECT min(${day}) FROM ${fileLines} = i.id AND x.source_line = (w ->> 'line')::integer), i.last_date)) ORDER BY n) AS breaks
          FROM jsonb_array_elements(i.warnings) WITH ORDINALITY AS e (w, n) WHERE w ->> 'code' = 'BALANCE_BREAK') b
      WHERE i.authority_id = $1 AND i.designated_account_id = $2 AND (i.state = 'COMMITTED' OR i.id = $3) AND i.first_date IS NOT NULL
      ORDER BY i.first_date, i.last_date, i.id`,
    [tx.context.authorityId, designatedAccountId, alsoImportId],
  );
}

export interface DayWanted {
  readonly importId: string;
  readonly on: CalendarDate;
}

/** Days of files, for comparing them with others; a day with too many lines is left out. */
export async function daysOfFiles(
  tx: Transaction,
  wanted: readonly DayWanted[],
): Promise<(DayWanted & StatementDay)[]> {
  if (wanted.length === 0) return [];
  const rows = await tx.query<{
    importId: string;
    on: CalendarDate;
    before: Money;
    above: Money;
    lines: (string | null)[][];
  }>(
    `SELECT w.import_id AS "importId", w.on_day AS on, t.before, t.above, t.lines
       FROM unnest($2::uuid[], $3::date[]) AS w (import_id, on_day)
      CROSS JOIN LATERAL (SELECT min(x.position) AS position FROM ${fileLines} = w.import_id AND ${day} >= w.on_day) f
      CROSS JOIN LATERAL (
        SELECT coalesce(sum(${amount}) FILTER (WHERE ${day} < w.on_day), 0)::bigint AS before,
               coalesce(sum(${amount}) FILTER (WHERE x.position < f.position), 0)::bigint AS above,
               count(*) FILTER (WHERE ${day} = w.on_day) AS lines_then,
               coalesce(jsonb_agg(jsonb_build_array(x.amount_pence::text, x.balance_pence::text) ORDER BY x.position)
                 FILTER (WHERE ${day} = w.on_day), '[]') AS lines
          FROM ${fileLines} = w.import_id) t
      WHERE t.lines_then <= $4`,
    [tx.context.authorityId, wanted.map(({ importId }) => importId), wanted.map(({ on }) => on), linesPerSharedDayMax],
  );
  return rows.map(({ importId, on, before, above, lines }) => ({
    importId,
    on,
    movedBeforePence: before,
    movedAbovePence: above,
    lines: lines.map(([pence, balance]) => ({
      amountPence: BigInt(pence ?? '0'),
      balancePence: balance == null ? null : BigInt(balance),
    })),
  }));
}

export interface FileMonthRow {
  readonly importId: string;
  readonly month: CalendarMonth;
  readonly firstDay: CalendarDate;
  readonly lastDay: CalendarDate;
  readonly movedPence: Money;
}

/** Each month of each file, oldest first. */
export async function monthsOfFiles(tx: Transaction, importIds: readonly string[]): Promise<FileMonthRow[]> {
  return tx.query<FileMonthRow>(
    `SELECT x.import_id AS "importId", to_char(${day}, 'YYYY-MM') AS month, min(${day}) AS "firstDay", max(${day}) AS "lastDay",
            sum(${amount})::bigint AS "movedPence"
       FROM ${fileLines} = ANY ($2::uuid[]) GROUP BY 1, 2 ORDER BY 2, 1`,
    [tx.context.authorityId, importIds],
  );
}

export async function linesByMonth(tx: Transaction, designatedAccountId: string): Promise<Map<CalendarMonth, number>> {
  const rows = await tx.query<{ month: CalendarMonth; lines: number }>(
    `SELECT to_char(line_date, 'YYYY-MM') AS month, count(*)::integer AS lines FROM statement_lines
      WHERE authority_id = $1 AND designated_account_id = $2 AND kind = 'LINE' AND reversed_at IS NULL GROUP BY 1`,
    [tx.context.authorityId, designatedAccountId],
  );
  return new Map(rows.map(({ month, lines }) => [month, lines]));
}

/** An officer's acceptance of a break, by the key of the break. */
export interface Acceptance {
  readonly key: string;
  readonly importId: string;
  readonly reason: string;
  readonly acceptedBy: string;
  readonly acceptedAt: Date;
}

/** Also null is answered for a name that the reader may not see. */
export async function acceptancesOf(tx: Transaction, designatedAccountId: string): Promise<Map<string, Acceptance>> {
  const rows = await tx.query<Acceptance>(
    `SELECT b ->> 'key' AS key, a.import_id AS "importId", a.reason, a.accepted_by AS "acceptedBy", a.accepted_at AS "acceptedAt"
       FROM statement_break_acceptances a CROSS JOIN LATERAL jsonb_array_elements(a.breaks) AS b
      WHERE a.authority_id = $1 AND a.designated_account_id = $2 ORDER BY a.accepted_at`,
    [tx.context.authorityId, designatedAccountId],
  );
  return new Map(rows.map((row) => [row.key, row]));
}
