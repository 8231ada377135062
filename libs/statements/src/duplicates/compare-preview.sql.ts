import { addDays, type CalendarDate } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { nearDaysMax, type ComparableLine, type DaysCovered, type HeldLine } from './domain/identity.js';
import { pagesOf } from '../records/pages-of-rows.js';

/** A line of a preview, as far as it is compared. */
export interface PreviewToCompare extends ComparableLine {
  readonly position: number;
}

export interface Found {
  readonly position: number;
  readonly verdict: 'HELD' | 'POSSIBLE_DUPLICATE';
  readonly heldLineId: string;
  readonly why: string | null;
}

/** Names the imports whose lines are posted to an account: the same text means the same lines. */
export async function postedImports(tx: Transaction, designatedAccountId: string): Promise<string> {
  const [row] = await tx.query<{ imports: string }>(
    `SELECT md5(coalesce(string_agg(id::text, ' ' ORDER BY id), '')) AS imports FROM statement_imports
      WHERE authority_id = $1 AND designated_account_id = $2 AND state = 'COMMITTED'`,
    [tx.context.authorityId, designatedAccountId],
  );
  return row!.imports;
}

/** The first and the last day of the lines that could move money; undefined where there is none. */
export async function daysOfPreview(tx: Transaction, importId: string): Promise<DaysCovered | undefined> {
  const [row] = await tx.query<{ first: CalendarDate | null; last: CalendarDate | null }>(
    `SELECT min(line_date) AS first, max(line_date) AS last FROM statement_import_lines
      WHERE authority_id = $1 AND import_id = $2 AND verdict <> 'NOT_POSTED'`,
    [tx.context.authorityId, importId],
  );
  const { first, last } = row!;
  return first === null || last === null ? undefined : { first, last };
}

export async function holdsLines(
  tx: Transaction,
  designatedAccountId: string,
  days: DaysCovered,
): Promise<{ readonly any: boolean; readonly near: boolean }> {
  const standing = `SELECT 1 FROM statement_lines
    WHERE authority_id = $1 AND designated_account_id = $2 AND kind = 'LINE' AND reversed_at IS NULL`;
  const [row] = await tx.query<{ any: boolean; near: boolean }>(
    `SELECT EXISTS (${standing}) AS any, EXISTS (${standing} AND line_date BETWEEN $3 AND $4) AS near`,
    [tx.context.authorityId, designatedAccountId, ...nearDays(days)],
  );
  return row!;
}

/** Withdraws what an earlier comparison had found. */
export async function forgetFound(tx: Transaction, importId: string): Promise<void> {
  await tx.query(
    `UPDATE statement_import_lines SET verdict = 'NEW', held_line_id = NULL, why = NULL
      WHERE authority_id = $1 AND import_id = $2 AND held_line_id IS NOT NULL`,
    [tx.context.authorityId, importId],
  );
}

const newLinesOf = `SELECT position, line_date AS date, amount_pence AS "amountPence", normalised_description AS "normalisedDescription",
    bank_id AS "bankId", balance_pence AS "balancePence"
  FROM statement_import_lines WHERE authority_id = $1 AND import_id = $2 AND verdict = 'NEW'`;

/** The lines that nothing was found for yet, by amount. */
export function newByAmount(tx: Transaction, importId: string): AsyncGenerator<PreviewToCompare[]> {
  return pagesOf<PreviewToCompare>(tx, 'preview_by_amount', `${newLinesOf} ORDER BY amount_pence, position`, [
    tx.context.authorityId,
    importId,
  ]);
}

/** Those of them with an id, by id. */
export function newById(tx: Transaction, importId: string): AsyncGenerator<PreviewToCompare[]> {
  return pagesOf<PreviewToCompare>(tx, 'preview_by_id', `${newLinesOf} AND bank_id <> '' ORDER BY bank_id, position`, [
    tx.context.authorityId,
    importId,
  ]);
}

const heldColumns = `id AS "heldId", line_date AS date, amount_pence AS "amountPence", normalised_description AS "normalisedDescription",
  bank_id AS "bankId", balance_pence AS "balancePence"`;

/** The lines of an account about the days of an upload, by amount. */
export function heldByAmount(
  tx: Transaction,
  designatedAccountId: string,
  days: DaysCovered,
): AsyncGenerator<HeldLine[]> {
  return pagesOf<HeldLine>(
    tx,
    'held_by_amount',
    `SELECT ${heldColumns} FROM statement_lines_known
      WHERE authority_id = $1 AND designated_account_id = $2 AND line_date BETWEEN $3 AND $4
      ORDER BY amount_pence, line_date, position, id`,
    [tx.context.authorityId, designatedAccountId, ...nearDays(days)],
  );
}

/**
 * The lines of an account that are known by one of these ids, whatever their day. The few that may be are found first, and
 * each is then looked up by its key: OFFSET 0 keeps the planner, which may know nothing yet about new lines, from
 * reading the whole account instead, for each id again.
 */
export async function heldById(
  tx: Transaction,
  designatedAccountId: string,
  bankIds: readonly string[],
): Promise<HeldLine[]> {
  return tx.query<HeldLine & Record<string, unknown>>(
    `SELECT ${heldColumns} FROM (
        SELECT l.id AS line_id FROM statement_lines l WHERE l.authority_id = $1 AND l.designated_account_id = $2 AND l.bank_id = ANY ($3)
        UNION
        SELECT a.statement_line_id FROM statement_line_aliases a
         WHERE a.authority_id = $1 AND a.designated_account_id = $2 AND a.bank_id = ANY ($3)) n
      CROSS JOIN LATERAL (SELECT * FROM statement_lines_known k WHERE k.authority_id = $1 AND k.id = n.line_id OFFSET 0) k
      WHERE bank_id = ANY ($3)
      ORDER BY line_date, position, id`,
    [tx.context.authorityId, designatedAccountId, bankIds],
  );
}

/** Which of these lines a line of the preview has claimed. */
export async function claimedOf(tx: Transaction, importId: string, heldIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `SELECT held_line_id AS id FROM statement_import_lines WHERE authority_id = $1 AND import_id = $2 AND held_line_id = ANY ($3)`,
    [tx.context.authorityId, importId, heldIds],
  );
  return new Set(rows.map(({ id }) => id));
}

export async function writeVerdicts(tx: Transaction, importId: string, found: readonly Found[]): Promise<void> {
  if (found.length === 0) return;
  await tx.query(
    `UPDATE statement_import_lines p SET verdict = v.verdict, held_line_id = v.held_line_id, why = v.why
       FROM unnest($3::integer[], $4::text[], $5::uuid[], $6::text[]) AS v (position, verdict, held_line_id, why)
      WHERE p.authority_id = $1 AND p.import_id = $2 AND p.position = v.position`,
    [
      tx.context.authorityId,
      importId,
      found.map(({ position }) => position),
      found.map(({ verdict }) => verdict),
      found.map(({ heldLineId }) => heldLineId),
      found.map(({ why }) => why),
    ],
  );
}

function nearDays({ first, last }: DaysCovered): [CalendarDate, CalendarDate] {
  return [addDays(first, -nearDaysMax), addDays(last, nearDaysMax)];
}
