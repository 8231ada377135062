import { systemContext } from '@ringfence/platform';
import { SuggestMatches } from '@ringfence/reconciliation';
import { ParseStatement } from '@ringfence/statements';
import { startApi, type TestApi } from '../support/api.js';
import {
  seedAuthority,
  seedBudget,
  seedClient,
  seedPayee,
  type Actor,
  type SeededAuthority,
  type SeededBudget,
} from '../support/seed.js';

interface Question {
  id: string;
  code: string;
  settledBy: string | null;
  evidence: { description: string; seen: string; amount: string; balance: string | null };
}

let api: TestApi;
let authority: SeededAuthority;

beforeAll(async () => {
  api = await startApi({ now: '2026-06-15T09:00:00Z' });
  authority = await seedAuthority(api);
}, 60_000);
afterAll(() => api?.stop());

const header = 'Date,Description,Amount,Balance';

async function read(budget: SeededBudget, rows: readonly string[]): Promise<string> {
  const { designatedAccountId } = budget;
  const file = { name: 'fd.csv', type: 'text/csv', bytes: Buffer.from([header, ...rows].join('\n')) };
  const received = await budget.recipient.upload('/v1/statement-imports', { designatedAccountId }, file);
  const importId = received.body.id as string;
  await api.app.get(ParseStatement).run({ authorityId: authority.id, importId });
  return importId;
}

async function commit(budget: SeededBudget, importId: string, body: object = {}): Promise<void> {
  const answer = await budget.recipient.post(`/v1/statement-imports/${importId}/commit`, body);
  expect(answer.status).toBe(200);
}

async function questions(budget: SeededBudget, who: Actor = authority.financeOfficer, query = ''): Promise<Question[]> {
  const answer = await who.get(`/v1/designated-accounts/${budget.designatedAccountId}/warnings${query}`);
  expect(answer.status).toBe(200);
  return answer.body.items as Question[];
}

const understand = (budget: SeededBudget) =>
  api.app.get(SuggestMatches).run({ authorityId: authority.id, designatedAccountId: budget.designatedAccountId });

const may = [
  '01/05/2026,OAKSHIRE COUNTY COUNCIL DP,500.00,500.00',
  '02/05/2026,DWP UC 0044881,300.00,800.00',
  '03/05/2026,DD E.ON NEXT LTD,-90.00,710.00',
  '04/05/2026,CASH NOTEMACHINE LEEDS,-20.00,690.00',
  '05/05/2026,SWIM CLUB,-700.00,-10.00',
  '06/05/2026,SWIM CLUB,-5.00,-15.00',
];

