import { Injectable } from '@nestjs/common';
import { accountOf } from '@ringfence/budgets';
import { Database, FileStore, systemContext, type Transaction } from '@ringfence/platform';
import { chooseStatement } from './domain/choose-statement.js';
import { newLines } from './domain/identity.js';
import { Refusal, type ParsedFile, type ParsedLine, type ParseError, type ParsedStatement } from './domain/outcome.js';
import { readStatementFile } from './domain/read-statement-file.js';
import { StatementImport } from './entities/statements.entities.js';
import { bankIdsOf, heldLines, writePreview, type PreviewLine } from './statements.sql.js';

/** The job that reads a received file and makes its preview. It bears repeating: a file already read is left alone. */
@Injectable()
export class ParseStatement {
  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
  ) {}

  async run({ authorityId, importId }: { authorityId: string; importId: string }): Promise<void> {
    const context = systemContext(authorityId);
    const received = await this.database.transaction(context, (tx) =>
      tx.manager.findOneBy(StatementImport, { authorityId, id: importId, state: 'RECEIVED' }),
    );
    if (!received) return;
    const bytes = await this.files.read(received.fileHash);
    const outcome = await readStatementFile(
      bytes,
      received.profileWanted === null ? {} : { profile: received.profileWanted },
    );
    await this.database.transaction(context, async (tx) => {
      const still = await tx.query(
        'SELECT 1 FROM statement_imports WHERE authority_id = $1 AND id = $2 AND state = $3 FOR UPDATE',
        [authorityId, importId, 'RECEIVED'],
      );
      if (still.length === 0) return;
      if (!outcome.ok) return refuse(tx, received, outcome.error);
      try {
        await preview(tx, received, outcome);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        await refuse(tx, received, { code: error.code, message: error.message, line: error.line });
      }
    });
  }
}

async function preview(tx: Transaction, received: StatementImport, file: ParsedFile): Promise<void> {
  const account = await accountOf(tx, received.designatedAccountId);
  if (!account)
    throw new Error(`The designated account ${received.designatedAccountId} of import ${received.id} is gone.`);
  const statement = chooseStatement(file, account);
  const days = statement.lines.map(({ date }) => date).sort();
  const [first = null, last = null] = [days[0], days.at(-1)];
  const held = first && last ? await heldLines(tx, account.id, first, last, bankIdsOf(statement.lines)) : [];
  await writePreview(tx, received, previewLines(statement, newLines(held, statement.lines.filter(movesMoney))));
  await update(tx, received, {
    state: 'PARSED',
    format: file.format,
    profile: file.profile,
    parserVersion: file.parserVersion,
    needsConfirmation: file.needsConfirmation ?? false,
    firstDate: first,
    lastDate: last,
    openingPence: statement.openingBalance,
    closingPence: statement.closingBalance,
    warnings: statement.warnings,
  });
}

function previewLines(statement: ParsedStatement, found: ReturnType<typeof newLines>): PreviewLine[] {
  const held = new Map(found.held.map((match) => [match.line, match.heldId]));
  const doubtful = new Map(found.doubtful.map((match) => [match.line, match]));
  const posted = statement.lines.map((line): Omit<PreviewLine, 'position'> => {
    if (!movesMoney(line)) return { verdict: 'NOT_POSTED', heldLineId: null, why: 'it moves no money', line };
    const heldLineId = held.get(line);
    if (heldLineId) return { verdict: 'HELD', heldLineId, why: null, line };
    const doubt = doubtful.get(line);
    if (doubt) return { verdict: 'DOUBTFUL', heldLineId: doubt.heldId, why: doubt.why, line };
    return { verdict: 'NEW', heldLineId: null, why: null, line };
  });
  const apart = statement.notPosted.map((line): Omit<PreviewLine, 'position'> => ({
    verdict: 'NOT_POSTED',
    heldLineId: null,
    why: line.status === 'pending' ? 'the bank has not posted it yet' : 'the bank took it back',
    line,
  }));
  return [...posted, ...apart].map((line, position) => ({ ...line, position }));
}

/** Some banks write notes as lines of 0.00: there is nothing to post. */
function movesMoney(line: ParsedLine): boolean {
  return line.amountPence !== 0n;
}

async function refuse(tx: Transaction, received: StatementImport, error: ParseError): Promise<void> {
  await update(tx, received, {
    state: 'REFUSED',
    refusalCode: error.code,
    refusal: error.message,
    refusalLine: error.line,
  });
}

async function update(tx: Transaction, received: StatementImport, change: Partial<StatementImport>): Promise<void> {
  await tx.manager.update(StatementImport, { authorityId: received.authorityId, id: received.id }, change);
}
