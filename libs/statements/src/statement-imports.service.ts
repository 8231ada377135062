import { Injectable } from '@nestjs/common';
import { accountOf } from '@ringfence/budgets';
import { authorise, contextOf, seesWholeAuthority, type Principal } from '@ringfence/identity';
import { Clock, newId, Problem } from '@ringfence/kernel';
import { Database, FileStore, requestJob, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import { statementFileBytesMax } from './domain/limits.js';
import { commitPreview, type CommitChoice, type CommitReport } from './commit-statement.js';
import { StatementImport } from './entities/statements.entities.js';
import { previewCounts, readPreview, type PreviewLine, type PreviewVerdict } from './statements.sql.js';

export interface StatementUpload {
  readonly designatedAccountId: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** The bank's layout, where the sender had to say. */
  readonly profile?: string | undefined;
}

export interface ImportView extends StatementImport {
  readonly counts: Record<PreviewVerdict, number>;
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

  /** Keeps the file and asks for it to be read. Nothing enters the books yet. */
  async receive(principal: Principal, upload: StatementUpload, request: IdempotentRequest): Promise<{ id: string }> {
    authorise(principal, 'statements.upload');
    if (upload.bytes.length > statementFileBytesMax) {
      throw new Problem(
        'too-large',
        `The file has ${upload.bytes.length} bytes and a statement may have ${statementFileBytesMax}: download a shorter period.`,
      );
    }
    if (upload.bytes.length === 0) throw Problem.field('/file', 'The file is empty: download the statement again.');
    const fileHash = await this.files.store(upload.bytes);
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
        fileBytes: BigInt(upload.bytes.length),
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
   * checked again under the account's lock, so two uploads of one file committed at once add its lines once.
   */
  async commit(
    principal: Principal,
    importId: string,
    choice: CommitChoice,
    request: IdempotentRequest,
  ): Promise<CommitReport> {
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
      return { ...statementImport, counts: await previewCounts(tx, importId) };
    });
  }

  async preview(principal: Principal, importId: string, after: number, limit: number): Promise<PreviewLine[]> {
    return this.database.transaction(contextOf(principal), async (tx) => {
      const statementImport = await findImport(tx, importId);
      await authoriseAccount(tx, principal, 'statements.read', statementImport.designatedAccountId);
      return readPreview(tx, importId, after, limit);
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

async function findImport(tx: Transaction, importId: string): Promise<StatementImport> {
  const found = await tx.manager.findOneBy(StatementImport, { authorityId: tx.context.authorityId, id: importId });
  if (!found) throw new Problem('not-found', `There is no statement import ${importId} that you can see.`);
  return found;
}

/** An account is acted on by who may act on every budget that it serves: a file tells of all of them. */
async function authoriseAccount(
  tx: Transaction,
  principal: Principal,
  action: 'statements.upload' | 'statements.read',
  designatedAccountId: string,
) {
  const account = await accountOf(tx, designatedAccountId);
  if (!account)
    throw new Problem('not-found', `There is no designated account ${designatedAccountId} that you can see.`);
  for (const { budgetId } of account.budgets) authorise(principal, action, budgetId);
  if (!seesWholeAuthority(principal)) {
    const [row] = await tx.query<{ whole: boolean }>('SELECT holds_whole_account($1) AS whole', [designatedAccountId]);
    if (!row?.whole) {
      throw new Problem(
        'not-permitted',
        'This account is shared with other budgets: its holder uploads its statements.',
      );
    }
  }
  return account;
}
