import type { AccountWithBudgets } from '@ringfence/budgets';
import { postJournals, reverseJournal, statementLineEntries, type JournalDraft } from '@ringfence/ledger';
import { newId, Problem, type CalendarDate, type Money } from '@ringfence/kernel';
import { requestJob, type Transaction } from '@ringfence/platform';
import { newLines } from './domain/identity.js';
import { normalDescription } from './domain/bank-text.js';
import type { ParsedLine } from './domain/outcome.js';
import { StatementImport } from './entities/statements.entities.js';
import {
  bankIdsOf,
  firstLineDate,
  heldLines,
  insertLines,
  openingLine,
  readPreview,
  type LineToKeep,
} from './statements.sql.js';

/** What a person decided on looking at a preview. */
export interface CommitChoice {
  /** Positions of doubtful lines that are new after all. */
  readonly acceptDoubtful: readonly number[];
  /** The lines were compared with the pages they were read from; needed where the import says so. */
  readonly confirmed: boolean;
}

export interface CommitReport {
  readonly id: string;
  readonly posted: number;
  readonly alreadyHeld: number;
  /** Doubtful lines that nobody accepted: they stay in the preview and out of the books. */
  readonly leftOut: number;
}

/** Lines posted in one batch to the ledger; under the ledger's own limit. */
const linesPerBatch = 5_000;

/** Part of the commit's transaction; see StatementImports.commit. */
export async function commitPreview(
  tx: Transaction,
  statementImport: StatementImport,
  account: AccountWithBudgets,
  { acceptDoubtful, confirmed }: CommitChoice,
): Promise<CommitReport> {
  // The account's lock: commits of one account take turns, and each sees what the one before posted.
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 5))', [account.id]);
  const [{ state } = { state: 'RECEIVED' }] = await tx.query<{ state: string }>(
    'SELECT state FROM statement_imports WHERE authority_id = $1 AND id = $2 FOR UPDATE',
    [tx.context.authorityId, statementImport.id],
  );
  if (state !== 'PARSED') {
    const why =
      state === 'RECEIVED'
        ? 'it is still being read: try again in a moment'
        : state === 'REFUSED'
          ? 'it was refused: upload another file'
          : 'it is in the books already';
    throw new Problem('statement-not-ready', `The statement cannot be committed because ${why}.`);
  }
  if (statementImport.needsConfirmation && !confirmed) {
    throw new Problem(
      'statement-not-ready',
      'The lines were read from the pages of a PDF: compare them with it, then confirm that they are right.',
    );
  }
  const preview = await readPreview(tx, statementImport.id);
  const accepted = new Set(acceptDoubtful);
  for (const position of accepted) {
    if (preview.find((line) => line.position === position)?.verdict !== 'DOUBTFUL') {
      throw Problem.field(
        '/acceptDoubtful',
        `Line ${position} of the preview is not doubtful: name only doubtful lines.`,
      );
    }
  }
  const byLine = new Map(preview.map((entry) => [entry.line, entry]));
  const posted = preview.filter(({ verdict }) => verdict !== 'NOT_POSTED');
  const { first, last } = daysOf(posted.map(({ line }) => line));
  const now =
    first === null || last === null
      ? { new: [], held: [], doubtful: [] }
      : newLines(
          await heldLines(tx, account.id, first, last, bankIdsOf(posted.map(({ line }) => line))),
          posted.map(({ line }) => line),
        );
  // A line that became doubtful since the preview was not shown as such: nobody has accepted it.
  const chosen = [
    ...now.new,
    ...now.doubtful.map(({ line }) => line).filter((line) => accepted.has(byLine.get(line)!.position)),
  ];
  const lines = chosen
    .map((line) => ({ line, position: byLine.get(line)!.position, kind: 'LINE' as const }))
    .sort((a, b) => a.position - b.position);
  const opening = await openingToKeep(tx, statementImport, account, first);
  await post(tx, statementImport, account, [...opening, ...lines]);
  await tx.manager.update(
    StatementImport,
    { authorityId: tx.context.authorityId, id: statementImport.id },
    { state: 'COMMITTED', committedBy: tx.context.principal.id, committedAt: await nowOf(tx) },
  );
  await requestJob(tx, 'understand-account', { designatedAccountId: account.id });
  return {
    id: statementImport.id,
    posted: lines.length,
    alreadyHeld: now.held.length,
    leftOut: now.doubtful.length - (chosen.length - now.new.length),
  };
}

