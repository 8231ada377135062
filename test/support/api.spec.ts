import { startApi, type TestApi } from './api.js';
import { seedAuthority, seedBudget, seedClient, seedPayee } from './seed.js';

let api: TestApi;
beforeAll(async () => void (api = await startApi()), 60_000);
afterAll(() => api.stop());

describe('the API that specs call', () => {
  it('knows the officers, the recipient and the bureau that were seeded', async () => {
    const authority = await seedAuthority(api);
    const budget = await seedBudget(api, authority, { streams: ['EDU', 'HEALTH'] });
    await seedPayee(api, authority.id, budget.id, { name: 'Ben Brown', livesWithChild: [{ from: '2026-01-01' }] });
    const bureau = await seedClient(api, authority.id, [budget.id]);

    expect((await authority.financeOfficer.get('/v1/me')).body).toMatchObject({
      grants: [{ role: 'FINANCE_OFFICER' }],
    });
    expect((await budget.recipient.get('/v1/me')).body).toMatchObject({ grants: [{ budgetId: budget.id }] });
    expect((await bureau.get('/v1/me')).body).toMatchObject({ kind: 'client', grants: [{ role: 'PAYROLL_BUREAU' }] });
  });

  it('refuses a caller without a token', async () => {
    expect(await api.as(null).get('/v1/me')).toMatchObject({ status: 401 });
  });
});
