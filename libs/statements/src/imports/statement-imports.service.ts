import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { Clock, newId, Problem } from '@ringfence/kernel';
import { Database, requestJob, Uploads, type ArrivedFile, type IdempotentRequest } from '@ringfence/platform';
import { statementFileBytesMax } from '@ringfence/statement-files';
import { breaksOfImport, type FindingWithAcceptance } from '../continuity/account-continuity.js';
import { commitPreview, type CommitChoice, type CommitReport, type CommitUnderWay } from './commit-statement.js';
import { StatementImport } from '../records/statements.entities.js';
import { authoriseAccount, findImport } from '../records/import-access.js';
import { previewCounts, readPreview, type PreviewLine, type PreviewVerdict } from '../records/preview.sql.js';

export interface StatementUpload {
  readonly designatedAccountId: string;
  readonly fileName: string;
  /** The bytes, or the file that {@link StatementImports.arrive} has taken in. */
  readonly file: Uint8Array | ArrivedFile;
  /** The bank's layout, where the sender had to say. */
  readonly profile?: string | undefined;
}

export interface ImportView extends StatementImport {
  readonly counts: Record<PreviewVerdict, number>;
  /** Where its balances do not follow from its lines, or not from those of its neighbours. */
  readonly breaks: readonly FindingWithAcceptance[];
}

export interface ImportFilter {
  readonly designatedAccountId?: string | undefined;
  readonly state?: string | undefined;
  readonly limit: number;
  readonly before?: { readonly receivedAt: string; readonly id: string } | undefined;
}

/** Statements on their way to the ledger: received as they are, read by a job, previewed, and committed by a person. */
@Injectable()
export class StatementImports {
  constructor(
    private readonly database: Database,
    private readonly uploads: Uploads,
    private readonly clock: Clock,
  ) {}

  /** Refuses whose role uploads no statements, before anything of a request is read. */
  authoriseUpload(principal: Principal): void {
    authorise(principal, 'statements.upload');
  }

  /**
   * Lets a file in, before it is read: the sender may upload for this account, and has not sent too much. `bytes` is the
   * length that is announced.
   */
  async admit(principal: Principal, designatedAccountId: string, bytes: number): Promise<void> {
    authorise(principal, 'statements.upload');
    await this.database.transaction(contextOf(principal), (tx) =>
      authoriseAccount(tx, principal, 'statements.upload', designatedAccountId),
    );
    await this.uploads.admit(contextOf(principal), bytes);
  }

  /** Takes a file in as it comes, whatever its size; it is handed to {@link receive}, or to {@link drop}. */
  arrive(source: AsyncIterable<Uint8Array>): Promise<ArrivedFile> {
    return this.uploads.arrive(source);
  }

  drop(file: ArrivedFile): Promise<void> {
    return this.uploads.drop(file);
  }

  /** Keeps the file and asks for it to be read. Nothing enters the books yet. */
  async receive(principal: Principal, upload: StatementUpload, request: IdempotentRequest): Promise<{ id: string }> {
    authorise(principal, 'statements.upload');
    const file = upload.file instanceof Uint8Array ? await this.uploads.arrive(upload.file) : upload.file;
    return this.uploads.keep(contextOf(principal), file, async (place) => {
      requireSize(file.bytes);
      return this.database.once(contextOf(principal), request, async (tx) => {
        await authoriseAccount(tx, principal, 'statements.upload', upload.designatedAccountId);
        await place(tx);
        const id = newId();
        await tx.manager.insert(StatementImport, {
          authorityId: principal.authorityId,
          id,
          designatedAccountId: upload.designatedAccountId,
          state: 'RECEIVED',
          fileName: upload.fileName.slice(0, 255) || 'statement',
          fileHash: file.hash,
          fileBytes: BigInt(file.bytes),
          profileWanted: upload.profile ?? null,
          uploadedBy: principal.id,
          receivedAt: this.clock.now(),
          warnings: [],
        });
        await requestJob(tx, 'parse-statement', { importId: id });
        return { id };
      });
    });
  }

  /**
   * Posts the new lines of a preview, and of the possible duplicates those whose positions a person named. What is held is
   * checked again under the account's lock, so two uploads of one file committed at once add its lines once. A preview
   * of more than `linesCommittedAtOnceMax` lines is posted by a job, and the import tells how that goes.
   */
  async commit(
    principal: Principal,
    importId: string,
    choice: CommitChoice,
    request: IdempotentRequest,
  ): Promise<CommitReport | CommitUnderWay> {
    return this.database.once(contextOf(principal), request, async (tx) => {
      const statementImport = await findImport(tx, importId);
      const account = await authoriseAccount(tx, principal, 'statements.upload', statementImport.designatedAccountId);
      return commitPreview(tx, statementImport, account, choice);
    });
  }

  async view(principal: Principal, importId: string): Promise<ImportView> {
    return this.database.transaction(contextOf(principal), async (tx) => {
      const statementImport = await findImport(tx, importId);
      await authoriseAccount(tx, principal, 'statements.read', statementImport.designatedAccountId);
      const { state } = statementImport;
      return {
        ...statementImport,
        counts: await previewCounts(tx, importId),
        breaks: state === 'PARSED' || state === 'COMMITTED' ? await breaksOfImport(tx, statementImport) : [],
      };
    });
  }

  /** Lines of a preview behind a position, in its order; of one verdict only where that is said. */
  async preview(
    principal: Principal,
    importId: string,
    after: number,
    limit: number,
    verdict?: PreviewVerdict,
  ): Promise<PreviewLine[]> {
    return this.database.transaction(contextOf(principal), async (tx) => {
      const statementImport = await findImport(tx, importId);
      await authoriseAccount(tx, principal, 'statements.read', statementImport.designatedAccountId);
      return readPreview(tx, importId, after, limit, verdict ?? null);
    });
  }

  /** Newest first; asked for one more than `limit`, so that the caller can tell whether there is another page. */
  async list(principal: Principal, filter: ImportFilter): Promise<StatementImport[]> {
    authorise(principal, 'statements.read');
    return this.database.transaction(contextOf(principal), (tx) => {
      const query = tx.manager
        .createQueryBuilder(StatementImport, 'i')
        .where('i.authorityId = :authorityId', { authorityId: principal.authorityId });
      if (filter.designatedAccountId)
        query.andWhere('i.designatedAccountId = :account', { account: filter.designatedAccountId });
      if (filter.state) query.andWhere('i.state = :state', { state: filter.state });
      if (filter.before)
        query.andWhere('(i.receivedAt, i.id) < (:at::timestamptz, :id::uuid)', {
          at: filter.before.receivedAt,
          id: filter.before.id,
        });
      return query
        .orderBy('i.receivedAt', 'DESC')
        .addOrderBy('i.id', 'DESC')
        .limit(filter.limit + 1)
        .getMany();
    });
  }
}

function requireSize(bytes: number): void {
  if (bytes > statementFileBytesMax) {
    throw new Problem(
      'too-large',
      `The file has ${bytes} bytes and a statement may have ${statementFileBytesMax}: download a shorter period.`,
    );
  }
  if (bytes === 0) throw Problem.field('/file', 'The file is empty: download the statement again.');
}