describe('a separate account', () => {
  it('is asked about when its statement is read, before anything is posted', async () => {
    const budget = await seedBudget(api, authority);
    const importId = await read(budget, may);
    const view = await budget.recipient.get(`/v1/statement-imports/${importId}`);
    expect(view.body.accountWarnings).toMatchObject([
      {
        code: 'BENEFITS_IN',
        name: 'Benefits paid in',
        lines: 1,
        examples: [{ position: 1, date: '2026-05-02', amount: '300.00', description: 'DWP UC 0044881', seen: 'dwp' }],
      },
      { code: 'HOUSEHOLD_BILL', lines: 1 },
      { code: 'CASH_OUT', lines: 1 },
      { code: 'OVERDRAWN', lines: 1, examples: [{ seen: 'balance -10.00' }] },
    ]);
    expect(await questions(budget)).toEqual([]);
  });

  it('is asked once for each time that it goes below zero, by a penny and not by nothing, whatever the file’s order', async () => {
    const rows = [
      '01/05/2026,SWIM CLUB,-5.00,0.00',
      '02/05/2026,SWIM CLUB,-0.01,-0.01',
      '03/05/2026,SWIM CLUB,-5.00,-5.01',
      '04/05/2026,SWIM CLUB,-1.00,',
      '05/05/2026,COUNCIL REFUND,10.00,3.99',
      '06/05/2026,SWIM CLUB,-4.00,-0.01',
    ];
    for (const file of [rows, [...rows].reverse()]) {
      const importId = await read(await seedBudget(api, authority), file);
      const view = await authority.financeOfficer.get(`/v1/statement-imports/${importId}`);
      expect(view.body.accountWarnings).toMatchObject([
        {
          code: 'OVERDRAWN',
          lines: 2,
          examples: [
            { position: 1, date: '2026-05-02', seen: 'balance -0.01' },
            { position: 5, date: '2026-05-06', seen: 'balance -0.01' },
          ],
        },
      ]);
    }
  });

  it('keeps its questions once the lines are posted, for officers and for the family', async () => {
    const budget = await seedBudget(api, authority);
    await commit(budget, await read(budget, may));
    for (const who of [authority.financeOfficer, authority.auditor, authority.approver, budget.recipient]) {
      expect((await questions(budget, who)).map(({ code }) => code)).toEqual([
        'OVERDRAWN',
        'CASH_OUT',
        'HOUSEHOLD_BILL',
        'BENEFITS_IN',
      ]);
    }
    const first = await authority.financeOfficer.get(
      `/v1/designated-accounts/${budget.designatedAccountId}/warnings?limit=3`,
    );
    const second = await authority.financeOfficer.get(
      `/v1/designated-accounts/${budget.designatedAccountId}/warnings?limit=3&cursor=${first.body.nextCursor as string}`,
    );
    expect(second.body).toMatchObject({ items: [{ code: 'BENEFITS_IN' }], nextCursor: null });
  });

  it('does not ask again what a spending rule asks of the same line', async () => {
    const budget = await seedBudget(api, authority);
    await commit(budget, await read(budget, may));
    await understand(budget);
    const settled = Object.fromEntries((await questions(budget)).map(({ code, settledBy }) => [code, settledBy]));
    expect(settled).toEqual({
      OVERDRAWN: null,
      CASH_OUT: 'SPENDING_RULE',
      HOUSEHOLD_BILL: 'SPENDING_RULE',
      BENEFITS_IN: null,
    });
    expect((await questions(budget, authority.financeOfficer, '?open=true')).map(({ code }) => code)).not.toContain(
      'CASH_OUT',
    );
    expect((await questions(budget, authority.financeOfficer, '?open=false')).map(({ code }) => code)).toEqual([
      'CASH_OUT',
      'HOUSEHOLD_BILL',
    ]);
  });

  it('asks no more about a bill that an officer has found to be agreed, and asks again when that is undone', async () => {
    const budget = await seedBudget(api, authority);
    await commit(budget, await read(budget, may));
    const bill = (await authority.financeOfficer.get(`/v1/statement-lines?budgetId=${budget.id}`)).body.items.find(
      (line: { description: string }) => line.description.includes('E.ON'),
    ) as { id: string };
    const allocated = await authority.financeOfficer.post('/v1/allocations', {
      statementLineId: bill.id,
      parts: [{ amount: '-90.00', target: { type: 'budget-line', budgetLineId: budget.lines.EDU } }],
      reasons: 'Heating for the therapy room, agreed in the plan',
    });
    expect(allocated.status).toBe(201);
    const open = async () => (await questions(budget, authority.financeOfficer, '?open=true')).map(({ code }) => code);
    expect(await open()).not.toContain('HOUSEHOLD_BILL');
    const [{ id } = { id: '' }] = allocated.body.allocations as { id: string }[];
    await authority.financeOfficer.post(`/v1/allocations/${id}/undo`, { reasons: 'Another room' });
    expect(await open()).toContain('HOUSEHOLD_BILL');
  });

  it('takes a payment that an instalment explains for what it is', async () => {
    const budget = await seedBudget(api, authority);
    await authority.financeOfficer.post('/v1/instalment-schedules', {
      agreementId: budget.agreementId,
      designatedAccountId: budget.designatedAccountId,
      stream: 'EDU',
      kind: 'REGULAR',
      frequency: 'MONTHLY',
      amount: '480.00',
      firstDueOn: '2026-05-01',
      lastDueOn: '2026-05-01',
    });
    await commit(budget, await read(budget, ['01/05/2026,OAKSHIRE CC PAYROLL,480.00,480.00']));
    expect(await questions(budget)).toMatchObject([{ code: 'WAGES_IN', settledBy: null }]);
    await understand(budget);
    expect(await questions(budget)).toMatchObject([{ code: 'WAGES_IN', settledBy: 'LINE_EXPLAINED' }]);
  });

  it('knows the recipient’s name, and the payees that were agreed', async () => {
    const budget = await seedBudget(api, authority);
    const { rows } = await api.owner.query<{ name: string }>('SELECT name FROM people WHERE id = $1', [
      budget.recipient.id,
    ]);
    await seedPayee(api, authority.id, budget.id, { name: 'Octopus Energy Clubs' });
    await commit(
      budget,
      await read(budget, [
        `01/05/2026,STANDING ORDER TO ${rows[0]!.name.toUpperCase()},-20.00,`,
        '02/05/2026,OCTOPUS ENERGY CLUBS,-20.00,',
      ]),
    );
    expect((await questions(budget)).map(({ code }) => code)).toEqual(['TO_OWN_ACCOUNT']);
  });

  it('is not asked about what the authority’s policy does not ask', async () => {
    const other = await seedAuthority(api);
    const budget = await seedBudget(api, other);
    const set = await other.approver.post('/v1/policy-versions', {
      name: 'Cash is permitted',
      reasons: 'Cabinet, 2 June 2026',
      validFrom: '2026-06-15',
      changes: [{ kind: 'switch-off', code: 'CASH' }],
    });
    expect(set.status).toBe(201);
    const { designatedAccountId } = budget;
    const rows = ['14/06/2026,CASH NOTEMACHINE LEEDS,-20.00,80.00', '15/06/2026,CASH NOTEMACHINE LEEDS,-20.00,60.00'];
    const file = { name: 'fd.csv', type: 'text/csv', bytes: Buffer.from([header, ...rows].join('\n')) };
    const received = await budget.recipient.upload('/v1/statement-imports', { designatedAccountId }, file);
    const importId = received.body.id as string;
    await api.app.get(ParseStatement).run({ authorityId: other.id, importId });
    const view = await budget.recipient.get(`/v1/statement-imports/${importId}`);
    expect(view.body.accountWarnings).toMatchObject([
      { code: 'CASH_OUT', lines: 1, examples: [{ date: '2026-06-14' }] },
    ]);
  });

  it('raises nothing twice when a statement overlaps the one before', async () => {
    const budget = await seedBudget(api, authority);
    await commit(budget, await read(budget, may));
    const again = await read(budget, [...may, '07/05/2026,DWP UC 0044881,300.00,285.00']);
    const view = await budget.recipient.get(`/v1/statement-imports/${again}`);
    expect(view.body.accountWarnings).toMatchObject([{ code: 'BENEFITS_IN', lines: 1, examples: [{ position: 6 }] }]);
    await commit(budget, again);
    expect((await questions(budget)).map(({ code }) => code)).toEqual([
      'BENEFITS_IN',
      'OVERDRAWN',
      'CASH_OUT',
      'HOUSEHOLD_BILL',
      'BENEFITS_IN',
    ]);
  });

  it('asks nothing any more about a statement that was reversed', async () => {
    const budget = await seedBudget(api, authority);
    const importId = await read(budget, may);
    await commit(budget, importId);
    const back = await authority.financeOfficer.post(`/v1/statement-imports/${importId}/reverse`, {
      reason: 'It was another account’s',
    });
    expect(back.status).toBe(200);
    expect(await questions(budget)).toEqual([]);
  });
});

