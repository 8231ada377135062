import { newId } from '@ringfence/kernel';
import {
  balances,
  closePeriod,
  firstOpenDate,
  openPeriod,
  periods,
  postJournals,
  reopenPeriod,
  reverseJournal,
  statementLineEntries,
  statementOfAccount,
  trialBalance,
} from '@ringfence/ledger';
import type { TenantContext } from '@ringfence/platform';
import { bankLine, brokenInvariants, openLedgerFixture, type FamilyFixture, type LedgerFixture } from './support.js';

let fixture: LedgerFixture;
let family: FamilyFixture;
let other: FamilyFixture;

beforeAll(async () => {
  fixture = await openLedgerFixture();
  [family, other] = fixture.ours.families;
});
afterAll(() => fixture?.close());
afterEach(async () => expect(await brokenInvariants(fixture.owner)).toEqual([]));

const post = (context: TenantContext, ...drafts: Parameters<typeof postJournals>[1]) =>
  fixture.database.transaction(context, (tx) => postJournals(tx, drafts));

describe('The ledger’s rows', () => {
  beforeAll(() => post(fixture.ours.officer, bankLine(family, 100n), bankLine(other, 200n)));

  it.each(['books', 'ledger_accounts', 'journals', 'journal_entries', 'account_months', 'periods', 'period_events'])(
    'of %s are only read by the application’s role',
    async (table) => {
      for (const sql of [
        `UPDATE ${table} SET authority_id = authority_id`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
        `INSERT INTO ${table} DEFAULT VALUES`,
      ]) {
        await expect(fixture.database.transaction(fixture.ours.system, (tx) => tx.query(sql))).rejects.toMatchObject({
          code: '42501',
        });
      }
    },
  );

  it.each(['journals', 'journal_entries'])(
    'of %s cannot be changed, deleted or emptied even by the owner',
    async (table) => {
      const refusal = (action: string) => ({
        code: 'RF009',
        message: `${action} of ${table} is refused: the ledger is append-only. Post a reversal and a new journal instead.`,
      });
      await expect(fixture.owner.query(`UPDATE ${table} SET effective_date = effective_date`)).rejects.toMatchObject(
        refusal('UPDATE'),
      );
      await expect(fixture.owner.query(`DELETE FROM ${table}`)).rejects.toMatchObject(refusal('DELETE'));
      await expect(fixture.owner.query(`TRUNCATE journals, journal_entries CASCADE`)).rejects.toMatchObject({
        code: 'RF009',
      });
    },
  );

  it('take no entry for an old journal and no journal without entries, even from the owner', async () => {
    const late = `INSERT INTO journal_entries
      SELECT authority_id, journal_id, position + 2, account_id, book_id, code, budget_id, stream, amount_pence, version + 100,
             balance_after_pence, effective_date FROM journal_entries`;
    await expect(fixture.owner.query(late)).rejects.toMatchObject({
      message: 'Journal 1 already has its entries: post a new journal instead.',
    });
    const unbalanced = late.replace('SELECT authority_id, journal_id,', 'SELECT authority_id, uuidv7(),');
    await expect(fixture.owner.query(unbalanced)).rejects.toMatchObject({
      code: 'RF001',
      message: expect.stringMatching(/^The journal does not balance/),
    });
    const bare = `INSERT INTO journals SELECT authority_id, uuidv7(), book_id, sequence + 1, kind, description, effective_date, recorded_at,
      source_type, source_id, actor_kind, actor_id, 'bare', reverses, reason, NULL, NULL, NULL, NULL, entry_count, hash, hash
      FROM journals LIMIT 1`;
    await expect(fixture.owner.query(bare)).rejects.toMatchObject({
      code: 'RF001',
      message: 'Journal 2 has none of its entries: a journal and its entries arrive in one statement.',
    });
  });

  it('take no reversal that is not an exact mirror, even through the function', async () => {
    const [line] = await post(fixture.ours.officer, bankLine(family, 70n));
    const draft = {
      ...{
        book_id: family.bookId,
        kind: 'REVERSAL',
        description: 'x',
        effective_date: '2026-05-10',
        source_type: 'journal',
      },
      ...{ source_id: 'x', idempotency_key: newId(), reverses: line!.id, reason: 'x' },
      entries: statementLineEntries(-69n, family.budgetId).map(({ account, budgetId, stream, amountPence }) => ({
        ...{ account, budget_id: budgetId, stream, amount_pence: amountPence.toString() },
      })),
    };
    await expect(
      fixture.database.transaction(fixture.ours.officer, (tx) =>
        tx.query('SELECT * FROM post_journals($1)', [JSON.stringify([draft])]),
      ),
    ).rejects.toMatchObject({
      code: 'RF001',
      message: `The reversal of journal ${line!.sequence} is not its exact mirror: each entry must be repeated with the opposite amount.`,
    });
  });

  it('of another authority, or with no context, are not there', async () => {
    expect(
      await fixture.database.transaction(fixture.theirs.officer, (tx) => balances(tx, { bookId: family.bookId })),
    ).toEqual([]);
    await expect(post(fixture.theirs.officer, bankLine(family, 1n))).rejects.toMatchObject({
      code: 'not-found',
      message: `There is no book ${family.bookId} that you can post to.`,
    });
    const bare = await fixture.database.untenanted('SELECT count(*)::integer AS count FROM journals');
    expect(bare).toEqual([{ count: 0 }]);
  });

  it('of other budgets are hidden from a recipient, who also cannot post to them', async () => {
    const seen = await fixture.database.transaction(family.recipient, async (tx) => ({
      accounts: await tx.query('SELECT DISTINCT budget_id FROM ledger_accounts'),
      entries: await tx.query('SELECT DISTINCT budget_id FROM journal_entries'),
      journals: await tx.query('SELECT DISTINCT book_id FROM journals'),
      books: await tx.query('SELECT id FROM books'),
      months: await tx.query(
        'SELECT DISTINCT a.budget_id FROM account_months m LEFT JOIN ledger_accounts a ON a.id = m.account_id',
      ),
    }));
    expect(seen).toEqual({
      accounts: [{ budget_id: family.budgetId }],
      entries: [{ budget_id: family.budgetId }],
      journals: [{ book_id: family.bookId }],
      books: [{ id: family.bookId }],
      months: [{ budget_id: family.budgetId }],
    });
    await expect(post(family.recipient, bankLine(other, 1n))).rejects.toMatchObject({
      code: 'not-permitted',
      message: `You may not post for budget ${other.budgetId}: it is not granted to you.`,
    });
    await expect(post(family.recipient, bankLine(family, 1n, { bookId: other.bookId }))).rejects.toMatchObject({
      code: 'not-found',
      message: `There is no book ${other.bookId} that you can post to.`,
    });
    await expect(post(family.recipient, bankLine(family, 1n))).resolves.toHaveLength(1);
  });
});

