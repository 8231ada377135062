import type { AccountWithBudgets } from '@ringfence/budgets';
import { newId, type CalendarDate, type Money } from '@ringfence/kernel';
import { postJournals, reverseJournal, statementLineEntries, type NewJournal } from '@ringfence/ledger';
import type { Transaction } from '@ringfence/platform';
import type { LineToPost } from '../records/preview.sql.js';
import { insertOpeningLine, supersede, type LineTarget, type OpeningLine } from './statements.sql.js';

/** An account of one budget has its lines on that budget. */
export function lineTarget(
  account: AccountWithBudgets,
  statementImport: { readonly id: string; readonly parserVersion: string | null },
): LineTarget {
  const budgetIds = [...new Set(account.budgets.map(({ budgetId }) => budgetId))];
  return {
    importId: statementImport.id,
    designatedAccountId: account.id,
    budgetId: budgetIds.length === 1 ? budgetIds[0]! : null,
    parserVersion: statementImport.parserVersion ?? '',
  };
}

/** The journal of a line: BANK against SUSPENSE, on the line's own day. */
export function lineDraft(
  line: { readonly id: string } & Omit<LineToPost, 'position'>,
  kind: 'STATEMENT_LINE' | 'OPENING',
  bookId: string,
  budgetId: string | null,
): NewJournal {
  return {
    bookId,
    kind,
    description: line.description,
    effectiveDate: line.date,
    whenClosed: 'first-open-day',
    source: { type: 'statement-line', id: line.id },
    idempotencyKey: `statement-line:${line.id}`,
    entries: statementLineEntries(line.amountPence, budgetId).map((entry) => ({ ...entry, serviceDate: line.date })),
  };
}

/** Posts an opening balance as a line of the import that states it. */
export async function postOpeningBalance(
  tx: Transaction,
  account: AccountWithBudgets,
  target: LineTarget,
  amountPence: Money,
  date: CalendarDate,
): Promise<void> {
  const line = { id: newId(), date, amountPence, description: 'Balance before the first statement' };
  const [journal] = await postJournals(tx, [lineDraft(line, 'OPENING', account.bookId, target.budgetId)]);
  await insertOpeningLine(tx, target, { ...line, journalId: journal!.id });
}

/** Reverses an opening balance that another is to replace; `reason` is a sentence for the books. */
export async function withdrawOpeningBalance(tx: Transaction, held: OpeningLine, reason: string): Promise<void> {
  await reverseJournal(tx, { journalId: held.journalId, reason, idempotencyKey: `opening-superseded:${held.id}` });
  await supersede(tx, held.id);
}
