import type { CalendarDate, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import { contentKey } from './domain/content-key.js';
import type { ParsedLine } from '@ringfence/statement-files';

export type PreviewVerdict = 'NEW' | 'HELD' | 'POSSIBLE_DUPLICATE' | 'NOT_POSTED';

export interface PreviewLine {
  readonly position: number;
  readonly verdict: PreviewVerdict;
  readonly heldLineId: string | null;
  readonly why: string | null;
  readonly line: ParsedLine;
}

/** Takes away what an earlier, unfinished reading of the same import had written. */
export async function forgetPreview(tx: Transaction, importId: string): Promise<void> {
  await tx.query('DELETE FROM statement_import_lines WHERE authority_id = $1 AND import_id = $2', [
    tx.context.authorityId,
    importId,
  ]);
}

/** Adds lines to a preview; a batch of some thousands at a time. */
export async function writePreview(
  tx: Transaction,
  statementImport: { id: string; designatedAccountId: string },
  lines: readonly PreviewLine[],
): Promise<void> {
  await tx.query(
    `INSERT INTO statement_import_lines (authority_id, import_id, designated_account_id, position, verdict, held_line_id, why,
       status, line_date, amount_pence, description, normalised_description, bank_type, bank_id, balance_pence, mcc, original_amount,
       original_currency, raw, source_line, source_page, source_within, details, content_key)
     SELECT $1, $2, $3, l.* FROM json_to_recordset($4::json) AS l (position integer, verdict text, held_line_id uuid, why text,
       status text, line_date date, amount_pence bigint, description text, normalised_description text, bank_type text, bank_id text,
       balance_pence bigint, mcc text, original_amount text, original_currency text, raw text, source_line integer, source_page integer,
       source_within text, details jsonb, content_key text)`,
    [
      tx.context.authorityId,
      statementImport.id,
      statementImport.designatedAccountId,
      databaseJson(lines.map(previewRow)),
    ],
    'write_preview',
  );
}

function previewRow({ position, verdict, heldLineId, why, line }: PreviewLine): object {
  return {
    position,
    verdict,
    held_line_id: heldLineId ?? undefined,
    why: why ?? undefined,
    status: line.status,
    line_date: line.date,
    amount_pence: line.amountPence.toString(),
    description: line.description,
    normalised_description: line.normalisedDescription,
    bank_type: line.kind ?? undefined,
    bank_id: line.bankId ?? undefined,
    balance_pence: line.balancePence?.toString(),
    mcc: line.mcc ?? undefined,
    original_amount: line.originalAmount ?? undefined,
    original_currency: line.originalCurrency ?? undefined,
    raw: line.raw,
    source_line: line.sourceLine,
    source_page: line.page,
    source_within: line.within,
    details: line.details,
    content_key: contentKey(line),
  };
}

/**
 * JSON that PostgreSQL takes: it has no character 0 and no half of a surrogate pair, either of which an entity of an
 * XML file can smuggle in. Only such files take the second way.
 */
function databaseJson(rows: readonly object[]): string {
  const json = JSON.stringify(rows);
  if (!/\\u(?:0000|d[89a-f])/.test(json)) return json;
  return JSON.stringify(rows, (_, value: unknown) =>
    typeof value === 'string'
      ? value.replace(/\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
      : value,
  );
}

interface PreviewRow {
  readonly position: number;
  readonly verdict: PreviewVerdict;
  readonly heldLineId: string | null;
  readonly why: string | null;
  readonly page: number | null;
  readonly within: string | null;
  readonly details: ParsedLine['details'] | null;
}

const previewColumns = `position, verdict, held_line_id AS "heldLineId", why, status, line_date AS date, amount_pence AS "amountPence",
  description, normalised_description AS "normalisedDescription", bank_type AS kind, bank_id AS "bankId", balance_pence AS "balancePence",
  mcc, original_amount AS "originalAmount", original_currency AS "originalCurrency", raw, source_line AS "sourceLine",
  source_page AS page, source_within AS within, details`;

/** Written out, so that the few possible duplicates of a long preview are found by their own index. */
const ofVerdict: Record<PreviewVerdict, string> = {
  NEW: "AND verdict = 'NEW'",
  HELD: "AND verdict = 'HELD'",
  POSSIBLE_DUPLICATE: "AND verdict = 'POSSIBLE_DUPLICATE'",
  NOT_POSTED: "AND verdict = 'NOT_POSTED'",
};

/** Lines of a preview behind a position, in its order; of one verdict only where that is said. */
export async function readPreview(
  tx: Transaction,
  importId: string,
  after = -1,
  limit: number | null = null,
  verdict: PreviewVerdict | null = null,
): Promise<PreviewLine[]> {
  const wanted = verdict === null ? '' : ofVerdict[verdict];
  const rows = await tx.query<PreviewRow & Omit<ParsedLine, 'page' | 'within' | 'details'>>(
    `SELECT ${previewColumns} FROM statement_import_lines
      WHERE authority_id = $1 AND import_id = $2 AND position > $3 ${wanted} ORDER BY position LIMIT $4`,
    [tx.context.authorityId, importId, after, limit],
  );
  return rows.map(({ position, verdict: found, heldLineId, why, page, within, details, ...line }) => ({
    position,
    verdict: found,
    heldLineId,
    why,
    line: {
      ...line,
      ...(page === null ? {} : { page }),
      ...(within === null ? {} : { within }),
      ...(details ? { details } : {}),
    },
  }));
}

export async function previewCounts(tx: Transaction, importId: string): Promise<Record<PreviewVerdict, number>> {
  const rows = await tx.query<{ verdict: PreviewVerdict; lines: bigint }>(
    'SELECT verdict, count(*) AS lines FROM statement_import_lines WHERE authority_id = $1 AND import_id = $2 GROUP BY verdict',
    [tx.context.authorityId, importId],
  );
  const counts = { NEW: 0, HELD: 0, POSSIBLE_DUPLICATE: 0, NOT_POSTED: 0 };
  for (const { verdict, lines } of rows) counts[verdict] = Number(lines);
  return counts;
}

/** The first of these positions that is not one of a possible duplicate. */
export async function notPossibleDuplicate(
  tx: Transaction,
  importId: string,
  positions: readonly number[],
): Promise<number | undefined> {
  if (positions.length === 0) return undefined;
  const [row] = await tx.query<{ position: number }>(
    `SELECT n.position FROM unnest($3::bigint[]) WITH ORDINALITY AS n (position, place)
      WHERE NOT EXISTS (SELECT 1 FROM statement_import_lines l WHERE l.authority_id = $1 AND l.import_id = $2
                           AND l.position = n.position AND l.verdict = 'POSSIBLE_DUPLICATE') ORDER BY n.place LIMIT 1`,
    [tx.context.authorityId, importId, positions],
  );
  return row?.position;
}

/** A line of a preview that is about to enter the books. */
export interface LineToPost {
  readonly position: number;
  readonly date: CalendarDate;
  readonly amountPence: Money;
  readonly description: string;
}

/** New lines behind a position, and of the possible duplicates those that a person accepted. */
export async function linesToPost(
  tx: Transaction,
  importId: string,
  accepted: readonly number[],
  after: number,
  limit: number,
): Promise<LineToPost[]> {
  return tx.query<LineToPost & Record<string, unknown>>(
    `SELECT position, line_date AS date, amount_pence AS "amountPence", description FROM statement_import_lines
      WHERE authority_id = $1 AND import_id = $2 AND position > $3
        AND (verdict = 'NEW' OR (verdict = 'POSSIBLE_DUPLICATE' AND position = ANY ($4)))
      ORDER BY position LIMIT $5`,
    [tx.context.authorityId, importId, after, accepted, limit],
    'lines_to_post',
  );
}
