import type { AccountWithBudgets } from '@ringfence/budgets';
import { postJournals } from '@ringfence/ledger';
import { newId, Problem, type CalendarDate } from '@ringfence/kernel';
import { requestJob, type Transaction } from '@ringfence/platform';
import { requireNoOpenBreak } from '../continuity/account-continuity.js';
import { comparePreview } from '../duplicates/compare-preview.js';
import { daysOfPreview, postedImports } from '../duplicates/compare-preview.sql.js';
import { StatementImport, type ImportState } from '../records/statements.entities.js';
import { lockAccountLines } from '../records/import-access.js';
import { noProgress, type ImportProgress } from './import-progress.js';
import { lineDraft, lineTarget, postOpeningBalance, withdrawOpeningBalance } from './post-opening.js';
import { linesToPost, notPossibleDuplicate, previewCounts, type LineToPost } from '../records/preview.sql.js';
import {
  countOccurrences,
  firstLineDate,
  insertPreviewLines,
  openingLine,
  rememberAliases,
  type LineTarget,
} from './statements.sql.js';

/** What a person decided on looking at a preview. */
export interface CommitChoice {
  /** Positions of possible duplicates that are new after all. */
  readonly acceptAsNew: readonly number[];
  /** The lines were compared with the pages they were read from; needed where the import says so. */
  readonly confirmed: boolean;
}

export interface CommitReport {
  readonly id: string;
  readonly posted: number;
  readonly alreadyHeld: number;
  /** Possible duplicates that nobody accepted: they stay in the preview and out of the books. */
  readonly leftOut: number;
}

/** A commit that a job does: how it goes is told by the import itself. */
export interface CommitUnderWay {
  readonly id: string;
  readonly state: 'COMMITTING';
}

/** Up to so many lines a commit is done while its caller waits; more are posted by a job. */
export const linesCommittedAtOnceMax = 20_000;

/** Lines posted in one batch to the ledger; under the ledger's own limit. */
const linesPerBatch = 5_000;

/** Part of the commit's transaction; see StatementImports.commit. Posts, or asks for the job that does. */
export async function commitPreview(
  tx: Transaction,
  statementImport: StatementImport,
  account: AccountWithBudgets,
  choice: CommitChoice,
): Promise<CommitReport | CommitUnderWay> {
  await requireState(tx, statementImport, account, 'PARSED');
  if (statementImport.needsConfirmation && !choice.confirmed) {
    throw new Problem(
      'statement-not-ready',
      'The lines were read from the pages of a PDF: compare them with it, then confirm that they are right.',
    );
  }
  await requireNoOpenBreak(tx, statementImport);
  await requirePossibleDuplicates(tx, statementImport.id, choice.acceptAsNew);
  const { NEW, HELD, POSSIBLE_DUPLICATE } = await previewCounts(tx, statementImport.id);
  if (NEW + HELD + POSSIBLE_DUPLICATE <= linesCommittedAtOnceMax)
    return postPreview(tx, statementImport, account, choice);
  const { id, authorityId } = statementImport;
  const commitRequest = { principal: tx.context.principal, ...choice };
  await tx.manager.update(
    StatementImport,
    { authorityId, id },
    { state: 'COMMITTING', commitRequest: commitRequest as never, commitRefusal: null },
  );
  await requestJob(tx, 'commit-statement', { importId: id });
  return { id, state: 'COMMITTING' };
}

/** Part of the job's transaction; see CommitStatement. Undefined where it was done before. */
export async function commitUnderWay(
  tx: Transaction,
  statementImport: StatementImport,
  account: AccountWithBudgets,
  choice: CommitChoice,
  progress: ImportProgress,
): Promise<CommitReport | undefined> {
  await lockAccountLines(tx, account.id);
  if ((await stateOf(tx, statementImport.id)) !== 'COMMITTING') return undefined;
  await requireNoOpenBreak(tx, statementImport);
  return postPreview(tx, statementImport, account, choice, progress);
}

async function stateOf(tx: Transaction, importId: string): Promise<ImportState | undefined> {
  const [row] = await tx.query<{ state: ImportState }>(
    'SELECT state FROM statement_imports WHERE authority_id = $1 AND id = $2',
    [tx.context.authorityId, importId],
  );
  return row?.state;
}

