import { Injectable } from '@nestjs/common';
import { authorise, contextOf, type Principal } from '@ringfence/identity';
import { Clock, newId, Problem } from '@ringfence/kernel';
import { Database, FileStore, requestJob, type IdempotentRequest } from '@ringfence/platform';
import { statementFileBytesMax } from './domain/limits.js';
import { breaksOfImport, type FindingWithAcceptance } from './account-continuity.js';
import { commitPreview, type CommitChoice, type CommitReport, type CommitUnderWay } from './commit-statement.js';
import { StatementImport } from './entities/statements.entities.js';
import { authoriseAccount, findImport } from './import-access.js';
import { previewCounts, readPreview, type PreviewLine, type PreviewVerdict } from './preview.sql.js';

/** A file that was kept as it came. */
export interface KeptFile {
  readonly hash: string;
  readonly bytes: number;
}

export interface StatementUpload {
  readonly designatedAccountId: string;
  readonly fileName: string;
  /** The bytes, or the file that {@link StatementImports.keep} has kept. */
  readonly file: Uint8Array | KeptFile;
  /** The bank's layout, where the sender had to say. */
  readonly profile?: string | undefined;
}

export interface ImportView extends StatementImport {
  readonly counts: Record<PreviewVerdict, number>;
  /** Where its balances do not follow from its lines, or it does not join to its neighbours. */
  readonly breaks: readonly FindingWithAcceptance[];
}

export interface ImportFilter {
  readonly designatedAccountId?: string | undefined;
  readonly state?: string | undefined;
  readonly limit: number;
  readonly before?: { readonly receivedAt: string; readonly id: string } | undefined;
}

/** Statements on their way into the books: received as they are, read by a job, previewed, and committed by a person. */
@Injectable()
export class StatementImports {
  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly clock: Clock,
  ) {}

  /** Keeps a file as it comes, whatever its size: what `source` throws ends it, and then nothing is kept. */
  async keep(principal: Principal, source: AsyncIterable<Uint8Array>): Promise<KeptFile> {
    authorise(principal, 'statements.upload');
    return this.files.storeStream(source);
  }

  /** Keeps the file and asks for it to be read. Nothing enters the books yet. */
  async receive(principal: Principal, upload: StatementUpload, request: IdempotentRequest): Promise<{ id: string }> {
    authorise(principal, 'statements.upload');
    const { file } = upload;
    const fileBytes = file instanceof Uint8Array ? file.length : file.bytes;
    if (fileBytes > statementFileBytesMax) {
      throw new Problem(
        'too-large',
        `The file has ${fileBytes} bytes and a statement may have ${statementFileBytesMax}: download a shorter period.`,
      );
    }
    if (fileBytes === 0) throw Problem.field('/file', 'The file is empty: download the statement again.');
    const fileHash = file instanceof Uint8Array ? await this.files.store(file) : file.hash;
    return this.database.once(contextOf(principal), request, async (tx) => {
      await authoriseAccount(tx, principal, 'statements.upload', upload.designatedAccountId);
      const id = newId();
      await tx.manager.insert(StatementImport, {
        authorityId: principal.authorityId,
        id,
        designatedAccountId: upload.designatedAccountId,
        state: 'RECEIVED',
        fileName: upload.fileName.slice(0, 255) || 'statement',
        fileHash,
        fileBytes: BigInt(fileBytes),
        profileWanted: upload.profile ?? null,
        uploadedBy: principal.id,
        receivedAt: this.clock.now(),
        warnings: [],
      });
      await requestJob(tx, 'parse-statement', { importId: id });
      return { id };
    });
  }

  /**
   * Posts the new lines of a preview, and of the doubtful ones those whose positions a person named. What is held is
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
