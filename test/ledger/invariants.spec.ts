import { newId } from '@ringfence/kernel';
import {
  closePeriod,
  entriesPerBatchMax,
  entriesPerJournalMax,
  journalsPerBatchMax,
  postJournals,
  reverseJournal,
  statementLineEntries,
  type NewEntry,
  type NewJournal,
} from '@ringfence/ledger';
import type { TenantContext } from '@ringfence/platform';
import type pg from 'pg';
import { bankLine, brokenInvariants, openLedgerFixture, type FamilyFixture, type LedgerFixture } from './support.js';

let fixture: LedgerFixture;
let family: FamilyFixture;
let other: FamilyFixture;

beforeAll(async () => {
  fixture = await openLedgerFixture();
  [family, other] = fixture.ours.families;
  await post(fixture.ours.officer, bankLine(family, 100n));
});
afterAll(() => fixture?.close());
afterEach(async () => expect(await brokenInvariants(fixture.owner)).toEqual([]));

const post = (context: TenantContext, ...drafts: NewJournal[]) =>
  fixture.database.transaction(context, (tx) => postJournals(tx, drafts));

/** Past the checks of the code: what the database itself says to a caller of its function. */
const postRaw = (drafts: object[], context: TenantContext = fixture.ours.officer) =>
  fixture.database.transaction(context, (tx) =>
    tx.query('SELECT * FROM post_journals($1::jsonb)', [JSON.stringify(drafts)]),
  );

function rawDraft(of: FamilyFixture, entries: object[], changes: object = {}): object {
  const id = newId();
  return {
    ...{ book_id: of.bookId, kind: 'ADJUSTMENT', description: 'x', effective_date: '2026-05-10', source_type: 'test' },
    ...{ source_id: id, idempotency_key: id, entries, ...changes },
  };
}

function rawEntries(of: FamilyFixture, ...pence: number[]): object[] {
  return pence.map((amount_pence, order) => ({
    ...{ account: order ? 'SUSPENSE' : 'BANK', budget_id: of.budgetId, stream: 'UNALLOCATED', amount_pence },
  }));
}

/** The owner copies the newest journal of a book directly, with some columns changed. */
function copyAsOwner(
  journal: Record<string, string>,
  entry: Record<string, string>,
  owner: Pick<pg.PoolClient, 'query'> = fixture.owner as unknown as pg.PoolClient,
): Promise<unknown> {
  const columns = (changes: Record<string, string>, names: string): string =>
    names
      .split(' ')
      .map((name) => changes[name] ?? name)
      .join(', ');
  const header =
    'authority_id id book_id sequence kind description effective_date recorded_at source_type source_id actor_kind actor_id ' +
    'idempotency_key reverses reason giving_payer_id giving_approved_by receiving_payer_id receiving_approved_by entry_count previous_hash hash';
  const entries =
    'authority_id journal_id position account_id book_id code budget_id stream amount_pence version balance_after_pence ' +
    'effective_date service_date budget_line_id outcome_id agreement_id';
  const id = newId();
  const copied = {
    id: `'${id}'`,
    idempotency_key: `'${id}'`,
    sequence: 'sequence + 1',
    previous_hash: 'hash',
    ...journal,
  };
  return owner.query(
    `WITH newest AS (SELECT * FROM journals WHERE book_id = $1 ORDER BY sequence DESC LIMIT 1),
          copied AS (INSERT INTO journals SELECT ${columns(copied, header)} FROM newest)
     INSERT INTO journal_entries SELECT ${columns({ journal_id: `'${id}'`, version: 'version + 1', ...entry }, entries)}
       FROM journal_entries WHERE journal_id = (SELECT id FROM newest)`,
    [family.bookId],
  );
}

