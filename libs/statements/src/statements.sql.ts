import { addDays, type CalendarDate, type Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { nearDaysMax, occurrences, type HeldLine } from './domain/identity.js';
import type { ParsedLine } from './domain/outcome.js';

/** A line as it stands in a preview: JSON has no bigint, so pence are text. */
export type StoredParsedLine = Omit<ParsedLine, 'amountPence' | 'balancePence'> & {
  amountPence: string;
  balancePence: string | null;
};

export type PreviewVerdict = 'NEW' | 'HELD' | 'DOUBTFUL' | 'NOT_POSTED';

export interface PreviewLine {
  readonly position: number;
  readonly verdict: PreviewVerdict;
  readonly heldLineId: string | null;
  readonly why: string | null;
  readonly line: ParsedLine;
}

/** The lines of an account that an upload could repeat: those dated about its days, and those of one of its bank ids. */
export async function heldLines(
  tx: Transaction,
  designatedAccountId: string,
  from: CalendarDate,
  to: CalendarDate,
  bankIds: readonly string[],
): Promise<HeldLine[]> {
  return tx.query<HeldLine>(
    `SELECT id AS "heldId", line_date AS date, amount_pence AS "amountPence", normalised_description AS "normalisedDescription",
            bank_id AS "bankId", balance_pence AS "balancePence"
       FROM statement_lines
      WHERE authority_id = $1 AND designated_account_id = $2 AND kind = 'LINE' AND (line_date BETWEEN $3 AND $4 OR bank_id = ANY ($5))
      ORDER BY line_date, position, id`,
    [tx.context.authorityId, designatedAccountId, addDays(from, -nearDaysMax), addDays(to, nearDaysMax), bankIds],
  );
}

export function bankIdsOf(lines: readonly ParsedLine[]): string[] {
  return lines.flatMap(({ bankId }) => (bankId ? [bankId] : []));
}

export async function writePreview(
  tx: Transaction,
  statementImport: { id: string; designatedAccountId: string },
  lines: readonly PreviewLine[],
): Promise<void> {
  await tx.query('DELETE FROM statement_import_lines WHERE authority_id = $1 AND import_id = $2', [
    tx.context.authorityId,
    statementImport.id,
  ]);
  await tx.query(
    `INSERT INTO statement_import_lines (authority_id, import_id, designated_account_id, position, verdict, held_line_id, why, line)
     SELECT $1, $2, $3, p.position, p.verdict, p.held_line_id, p.why, p.line
       FROM jsonb_to_recordset($4::jsonb) AS p (position integer, verdict text, held_line_id uuid, why text, line jsonb)`,
    [
      tx.context.authorityId,
      statementImport.id,
      statementImport.designatedAccountId,
      JSON.stringify(
        lines.map(({ position, verdict, heldLineId, why, line }) => ({
          position,
          verdict,
          held_line_id: heldLineId,
          why,
          line: stored(line),
        })),
      ),
    ],
  );
}

export async function readPreview(
  tx: Transaction,
  importId: string,
  after = -1,
  limit: number | null = null,
): Promise<PreviewLine[]> {
  const rows = await tx.query<Omit<PreviewLine, 'line'> & { line: StoredParsedLine }>(
    `SELECT position, verdict, held_line_id AS "heldLineId", why, line FROM statement_import_lines
      WHERE authority_id = $1 AND import_id = $2 AND position > $3 ORDER BY position LIMIT $4`,
    [tx.context.authorityId, importId, after, limit],
  );
  return rows.map((row) => ({ ...row, line: restored(row.line) }));
}

export async function previewCounts(tx: Transaction, importId: string): Promise<Record<PreviewVerdict, number>> {
  const rows = await tx.query<{ verdict: PreviewVerdict; lines: bigint }>(
    'SELECT verdict, count(*) AS lines FROM statement_import_lines WHERE authority_id = $1 AND import_id = $2 GROUP BY verdict',
    [tx.context.authorityId, importId],
  );
  const counts = { NEW: 0, HELD: 0, DOUBTFUL: 0, NOT_POSTED: 0 };
  for (const { verdict, lines } of rows) counts[verdict] = Number(lines);
  return counts;
}

export interface LineToKeep {
  readonly id: string;
  readonly journalId: string;
  readonly position: number;
  readonly kind: 'LINE' | 'OPENING_BALANCE';
  readonly line: ParsedLine;
}

/** Inserts posted lines, numbering equal ones on from those that are held, so that two equal coffees stay two. */
export async function insertLines(
  tx: Transaction,
  target: { importId: string; designatedAccountId: string; budgetId: string | null; parserVersion: string },
  lines: readonly LineToKeep[],
): Promise<void> {
  const keyed = occurrences(lines.map(({ line }) => line));
  const held = await tx.query<{ content_key: string; lines: number }>(
    `SELECT content_key, max(occurrence) + 1 AS lines FROM statement_lines
      WHERE authority_id = $1 AND designated_account_id = $2 AND content_key = ANY ($3) GROUP BY content_key`,
    [tx.context.authorityId, target.designatedAccountId, [...new Set(keyed.map(({ contentKey }) => contentKey))]],
  );
  const counted = occurrences(
    lines.map(({ line }) => line),
    new Map(held.map(({ content_key: key, lines: count }) => [key, count])),
  );
  const rows = lines.map(({ line, id, journalId, position, kind }, at) => ({
    id,
    position,
    kind,
    journal_id: journalId,
    line_date: line.date,
    amount_pence: line.amountPence.toString(),
    description: line.description,
    normalised_description: line.normalisedDescription,
    bank_type: line.kind,
    bank_id: line.bankId,
    balance_pence: line.balancePence?.toString() ?? null,
    mcc: line.mcc,
    original_amount: line.originalAmount,
    original_currency: line.originalCurrency,
    raw: line.raw,
    source_line: line.sourceLine,
    source_page: line.page ?? null,
    source_within: line.within ?? null,
    details: line.details ?? null,
    content_key: counted[at]!.contentKey,
    occurrence: counted[at]!.occurrence,
  }));
  await tx.query(
    `INSERT INTO statement_lines (authority_id, designated_account_id, budget_id, import_id, parser_version, id, position, kind, journal_id,
       line_date, amount_pence, description, normalised_description, bank_type, bank_id, balance_pence, mcc, original_amount,
       original_currency, raw, source_line, source_page, source_within, details, content_key, occurrence)
     SELECT $1, $2, $3, $4, $5, l.* FROM jsonb_to_recordset($6::jsonb) AS l (id uuid, position integer, kind text, journal_id uuid,
       line_date date, amount_pence bigint, description text, normalised_description text, bank_type text, bank_id text,
       balance_pence bigint, mcc text, original_amount text, original_currency text, raw text, source_line integer, source_page integer, source_within text, details jsonb,
       content_key text, occurrence integer)`,
    [
      tx.context.authorityId,
      target.designatedAccountId,
      target.budgetId,
      target.importId,
      target.parserVersion,
      JSON.stringify(rows),
    ],
  );
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
      WHERE authority_id = $1 AND designated_account_id = $2 AND kind = 'OPENING_BALANCE' AND superseded_at IS NULL`,
    [tx.context.authorityId, designatedAccountId],
  );
  return row;
}

/** The date of the first line in the books of an account, if there is one. */
export async function firstLineDate(tx: Transaction, designatedAccountId: string): Promise<CalendarDate | null> {
  const [row] = await tx.query<{ first: CalendarDate | null }>(
    `SELECT min(line_date) AS first FROM statement_lines WHERE authority_id = $1 AND designated_account_id = $2 AND kind = 'LINE'`,
    [tx.context.authorityId, designatedAccountId],
  );
  return row?.first ?? null;
}

function stored(line: ParsedLine): StoredParsedLine {
  return { ...line, amountPence: line.amountPence.toString(), balancePence: line.balancePence?.toString() ?? null };
}

function restored(line: StoredParsedLine): ParsedLine {
  return {
    ...line,
    amountPence: BigInt(line.amountPence),
    balancePence: line.balancePence === null ? null : BigInt(line.balancePence),
  };
}
