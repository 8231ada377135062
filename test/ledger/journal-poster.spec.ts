import { closePeriod, JournalPoster, journalsPerGroupMax } from '@ringfence/ledger';
import { jest } from '@jest/globals';
import { bankLine, brokenInvariants, openLedgerFixture, type FamilyFixture, type LedgerFixture } from './support.js';

describe('Single journals that come at the same time', () => {
  let fixture: LedgerFixture;
  let poster: JournalPoster;
  let family: FamilyFixture;
  let other: FamilyFixture;

  beforeAll(async () => {
    fixture = await openLedgerFixture();
    [family, other] = fixture.ours.families;
  });
  beforeEach(() => {
    poster = new JournalPoster(fixture.database);
    jest.restoreAllMocks();
  });
  afterAll(() => fixture?.close());
  afterEach(async () => expect(await brokenInvariants(fixture.owner)).toEqual([]));

  const sortedSequences = (posted: readonly { sequence: bigint }[]): bigint[] =>
    posted.map(({ sequence }) => sequence).sort((a, b) => Number(a - b));

  it('are posted once each, each answered with its own, in few transactions', async () => {
    const transactions = jest.spyOn(fixture.database, 'transaction');
    const drafts = Array.from({ length: 40 }, (_, order) => bankLine(order % 2 ? family : other, BigInt(order + 1)));
    const posted = await Promise.all(drafts.map((draft) => poster.post(fixture.ours.officer, draft)));
    expect(posted.map(({ bookId }) => bookId)).toEqual(drafts.map(({ bookId }) => bookId));
    expect(sortedSequences(posted.filter(({ bookId }) => bookId === family.bookId))).toEqual(
      Array.from({ length: 20 }, (_, order) => BigInt(order + 1)),
    );
    expect(transactions.mock.calls.length).toBeLessThanOrEqual(2);
    const { rows } = await fixture.owner.query(
      'SELECT idempotency_key, id FROM journals WHERE idempotency_key = ANY ($1)',
      [drafts.map(({ idempotencyKey }) => idempotencyKey)],
    );
    expect(new Map(rows.map((row) => [row.idempotency_key, row.id]))).toEqual(
      new Map(drafts.map(({ idempotencyKey }, order) => [idempotencyKey, posted[order]!.id])),
    );
  });

  it('are not hurt by one that the code or the database refuses', async () => {
    await fixture.database.transaction(fixture.ours.officer, (tx) => closePeriod(tx, '2026-04'));
    const good = Array.from({ length: 10 }, (_, order) => bankLine(family, BigInt(order + 1)));
    const wrong = [
      bankLine(family, 5n, { effectiveDate: '2026-04-30' }),
      bankLine(family, 5n, { entries: bankLine(family, 5n).entries.slice(0, 1) }),
    ];
    const settled = await Promise.allSettled(
      [...good.slice(0, 5), ...wrong, ...good.slice(5)].map((draft) => poster.post(fixture.ours.officer, draft)),
    );
    expect(settled.map(({ status }) => status)).toEqual([
      ...Array<string>(5).fill('fulfilled'),
      ...['rejected', 'rejected'],
      ...Array<string>(5).fill('fulfilled'),
    ]);
    expect((settled[5] as PromiseRejectedResult).reason).toMatchObject({
      code: 'period-closed',
      message: 'The period April 2026 is closed: post to 1 May 2026 or later.',
    });
    expect((settled[6] as PromiseRejectedResult).reason).toMatchObject({
      code: 'invalid-request',
      message: 'The journal /0 has 1 entries: it needs two or more.',
    });
  });

  it('answer the same key twice with the first journal', async () => {
    const draft = bankLine(family, 12n);
    const posted = await Promise.all([1, 2, 3].map(() => poster.post(fixture.ours.officer, draft)));
    expect(new Set(posted.map(({ id }) => id)).size).toBe(1);
    expect(posted.map(({ repeated }) => repeated).sort()).toEqual([false, true, true]);
    await expect(poster.post(fixture.ours.officer, { ...draft, description: 'Another' })).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
  });

  it('are each recorded as by whoever posted them, and seen with no other’s eyes', async () => {
    const theirs = fixture.theirs.families[0];
    const [mine, ofRecipient, ofAnother, strange] = await Promise.allSettled([
      poster.post(fixture.ours.officer, bankLine(family, 1n)),
      poster.post(family.recipient, bankLine(family, 2n)),
      poster.post(fixture.theirs.officer, bankLine(theirs, 3n)),
      poster.post(family.recipient, bankLine(other, 4n)),
    ]);
    expect(strange).toMatchObject({ status: 'rejected', reason: { code: 'not-permitted' } });
    const ids = [mine, ofRecipient, ofAnother].map((one) => (one as PromiseFulfilledResult<{ id: string }>).value.id);
    const { rows } = await fixture.owner.query('SELECT id, authority_id, actor_id FROM journals WHERE id = ANY ($1)', [
      ids,
    ]);
    const actor = new Map(rows.map((row) => [row.id, `${row.authority_id} ${row.actor_id}`]));
    expect(ids.map((id) => actor.get(id))).toEqual(
      [fixture.ours.officer, family.recipient, fixture.theirs.officer].map(
        ({ authorityId, principal }) => `${authorityId} ${principal.id}`,
      ),
    );
  });

  it('go in groups of a bounded size, however many come', async () => {
    const transactions = jest.spyOn(fixture.database, 'transaction');
    const count = 3 * journalsPerGroupMax;
    await Promise.all(Array.from({ length: count }, () => poster.post(fixture.ours.officer, bankLine(family, 1n))));
    expect(transactions.mock.calls.length).toBe(3);
  });

  it('are all refused when the database cannot be reached, and none is tried again', async () => {
    const transactions = jest.spyOn(fixture.database, 'transaction').mockRejectedValue(new Error('Connection lost'));
    const settled = await Promise.allSettled(
      [1n, 2n, 3n].map((pence) => poster.post(fixture.ours.officer, bankLine(family, pence))),
    );
    expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
    expect(transactions.mock.calls.length).toBe(1);
  });
});