describe('Reading the ledger', () => {
  it('gives the balance of a day as it is known now, and as it was known then', async () => {
    const [reader] = fixture.theirs.families;
    const context = fixture.theirs.officer;
    fixture.clock.moveTo(new Date('2026-06-20T10:00:00Z'));
    await post(
      context,
      bankLine(reader, 1_000n, { effectiveDate: '2026-05-31' }),
      bankLine(reader, 500n, { effectiveDate: '2026-06-02' }),
    );
    fixture.clock.moveTo(new Date('2026-06-25T10:00:00Z'));
    await post(
      context,
      bankLine(reader, -30n, { effectiveDate: '2026-05-31' }),
      bankLine(reader, 7n, { effectiveDate: '2026-06-01' }),
    );
    const bank = async (at?: string, asKnownAt?: Date): Promise<bigint> => {
      const held = await fixture.database.transaction(context, (tx) =>
        balances(tx, { budgetId: reader.budgetId, ...(at && { at }), ...(asKnownAt && { asKnownAt }) }),
      );
      return held.find(({ account }) => account === 'BANK')!.balancePence;
    };
    expect(await bank()).toBe(1_477n);
    expect(await bank('2026-05-30')).toBe(0n);
    expect(await bank('2026-05-31')).toBe(970n);
    expect(await bank('2026-06-01')).toBe(977n);
    expect(await bank('2026-05-31', new Date('2026-06-21T00:00:00Z'))).toBe(1_000n);
    const statement = await fixture.database.transaction(context, (tx) =>
      statementOfAccount(tx, { budgetId: reader.budgetId, from: '2026-06-01', to: '2026-06-30' }),
    );
    const [account] = statement;
    expect(account).toMatchObject({ account: 'BANK', openingPence: 970n, closingPence: 1_477n });
    expect(account!.entries.map(({ amountPence, runningPence }) => [amountPence, runningPence])).toEqual([
      [7n, 977n],
      [500n, 1_477n],
    ]);
    const trial = await fixture.database.transaction(context, (tx) => trialBalance(tx, { month: '2026-06' }));
    expect(trial.reduce((sum, row) => sum + row.closingPence, 0n)).toBe(0n);
    expect(trial[0]).toMatchObject({
      account: 'BANK',
      openingPence: 970n,
      debitPence: 507n,
      creditPence: 0n,
      closingPence: 1_477n,
    });
  });
});

