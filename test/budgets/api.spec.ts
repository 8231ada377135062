import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, type SeededAuthority } from '../support/seed.js';

let api: TestApi;
let authority: SeededAuthority;
beforeAll(async () => {
  api = await startApi({ now: '2026-04-08T09:00:00Z' });
  authority = await seedAuthority(api);
}, 120_000);
afterAll(() => api.stop());

async function created(path: string, body: unknown): Promise<{ id: string }> {
  const answer = await authority.financeOfficer.post(path, body);
  expect([path, answer.status, answer.body]).toEqual([path, 201, answer.body]);
  return answer.body;
}

describe('the API of budgets', () => {
  it('takes an officer from a plan to the next instalment', async () => {
    const officer = authority.financeOfficer;
    const { id: childId } = await created('/v1/people', { name: 'Ivy Lowe', dateOfBirth: '2015-05-05' });
    const { id: recipientId } = await created('/v1/people', { name: 'Max Lowe' });
    const plan = await officer.post('/v1/plan-documents', {
      childId,
      kind: 'EHC_PLAN',
      startsOn: '2026-02-01',
      outcomes: [{ reference: '1', description: 'Cycles to school' }],
    });
    const [outcome] = plan.body.outcomes;
    const budget = { reference: 'API-1', childId, recipientId, planDocumentId: plan.body.id, startsOn: '2026-04-01' };
    const { id: budgetId } = await created('/v1/budgets', budget);
    const terms = { validFrom: '2026-04-01', signedOn: '2026-03-20', reason: 'First agreement' };
    const { id: agreementId } = await created('/v1/agreements', { budgetId, payerId: authority.payerId, ...terms });
    const payee = { budgetId, name: 'Bea Tran', kind: 'PERSONAL_ASSISTANT', relationship: 'none' };
    const { id: payeeId } = await created('/v1/payees', payee);
    await created('/v1/household-memberships', { payeeId, livesWith: 'CHILD', validFrom: '2026-04-01' });
    const line = {
      agreementId,
      name: 'Cycling teacher',
      stream: 'EDU',
      mechanism: 'DIRECT_PAYMENT',
      holder: 'FAMILY',
      planSection: 'F',
      amount: '650.00',
      quantity: '52',
      unit: 'hours',
      rate: '12.50',
      startsOn: '2026-04-01',
      endsOn: '2027-03-31',
      payeeId,
      outcomeIds: [outcome.id],
    };
    const wrong = await officer.post(`/v1/budgets/${budgetId}/lines`, { lines: [{ ...line, amount: '651.00' }] });
    expect([wrong.status, wrong.body.detail, wrong.body.errors[0].pointer]).toEqual([
      422,
      '52 hours at £12.50 make £650.00, and the amount is £651.00: correct one of them.',
      '/lines/0/amount',
    ]);
    await created(`/v1/budgets/${budgetId}/lines`, { lines: [line] });
    const { id: designatedAccountId } = await created('/v1/designated-accounts', {
      kind: 'OWN_BANK',
      name: 'Lowe payments',
      bankName: 'Barlow Bank',
      sortCode: '123456',
      accountNumber: '12345678',
      holderPersonId: recipientId,
      openedOn: '2026-04-01',
      budgetIds: [budgetId],
    });
    const held = [{ budgetId, validFrom: '2026-04-01', validTo: null }];
    const accounts = (await officer.get(`/v1/designated-accounts?budgetId=${budgetId}`)).body.items;
    expect(accounts).toMatchObject([{ id: designatedAccountId, name: 'Lowe payments', budgets: held }]);
    const schedule = await officer.post('/v1/instalment-schedules', {
      agreementId,
      designatedAccountId,
      stream: 'EDU',
      kind: 'REGULAR',
      frequency: 'MONTHLY',
      amount: '54.17',
      firstDueOn: '2026-04-30',
      lastDueOn: '2027-03-30',
    });
    expect(schedule.body).toMatchObject({ instalments: 12 });
    const page = await officer.get(`/v1/instalments?budgetId=${budgetId}&limit=5&state=expected`);
    expect(page.body.items[0]).toMatchObject({ dueOn: '2026-04-30', amount: '54.17', state: 'expected' });
    const next = await officer.get(`/v1/instalments?budgetId=${budgetId}&limit=50&cursor=${page.body.nextCursor}`);
    expect([next.body.items.length, next.body.nextCursor]).toEqual([7, null]);
    expect((await officer.get('/v1/budgets?text=ivy')).body.items).toMatchObject([
      { reference: 'API-1', amount: '650.00', cashAmount: '650.00', streams: ['EDU'] },
    ]);
    expect((await officer.get(`/v1/budgets/${budgetId}`)).body).toMatchObject({
      lines: [{ amount: '650.00', rate: '12.50', quantity: '52' }],
      payees: [{ name: 'Bea Tran', household: [{ livesWith: 'CHILD', from: '2026-04-01', to: null }] }],
      schedules: [{ amount: '54.17', instalments: 12 }],
    });
    const changed = await officer.post(`/v1/agreements/${agreementId}/versions`, {
      ...terms,
      validFrom: '2026-09-01',
      changesServices: true,
    });
    expect(changed.body).toEqual({ agreementId, version: 2 });
  });

  it('imports a file and reports a refused one by line', async () => {
    const sample = readFileSync(join(import.meta.dirname, '../../docs/reference/budget-import-sample.csv'), 'utf8');
    const { code } = (await authority.financeOfficer.get('/v1/payers')).body.items[0];
    const own = sample.replaceAll(',FS,', `,${code},`);
    const send = async (text: string, key: string) => {
      const response = await api.app.inject({
        method: 'POST',
        url: '/v1/budget-imports',
        headers: {
          authorization: `Bearer ${await api.tokenFor(authority.financeOfficer.bearer)}`,
          'content-type': 'text/csv',
          'idempotency-key': key,
        },
        payload: text,
      });
      return { status: response.statusCode, body: response.json() };
    };
    const refused = await send(own.replace('520', '521'), 'file-1');
    expect(refused).toMatchObject({
      status: 422,
      body: { type: 'urn:ringfence:problem:import-refused', accepted: false, rows: 4, faultsFound: 1 },
    });
    expect(refused.body.errors).toEqual([
      {
        line: 2,
        column: 'amount',
        pointer: '/amount',
        message: '521 hours at £12.50 make £6,512.50, and the amount is £6,500.00: correct one of them.',
      },
    ]);
    const accepted = { status: 201, body: { accepted: true, rows: 4, budgets: 2, lines: 4, instalments: 28 } };
    expect(await send(own, 'file-1')).toEqual(accepted);
    expect(await send(own, 'file-1')).toEqual(accepted);
  });

  it('refuses fields that it does not know, and amounts that are numbers', async () => {
    const answer = await authority.financeOfficer.post('/v1/instalment-schedules', { amount: 12.5, colour: 'red' });
    expect(answer.status).toBe(422);
    const pointers = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/colour', '/amount', '/agreementId']));
  });

  it('shows an auditor everything and lets them change nothing', async () => {
    expect((await authority.auditor.get('/v1/budgets')).status).toBe(200);
    const payer = { name: 'X', kind: 'LOCAL_AUTHORITY', code: 'X' };
    expect((await authority.auditor.post('/v1/payers', payer)).status).toBe(403);
  });
});
