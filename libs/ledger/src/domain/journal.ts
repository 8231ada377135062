import {
  calendarDate,
  dateRangeText,
  isId,
  moneyMaxPence,
  poundsText,
  Problem,
  type CalendarDate,
  type Fault,
  type LedgerStream,
  type Money,
  type ProblemCode,
} from '@ringfence/kernel';
import { chartOfAccounts, type AccountCode } from './chart.js';

export const journalsPerBatchMax = 10_000;
export const entriesPerBatchMax = 100_000;
export const entriesPerJournalMax = 1_000;
export const descriptionCharactersMax = 500;
export const keyCharactersMax = 200;
export const sourceTypeCharactersMax = 60;
export const sourceIdCharactersMax = 200;
export const effectiveDateMin: CalendarDate = '2000-01-01';
export const effectiveDateMax: CalendarDate = '2100-12-31';

export const journalKinds = [
  'STATEMENT_LINE',
  'ALLOCATION',
  'INSTALMENT_DUE',
  'PAY_RUN',
  'INVOICE',
  'RECEIPT_ADJUSTMENT',
  'DECISION',
  'RECOVERY',
  'SURPLUS',
  'REVERSAL',
  'STREAM_TRANSFER',
  'OPENING',
  'ADJUSTMENT',
] as const;
export type JournalKind = (typeof journalKinds)[number];

/** An entry. `amountPence` is signed: debit positive. No budget means pooled money that is not yet allocated. */
export interface NewEntry {
  readonly account: AccountCode;
  readonly budgetId: string | null;
  readonly stream: LedgerStream;
  readonly amountPence: Money;
  /** When the service was given; stays true when the journal itself must move to a later, open day. */
  readonly serviceDate?: CalendarDate | null;
  readonly budgetLineId?: string | null;
  readonly outcomeId?: string | null;
  readonly agreementId?: string | null;
}

/** A payer's consent to a move of its money: who of that payer agreed. */
export interface PayerApproval {
  readonly payerId: string;
  readonly approvedBy: string;
}

export interface NewJournal {
  readonly bookId: string;
  readonly kind: Exclude<JournalKind, 'REVERSAL'>;
  readonly description: string;
  readonly effectiveDate: CalendarDate;
  /** What caused it, such as `{ type: 'statement-line', id }`. */
  readonly source: { readonly type: string; readonly id: string };
  /** Unique in the book; a repeat is answered with the first journal. */
  readonly idempotencyKey: string;
  readonly entries: readonly NewEntry[];
  /** Refuse (the default), or take the first open day when the effective date lies in a closed month. */
  readonly whenClosed?: 'refuse' | 'first-open-day';
  /** For a STREAM_TRANSFER, and for nothing else: both payers must have agreed (domain.md, section 2.2). */
  readonly approvals?: { readonly giving: PayerApproval; readonly receiving: PayerApproval };
}

/**
 * Refuses a batch that the database would refuse, with a pointer to each fault. Throws a {@link Problem}:
 * `batch-too-large`, `journal-unbalanced` when sums are all that is wrong, else `invalid-request`.
 */
export function checkNewJournals(drafts: readonly NewJournal[]): void {
  if (drafts.length < 1 || drafts.length > journalsPerBatchMax) {
    throw new Problem(
      'batch-too-large',
      `The batch has ${drafts.length} journals: post 1 to ${journalsPerBatchMax} at once.`,
    );
  }
  const entries = drafts.reduce((sum, draft) => sum + draft.entries.length, 0);
  if (entries > entriesPerBatchMax) {
    throw new Problem(
      'batch-too-large',
      `The batch has ${entries} entries: post at most ${entriesPerBatchMax} at once.`,
    );
  }
  const keys = new Set<string>();
  for (const [order, draft] of drafts.entries()) {
    const pointer = `/${order}`;
    const faults = [...headerFaults(draft, pointer), ...entryFaults(draft, pointer)];
    const key = `${draft.bookId} ${draft.idempotencyKey}`;
    if (keys.has(key)) {
      faults.push(
        fault(
          `${pointer}/idempotencyKey`,
          `The idempotency key "${draft.idempotencyKey}" comes twice in the batch: give each journal its own.`,
        ),
      );
    }
    keys.add(key);
    if (faults.length > 0) refuse('invalid-request', faults);
    const unbalanced = balanceFaults(draft, pointer);
    if (unbalanced.length > 0) refuse('journal-unbalanced', unbalanced);
  }
}

function refuse(code: ProblemCode, faults: readonly Fault[]): never {
  throw new Problem(code, faults[0]!.message, { errors: faults });
}

function fault(pointer: string, message: string): Fault {
  return { pointer, message };
}

