import { Injectable } from '@nestjs/common';
import { accountOf, type AccountWithBudgets } from '@ringfence/budgets';
import { Database, HandlesJob, FileStore, isLostFile, systemContext, type Transaction } from '@ringfence/platform';
import { comparePreview } from '../duplicates/compare-preview.js';
import { postedImports } from '../duplicates/compare-preview.sql.js';
import { statementsOfAccount } from './domain/choose-statement.js';
import { joined } from './domain/joined-statement.js';
import {
  type ParsedLine,
  type ParsedStatement,
  type ParseError,
  Refusal,
  type RefusedFile,
  type StreamedFile,
  type StreamedLine,
} from '@ringfence/statement-files';
import { StatementImport } from '../records/statements.entities.js';
import { ImportProgress, noProgress } from './import-progress.js';
import { StatementReader, type ReadingApart } from '../reading/statement-reader.js';
import { profilesInUse } from '../layouts/statement-profiles.sql.js';
import { forgetPreview, writePreview, type PreviewLine } from '../records/preview.sql.js';
import { watchImport } from '../account-warnings/watch-account.js';

/** Lines written to a preview at once. */
export const previewLinesAtOnce = 2_000;

/**
 * The job that reads a received file and makes its preview. It is idempotent: a file already read is left alone. The
 * file is read in a program of its own, and twice: once to know that all of it is right and in which order it is, and
 * once to write its lines, so that nothing is written of a file that is refused and no more than a few thousand lines are
 * ever in memory.
 */
@Injectable()
export class ParseStatement {
  constructor(
    private readonly database: Database,
    private readonly files: FileStore,
    private readonly reader: StatementReader,
  ) {}

  @HandlesJob('parse-statement')
  async run({ authorityId, importId }: { authorityId: string; importId: string }): Promise<void> {
    const context = systemContext(authorityId);
    const [received, own] = await this.database.transaction(context, async (tx) => [
      await tx.manager.findOneBy(StatementImport, { authorityId, id: importId, state: 'RECEIVED' }),
      await profilesInUse(tx),
    ]);
    if (!received) return;
    const progress = new ImportProgress(this.database, context, importId);
    try {
      await this.read(received, own, progress);
    } catch (error) {
      if (!isLostFile(error)) throw error;
      // No later run would find the file: its sender is told, and sends it again.
      await progress.settled();
      await this.database.transaction(context, async (tx) => {
        if (await isWaiting(tx, importId)) await refuse(tx, received, new Refusal('FILE_LOST', error.message));
      });
    }
  }

  private async read(received: StatementImport, own: readonly OwnProfile[], progress: ImportProgress): Promise<void> {
    const size = Number(received.fileBytes);
    const source = { size, chunks: () => this.files.stream(received.fileHash, fileOfStatement) };
    const options = {
      profiles: own.map(({ profile }) => profile),
      ...(received.profileWanted === null ? {} : { profile: received.profileWanted }),
    };
    await this.reader.reading(source, options, (opened) => this.preview(received, own, opened, progress));
  }

  private async preview(
    received: StatementImport,
    own: readonly OwnProfile[],
    opened: ReadingApart | RefusedFile,
    progress: ImportProgress,
  ): Promise<void> {
    let seen = 0;
    const file = opened.ok ? await opened.count((lines) => progress.report('READING', (seen += lines), null)) : opened;
    // A file that was altered here is not to be refused as if the bank had written it so.
    if (!file.ok) await this.files.require(received.fileHash, Number(received.fileBytes), fileOfStatement);
    await this.database.transaction(systemContext(received.authorityId), async (tx) => {
      if (!(await isWaiting(tx, received.id))) return;
      try {
        if (!opened.ok || !file.ok) throw refusalOf(opened.ok ? file : opened);
        const version = own.find(({ profile }) => profile.name === file.profile)?.version ?? null;
        await preview(tx, received, opened, file, version, progress);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        await progress.settled();
        await forgetPreview(tx, received.id);
        await refuse(tx, received, error);
      }
    });
  }
}

const fileOfStatement = 'The file of this statement';
type OwnProfile = Awaited<ReturnType<typeof profilesInUse>>[number];

/** Of two that read the same import at once the second finds it read. */
async function isWaiting(tx: Transaction, importId: string): Promise<boolean> {
  // Not the row's lock: progress is written to the row meanwhile.
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 16))', [importId]);
  const rows = await tx.query('SELECT 1 FROM statement_imports WHERE authority_id = $1 AND id = $2 AND state = $3', [
    tx.context.authorityId,
    importId,
    'RECEIVED',
  ]);
  return rows.length > 0;
}

function refusalOf(outcome: { readonly ok: boolean; readonly error?: ParseError }): Refusal {
  const { error } = outcome;
  if (!error) throw new RangeError('refusalOf needs a refusal');
  return new Refusal(error.code, error.message, error.line);
}