describe('Invariant 1: a journal sums to zero for each budget and stream', () => {
  it('says the database to the application’s role', async () => {
    await expect(postRaw([rawDraft(family, rawEntries(family, 100, -99))])).rejects.toMatchObject({
      code: 'RF001',
      message: `The journal does not balance: its entries of stream UNALLOCATED for budget ${family.budgetId} sum to £0.01, and must sum to zero.`,
    });
    const streams = [rawEntries(family, 5)[0]!, { ...rawEntries(family, 0, -5)[1]!, stream: 'EDU' }];
    await expect(postRaw([rawDraft(family, streams)])).rejects.toMatchObject({ code: 'RF001' });
    await expect(
      postRaw([rawDraft(family, rawEntries(family, 5, -5)), rawDraft(family, rawEntries(family, 100, -99))]),
    ).rejects.toMatchObject({ code: 'RF001' });
  });

  it('says the database to its owner', async () => {
    await expect(copyAsOwner({}, { amount_pence: 'amount_pence + position' })).rejects.toMatchObject({
      code: 'RF001',
      message: expect.stringMatching(/^The journal does not balance/),
    });
  });

  it('names both payers’ approvals where it moves money between streams, and only there', async () => {
    const approvals = {
      ...{ giving_payer_id: fixture.ours.payerId, giving_approved_by: fixture.ours.approverId },
      ...{ receiving_payer_id: fixture.ours.payerId, receiving_approved_by: fixture.ours.approverId },
    };
    await expect(postRaw([rawDraft(family, rawEntries(family, 5, -5), approvals)])).rejects.toMatchObject({
      code: 'RF011',
    });
    await expect(
      postRaw([
        rawDraft(family, rawEntries(family, 5, -5), {
          ...approvals,
          kind: 'STREAM_TRANSFER',
          giving_approved_by: null,
        }),
      ]),
    ).rejects.toMatchObject({
      code: 'RF011',
      message: expect.stringContaining('is of kind STREAM_TRANSFER and names 3 of the four facts'),
    });
  });
});

describe('Invariant 2: nothing is changed, deleted or emptied', () => {
  const kept = [
    'journals',
    'journal_entries',
    'book_heads',
    'period_events',
    'books',
    'ledger_accounts',
    'account_months',
    'periods',
  ];

  it.each(kept)('not in %s, by the application’s role or by the owner', async (table) => {
    for (const sql of [
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
      `UPDATE ${table} SET authority_id = uuidv7()`,
    ]) {
      await expect(fixture.database.transaction(fixture.ours.system, (tx) => tx.query(sql))).rejects.toMatchObject({
        code: '42501',
      });
    }
    await expect(fixture.owner.query(`TRUNCATE ${table} CASCADE`)).rejects.toMatchObject({ code: 'RF009' });
  });

  it.each(['journals', 'journal_entries', 'books', 'ledger_accounts', 'account_months'])(
    'says %s to the owner who deletes',
    async (table) => {
      await expect(fixture.owner.query(`DELETE FROM ${table}`)).rejects.toMatchObject({
        code: 'RF009',
        message: `DELETE of ${table} is refused: the ledger is append-only. Post a reversal and a new journal instead.`,
      });
    },
  );

  it('is never said by a silent rule', async () => {
    const { rows } = await fixture.owner.query(`SELECT tablename FROM pg_rules WHERE schemaname = 'ringfence'`);
    expect(rows).toEqual([]);
  });
});

describe('Invariants 3 and 4: sequences, versions and balances follow each other without a gap', () => {
  it('says the database to an owner who writes a journal that its accounts do not know', async () => {
    await expect(copyAsOwner({}, {})).rejects.toMatchObject({
      code: 'RF001',
      message: 'The entries of a journal do not agree with their accounts: only post_journals() posts.',
    });
  });

  it.each([
    ['leaves a number out', { sequence: 'sequence + 2' }],
    ['does not follow the hash before it', { previous_hash: `sha256('x')` }],
    ['is recorded before the one before it', { recorded_at: `recorded_at - interval '1 second'` }],
    ['is not the head of its book', {}],
  ])('says the database to an owner whose journal %s', async (_, journal) => {
    await expect(copyWithAccounts(journal as Record<string, string>)).rejects.toMatchObject({
      code: 'RF001',
      message: expect.stringMatching(/is not the next of its book, or its header contradicts itself/),
    });
  });

  it('gives a number and a version to one row only', async () => {
    await expect(copyAsOwner({ sequence: 'sequence' }, {})).rejects.toMatchObject({
      code: '23505',
      constraint: 'journals_sequence',
    });
    await expect(copyAsOwner({}, { version: 'version' })).rejects.toMatchObject({ code: '23505' });
  });
});

