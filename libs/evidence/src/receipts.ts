import { Injectable } from '@nestjs/common';
import { requireBudget } from '@ringfence/budgets';
import { authorise, authoriseList, authoriseOn, contextOf, type Principal } from '@ringfence/identity';
import { Clock, longDate, newId, poundsText, Problem, type CalendarDate, type Money } from '@ringfence/kernel';
import {
  Database,
  FileStore,
  requestJob,
  Uploads,
  type IdempotentRequest,
  type Transaction,
} from '@ringfence/platform';
import { checkReceipt, plainFileName, type ReceiptLineTerms } from './domain/receipt.js';
import { receiptExtensions, receiptTypeOf, type ReceiptType } from './domain/receipt-file.js';
import {
  insertReceipt,
  lineToExplain,
  lockReceipt,
  readReceipts,
  requireReceiptOfFile,
  updateReceipt,
  type ReceiptFilter,
  type ReceiptRow,
} from './evidence.sql.js';

export interface ReceiptUpload {
  readonly budgetId: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly statementLineId?: string | undefined;
  readonly amountPence?: Money | undefined;
  readonly receiptDate?: CalendarDate | undefined;
  readonly supplier?: string | undefined;
  readonly lines?: readonly ReceiptLineTerms[] | undefined;
}

/** What is left out stays as it is; null takes it away. */
export interface ReceiptChange {
  readonly statementLineId?: string | null | undefined;
  readonly amountPence?: Money | null | undefined;
  readonly receiptDate?: CalendarDate | null | undefined;
  readonly supplier?: string | null | undefined;
  readonly lines?: readonly ReceiptLineTerms[] | undefined;
}

/** The receipt that holds the file after an upload, and the payment that it is linked to now. */
export interface ReceiptKept {
  readonly id: string;
  /** The budget had this file before: then only the link, where one was asked for, can be new. */
  readonly alreadyHeld: boolean;
  readonly statementLineId: string | null;
  /** This upload made the link. */
  readonly linked: boolean;
}

export interface ReceiptFile {
  readonly bytes: Uint8Array;
  readonly contentType: ReceiptType;
  /** A name of ours, safe in a header. */
  readonly fileName: string;
}

/** Receipts and invoices: kept as they came, linked to the statement line that they explain, or waiting for it. */
@Injectable()
export class Receipts {
  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly uploads: Uploads,
    private readonly clock: Clock,
  ) {}

  /** Refuses whose role uploads no receipts, before anything of a request is read. */
  authoriseUpload(principal: Principal): void {
    authorise(principal, 'receipts.upload');
  }

  /**
   * Lets a file in, before it is read: the sender may upload for this budget, and has not sent too much. `bytes` is the
   * length that is announced.
   */
  async admit(
    principal: Principal,
    upload: Pick<ReceiptUpload, 'budgetId' | 'statementLineId'>,
    bytes: number,
  ): Promise<void> {
    authoriseOn(principal, 'receipts.upload', upload.budgetId, '/budgetId');
    await this.database.transaction(contextOf(principal), (tx) => requirePlace(tx, upload));
    await this.uploads.admit(contextOf(principal), bytes);
  }

  /**
   * Keeps a file. One that the budget has already adds no second receipt: sent for a payment, the receipt that is there
   * is linked to it, where it has none yet. Refuses with `conflict` where it is linked to another
   * one. Its stored file is whole again where it was lost.
   */
  async upload(principal: Principal, upload: ReceiptUpload, request: IdempotentRequest): Promise<ReceiptKept> {
    authoriseOn(principal, 'receipts.upload', upload.budgetId, '/budgetId');
    const terms = {
      amountPence: upload.amountPence ?? null,
      receiptDate: upload.receiptDate ?? null,
      supplier: upload.supplier ?? null,
      lines: upload.lines ?? [],
    };
    checkReceipt(terms, this.clock.today());
    const contentType = await receiptTypeOf(upload.bytes);
    const file = await this.uploads.arrive(upload.bytes);
    return this.uploads.keep(contextOf(principal), file, (place) =>
      this.database.once(contextOf(principal), request, async (tx) => {
        const statementLineId = upload.statementLineId ?? null;
        await requirePlace(tx, upload);
        await place(tx);
        const receipt = {
          id: newId(),
          budgetId: upload.budgetId,
          statementLineId,
          fileHash: file.hash,
          fileName: plainFileName(upload.fileName),
          fileBytes: file.bytes,
          contentType,
          ...terms,
        };
        if (await insertReceipt(tx, receipt)) {
          await reassess(tx, [statementLineId]);
          return { id: receipt.id, alreadyHeld: false, statementLineId, linked: statementLineId !== null };
        }
        return linkHeld(tx, await requireReceiptOfFile(tx, upload.budgetId, file.hash), statementLineId);
      }),
    );
  }

  /** Links, unlinks or corrects a receipt. The lines concerned are reassessed. */
  async change(principal: Principal, id: string, change: ReceiptChange): Promise<ReceiptRow> {
    authorise(principal, 'receipts.upload');
    return this.database.transaction(contextOf(principal), async (tx) => {
      await lockReceipt(tx, id);
      const held = await requireReceipt(tx, id);
      authorise(principal, 'receipts.upload', held.budgetId);
      const changed = {
        statementLineId: kept(change.statementLineId, held.statementLineId),
        amountPence: kept(change.amountPence, held.amountPence),
        receiptDate: kept(change.receiptDate, held.receiptDate),
        supplier: kept(change.supplier, held.supplier),
        lines: change.lines ?? held.lines,
      };
      checkReceipt(changed, this.clock.today());
      if (changed.statementLineId !== null && changed.statementLineId !== held.statementLineId) {
        await requireLine(tx, changed.statementLineId, held.budgetId);
      }
      await updateReceipt(tx, id, changed);
      await reassess(tx, [held.statementLineId, changed.statementLineId]);
      return requireReceipt(tx, id);
    });
  }

  /** Newest first; asked for one more than `limit`, so that the caller can tell whether there is another page. */
  async list(principal: Principal, filter: ReceiptFilter & { readonly limit: number }): Promise<ReceiptRow[]> {
    authoriseList(principal, 'receipts.read', filter.budgetId);
    return this.database.transaction(contextOf(principal), (tx) =>
      readReceipts(tx, { ...filter, limit: filter.limit + 1 }),
    );
  }

  async view(principal: Principal, id: string): Promise<ReceiptRow> {
    authorise(principal, 'receipts.read');
    return this.database.transaction(contextOf(principal), async (tx) => {
      const receipt = await requireReceipt(tx, id);
      authorise(principal, 'receipts.read', receipt.budgetId);
      return receipt;
    });
  }

  /** Throws a Problem `file-missing` or `file-altered` where the stored file is not the one that was sent. */
  async file(principal: Principal, id: string): Promise<ReceiptFile> {
    const { fileHash, contentType } = await this.view(principal, id);
    const bytes = await this.files.read(fileHash, 'The file of this receipt');
    return { bytes, contentType, fileName: `receipt-${id}.${receiptExtensions[contentType]}` };
  }
}

