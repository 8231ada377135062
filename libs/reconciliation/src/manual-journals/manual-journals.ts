import { Injectable } from '@nestjs/common';
import { payeesOf, requireBudget } from '@ringfence/budgets';
import { authorise, authoriseOn, contextOf, type Principal } from '@ringfence/identity';
import { newId, poundsText, Problem, type CalendarDate, type LedgerStream, type Money } from '@ringfence/kernel';
import { postJournals, reverseJournal, type AccountCode, type NewEntry } from '@ringfence/ledger';
import { Database, type IdempotentRequest, type Transaction } from '@ringfence/platform';
import {
  currentVerdicts,
  retireVerdict,
  storedFinding,
  type StoredFinding,
  type Verdict,
} from '@ringfence/spending-rules';
import { booksOf, insertManualJournal, readManualJournals, type ManualJournal } from './manual-journals.sql.js';
import {
  assessJournal,
  assessMoved,
  keepAssessment,
  refuseExcludedJournal,
  type AssessedJournal,
} from './assess-journal.js';
import { refuseEntriesBeyondHoldings } from './journal-holdings.js';
import { resolveTarget } from '../allocations/targets.js';

export const entriesPerManualJournalMax = 50;

/**
 * The accounts that an officer may post to in a manual journal. Bank lines move BANK and SUSPENSE, instalments DUE_FROM_PAYER and
 * decisions RECOVERABLE: each has its own action, which keeps the books and what they rest on together.
 */
export const manualJournalAccounts = [
  'PROVISION',
  'UNEVIDENCED',
  'FUNDS_HELD',
  'FAMILY_MONEY',
  'SUPPLIER',
  'NET_PAY',
  'HMRC',
  'PENSION',
  'ATTACHMENT',
  'PAYROLL_FEE',
  'HOLIDAY_PROVISION',
  'REDUNDANCY_RESERVE',
] as const satisfies readonly AccountCode[];

export interface NewManualJournal {
  readonly budgetId: string;
  /** Left out: the only account of the budget. */
  readonly designatedAccountId?: string | undefined;
  readonly effectiveDate: CalendarDate;
  readonly description: string;
  readonly reason: string;
  /** Who was paid, where that is known: the household and exceptions of the payee are then tested. */
  readonly payeeId?: string | undefined;
  /** The bank line that is corrected: its spends are assessed as the line is. */
  readonly statementLineId?: string | undefined;
  /** Debit positive. */
  readonly entries: readonly {
    readonly account: (typeof manualJournalAccounts)[number];
    readonly stream: LedgerStream;
    readonly amountPence: Money;
    readonly serviceDate?: CalendarDate | undefined;
    readonly budgetLineId?: string | undefined;
    readonly outcomeId?: string | undefined;
  }[];
}

export interface PostedManualJournal {
  readonly id: string;
  readonly verdict: Verdict | null;
  readonly findings: readonly StoredFinding[];
}

export interface AssessedManualJournal extends ManualJournal {
  readonly verdict: Verdict | null;
  readonly findings: readonly StoredFinding[];
}

/** Journals that a finance officer posts manually, with a reason: corrections and re-codings. Undone by reversal alone. */
@Injectable()
export class ManualJournals {
  constructor(private readonly database: Database) {}

  /** Posts one, after its spends were assessed: an excluded one is refused, a query is returned with the journal. */
  async post(principal: Principal, input: NewManualJournal, request: IdempotentRequest): Promise<PostedManualJournal> {
    authorise(principal, 'journals.post', input.budgetId);
    checkEntries(input.entries);
    return this.database.once(contextOf(principal), request, async (tx) => {
      const { accountId, bookId } = await bookFor(tx, input);
      const payeeId = await requirePayee(tx, input);
      await requireLine(tx, input, accountId);
      const entries: NewEntry[] = [];
      for (const [order, entry] of input.entries.entries()) entries.push(await entryOf(tx, input, entry, order));
      const { budgetId, effectiveDate, description, reason, statementLineId = null } = input;
      const assessed: AssessedJournal = {
        ...{ budgetId, effectiveDate, description, payeeId, statementLineId },
        designatedAccountId: accountId,
        entries: entries.map((entry) => ({
          account: entry.account,
          stream: entry.stream,
          amountPence: entry.amountPence,
          serviceDate: entry.serviceDate ?? null,
          budgetLineId: entry.budgetLineId ?? null,
          outcomeId: entry.outcomeId ?? null,
        })),
      };
      const assessment = await assessJournal(tx, assessed);
      refuseExcludedJournal(assessment, '/entries');
      refuseExcludedJournal(await assessMoved(tx, assessed), '/entries');
      await refuseEntriesBeyondHoldings(tx, entries, (order) => `/entries/${order}/amount`);
      const [journal] = await postJournals(tx, [
        {
          ...{ bookId, description, effectiveDate, entries },
          kind: 'ADJUSTMENT',
          source: { type: 'manual-journal', id: newId() },
          idempotencyKey: `manual-journal:${request.key}`.slice(0, 200),
        },
      ]);
      const { id } = journal!;
      await insertManualJournal(
        tx,
        { id, budgetId, designatedAccountId: accountId, reason, payeeId, statementLineId },
        principal.id,
      );
      if (assessment) await keepAssessment(tx, id, budgetId, assessment);
      return { id, verdict: assessment?.verdict ?? null, findings: assessment?.findings.map(storedFinding) ?? [] };
    });
  }

