import { newId, type Problem } from '@ringfence/kernel';
import { checkNewJournals, entriesPerJournalMax, journalsPerBatchMax, type NewJournal } from './journal.js';
import { statementLineEntries } from './postings.js';

const budgetId = newId();
const sound: NewJournal = {
  bookId: newId(),
  kind: 'STATEMENT_LINE',
  description: 'A bank line',
  effectiveDate: '2026-04-01',
  source: { type: 'statement-line', id: '1' },
  idempotencyKey: '1',
  entries: statementLineEntries(1_234n, budgetId),
};
const [bank, suspense] = sound.entries as [NewJournal['entries'][0], NewJournal['entries'][0]];

function refusalOf(...drafts: NewJournal[]): Problem {
  try {
    checkNewJournals(drafts);
  } catch (error) {
    return error as Problem;
  }
  throw new Error('nothing was refused');
}

describe('A draft of a journal', () => {
  it('passes when it balances', () => {
    expect(() => checkNewJournals([sound])).not.toThrow();
  });

  it.each<[string, Partial<NewJournal>, string, string]>([
    [
      'that does not sum to zero',
      { entries: [bank, { ...suspense, amountPence: -1_000n }] },
      'journal-unbalanced',
      `The journal does not balance: its entries of stream UNALLOCATED for budget ${budgetId} sum to £2.34, and must sum to zero.`,
    ],
    ['with one entry', { entries: [bank] }, 'invalid-request', 'The journal /0 has 1 entries: it needs two or more.'],
    [
      'with an entry of nothing',
      { entries: [bank, suspense, { ...bank, amountPence: 0n }] },
      'invalid-request',
      '/0/entries/2 has the amount £0.00: it must not be zero, nor beyond £99,999,999,999.99.',
    ],
    [
      'on a day that does not exist',
      { effectiveDate: '2026-02-30' },
      'invalid-request',
      '/0/effectiveDate is "2026-02-30": write a day from 2000-01-01 to 2100-12-31.',
    ],
    ['without words', { description: '' }, 'invalid-request', '/0/description has 0 characters: write 1 to 500.'],
    [
      'of a stream without a budget',
      { entries: sound.entries.map((entry) => ({ ...entry, budgetId: null, stream: 'EDU' as const })) },
      'invalid-request',
      '/0/entries/0 is of stream EDU and names no budget: only UNALLOCATED money may have none.',
    ],
    [
      'between streams without approvals',
      { kind: 'STREAM_TRANSFER' },
      'invalid-request',
      'A transfer between streams needs the approval of both payers: name the giving and the receiving payer and who approved.',
    ],
    [
      'with more entries than the limit',
      { entries: Array.from({ length: entriesPerJournalMax + 1 }, () => bank) },
      'batch-too-large',
      'The journal /0 has 1001 entries: the limit is 1000.',
    ],
  ])('%s is refused', (_, change, code, message) => {
    expect(refusalOf({ ...sound, ...change })).toMatchObject({ code, message });
  });

  it('is refused when its key comes twice in the batch', () => {
    expect(refusalOf(sound, sound).message).toBe(
      'The idempotency key "1" comes twice in the batch: give each journal its own.',
    );
  });

  it('is refused when its batch is empty or larger than the limit', () => {
    expect(refusalOf().message).toBe('The batch has 0 journals: post 1 to 10000 at once.');
    expect(refusalOf(...Array.from({ length: journalsPerBatchMax + 1 }, () => sound)).code).toBe('batch-too-large');
  });
});