/** The receipts of statement lines, by line: what reconciliation assesses a line with. */
export async function receiptsOfLines(
  tx: Transaction,
  statementLineIds: readonly string[],
): Promise<Map<string, ReceiptRow[]>> {
  const found = new Map<string, ReceiptRow[]>();
  for (const receipt of await readReceipts(tx, { statementLineIds })) {
    const lineId = receipt.statementLineId ?? '';
    found.set(lineId, [...(found.get(lineId) ?? []), receipt]);
  }
  return found;
}

/** The file came again. Asked for no payment, or for the one that it has, there is nothing to do. */
async function linkHeld(tx: Transaction, id: string, statementLineId: string | null): Promise<ReceiptKept> {
  await lockReceipt(tx, id);
  const held = await requireReceipt(tx, id);
  if (statementLineId === null || held.statementLineId === statementLineId) {
    return { id, alreadyHeld: true, statementLineId: held.statementLineId, linked: false };
  }
  if (held.statementLineId !== null) throw await linkedElsewhere(tx, id, held.statementLineId);
  await updateReceipt(tx, id, { ...held, statementLineId });
  await reassess(tx, [statementLineId]);
  return { id, alreadyHeld: true, statementLineId, linked: true };
}

async function linkedElsewhere(tx: Transaction, receiptId: string, statementLineId: string): Promise<Problem> {
  const line = await lineToExplain(tx, statementLineId);
  const which = line ? `${longDate(line.date)}, ${poundsText(line.amountPence)}, ${line.description}` : 'another one';
  const sentence = `This receipt is held already, for another payment (${which}): link it to the right one by changing the receipt, or send it without a payment.`;
  return new Problem('conflict', sentence, { extensions: { receiptId, statementLineId } });
}

function kept<T>(changed: T | undefined, held: T): T {
  return changed === undefined ? held : changed;
}

async function requireReceipt(tx: Transaction, id: string): Promise<ReceiptRow> {
  const [receipt] = await readReceipts(tx, { id });
  if (!receipt) throw new Problem('not-found', `There is no receipt ${id} that you can see.`);
  return receipt;
}

/** What the file is sent for: the budget, and the statement line where one is named. */
async function requirePlace(
  tx: Transaction,
  { budgetId, statementLineId }: Pick<ReceiptUpload, 'budgetId' | 'statementLineId'>,
): Promise<void> {
  await requireBudget(tx, budgetId, '/budgetId');
  if (statementLineId !== undefined) await requireLine(tx, statementLineId, budgetId);
}

/** A receipt explains a line of its own budget's account; in a pooled account, one that is not another budget's. */
async function requireLine(tx: Transaction, lineId: string, budgetId: string): Promise<void> {
  const line = await lineToExplain(tx, lineId);
  if (!line) throw Problem.field('/statementLineId', `There is no statement line ${lineId} that you can see.`);
  const fits = line.budgetId === null ? line.accountBudgetIds.includes(budgetId) : line.budgetId === budgetId;
  if (fits) return;
  throw Problem.field(
    '/statementLineId',
    `The statement line ${lineId} is not one of this budget: choose a line of its account.`,
  );
}

async function reassess(tx: Transaction, lineIds: readonly (string | null)[]): Promise<void> {
  for (const lineId of new Set(lineIds)) {
    if (lineId !== null) await requestJob(tx, 'assess-line', { lineId });
  }
}