async function requireState(
  tx: Transaction,
  statementImport: StatementImport,
  account: AccountWithBudgets,
  wanted: ImportState,
): Promise<void> {
  // The account's lock: commits of one account take turns, and each sees what the one before posted.
  await lockAccountLines(tx, account.id);
  const state = await stateOf(tx, statementImport.id);
  if (state === wanted) return;
  const why: Partial<Record<ImportState, string>> = {
    RECEIVED: 'it is still being read: try again in a moment',
    REFUSED: 'it was refused: upload another file',
    COMMITTING: 'its lines are being posted: look at it again in a moment',
    REVERSED: 'it was reversed: upload the file again',
  };
  throw new Problem(
    'statement-not-ready',
    `The statement cannot be committed because ${(state && why[state]) ?? 'it is posted already'}.`,
  );
}

/** What was not shown as a possible duplicate cannot be accepted. */
async function requirePossibleDuplicates(
  tx: Transaction,
  importId: string,
  accepted: readonly number[],
): Promise<void> {
  const wrong = await notPossibleDuplicate(tx, importId, accepted);
  if (wrong === undefined) return;
  throw Problem.field(
    '/acceptAsNew',
    `Line ${wrong} of the preview is no possible duplicate: name only lines that are.`,
  );
}

async function postPreview(
  tx: Transaction,
  statementImport: StatementImport,
  account: AccountWithBudgets,
  { acceptAsNew }: CommitChoice,
  progress?: ImportProgress,
): Promise<CommitReport> {
  const { id, authorityId } = statementImport;
  if ((await postedImports(tx, account.id)) !== statementImport.comparedWith) {
    // Something was posted or reversed since the preview: what is new now may differ from what was then.
    await comparePreview(tx, statementImport);
  }
  const days = await daysOfPreview(tx, id);
  const target = lineTarget(account, statementImport);
  await postOpening(tx, statementImport, account, target, days?.first ?? null);
  const counts = await previewCounts(tx, id);
  const accepted = new Set(acceptAsNew);
  if (days) await countOccurrences(tx, statementImport, [...accepted], days);
  const of = counts.NEW + accepted.size;
  let posted = 0;
  for (let after = -1; ;) {
    // A line that became a possible duplicate since the preview was not shown as such: nobody has accepted it.
    const lines = await linesToPost(tx, id, [...accepted], after, linesPerBatch);
    const last = lines.at(-1);
    if (!last) break;
    await postLines(tx, account, target, lines);
    posted += lines.length;
    progress?.report('POSTING', posted, of);
    if (lines.length < linesPerBatch) break;
    after = last.position;
  }
  await rememberAliases(tx, statementImport);
  await progress?.settled();
  await tx.manager.update(
    StatementImport,
    { authorityId, id },
    { state: 'COMMITTED', committedBy: tx.context.principal.id, committedAt: await nowOf(tx), ...noProgress },
  );
  await requestJob(tx, 'suggest-matches', { designatedAccountId: account.id });
  return { id, posted, alreadyHeld: counts.HELD, leftOut: counts.NEW + counts.POSSIBLE_DUPLICATE - posted };
}

async function postLines(
  tx: Transaction,
  account: AccountWithBudgets,
  target: LineTarget,
  lines: readonly LineToPost[],
): Promise<void> {
  const batch = lines.map((line) => ({ ...line, id: newId() }));
  const journals = await postJournals(
    tx,
    batch.map((line) => lineDraft(line, 'STATEMENT_LINE', account.bookId, target.budgetId)),
  );
  await insertPreviewLines(
    tx,
    target,
    batch.map(({ id, position }, order) => ({ id, position, journalId: journals[order]!.id })),
  );
}

/**
 * Money that was in the account before its first statement is posted too, as a line of its own, so that the book's
 * bank balance equals the bank's from the first day. A statement of an earlier time replaces it by its own.
 */
async function postOpening(
  tx: Transaction,
  statementImport: StatementImport,
  account: AccountWithBudgets,
  target: LineTarget,
  first: CalendarDate | null,
): Promise<void> {
  if (first === null || statementImport.openingPence === null) return;
  const earliest = await firstLineDate(tx, account.id);
  if (earliest !== null && earliest <= first) return;
  const held = await openingLine(tx, account.id);
  if (held) {
    const reason = 'A statement of an earlier time was added, so the books begin with its opening balance.';
    await withdrawOpeningBalance(tx, held, reason);
  }
  if (statementImport.openingPence === 0n) return;
  await postOpeningBalance(tx, account, target, statementImport.openingPence, first);
}

async function nowOf(tx: Transaction): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('SELECT context_now() AS now');
  return row!.now;
}