describe('Closing months', () => {
  const officer = <T>(work: Parameters<typeof fixture.database.transaction<T>>[1]) =>
    fixture.database.transaction(fixture.ours.officer, work);

  it('happens in order, refuses what comes late, and moves it to the first open day where asked', async () => {
    const [early] = await post(fixture.ours.officer, bankLine(family, 60n, { effectiveDate: '2026-03-31' }));
    await officer((tx) => openPeriod(tx, '2026-04'));
    await expect(officer((tx) => closePeriod(tx, '2026-05'))).rejects.toMatchObject({
      code: 'conflict',
      message: 'May 2026 cannot be closed while March 2026 is open: close the earlier month first.',
    });
    await officer((tx) => closePeriod(tx, '2026-03'));
    await officer((tx) => closePeriod(tx, '2026-04'));
    await expect(officer((tx) => closePeriod(tx, '2026-04'))).rejects.toMatchObject({
      code: 'period-closed',
      message: 'April 2026 is closed already.',
    });
    await expect(
      post(fixture.ours.officer, bankLine(family, 1n, { effectiveDate: '2026-04-30' })),
    ).rejects.toMatchObject({
      code: 'period-closed',
      message: 'The period April 2026 is closed: post to 1 May 2026 or later.',
    });
    expect(await officer((tx) => firstOpenDate(tx, '2026-03-09'))).toBe('2026-05-01');
    const late = bankLine(family, 8n, { effectiveDate: '2026-03-09', whenClosed: 'first-open-day' });
    const [moved] = await post(fixture.ours.officer, late);
    expect(moved!.effectiveDate).toBe('2026-05-01');
    const served = await officer((tx) =>
      tx.query('SELECT DISTINCT service_date FROM journal_entries WHERE journal_id = $1', [moved!.id]),
    );
    expect(served).toEqual([{ service_date: '2026-03-09' }]);
    const reversal = await officer((tx) =>
      reverseJournal(tx, { journalId: early!.id, reason: 'Posted twice', idempotencyKey: 'r' }),
    );
    expect(reversal.effectiveDate).toBe('2026-05-01');
    await officer((tx) => closePeriod(tx, '2026-05'));
    expect(await post(fixture.ours.officer, late)).toEqual([{ ...moved, repeated: true }]);
  });

  it('can be undone for the latest month, with a reason and an approver', async () => {
    const approvedBy = fixture.ours.approverId;
    await expect(
      officer((tx) => reopenPeriod(tx, '2026-04', { reason: 'A late invoice', approvedBy })),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: 'April 2026 cannot be re-opened while May 2026 is closed: re-open the later month first.',
    });
    const { id } = fixture.ours.officer.principal;
    await expect(
      officer((tx) => reopenPeriod(tx, '2026-05', { reason: 'A late invoice', approvedBy: id })),
    ).rejects.toMatchObject({
      code: 'not-permitted',
      message: `The re-opening of May 2026 needs an approver of the authority: ${id} is not one today.`,
    });
    await officer((tx) => reopenPeriod(tx, '2026-05', { reason: 'A late invoice', approvedBy }));
    await expect(
      post(fixture.ours.officer, bankLine(family, 1n, { effectiveDate: '2026-05-31' })),
    ).resolves.toHaveLength(1);
    expect(
      (await officer((tx) => periods(tx))).map(({ month, financialYear, state }) => [month, financialYear, state]),
    ).toEqual([
      ['2026-05', 2026, 'OPEN'],
      ['2026-04', 2026, 'CLOSED'],
      ['2026-03', 2025, 'CLOSED'],
    ]);
    const history = await officer((tx) =>
      tx.query('SELECT reason, approved_by FROM period_events ORDER BY recorded_at, id DESC'),
    );
    expect(history).toContainEqual({ reason: 'A late invoice', approved_by: approvedBy });
  });

  it('is not for a recipient', async () => {
    await expect(
      fixture.database.transaction(family.recipient, (tx) => closePeriod(tx, '2026-06')),
    ).rejects.toMatchObject({
      code: 'not-permitted',
      message: "You may not change periods: only the authority's officers do.",
    });
  });
});
