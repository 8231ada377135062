import { postJournals, trialBalance, type NewJournal } from '@ringfence/ledger';
import { bankLine, openLedgerFixture, type FamilyFixture, type LedgerFixture } from './support.js';

describe('The trial balance of a month', () => {
  let fixture: LedgerFixture;
  let family: FamilyFixture;
  let other: FamilyFixture;

  beforeAll(async () => {
    fixture = await openLedgerFixture();
    [family, other] = fixture.ours.families;
    await post(
      bankLine(family, 10_000n, { effectiveDate: '2024-11-03' }),
      bankLine(other, 4_000n, { effectiveDate: '2025-01-31' }),
      // A stream that is back at zero before the year is out, and one that moves in the last month only.
      moved('EDU', 700n, '2025-02-01'),
      moved('EDU', -700n, '2025-03-15'),
      bankLine(family, -2_500n, { effectiveDate: '2025-06-30' }),
      moved('HEALTH', 300n, '2026-06-01'),
      // Late: recorded last, true of the first year.
      bankLine(other, -1n, { effectiveDate: '2024-12-24' }),
    );
    await fixture.database.transaction(fixture.theirs.officer, (tx) =>
      postJournals(tx, [bankLine(fixture.theirs.families[0], 99n, { effectiveDate: '2023-01-01' })]),
    );
  });
  afterAll(() => fixture?.close());

  const post = (...drafts: NewJournal[]) =>
    fixture.database.transaction(fixture.ours.officer, (tx) => postJournals(tx, drafts));

  function moved(stream: 'EDU' | 'HEALTH', amountPence: bigint, effectiveDate: string): NewJournal {
    const { budgetId } = family;
    return bankLine(family, 0n, {
      ...{ kind: 'ADJUSTMENT', effectiveDate },
      entries: [
        { account: 'PROVISION', budgetId, stream, amountPence },
        { account: 'SUPPLIER', budgetId, stream, amountPence: -amountPence },
      ],
    });
  }

  const months = ['2023-01', '2024-10', '2024-11', '2024-12', '2025-01', '2025-02', '2025-03', '2025-06'];
  const laterMonths = ['2025-07', '2025-12', '2026-05', '2026-06', '2026-07', '2030-01'];

  it.each([...months, ...laterMonths])(
    'of %s is the sum of the entries, whichever way it is calculated',
    async (month) => {
      const { rows } = await fixture.owner.query(
        `SELECT code AS account, stream, coalesce(sum(amount_pence) FILTER (WHERE effective_date < $2::date), 0)::bigint AS "openingPence",
              coalesce(sum(amount_pence) FILTER (WHERE effective_date >= $2::date AND amount_pence > 0), 0)::bigint AS "debitPence",
              coalesce(-sum(amount_pence) FILTER (WHERE effective_date >= $2::date AND amount_pence < 0), 0)::bigint AS "creditPence",
              sum(amount_pence)::bigint AS "closingPence"
         FROM journal_entries WHERE authority_id = $1 AND effective_date < $2::date + interval '1 month'
        GROUP BY code, stream ORDER BY code, stream`,
        [fixture.ours.id, `${month}-01`],
      );
      const found = await fixture.database.transaction(fixture.ours.officer, (tx) => trialBalance(tx, { month }));
      expect(found).toEqual(rows);
    },
  );

  it('adds up what a reader was granted, and no more', async () => {
    const found = await fixture.database.transaction(other.recipient, (tx) => trialBalance(tx, { month: '2026-06' }));
    expect(found.map(({ account, closingPence }) => [account, closingPence])).toEqual([
      ['BANK', 3_999n],
      ['SUSPENSE', -3_999n],
    ]);
  });

  it('without a month is of everything posted', async () => {
    const found = await fixture.database.transaction(fixture.ours.officer, (tx) => trialBalance(tx));
    expect(found.find(({ account }) => account === 'BANK')).toEqual({
      ...{ account: 'BANK', stream: 'UNALLOCATED', openingPence: 0n },
      ...{ debitPence: 14_000n, creditPence: 2_501n, closingPence: 11_499n },
    });
    expect(found.map(({ account }) => account)).toEqual(
      expect.arrayContaining(['BANK', 'PROVISION', 'SUPPLIER', 'SUSPENSE']),
    );
  });
});
