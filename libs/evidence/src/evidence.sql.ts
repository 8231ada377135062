import type { CalendarDate, Money } from '@ringfence/kernel';
import type { Transaction } from '@ringfence/platform';
import type { ReceiptLineTerms, ReceiptTerms } from './domain/receipt.js';
import type { ReceiptType } from './domain/receipt-file.js';

export interface ReceiptRow extends ReceiptTerms {
  readonly id: string;
  readonly budgetId: string;
  /** Null while it waits for its line. */
  readonly statementLineId: string | null;
  readonly fileHash: string;
  readonly fileName: string;
  readonly fileBytes: number;
  readonly contentType: ReceiptType;
  readonly uploadedBy: string;
  readonly uploadedAt: Date;
  readonly changedAt: Date | null;
}

export interface ReceiptFilter {
  readonly id?: string | undefined;
  readonly budgetId?: string | undefined;
  readonly statementLineIds?: readonly string[] | undefined;
  readonly state?: 'waiting' | 'linked' | undefined;
  /** Continue after this id, going back in time. */
  readonly before?: string | undefined;
  readonly limit?: number | undefined;
}

type Stored = Omit<ReceiptRow, 'lines'> & { lines: { description: string; amount: string }[] };

/** Newest first: ids are made in order of time. */
export async function readReceipts(tx: Transaction, filter: ReceiptFilter): Promise<ReceiptRow[]> {
  const rows = await tx.query<Stored>(
    `SELECT r.id, r.budget_id AS "budgetId", r.statement_line_id AS "statementLineId", r.file_hash AS "fileHash",
            r.file_name AS "fileName", r.file_bytes AS "fileBytes", r.content_type AS "contentType",
            r.amount_pence AS "amountPence", r.receipt_date AS "receiptDate", r.supplier, r.uploaded_by AS "uploadedBy",
            r.uploaded_at AS "uploadedAt", r.changed_at AS "changedAt", coalesce((
              SELECT json_agg(json_build_object('description', l.description, 'amount', l.amount_pence::text) ORDER BY l.position)
                FROM receipt_lines l WHERE l.authority_id = r.authority_id AND l.receipt_id = r.id), '[]') AS lines
       FROM receipts r
      WHERE r.authority_id = $1 AND ($2::uuid IS NULL OR r.id = $2) AND ($3::uuid IS NULL OR r.budget_id = $3)
        AND ($4::uuid[] IS NULL OR r.statement_line_id = ANY ($4))
        AND ($5::text IS NULL OR ($5 = 'linked') = (r.statement_line_id IS NOT NULL))
        AND ($6::uuid IS NULL OR r.id < $6)
      ORDER BY r.id DESC LIMIT $7`,
    [
      tx.context.authorityId,
      filter.id ?? null,
      filter.budgetId ?? null,
      filter.statementLineIds ?? null,
      filter.state ?? null,
      filter.before ?? null,
      filter.limit ?? null,
    ],
  );
  return rows.map((row) => ({
    ...row,
    lines: row.lines.map(({ description, amount }) => ({ description, amountPence: BigInt(amount) })),
  }));
}

export interface ReceiptToKeep extends ReceiptTerms {
  readonly id: string;
  readonly budgetId: string;
  readonly statementLineId: string | null;
  readonly fileHash: string;
  readonly fileName: string;
  readonly fileBytes: number;
  readonly contentType: ReceiptType;
}

/** Returns false where the budget has this file already. */
export async function insertReceipt(tx: Transaction, receipt: ReceiptToKeep): Promise<boolean> {
  const inserted = await tx.query(
    `INSERT INTO receipts (authority_id, id, budget_id, statement_line_id, file_hash, file_name, file_bytes, content_type,
                           amount_pence, receipt_date, supplier, uploaded_by, uploaded_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, context_now())
     ON CONFLICT (authority_id, budget_id, file_hash) DO NOTHING RETURNING id`,
    [
      tx.context.authorityId,
      receipt.id,
      receipt.budgetId,
      receipt.statementLineId,
      receipt.fileHash,
      receipt.fileName,
      receipt.fileBytes,
      receipt.contentType,
      receipt.amountPence,
      receipt.receiptDate,
      receipt.supplier,
      tx.context.principal.id,
    ],
  );
  if (inserted.length === 0) return false;
  await insertLines(tx, receipt.id, receipt.lines);
  return true;
}

/** The receipt of the budget that holds this file. Throws where it has none. */
export async function requireReceiptOfFile(tx: Transaction, budgetId: string, fileHash: string): Promise<string> {
  const [held] = await tx.query<{ id: string }>(
    'SELECT id FROM receipts WHERE authority_id = $1 AND budget_id = $2 AND file_hash = $3',
    [tx.context.authorityId, budgetId, fileHash],
  );
  if (!held) throw new Error(`The budget ${budgetId} has no receipt with the file ${fileHash} that can be seen.`);
  return held.id;
}

/** Writes what a person changed; `lines` are written anew. The file itself never changes. */
export async function updateReceipt(
  tx: Transaction,
  id: string,
  changed: ReceiptTerms & { readonly statementLineId: string | null },
): Promise<void> {
  const { authorityId } = tx.context;
  await tx.query(
    `UPDATE receipts SET statement_line_id = $3, amount_pence = $4, receipt_date = $5, supplier = $6, changed_by = $7,
            changed_at = context_now() WHERE authority_id = $1 AND id = $2`,
    [
      authorityId,
      id,
      changed.statementLineId,
      changed.amountPence,
      changed.receiptDate,
      changed.supplier,
      tx.context.principal.id,
    ],
  );
  await tx.query('DELETE FROM receipt_lines WHERE authority_id = $1 AND receipt_id = $2', [authorityId, id]);
  await insertLines(tx, id, changed.lines);
}

export async function lockReceipt(tx: Transaction, id: string): Promise<void> {
  await tx.query('SELECT 1 FROM receipts WHERE authority_id = $1 AND id = $2 FOR UPDATE', [tx.context.authorityId, id]);
}

export interface LineToExplain {
  readonly budgetId: string | null;
  readonly amountPence: Money;
  readonly date: CalendarDate;
  readonly description: string;
  /** The budgets that the line's account has served. */
  readonly accountBudgetIds: readonly string[];
}

/** The statement line that a receipt is to explain, or undefined when the reader cannot see it. */
export async function lineToExplain(tx: Transaction, id: string): Promise<LineToExplain | undefined> {
  const [line] = await tx.query<LineToExplain & Record<string, unknown>>(
    `SELECT s.budget_id AS "budgetId", s.amount_pence AS "amountPence", s.line_date AS date, s.description, array(
              SELECT d.budget_id FROM designated_account_budgets d
               WHERE d.authority_id = s.authority_id AND d.designated_account_id = s.designated_account_id) AS "accountBudgetIds"
       FROM statement_lines s WHERE s.authority_id = $1 AND s.id = $2 AND s.reversed_at IS NULL`,
    [tx.context.authorityId, id],
  );
  return line;
}

async function insertLines(tx: Transaction, receiptId: string, lines: readonly ReceiptLineTerms[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.query(
    `INSERT INTO receipt_lines (authority_id, receipt_id, position, description, amount_pence)
     SELECT $1, $2, l.position, l.description, l.amount_pence
       FROM unnest($3::text[], $4::bigint[]) WITH ORDINALITY AS l (description, amount_pence, position)`,
    [
      tx.context.authorityId,
      receiptId,
      lines.map(({ description }) => description),
      lines.map(({ amountPence }) => amountPence.toString()),
    ],
  );
}