/**
 * Money that was in the account before its first statement is posted too, as a line of its own, so that the book's
 * bank balance equals the bank's from the first day. A statement of an earlier time replaces it by its own.
 */
async function openingToKeep(
  tx: Transaction,
  statementImport: StatementImport,
  account: AccountWithBudgets,
  first: CalendarDate | null,
): Promise<Omit<LineToKeep, 'id' | 'journalId'>[]> {
  if (first === null || statementImport.openingPence === null) return [];
  const earliest = await firstLineDate(tx, account.id);
  if (earliest !== null && earliest <= first) return [];
  const held = await openingLine(tx, account.id);
  if (held) {
    await reverseJournal(tx, {
      journalId: held.journalId,
      reason: 'A statement of an earlier time was added, so the books begin with its opening balance.',
      idempotencyKey: `opening-superseded:${held.id}`,
    });
    await tx.query('UPDATE statement_lines SET superseded_at = context_now() WHERE authority_id = $1 AND id = $2', [
      tx.context.authorityId,
      held.id,
    ]);
  }
  if (statementImport.openingPence === 0n) return [];
  return [
    {
      position: -1,
      kind: 'OPENING_BALANCE',
      line: openingBalanceLine(statementImport.id, statementImport.openingPence, first),
    },
  ];
}

async function post(
  tx: Transaction,
  statementImport: StatementImport,
  account: AccountWithBudgets,
  lines: readonly Omit<LineToKeep, 'id' | 'journalId'>[],
): Promise<void> {
  const budgetIds = [...new Set(account.budgets.map((held) => held.budgetId))];
  const budgetId = budgetIds.length === 1 ? budgetIds[0]! : null;
  for (let at = 0; at < lines.length; at += linesPerBatch) {
    const batch = lines.slice(at, at + linesPerBatch).map((line) => ({ ...line, id: newId() }));
    const drafts = batch.map(({ id, kind, line }): JournalDraft => {
      const entries = statementLineEntries(line.amountPence, budgetId);
      return {
        bookId: account.bookId,
        kind: kind === 'LINE' ? 'STATEMENT_LINE' : 'OPENING',
        description: line.description,
        effectiveDate: line.date,
        whenClosed: 'first-open-day',
        source: { type: 'statement-line', id },
        idempotencyKey: `statement-line:${id}`,
        entries: entries.map((entry) => ({ ...entry, serviceDate: line.date })),
      };
    });
    const journals = await postJournals(tx, drafts);
    await insertLines(
      tx,
      {
        importId: statementImport.id,
        designatedAccountId: account.id,
        budgetId,
        parserVersion: statementImport.parserVersion ?? '',
      },
      batch.map((line, order) => ({ ...line, journalId: journals[order]!.id })),
    );
  }
}

function openingBalanceLine(importId: string, amountPence: Money, date: CalendarDate): ParsedLine {
  const description = 'Balance before the first statement';
  return {
    date,
    amountPence,
    description,
    normalisedDescription: normalDescription(description),
    bankId: `opening:${importId}`,
    balancePence: amountPence,
    raw: '',
    sourceLine: 0,
    kind: null,
    mcc: null,
    status: 'posted',
    originalAmount: null,
    originalCurrency: null,
  };
}

function daysOf(lines: readonly ParsedLine[]): { first: CalendarDate | null; last: CalendarDate | null } {
  const days = lines.map(({ date }) => date).sort();
  return { first: days[0] ?? null, last: days.at(-1) ?? null };
}

async function nowOf(tx: Transaction): Promise<Date> {
  const [row] = await tx.query<{ now: Date }>('SELECT context_now() AS now');
  return row!.now;
}