describe('an answer to what an account raises', () => {
  async function asked(rows = may): Promise<{ budget: SeededBudget; benefit: Question }> {
    const budget = await seedBudget(api, authority);
    await commit(budget, await read(budget, rows));
    const benefit = (await questions(budget)).find(({ code }) => code === 'BENEFITS_IN')!;
    return { budget, benefit };
  }
  const path = ({ id }: Question) => `/v1/account-warnings/${id}/answer`;

  it('is an officer’s, with reasons, and is kept', async () => {
    const { budget, benefit } = await asked();
    const answer = await authority.financeOfficer.post(path(benefit), {
      reasons: 'Paid in by mistake and moved on 3 May',
    });
    expect(answer).toMatchObject({ status: 200, body: { id: benefit.id, answered: 1 } });
    const held = (await questions(budget)).find(({ id }) => id === benefit.id);
    expect(held).toMatchObject({
      settledBy: 'ANSWER',
      answer: {
        by: authority.financeOfficer.id,
        at: '2026-06-15T09:00:00.000Z',
        reasons: 'Paid in by mistake and moved on 3 May',
      },
    });
  });

  it('is one for all that say the same, where the officer says so', async () => {
    const { budget, benefit } = await asked([...may, '07/05/2026,DWP UC 0044882,300.00,285.00']);
    const answer = await authority.financeOfficer.post(path(benefit), { reasons: 'Moved each month', alike: true });
    expect(answer.body).toMatchObject({ answered: 2 });
    const open = await questions(budget, authority.financeOfficer, '?open=true');
    expect(open.map(({ code }) => code)).not.toContain('BENEFITS_IN');
    expect(open.map(({ code }) => code)).toContain('OVERDRAWN');
  });

  it('is given once', async () => {
    const { benefit } = await asked();
    const first = await authority.financeOfficer.post(path(benefit), { reasons: 'Moved' }, { key: 'answer-once' });
    expect(
      await authority.financeOfficer.post(path(benefit), { reasons: 'Moved' }, { key: 'answer-once' }),
    ).toMatchObject({ status: 200, body: first.body });
    expect(await authority.financeOfficer.post(path(benefit), { reasons: 'Again' })).toMatchObject({
      status: 409,
      body: { detail: 'The question was answered on 15 June 2026 (“Moved”): nothing is left to answer.' },
    });
  });

  it('is refused without reasons', async () => {
    const { benefit } = await asked();
    const answer = await authority.financeOfficer.post(path(benefit), { reasons: '' });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/reasons' }] } });
  });

  it('is refused to everybody else', async () => {
    const { budget, benefit } = await asked();
    const bureau = await seedClient(api, authority.id, [budget.id]);
    for (const who of [budget.recipient, authority.approver, authority.planCoordinator, authority.auditor, bureau]) {
      expect(await who.post(path(benefit), { reasons: 'Moved' })).toMatchObject({
        status: 403,
        body: { type: 'urn:ringfence:problem:not-permitted' },
      });
    }
    const stranger = await seedBudget(api, authority);
    expect(
      (await stranger.recipient.get(`/v1/designated-accounts/${budget.designatedAccountId}/warnings`)).status,
    ).toBe(404);
    const elsewhere = await seedAuthority(api);
    expect(await elsewhere.financeOfficer.post(path(benefit), { reasons: 'Moved' })).toMatchObject({
      status: 404,
      body: { detail: `There is no question ${benefit.id} about an account that you can see.` },
    });
  });

  it('cannot be written past the service by a family: the database refuses it too', async () => {
    const { budget, benefit } = await asked();
    const principal = await api.principalOf(budget.recipient.bearer);
    const context = { ...systemContext(authority.id), principal: { kind: 'person' as const, id: principal.id } };
    await expect(
      api.database.transaction(context, (tx) =>
        tx.query(
          `UPDATE account_warnings SET state = 'ANSWERED', answered_by = $2, answered_at = now(), reasons = 'x' WHERE id = $1`,
          [benefit.id, principal.id],
        ),
      ),
    ).rejects.toThrow(/row-level security/);
  });
});