function headerFaults(draft: NewJournal, pointer: string): Fault[] {
  const faults: Fault[] = [];
  const text = (field: string, value: string, charactersMax: number): void => {
    const characters = [...value].length;
    if (characters < 1 || characters > charactersMax) {
      faults.push(
        fault(`${pointer}/${field}`, `${pointer}/${field} has ${characters} characters: write 1 to ${charactersMax}.`),
      );
    }
  };
  text('description', draft.description, descriptionCharactersMax);
  text('idempotencyKey', draft.idempotencyKey, keyCharactersMax);
  text('source/type', draft.source.type, sourceTypeCharactersMax);
  text('source/id', draft.source.id, sourceIdCharactersMax);
  if (!isId(draft.bookId))
    faults.push(fault(`${pointer}/bookId`, `${pointer}/bookId is ${JSON.stringify(draft.bookId)}: it must be an id.`));
  const day = calendarDate(draft.effectiveDate);
  if (day === undefined || day < effectiveDateMin || day > effectiveDateMax) {
    faults.push(
      fault(
        `${pointer}/effectiveDate`,
        `${pointer}/effectiveDate is ${JSON.stringify(draft.effectiveDate)}: write a day from ${effectiveDateMin} to ${effectiveDateMax}.`,
      ),
    );
  }
  if ((draft.kind === 'STREAM_TRANSFER') !== (draft.approvals !== undefined)) {
    faults.push(
      fault(
        `${pointer}/approvals`,
        draft.kind === 'STREAM_TRANSFER'
          ? 'A transfer between streams needs the approval of both payers: name the giving and the receiving payer and who approved.'
          : `A journal of kind ${draft.kind} carries no payers’ approvals: post a move between streams as STREAM_TRANSFER.`,
      ),
    );
  }
  return faults;
}

function entryFaults(draft: NewJournal, pointer: string): Fault[] {
  const count = draft.entries.length;
  if (count > entriesPerJournalMax) {
    throw new Problem(
      'batch-too-large',
      `The journal ${pointer} has ${count} entries: the limit is ${entriesPerJournalMax}.`,
    );
  }
  if (count < 2)
    return [fault(`${pointer}/entries`, `The journal ${pointer} has ${count} entries: it needs two or more.`)];
  return draft.entries.flatMap((entry, order) => {
    const at = `${pointer}/entries/${order}`;
    const faults: Fault[] = [];
    if (!(entry.account in chartOfAccounts)) {
      faults.push(
        fault(
          `${at}/account`,
          `${at}/account is ${JSON.stringify(entry.account)}: it is not in the chart of accounts.`,
        ),
      );
    }
    if (entry.amountPence === 0n || entry.amountPence > moneyMaxPence || entry.amountPence < -moneyMaxPence) {
      faults.push(
        fault(
          `${at}/amountPence`,
          `${at} has the amount ${poundsText(entry.amountPence)}: it must not be zero, nor beyond ${poundsText(moneyMaxPence)}.`,
        ),
      );
    }
    if (entry.serviceDate != null && calendarDate(entry.serviceDate) === undefined) {
      faults.push(
        fault(
          `${at}/serviceDate`,
          `${at}/serviceDate is ${JSON.stringify(entry.serviceDate)}: write a day that exists, ${dateRangeText}.`,
        ),
      );
    }
    for (const field of ['budgetId', 'budgetLineId', 'outcomeId', 'agreementId'] as const) {
      const id = entry[field];
      if (id != null && !isId(id))
        faults.push(fault(`${at}/${field}`, `${at}/${field} is ${JSON.stringify(id)}: it must be an id.`));
    }
    if (entry.budgetId === null && entry.stream !== 'UNALLOCATED') {
      faults.push(
        fault(
          `${at}/budgetId`,
          `${at} is of stream ${entry.stream} and names no budget: only UNALLOCATED money may have none.`,
        ),
      );
    }
    return faults;
  });
}

function balanceFaults(draft: NewJournal, pointer: string): Fault[] {
  const sums = new Map<string, { stream: LedgerStream; budgetId: string | null; sum: Money }>();
  for (const { budgetId, stream, amountPence } of draft.entries) {
    const key = `${stream} ${budgetId}`;
    sums.set(key, { stream, budgetId, sum: (sums.get(key)?.sum ?? 0n) + amountPence });
  }
  return [...sums.values()]
    .filter(({ sum }) => sum !== 0n)
    .map(({ stream, budgetId, sum }) =>
      fault(
        `${pointer}/entries`,
        `The journal does not balance: its entries of stream ${stream} for ${budgetId ? `budget ${budgetId}` : 'no budget'} sum to ${poundsText(sum)}, and must sum to zero.`,
      ),
    );
}