/** As {@link copyAsOwner}, in a transaction that has moved the accounts first. */
async function copyWithAccounts(journal: Record<string, string>): Promise<void> {
  const client = await fixture.owner.connect();
  try {
    await client.query('BEGIN');
    await client.query(
      `UPDATE ledger_accounts a SET version = a.version + 1, balance_pence = a.balance_pence + e.amount_pence
         FROM journal_entries e WHERE e.account_id = a.id AND e.version = a.version AND a.book_id = $1`,
      [family.bookId],
    );
    await copyAsOwner(journal, { balance_after_pence: 'balance_after_pence + amount_pence' }, client);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

describe('Invariant 5: a journal is reversed once', () => {
  it('says the database to its owner, by a unique key', async () => {
    const [line] = await post(fixture.ours.officer, bankLine(other, 9n));
    const reverse = () =>
      fixture.database.transaction(fixture.ours.officer, (tx) =>
        reverseJournal(tx, { journalId: line!.id, reason: 'Posted in error', idempotencyKey: newId() }),
      );
    await reverse();
    await expect(
      copyAsOwner({ reverses: `'${line!.id}'`, kind: `'REVERSAL'`, reason: `'x'` }, {}),
    ).rejects.toMatchObject({ code: '23505', constraint: 'journals_reversed_once' });
  });

  it('and not twice in one batch', async () => {
    const [line] = await post(fixture.ours.officer, bankLine(family, 11n));
    const mirror = () =>
      rawDraft(family, rawEntries(family, -11, 11), { kind: 'REVERSAL', reverses: line!.id, reason: 'x' });
    await expect(postRaw([mirror(), mirror()])).rejects.toMatchObject({
      code: '23505',
      constraint: 'journals_reversed_once',
    });
  });
});

describe('Invariant 6: nothing is posted into a closed month', () => {
  it('says the database to the application’s role and to its owner', async () => {
    const [early] = await post(
      fixture.theirs.officer,
      bankLine(fixture.theirs.families[0], 5n, { effectiveDate: '2026-04-02' }),
    );
    await fixture.database.transaction(fixture.ours.officer, (tx) => closePeriod(tx, '2026-04'));
    const late = rawDraft(family, rawEntries(family, 5, -5), { effective_date: '2026-04-30' });
    const refusal = { code: 'RF003', message: 'The period April 2026 is closed: post to 1 May 2026 or later.' };
    await expect(postRaw([late])).rejects.toMatchObject(refusal);
    await expect(postRaw([rawDraft(family, rawEntries(family, 5, -5)), late])).rejects.toMatchObject(refusal);
    await expect(copyWithDay('2026-04-30')).rejects.toMatchObject(refusal);
    // Another authority's month is another month.
    expect(early!.effectiveDate).toBe('2026-04-02');
    await expect(
      post(fixture.theirs.officer, bankLine(fixture.theirs.families[0], 5n, { effectiveDate: '2026-04-30' })),
    ).resolves.toHaveLength(1);
  });

  async function copyWithDay(day: string): Promise<void> {
    const client = await fixture.owner.connect();
    try {
      await client.query('BEGIN');
      await client.query('UPDATE ledger_accounts SET version = version + 1 WHERE book_id = $1', [family.bookId]);
      const date = `DATE '${day}'`;
      await copyAsOwner(
        { effective_date: date },
        {
          effective_date: date,
          balance_after_pence: `(SELECT balance_pence FROM ledger_accounts a WHERE a.id = account_id)`,
        },
        client,
      );
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  }
});

describe('Invariant 9: the application’s role', () => {
  it('owns nothing and cannot pass by the policies', async () => {
    const { rows } = await fixture.owner.query(
      `SELECT r.rolsuper, r.rolbypassrls, (SELECT count(*)::integer FROM pg_class c WHERE c.relowner = r.oid) AS owned
         FROM pg_roles r WHERE r.rolname = 'ringfence_app'`,
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, owned: 0 }]);
  });

  it('posts nothing without an authority and a principal', async () => {
    await expect(fixture.database.untenanted(`SELECT * FROM post_journals('[]')`)).rejects.toMatchObject({
      code: 'RF007',
    });
  });

  it.each([
    'post_one',
    'post_many',
    'post_rest',
    'repeated_journals',
    'check_posting_rights',
    'draft_headers',
    'draft_entries',
  ])('does not run %s, which only post_journals() may', async (name) => {
    const { rows } = await fixture.owner.query(
      `SELECT has_function_privilege('ringfence_app', p.oid, 'EXECUTE') AS may FROM pg_proc p WHERE p.proname = $1`,
      [name],
    );
    expect(rows).toEqual([{ may: false }]);
  });
});

describe('The limits', () => {
  it('are the same in the code and in the database', async () => {
    const { rows } = await fixture.owner.query(
      'SELECT journals_per_batch_max() AS journals, entries_per_batch_max() AS batch, entries_per_journal_max() AS journal',
    );
    expect(rows).toEqual([{ journals: journalsPerBatchMax, batch: entriesPerBatchMax, journal: entriesPerJournalMax }]);
  });

  it('are kept by the code, each in a sentence', async () => {
    const many = Array.from({ length: entriesPerJournalMax + 1 }, (): NewEntry => statementLineEntries(1n, null)[0]!);
    const refused = (drafts: NewJournal[]) => post(fixture.ours.officer, ...drafts);
    await expect(
      refused(Array.from({ length: journalsPerBatchMax + 1 }, () => bankLine(family, 1n))),
    ).rejects.toMatchObject({
      code: 'batch-too-large',
      message: 'The batch has 10001 journals: post 1 to 10000 at once.',
    });
    await expect(refused([])).rejects.toMatchObject({ message: 'The batch has 0 journals: post 1 to 10000 at once.' });
    await expect(refused([bankLine(family, 1n, { entries: many })])).rejects.toMatchObject({
      code: 'batch-too-large',
      message: 'The journal /0 has 1001 entries: the limit is 1000.',
    });
    const full = many.slice(0, 1_000);
    await expect(
      refused(Array.from({ length: 101 }, () => bankLine(family, 1n, { entries: full }))),
    ).rejects.toMatchObject({
      code: 'batch-too-large',
      message: 'The batch has 101000 entries: post at most 100000 at once.',
    });
  });

  it('are kept by the database too', async () => {
    const entries = rawEntries(family, ...Array<number>(1_001).fill(1));
    await expect(postRaw([rawDraft(family, entries)])).rejects.toMatchObject({
      code: 'RF004',
      message: 'The journal has 1001 entries: the limit is 1000.',
    });
    await expect(
      postRaw([rawDraft(family, entries), rawDraft(family, rawEntries(family, 1, -1))]),
    ).rejects.toMatchObject({
      code: 'RF004',
    });
    await expect(postRaw([])).rejects.toMatchObject({ code: 'RF004' });
    await expect(postRaw(Array<object>(10_001).fill({}))).rejects.toMatchObject({
      code: 'RF004',
      message: 'The batch has 10001 journals: post 1 to 10000 at once.',
    });
    await expect(postRaw([rawDraft(family, rawEntries(family, 1))])).rejects.toMatchObject({
      code: expect.any(String),
    });
  });

  it('let a whole batch of ten thousand through at once', async () => {
    const posted = await post(
      fixture.ours.officer,
      ...Array.from({ length: journalsPerBatchMax }, (_, order) =>
        bankLine(order % 2 ? family : other, BigInt(order + 1)),
      ),
    );
    expect(posted).toHaveLength(journalsPerBatchMax);
    expect(posted.at(-1)!.sequence - posted[1]!.sequence).toBe(BigInt(journalsPerBatchMax / 2 - 1));
  }, 60_000);
});

describe('A pooled book', () => {
  it('takes money without a budget only from whoever was granted every budget of its account', async () => {
    const { rows } = await fixture.owner.query(
      `INSERT INTO designated_account_budgets (authority_id, designated_account_id, budget_id, valid_from)
       SELECT authority_id, designated_account_id, $2, '2026-01-01' FROM books WHERE id = $1 RETURNING designated_account_id`,
      [family.bookId, other.budgetId],
    );
    expect(rows).toHaveLength(1);
    const unclaimed = () => bankLine(family, 25n, { entries: statementLineEntries(25n, null) });
    await expect(post(family.recipient, unclaimed())).rejects.toMatchObject({
      code: 'not-permitted',
      message: 'You may not post for money without a budget: it is not granted to you.',
    });
    await fixture.owner.query(
      `INSERT INTO role_grants (authority_id, id, person_id, role, budget_id, valid_from, granted_by)
       VALUES ($1, uuidv7(), $2, 'RECIPIENT', $3, '2026-01-01', '00000000-0000-7000-8000-000000000000')`,
      [fixture.ours.id, family.recipient.principal.id, other.budgetId],
    );
    const [posted] = await post(family.recipient, unclaimed());
    const mixed = bankLine(family, 0n, {
      entries: [...statementLineEntries(-25n, null), ...statementLineEntries(25n, other.budgetId)],
    });
    await post(family.recipient, mixed, unclaimed());
    const accounts = await fixture.owner.query(
      `SELECT budget_id, balance_pence FROM ledger_accounts WHERE book_id = $1 AND code = 'BANK' AND (budget_id IS NULL OR budget_id = $2)
        ORDER BY budget_id`,
      [family.bookId, other.budgetId],
    );
    expect(accounts.rows).toEqual([
      { budget_id: other.budgetId, balance_pence: 25n },
      { budget_id: null, balance_pence: 25n },
    ]);
    expect(posted!.bookId).toBe(family.bookId);
  });
});