async function preview(
  tx: Transaction,
  received: StatementImport,
  reading: ReadingApart,
  file: StreamedFile,
  profileVersion: number | null,
  progress: ImportProgress,
): Promise<void> {
  const account = await accountOf(tx, received.designatedAccountId);
  if (!account)
    throw new Error(`The designated account ${received.designatedAccountId} of import ${received.id} is gone.`);
  const chosen = chosenOf(file, account);
  await forgetPreview(tx, received.id);
  const watch = await watchImport(tx, received, account);
  const positions = new PositionAssigner(chosen.parts);
  let waiting: PreviewLine[] = [];
  let written = 0;
  const write = async (): Promise<void> => {
    await writePreview(tx, received, waiting);
    await watch.see(waiting);
    written += waiting.length;
    progress.report('READING', written, positions.lines);
    waiting = [];
  };
  const again = await reading.read(async (lines) => {
    for (const each of lines) {
      const position = positions.next(each);
      if (position !== undefined) waiting.push(previewLine(each.line, position));
      if (waiting.length >= previewLinesAtOnce) await write();
    }
  });
  if (waiting.length > 0) await write();
  await watch.done();
  // Read well once, it may go over a limit the second time.
  if (!again.ok && again.error.code.startsWith('READING_')) throw refusalOf(again);
  if (!again.ok) throw new Error(`The file of import ${received.id} was read, and refused when it was read again.`);
  // Asked for before the comparison: what is posted meanwhile makes commit compare again.
  const comparedWith = await postedImports(tx, account.id);
  let compared = 0;
  await comparePreview(tx, received, (lines) => progress.report('COMPARING', (compared += lines), positions.lines));
  await progress.settled();
  await update(tx, received, {
    state: 'PARSED',
    format: file.format,
    profile: file.profile,
    profileVersion,
    parserVersion: file.parserVersion,
    needsConfirmation: file.needsConfirmation ?? false,
    firstDate: chosen.firstDate,
    lastDate: chosen.lastDate,
    openingPence: chosen.openingBalance,
    closingPence: chosen.closingBalance,
    warnings: chosen.warnings,
    comparedWith,
    ...noProgress,
  });
}

type Part = StreamedFile['statements'][number];

interface Chosen extends Pick<ParsedStatement, 'openingBalance' | 'closingBalance' | 'warnings'> {
  /** The oldest first. */
  readonly parts: readonly Part[];
  readonly firstDate: string | null;
  readonly lastDate: string | null;
}

function chosenOf(file: StreamedFile, account: AccountWithBudgets): Chosen {
  const statements = statementsOfAccount(file.statements, account);
  const [only, another] = statements;
  const { parts, openingBalance, closingBalance, warnings } =
    only !== undefined && another === undefined ? { ...only, parts: [only] } : joined(statements);
  const days = parts.flatMap(({ firstDate, lastDate }) => [firstDate ?? [], lastDate ?? []].flat()).sort();
  return {
    parts,
    openingBalance,
    closingBalance,
    warnings: [...warnings],
    firstDate: days[0] ?? null,
    lastDate: days.at(-1) ?? null,
  };
}

/**
 * The positions of lines in a preview: the statements' lines oldest first, and behind them the rows that the bank has not
 * posted. The file is read in its own order, which may be the reverse.
 */
class PositionAssigner {
  readonly lines: number;
  private readonly counters = new Map<number, { posted: () => number; apart: () => number }>();

  constructor(parts: readonly Part[]) {
    let posted = 0;
    let apart = parts.reduce((sum, part) => sum + part.posted, 0);
    for (const part of parts) {
      this.counters.set(part.order, {
        posted: counter(posted, part.posted, part.newestFirst),
        apart: counter(apart, part.apart, part.newestFirst),
      });
      posted += part.posted;
      apart += part.apart;
    }
    this.lines = apart;
  }

  /** Undefined for a line of a statement that was not chosen. */
  next({ statement, line }: StreamedLine): number | undefined {
    const counters = this.counters.get(statement);
    return line.status === 'posted' ? counters?.posted() : counters?.apart();
  }
}

function counter(first: number, count: number, backwards: boolean): () => number {
  let next = backwards ? first + count - 1 : first;
  return () => (backwards ? next-- : next++);
}

/** New until it is compared; some banks write notes as lines of 0.00, of which there is nothing to post. */
function previewLine(line: ParsedLine, position: number): PreviewLine {
  const why =
    line.status === 'pending'
      ? 'the bank has not posted it yet'
      : line.status === 'reverted'
        ? 'the bank undid it'
        : line.amountPence === 0n
          ? 'it moves no money'
          : null;
  return { position, verdict: why === null ? 'NEW' : 'NOT_POSTED', heldLineId: null, why, line };
}

async function refuse(tx: Transaction, received: StatementImport, error: Refusal): Promise<void> {
  await update(tx, received, {
    state: 'REFUSED',
    refusalCode: error.code,
    refusal: error.message,
    refusalLine: error.line,
    ...noProgress,
  });
}

async function update(tx: Transaction, received: StatementImport, change: Partial<StatementImport>): Promise<void> {
  await tx.manager.update(StatementImport, { authorityId: received.authorityId, id: received.id }, change);
}