  /** Posts the mirror of a manual journal, once. What that spends again is assessed as it was the first time. */
  async reverse(
    principal: Principal,
    id: string,
    reason: string,
    request: IdempotentRequest,
  ): Promise<{ id: string; reverses: string }> {
    return this.database.once(contextOf(principal), request, async (tx) => {
      const [journal] = await readManualJournals(tx, { ids: [id] });
      if (!journal) throw await notPostedManually(tx, id);
      authorise(principal, 'journals.post', journal.budgetId);
      if (journal.reversedBy !== null) {
        const sentence = `Journal ${journal.sequence} was reversed already: nothing is left to reverse.`;
        throw new Problem('journal-already-reversed', sentence);
      }
      const mirror = journal.entries.map((entry) => ({ ...entry, amountPence: -entry.amountPence }));
      refuseExcludedJournal(await assessJournal(tx, { ...journal, entries: mirror }), '');
      const entries = mirror.map((entry) => ({ ...entry, budgetId: journal.budgetId }));
      await refuseEntriesBeyondHoldings(tx, entries, () => '');
      const reversal = await reverseJournal(tx, {
        journalId: id,
        reason,
        idempotencyKey: `manual-journal-reversed:${id}`,
      });
      // What was reversed is no spend any more.
      await retireVerdict(tx, 'journal', id);
      return { id: reversal.id, reverses: id };
    });
  }

  /** Newest first; asked for one more than `limit`. */
  async list(
    principal: Principal,
    filter: { readonly budgetId: string; readonly before?: string | undefined; readonly limit: number },
  ): Promise<AssessedManualJournal[]> {
    authoriseOn(principal, 'ledger.read', filter.budgetId);
    return this.database.transaction(contextOf(principal), async (tx) => {
      await requireBudget(tx, filter.budgetId);
      const journals = await readManualJournals(tx, { ...filter, limit: filter.limit + 1 });
      const subjectIds = journals.map(({ id }) => id);
      const verdicts = new Map(
        (await currentVerdicts(tx, { subjectType: 'journal', subjectIds })).map((one) => [one.subjectId, one]),
      );
      return journals.map((journal) => {
        const assessed = verdicts.get(journal.id);
        return { ...journal, verdict: assessed?.verdict ?? null, findings: assessed?.findings ?? [] };
      });
    });
  }
}

function checkEntries(entries: NewManualJournal['entries']): void {
  const sums = new Map<LedgerStream, Money>();
  for (const [order, { account, stream, amountPence, budgetLineId, outcomeId }] of entries.entries()) {
    if (amountPence === 0n) {
      throw Problem.field(
        `/entries/${order}/amount`,
        `/entries/${order}/amount is 0.00: leave the entry out, or write its amount.`,
      );
    }
    if (account === 'PROVISION' && budgetLineId === undefined) {
      const message = `/entries/${order} is spent on agreed provision and names no budget line: say in budgetLineId which.`;
      throw Problem.field(`/entries/${order}/budgetLineId`, message);
    }
    if (account !== 'PROVISION' && budgetLineId !== undefined) {
      const message = `/entries/${order}/budgetLineId is given for ${account}: only PROVISION is spent on a budget line.`;
      throw Problem.field(`/entries/${order}/budgetLineId`, message);
    }
    if (budgetLineId === undefined && outcomeId !== undefined) {
      const message = `/entries/${order}/outcomeId is given without a budget line: an outcome is met by what a line buys, so leave it out or name the line.`;
      throw Problem.field(`/entries/${order}/outcomeId`, message);
    }
    sums.set(stream, (sums.get(stream) ?? 0n) + amountPence);
  }
  for (const [stream, sum] of sums) {
    if (sum === 0n) continue;
    const message = `The entries of stream ${stream} sum to ${poundsText(sum)}: debits and credits of a stream must come to the same.`;
    throw new Problem('journal-unbalanced', message, { errors: [{ pointer: '/entries', message }] });
  }
}

