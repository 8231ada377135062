import type { CalendarDate, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { normalDescription } from '@ringfence/statement-files';
import { contentKey } from '../records/domain/content-key.js';
import { pagesOf } from '../records/pages-of-rows.js';

/** Where lines enter the books. */
export interface LineTarget {
  readonly importId: string;
  readonly designatedAccountId: string;
  /** Null where several budgets share the account. */
  readonly budgetId: string | null;
  readonly parserVersion: string;
}

const lineColumns = `authority_id, designated_account_id, budget_id, import_id, parser_version, id, position, kind, journal_id,
  line_date, amount_pence, description, normalised_description, bank_type, bank_id, balance_pence, mcc, original_amount,
  original_currency, raw, source_line, source_page, source_within, details, content_key, occurrence`;

/** Inserts a posted opening balance. One that came again after it was superseded is counted, as equal lines are. */
export async function insertOpeningLine(
  tx: Transaction,
  target: LineTarget,
  line: {
    readonly id: string;
    readonly journalId: string;
    readonly date: CalendarDate;
    readonly amountPence: Money;
    readonly description: string;
  },
): Promise<void> {
  const bankId = `opening:${target.importId}`;
  await tx.query(
    `INSERT INTO statement_lines (${lineColumns})
     SELECT $1, $2, $3, $4, $5, $6, -1, 'OPENING_BALANCE', $7, $8, $9, $10, $11, NULL, $12, $9, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, $13,
            coalesce((SELECT max(occurrence) + 1 FROM statement_lines
                       WHERE authority_id = $1 AND designated_account_id = $2 AND content_key = $13 AND reversed_at IS NULL), 0)`,
    [
      tx.context.authorityId,
      target.designatedAccountId,
      target.budgetId,
      target.importId,
      target.parserVersion,
      line.id,
      line.journalId,
      line.date,
      line.amountPence,
      line.description,
      normalDescription(line.description),
      bankId,
      contentKey({ ...line, bankId }),
    ],
  );
}

/** Takes an opening balance out of what counts, once its journal is reversed. */
export async function supersede(tx: Transaction, lineId: string): Promise<void> {
  await tx.query('UPDATE statement_lines SET superseded_at = context_now() WHERE authority_id = $1 AND id = $2', [
    tx.context.authorityId,
    lineId,
  ]);
}

export interface OpeningLine {
  readonly id: string;
  readonly lineDate: CalendarDate;
  readonly amountPence: Money;
  readonly journalId: string;
}

/** The opening balance that an account's books began with and that no earlier statement has made superfluous. */
export async function openingLine(tx: Transaction, designatedAccountId: string): Promise<OpeningLine | undefined> {
  const [row] = await tx.query<OpeningLine>(
    `SELECT id, line_date AS "lineDate", amount_pence AS "amountPence", journal_id AS "journalId" FROM statement_lines
      WHERE authority_id = $1 AND designated_account_id = $2 AND kind = 'OPENING_BALANCE' AND superseded_at IS NULL AND reversed_at IS NULL`,
    [tx.context.authorityId, designatedAccountId],
  );
  return row;
}

/** The date of the first posted line of an account, if there is one. */
export async function firstLineDate(tx: Transaction, designatedAccountId: string): Promise<CalendarDate | null> {
  const [row] = await tx.query<{ first: CalendarDate | null }>(
    `SELECT min(line_date) AS first FROM statement_lines WHERE authority_id = $1 AND designated_account_id = $2 AND kind = 'LINE' AND reversed_at IS NULL`,
    [tx.context.authorityId, designatedAccountId],
  );
  return row?.first ?? null;
}

/**
 * Numbers equal lines that are about to be posted, on from those that the books hold, so that two equal coffees stay
 * two. One sorting for all of them: a look into the ledger for each line would take longer than posting it. Only the
 * few that are not the first of their kind are written, by their keys.
 */
export async function countOccurrences(
  tx: Transaction,
  statementImport: { readonly id: string; readonly designatedAccountId: string },
  accepted: readonly number[],
  days: { readonly first: CalendarDate; readonly last: CalendarDate },
): Promise<void> {
  const { authorityId } = tx.context;
  const counted = pagesOf<{ position: number; occurrence: number }>(
    tx,
    'counted',
    `SELECT position, occurrence FROM (
       SELECT e.position, e.written, (coalesce(max(e.held) OVER (PARTITION BY e.content_key), 0)
                + row_number() OVER (PARTITION BY e.content_key, e.position IS NULL ORDER BY e.position) - 1)::integer AS occurrence
         FROM (SELECT content_key, position, occurrence AS written, NULL::integer AS held FROM statement_import_lines
                WHERE authority_id = $1 AND import_id = $2 AND (verdict = 'NEW' OR (verdict = 'POSSIBLE_DUPLICATE' AND position = ANY ($4)))
               UNION ALL
               -- The key holds the date, so only these days can hold equal ones.
               SELECT content_key, NULL, NULL, occurrence + 1 FROM statement_lines
                WHERE authority_id = $1 AND designated_account_id = $3 AND line_date BETWEEN $5 AND $6 AND reversed_at IS NULL) e) c
      WHERE c.position IS NOT NULL AND c.occurrence <> c.written`,
    [authorityId, statementImport.id, statementImport.designatedAccountId, accepted, days.first, days.last],
  );
  for await (const page of counted) {
    await tx.query(
      `UPDATE statement_import_lines p SET occurrence = c.occurrence FROM unnest($3::integer[], $4::integer[]) AS c (position, occurrence)
        WHERE p.authority_id = $1 AND p.import_id = $2 AND p.position = c.position`,
      [authorityId, statementImport.id, page.map(({ position }) => position), page.map((row) => row.occurrence)],
    );
  }
}

/**
 * Inserts lines of a preview as they stand in it, with the numbers that {@link countOccurrences} gave them. Each is looked
 * up by its whole key: OFFSET 0 leaves the planner, which may know nothing yet about a new preview, no other way.
 */
export async function insertPreviewLines(
  tx: Transaction,
  target: LineTarget,
  lines: readonly { readonly position: number; readonly id: string; readonly journalId: string }[],
): Promise<void> {
  await tx.query(
    `INSERT INTO statement_lines (${lineColumns})
     SELECT $1, $2, $3, $4, $5, n.id, n.position, 'LINE', n.journal_id, p.line_date, p.amount_pence, p.description, p.normalised_description,
            p.bank_type, p.bank_id, p.balance_pence, p.mcc, p.original_amount, p.original_currency, p.raw, p.source_line, p.source_page,
            p.source_within, p.details, p.content_key,
            p.occurrence
       FROM unnest($6::integer[], $7::uuid[], $8::uuid[]) AS n (position, id, journal_id)
      CROSS JOIN LATERAL (SELECT * FROM statement_import_lines l
                           WHERE l.authority_id = $1 AND l.import_id = $4 AND l.position = n.position OFFSET 0) p
      ORDER BY n.position`,
    [
      tx.context.authorityId,
      target.designatedAccountId,
      target.budgetId,
      target.importId,
      target.parserVersion,
      lines.map(({ position }) => position),
      lines.map(({ id }) => id),
      lines.map(({ journalId }) => journalId),
    ],
  );
}

/**
 * Remembers the ids that the file gives to lines which the books hold without one, so that the next file with these
 * ids finds them. A line that has an id keeps it.
 */
export async function rememberAliases(
  tx: Transaction,
  statementImport: { readonly id: string; readonly designatedAccountId: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO statement_line_aliases (authority_id, id, statement_line_id, designated_account_id, bank_id, import_id, recorded_at)
     SELECT p.authority_id, uuidv7(), p.held_line_id, p.designated_account_id, p.bank_id, p.import_id, context_now()
       FROM statement_import_lines p
       JOIN statement_lines_known k ON k.authority_id = p.authority_id AND k.id = p.held_line_id AND k.bank_id IS NULL
      WHERE p.authority_id = $1 AND p.import_id = $2 AND p.verdict = 'HELD' AND p.held_line_id IS NOT NULL AND p.bank_id <> ''
         ON CONFLICT DO NOTHING`,
    [tx.context.authorityId, statementImport.id],
  );
}
