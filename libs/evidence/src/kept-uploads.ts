import { Injectable } from '@nestjs/common';
import { requireBudget } from '@ringfence/budgets';
import { authorise, contextOf, type Action, type Principal } from '@ringfence/identity';
import { Clock, newId, Problem } from '@ringfence/kernel';
import { Database, FileStore, Uploads, type TenantContext, type Transaction } from '@ringfence/platform';
import { checkKeptUploads, keptUploadHoursMax, type KeptUploadKind } from './domain/kept-upload.js';
import { plainFileName } from './domain/receipt.js';

export interface UploadToKeep {
  readonly kind: KeptUploadKind;
  readonly budgetId: string;
  /** The form as it was sent, without its file, token and key. */
  readonly fields: Readonly<Record<string, string>>;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export interface KeptUpload {
  readonly id: string;
  readonly kind: KeptUploadKind;
  readonly budgetId: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly fileHash: string;
  readonly fileName: string;
  readonly fileBytes: number;
  readonly keptAt: Date;
  readonly expiresAt: Date;
}

const actions: Readonly<Record<KeptUploadKind, Action>> = {
  RECEIPT: 'receipts.upload',
  STATEMENT: 'statements.upload',
};

/**
 * What somebody sent after their session had ended: neither lost nor sent in. Only its sender sees it, and says after
 * signing in again whether it is to be added.
 */
@Injectable()
export class KeptUploads {
  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly uploads: Uploads,
    private readonly clock: Clock,
  ) {}

  /** Refuses who may not send it in at this moment, before anything of it is read. */
  authorise(principal: Principal, kind: KeptUploadKind, budgetId: string): void {
    authorise(principal, actions[kind], budgetId);
  }

  /** Lets a file in, before it is read: like {@link authorise}, and the sender has not sent too much. */
  async admit(principal: Principal, kind: KeptUploadKind, budgetId: string, bytes: number): Promise<void> {
    this.authorise(principal, kind, budgetId);
    await this.uploads.admit(contextOf(principal), bytes);
  }

  /** For who may send it in at this moment. The same file for the same purpose is kept once, as it was sent last. */
  async keep(principal: Principal, upload: UploadToKeep): Promise<void> {
    this.authorise(principal, upload.kind, upload.budgetId);
    const [fileBytes, keptAt] = [upload.bytes.length, this.clock.now()];
    if (fileBytes === 0) throw Problem.field('/file', 'The file is empty: choose it again.');
    const file = await this.uploads.arrive(upload.bytes);
    await this.uploads.keep(contextOf(principal), file, (place) =>
      this.database.transaction(contextOf(principal), async (tx) => {
        // One at a time for each person, so that two at once do not pass the limit together.
        await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`kept uploads of ${principal.id}`]);
        await requireBudget(tx, upload.budgetId);
        const held = await keptRows(tx, keptAt);
        checkKeptUploads(
          held.filter((row) => !isSame(row, upload, file.hash)),
          fileBytes,
        );
        await place(tx);
        await tx.query(
          `INSERT INTO kept_uploads (authority_id, id, person_id, kind, budget_id, fields, file_hash, file_name, file_bytes,
                                   kept_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (authority_id, person_id, kind, budget_id, file_hash) DO UPDATE
           SET fields = excluded.fields, file_name = excluded.file_name, kept_at = excluded.kept_at,
               expires_at = excluded.expires_at`,
          [
            principal.authorityId,
            newId(),
            principal.id,
            upload.kind,
            upload.budgetId,
            JSON.stringify(upload.fields),
            file.hash,
            plainFileName(upload.fileName),
            fileBytes,
            keptAt,
            new Date(keptAt.getTime() + keptUploadHoursMax * 3_600_000),
          ],
        );
      }),
    );
  }

  /** One's own, the oldest first; those that have expired are gone, swept or not. */
  async list(principal: Principal): Promise<KeptUpload[]> {
    if (principal.kind !== 'person') return [];
    return this.database.transaction(contextOf(principal), (tx) => keptRows(tx, this.clock.now()));
  }

  async view(principal: Principal, id: string): Promise<KeptUpload> {
    const found = (await this.list(principal)).find((upload) => upload.id === id);
    if (found) return found;
    throw new Problem('not-found', 'This is not kept any more: it was added, left out, or kept for too long.');
  }

  async bytes({ fileHash }: KeptUpload): Promise<Uint8Array> {
    return this.files.read(fileHash, 'The file that was kept');
  }

  /** Done twice it does no harm. The file stays where something else names it, and is swept otherwise. */
  async forget(principal: Principal, id: string): Promise<void> {
    await this.database.transaction(contextOf(principal), (tx) =>
      tx.query('DELETE FROM kept_uploads WHERE authority_id = $1 AND id = $2', [principal.authorityId, id]),
    );
  }
}

/** Forgets what was kept for too long. Returns how many. Their files are swept with those that nothing names. */
export async function sweepKeptUploads(database: Database, context: TenantContext): Promise<number> {
  return database.transaction(context, async (tx) => {
    const gone = await tx.query(
      'DELETE FROM kept_uploads WHERE authority_id = $1 AND expires_at <= context_now() RETURNING id',
      [context.authorityId],
    );
    return gone.length;
  });
}

/** Those of the transaction's person, by the policy of the table. */
async function keptRows(tx: Transaction, now: Date): Promise<KeptUpload[]> {
  return tx.query<KeptUpload & Record<string, unknown>>(
    `SELECT id, kind, budget_id AS "budgetId", fields, file_hash AS "fileHash", file_name AS "fileName",
            file_bytes AS "fileBytes", kept_at AS "keptAt", expires_at AS "expiresAt"
       FROM kept_uploads WHERE authority_id = $1 AND person_id = $2 AND expires_at > $3 ORDER BY kept_at, id`,
    [tx.context.authorityId, tx.context.principal.id, now],
  );
}

function isSame(row: KeptUpload, { kind, budgetId }: UploadToKeep, fileHash: string): boolean {
  return row.kind === kind && row.budgetId === budgetId && row.fileHash === fileHash;
}