async function bookFor(
  tx: Transaction,
  { budgetId, designatedAccountId }: NewManualJournal,
): Promise<{ accountId: string; bookId: string }> {
  const books = await booksOf(tx, budgetId);
  if (books.length === 0)
    throw new Problem('not-found', `There is no budget ${budgetId} with an account that you can see.`);
  if (designatedAccountId === undefined) {
    if (books.length === 1) return books[0]!;
    const message = `The budget has ${books.length} accounts: say in designatedAccountId which one’s book the journal is for.`;
    throw Problem.field('/designatedAccountId', message);
  }
  const book = books.find(({ accountId }) => accountId === designatedAccountId);
  if (book) return book;
  throw Problem.field(
    '/designatedAccountId',
    `The account ${designatedAccountId} is none of this budget’s: choose one that is.`,
  );
}

async function requirePayee(tx: Transaction, { budgetId, payeeId }: NewManualJournal): Promise<string | null> {
  if (payeeId === undefined) return null;
  if ((await payeesOf(tx, budgetId)).some(({ id }) => id === payeeId)) return payeeId;
  throw Problem.field('/payeeId', `There is no payee ${payeeId} in this budget: add the payee first.`);
}

async function requireLine(
  tx: Transaction,
  { statementLineId, budgetId }: NewManualJournal,
  accountId: string,
): Promise<void> {
  if (statementLineId === undefined) return;
  const found = await tx.query(
    `SELECT 1 FROM statement_lines WHERE authority_id = $1 AND id = $2 AND designated_account_id = $3
        AND (budget_id IS NULL OR budget_id = $4)`,
    [tx.context.authorityId, statementLineId, accountId, budgetId],
  );
  if (found.length > 0) return;
  throw Problem.field(
    '/statementLineId',
    `There is no statement line ${statementLineId} of this budget and account: check the id.`,
  );
}

/** A budget line is looked up as for an allocation: it must hold cash, run on the day and be of the entry's stream. */
async function entryOf(
  tx: Transaction,
  { budgetId, effectiveDate }: NewManualJournal,
  entry: NewManualJournal['entries'][number],
  order: number,
): Promise<NewEntry> {
  const { account, stream, amountPence, serviceDate, budgetLineId, outcomeId } = entry;
  const place = { account, budgetId, stream, amountPence };
  if (budgetLineId === undefined) return { ...place, ...(serviceDate === undefined ? {} : { serviceDate }) };
  const pointer = `/entries/${order}`;
  const target = await resolveTarget(
    tx,
    { type: 'budget-line', budgetLineId, outcomeId, serviceDate },
    effectiveDate,
    pointer,
  );
  if (target.budgetId !== budgetId || target.stream !== stream) {
    const message = `${pointer}/budgetLineId is a line of ${target.budgetId === budgetId ? `stream ${target.stream}, and the entry is of ${stream}` : 'another budget'}: choose one that fits.`;
    throw Problem.field(`${pointer}/budgetLineId`, message);
  }
  return {
    ...place,
    serviceDate: target.serviceDate,
    budgetLineId,
    outcomeId: target.outcomeId,
    agreementId: target.agreementId,
  };
}

async function notPostedManually(tx: Transaction, id: string): Promise<Problem> {
  const [known] = await tx.query<{ source: string }>(
    'SELECT source_type AS source FROM journals WHERE authority_id = $1 AND id = $2',
    [tx.context.authorityId, id],
  );
  if (!known) return new Problem('not-found', `There is no journal ${id} that you can see.`);
  const sentence = `The journal comes from ${/^[aeiou]/.test(known.source) ? 'an' : 'a'} ${known.source.replace(/-/g, ' ')}, and was not posted manually: undo what it came from.`;
  return new Problem('conflict', sentence);
}
