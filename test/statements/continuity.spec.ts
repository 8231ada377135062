import { WorkList } from '@ringfence/reporting';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedPerson, type SeededAuthority } from '../support/seed.js';
import { StatementRoom } from './statement-room.js';

const january = ['30/01/2026,SHOP,10.00,,490.00', '05/01/2026,COUNCIL,,500.00,500.00'];
const february = ['27/02/2026,SHOP,30.00,,450.00', '03/02/2026,SHOP,10.00,,480.00'];
const march = ['30/03/2026,SHOP,20.00,,425.00', '02/03/2026,SHOP,5.00,,445.00'];

describe('the statements of an account, one after another', () => {
  let api: TestApi;
  let authority: SeededAuthority;

  beforeAll(async () => {
    api = await startApi({ now: '2026-04-15T09:00:00Z' });
    authority = await seedAuthority(api);
  }, 60_000);

  afterAll(() => api.stop());

  async function room(): Promise<StatementRoom> {
    const account = await StatementRoom.of(api, authority.id, await seedBudget(api, authority));
    await api.owner.query('UPDATE designated_accounts SET opened_on = $2 WHERE id = $1', [
      account.budget.designatedAccountId,
      '2026-01-01',
    ]);
    await api.owner.query('UPDATE designated_account_budgets SET valid_from = $2 WHERE designated_account_id = $1', [
      account.budget.designatedAccountId,
      '2026-01-01',
    ]);
    return account;
  }

  function accept(importId: string, caller = authority.financeOfficer, reason = 'The bank closed the old account.') {
    return caller.post(`/v1/statement-imports/${importId}/accept-break`, { reason });
  }

  async function states(account: StatementRoom): Promise<string[]> {
    const { body } = await account.months();
    return (body.months as { month: string; state: string }[]).map(({ month, state }) => `${month} ${state}`);
  }

  it('show month by month what was received, with the balances about each', async () => {
    const account = await room();
    expect(await states(account)).toEqual(['2026-01 missing', '2026-02 missing', '2026-03 missing']);
    const first = await account.add('january.csv', january);
    await account.add('february.csv', february);
    const { status, body } = await account.months();
    expect(status).toBe(200);
    expect(body.months).toMatchObject([
      {
        month: '2026-01',
        state: 'received',
        ended: true,
        firstDay: '2026-01-05',
        lastDay: '2026-01-30',
        lines: 2,
        openingBalance: '0.00',
        closingBalance: '490.00',
        importIds: [first],
      },
      { month: '2026-02', state: 'received', openingBalance: '490.00', closingBalance: '450.00' },
      { month: '2026-03', state: 'missing', lines: 0, openingBalance: null, importIds: [] },
    ]);
    expect(body.findings).toEqual([]);
    expect(body.imports).toMatchObject([{ fileName: 'january.csv' }, { fileName: 'february.csv' }]);
  });

  it('are not added out of turn: the one that belongs between comes first', async () => {
    const account = await room();
    await account.add('january.csv', january);
    const early = await account.read('march.csv', march);
    const words =
      'january.csv ends on 30 January 2026 with £490.00 and march.csv begins on 2 March 2026 with £450.00, with no line ' +
      'from 31 January 2026 to 1 March 2026: £40.00 is not explained';
    expect(early.body.breaks).toMatchObject([{ kind: 'gap', words: `${words}.`, accepted: null }]);
    expect(await account.commit(early.body.id as string)).toMatchObject({
      status: 409,
      body: {
        type: 'urn:ringfence:problem:statement-break',
        title: 'The statement has a balance break',
        detail: `The statement cannot be added yet: ${words}; upload the statement that belongs between first, or ask the council to accept the difference.`,
        breaks: [{ kind: 'gap', from: '2026-01-30', to: '2026-03-02' }],
      },
    });
    expect(await account.bankBalance()).toBe('49000');
    await account.add('february.csv', february);
    expect((await account.commit(early.body.id as string)).status).toBe(200);
    expect(await account.bankBalance()).toBe('42500');
    expect(await states(account)).toEqual(['2026-01 received', '2026-02 received', '2026-03 received']);
  });

  it('are added in spite of a gap once an officer has accepted it with a reason', async () => {
    const account = await room();
    await account.add('january.csv', january);
    const { body } = await account.read('march.csv', march);
    const importId = body.id as string;
    const accepted = await accept(importId);
    expect(accepted).toMatchObject({ status: 200, body: { importId } });
    expect(accepted.body.breaks).toHaveLength(1);
    const seen = await account.budget.recipient.get(`/v1/statement-imports/${importId}`);
    expect(seen.body.breaks).toMatchObject([
      { accepted: { by: authority.financeOfficer.id, reason: 'The bank closed the old account.' } },
    ]);
    expect((await account.commit(importId)).status).toBe(200);
    expect(await states(account)).toEqual(['2026-01 received', '2026-02 missing', '2026-03 received']);
    expect((await account.months()).body.findings).toMatchObject([
      { kind: 'gap', accepted: { reason: 'The bank closed the old account.' } },
    ]);
    expect(await accept(importId)).toMatchObject({
      status: 409,
      body: { detail: 'The balances of this statement join, or were accepted: nothing is left to accept.' },
    });
  });

  it('are not added while their own balances break, and an acceptance holds for these breaks only', async () => {
    const account = await room();
    const broken = ['30/01/2026,SHOP,10.00,,480.00', '05/01/2026,COUNCIL,,500.00,500.00'];
    const { body } = await account.read('january.csv', broken);
    const importId = body.id as string;
    expect(await account.commit(importId)).toMatchObject({
      status: 409,
      body: {
        type: 'urn:ringfence:problem:statement-break',
        detail:
          'The statement cannot be added yet: In january.csv: Line 2: the balance is 480.00 where 490.00 follows from the line before, so a line is missing, changed or out of order (and 1 more like it); download the statement again, or ask the council to accept the difference.',
      },
    });
    expect((await accept(importId)).status).toBe(200);
    await account.add(
      'february.csv',
      february.map((row) => row.replace('450.00', '440.00').replace('480.00', '470.00')),
    );
    expect((await account.commit(importId)).status).toBe(200);
    const { findings, months } = (await account.months()).body;
    expect(findings.map(({ accepted }: { accepted: unknown }) => accepted !== null)).toEqual([true, true]);
    expect(months[0]).toMatchObject({ month: '2026-01', state: 'received' });
  });

  it('that overlap are compared at the balances they share', async () => {
    const account = await room();
    await account.add('january.csv', january);
    await account.add('to-february.csv', [...february, january[0]!]);
    const { findings, months } = (await account.months()).body;
    expect(findings).toMatchObject([
      {
        kind: 'overlap',
        words: 'january.csv and to-february.csv both hold 30 January 2026; each line is posted once.',
      },
    ]);
    expect(months).toMatchObject([
      { state: 'received', lines: 2 },
      { state: 'received', lines: 2 },
      { state: 'missing' },
    ]);
    const other = ['20/02/2026,BOOKS,1.00,,469.00', '10/02/2026,SWIM,10.00,,470.00'];
    const { body } = await account.read('other.csv', other);
    expect((await account.commit(body.id as string)).body.detail).toContain(
      'other.csv ends on 20 February 2026 with £469.00, a balance that to-february.csv does not have on that day',
    );
  });

  it('show again what is missing when one between is reversed', async () => {
    const account = await room();
    await account.add('january.csv', january);
    const importId = await account.add('february.csv', february);
    await account.add('march.csv', march);
    expect((await account.reverse(importId)).status).toBe(200);
    expect(await states(account)).toEqual(['2026-01 received', '2026-02 missing', '2026-03 received']);
    expect((await account.months()).body.findings).toMatchObject([{ kind: 'gap', accepted: null }]);
    await account.add('february.csv', february);
    expect((await account.months()).body.findings).toEqual([]);
  });

  it('are asked for in the work list by month, except where the balance proves that nothing moved', async () => {
    const account = await room();
    const missing = async (): Promise<number | undefined> => {
      const officer = await api.principalOf(authority.financeOfficer.bearer);
      const { rows } = await api.app.get(WorkList).read(officer, { order: 'reference' });
      return rows.find(({ id }) => id === account.budget.id)?.missingMonths;
    };
    expect(await missing()).toBe(3);
    await account.add('january.csv', january);
    const quiet = ['30/03/2026,SHOP,20.00,,465.00', '02/03/2026,SHOP,5.00,,485.00'];
    const importId = await account.add('march.csv', quiet);
    expect(await missing()).toBe(0);
    expect((await account.months()).body.months[1]).toMatchObject({
      state: 'received',
      lines: 0,
      openingBalance: '490.00',
      closingBalance: '490.00',
    });
    await account.reverse(importId);
    expect(await missing()).toBe(2);
  });

  it('have a difference accepted by an officer of the authority, with a reason, and by nobody else', async () => {
    const account = await room();
    await account.add('january.csv', january);
    const { body } = await account.read('march.csv', march);
    const importId = body.id as string;
    for (const other of [account.budget.recipient, authority.auditor, authority.planCoordinator, authority.approver]) {
      expect(await accept(importId, other)).toMatchObject({
        status: 403,
        body: { type: 'urn:ringfence:problem:not-permitted' },
      });
    }
    expect((await accept(importId, account.budget.recipient)).body.detail).toContain(
      'accept a difference between the balances of statements',
    );
    const elsewhere = await seedPerson(api, (await seedAuthority(api, 'Elmshire')).id, 'Eve Else', 'FINANCE_OFFICER');
    expect((await accept(importId, elsewhere)).status).toBe(404);
    expect(await accept(importId, authority.financeOfficer, ' ')).toMatchObject({
      status: 422,
      body: {
        errors: [
          { pointer: '/reason', message: '/reason has 0 characters: say in 1 to 2000 why the difference is accepted.' },
        ],
      },
    });
    const refused = await account.read('other.csv', ['1,2,3,4,5']);
    expect((await accept(refused.body.id as string)).body.detail).toBe(
      'No difference of this statement can be accepted while its state is REFUSED: only of one that waits to be posted, or is posted.',
    );
  });

  it('are shown to those who may read them, and to no stranger', async () => {
    const account = await room();
    await account.add('january.csv', january);
    for (const reader of [authority.auditor, authority.planCoordinator, authority.approver, authority.financeOfficer]) {
      expect((await account.months(reader)).status).toBe(200);
    }
    const stranger = await seedBudget(api, authority);
    expect(await account.months(stranger.recipient)).toMatchObject({
      status: 404,
      body: { detail: `There is no designated account ${account.budget.designatedAccountId} that you can see.` },
    });
    const sharing = await seedBudget(api, authority, { designatedAccountId: account.budget.designatedAccountId });
    expect((await account.months(sharing.recipient)).status).toBe(403);
  });
});
