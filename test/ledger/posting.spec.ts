import { newId } from '@ringfence/kernel';
import {
  allocationEntries,
  balances,
  instalmentDueEntries,
  openBook,
  postJournals,
  reverseJournal,
  statementLineEntries,
  streamBalances,
  streamTransferEntries,
} from '@ringfence/ledger';
import { bankLine, brokenInvariants, openLedgerFixture, type FamilyFixture, type LedgerFixture } from './support.js';

describe('Posting to the ledger', () => {
  let fixture: LedgerFixture;
  let family: FamilyFixture;
  let other: FamilyFixture;

  beforeAll(async () => {
    fixture = await openLedgerFixture();
    [family, other] = fixture.ours.families;
  });
  afterAll(() => fixture?.close());
  afterEach(async () => expect(await brokenInvariants(fixture.owner)).toEqual([]));

  const post = (...drafts: Parameters<typeof postJournals>[1]) =>
    fixture.database.transaction(fixture.ours.officer, (tx) => postJournals(tx, drafts));
  const reverse = (journalId: string, idempotencyKey = newId()) =>
    fixture.database.transaction(fixture.ours.officer, (tx) =>
      reverseJournal(tx, { journalId, reason: 'Posted in error', idempotencyKey }),
    );

  it('answers a batch in its order, with sequences without a gap and balances that follow', async () => {
    const posted = await post(bankLine(family, 10_000n), bankLine(other, 700n), bankLine(family, -2_500n));
    expect(posted.map(({ bookId }) => bookId)).toEqual([family.bookId, other.bookId, family.bookId]);
    expect(posted.map(({ sequence }) => sequence)).toEqual([1n, 1n, 2n]);
    expect(posted.every(({ repeated }) => !repeated)).toBe(true);
    const held = await fixture.database.transaction(fixture.ours.officer, (tx) =>
      balances(tx, { bookId: family.bookId }),
    );
    expect(held.map(({ account, balancePence }) => [account, balancePence])).toEqual([
      ['BANK', 7_500n],
      ['SUSPENSE', -7_500n],
    ]);
  });

  it('keeps each stream of a shared account apart', async () => {
    const { budgetId, bookId } = other;
    const instalment = bankLine(other, 50_000n);
    await post(
      bankLine(other, 0n, {
        kind: 'INSTALMENT_DUE',
        entries: instalmentDueEntries({ amountPence: 50_000n, budgetId, stream: 'EDU' }),
      }),
      instalment,
      bankLine(other, 0n, {
        kind: 'ALLOCATION',
        entries: allocationEntries({
          amountPence: 50_000n,
          from: { budgetId },
          to: { account: 'DUE_FROM_PAYER', budgetId, stream: 'EDU' },
        }),
      }),
      bankLine(other, -1_200n, { bookId }),
      bankLine(other, 0n, {
        kind: 'ALLOCATION',
        entries: allocationEntries({
          amountPence: -1_200n,
          from: { budgetId },
          to: { account: 'PROVISION', budgetId, stream: 'EDU' },
        }),
      }),
    );
    const streams = await fixture.database.transaction(fixture.ours.officer, (tx) => streamBalances(tx, { budgetId }));
    expect(streams.find(({ stream }) => stream === 'EDU')).toMatchObject({
      receivedPence: 50_000n,
      spentPence: 1_200n,
      leftPence: 48_800n,
      bankPence: 48_800n,
      dueFromPayerPence: 0n,
    });
  });

  it('answers a repeated key with the first journal and posts nothing', async () => {
    const draft = bankLine(family, 300n);
    const [first] = await post(draft);
    const [again, fresh] = await post(draft, bankLine(family, 5n));
    expect(again).toEqual({ ...first, repeated: true });
    expect(fresh!.sequence).toBe(first!.sequence + 1n);
  });

  it('refuses a known key for another amount', async () => {
    const draft = bankLine(family, 300n, { idempotencyKey: 'line-7' });
    const sequence = (await post(draft))[0]!.sequence;
    await expect(post({ ...draft, entries: statementLineEntries(301n, family.budgetId) })).rejects.toMatchObject({
      code: 'idempotency-key-reused',
      message: `The idempotency key "line-7" was used before for a different journal, number ${sequence}: use a new key.`,
    });
  });

  it('refuses what does not balance in a stream, though it does in total', async () => {
    const entries = statementLineEntries(100n, family.budgetId);
    await expect(
      post(bankLine(family, 1n, { entries: [entries[0]!, { ...entries[1]!, stream: 'EDU' }] })),
    ).rejects.toMatchObject({
      code: 'journal-unbalanced',
      message: `The journal does not balance: its entries of stream UNALLOCATED for budget ${family.budgetId} sum to £1.00, and must sum to zero.`,
    });
  });

  it('refuses the whole batch when one journal names a book that is not there', async () => {
    const bookId = newId();
    await expect(post(bankLine(family, 9n), bankLine(family, 9n, { bookId }))).rejects.toMatchObject({
      code: 'not-found',
      message: `There is no book ${bookId} that you can post to.`,
    });
  });

  it('refuses an entry that names an agreement that is not there', async () => {
    const entries = statementLineEntries(9n, family.budgetId).map((entry) => ({ ...entry, agreementId: newId() }));
    await expect(post(bankLine(family, 9n, { entries }))).rejects.toMatchObject({
      code: 'not-found',
      message: 'No agreement has the id that a journal of the batch names: check it.',
    });
  });

  it('moves money between streams only with both payers’ approvals', async () => {
    const entries = streamTransferEntries({
      amountPence: 100n,
      from: { budgetId: family.budgetId, stream: 'EDU' },
      to: { budgetId: family.budgetId, stream: 'HEALTH' },
    });
    await expect(post(bankLine(family, 1n, { kind: 'ADJUSTMENT', entries }))).rejects.toMatchObject({
      code: 'invalid-request',
      message:
        "The journal moves a payer's money between streams or budgets: post it as a STREAM_TRANSFER with both payers' approvals.",
    });
    await expect(post(bankLine(family, 1n, { kind: 'STREAM_TRANSFER', entries }))).rejects.toMatchObject({
      message:
        'A transfer between streams needs the approval of both payers: name the giving and the receiving payer and who approved.',
    });
    const approval = { payerId: fixture.ours.payerId, approvedBy: fixture.ours.approverId };
    const approvals = { giving: approval, receiving: approval };
    await expect(post(bankLine(family, 1n, { kind: 'STREAM_TRANSFER', entries, approvals }))).resolves.toHaveLength(1);
  });

  it('reverses a journal once, by its mirror', async () => {
    const [journal] = await post(bankLine(family, 4_200n));
    const bank = async (): Promise<bigint> => {
      const held = await fixture.database.transaction(fixture.ours.officer, (tx) =>
        balances(tx, { bookId: family.bookId }),
      );
      return held.find(({ account, stream }) => account === 'BANK' && stream === 'UNALLOCATED')!.balancePence;
    };
    const before = await bank();
    const key = newId();
    const reversal = await reverse(journal!.id, key);
    expect(reversal).toMatchObject({ effectiveDate: '2026-05-10', repeated: false });
    expect(await reverse(journal!.id, key)).toEqual({ ...reversal, repeated: true });
    expect(await bank()).toBe(before - 4_200n);
    await expect(reverse(journal!.id)).rejects.toMatchObject({
      code: 'journal-already-reversed',
      message: `Journal ${journal!.sequence} has already been reversed, by journal ${reversal.sequence}: a journal is reversed once.`,
    });
    await expect(reverse(reversal.id)).rejects.toMatchObject({
      code: 'conflict',
      message: `Journal ${reversal.sequence} is itself a reversal: post a new journal instead of reversing it.`,
    });
  });

  it('refuses a second book for an account', async () => {
    const { rows } = await fixture.owner.query('SELECT designated_account_id FROM books WHERE id = $1', [
      family.bookId,
    ]);
    const designatedAccountId = rows[0].designated_account_id as string;
    await expect(
      fixture.database.transaction(fixture.ours.officer, (tx) => openBook(tx, { designatedAccountId, name: 'Again' })),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  it('posts from ten clients to two books without a gap, and reverses each journal exactly once of two tries', async () => {
    const ids: string[] = [];
    const client = async (): Promise<void> => {
      for (let round = 0; round < 8; round += 1) {
        const lines = [bankLine(other, 100n), bankLine(family, -40n), bankLine(other, -1n)];
        const posted = await post(...(round % 2 ? lines : lines.reverse()));
        ids.push(posted[0]!.id);
      }
    };
    await Promise.all(Array.from({ length: 10 }, client));
    const outcomes = await Promise.allSettled([...ids, ...ids].sort().map((id) => reverse(id)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(ids.length);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'journal-already-reversed' });
    }
  });
});
