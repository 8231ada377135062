import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerCheck } from '../support/answers.js';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedPerson, type SeededAuthority, type SeededBudget } from '../support/seed.js';

/** Every success of the API is held to its description wherever a test calls it; these are called by no other story. */
let api: TestApi;
let authority: SeededAuthority;
let budget: SeededBudget;

beforeAll(async () => {
  api = await startApi();
  authority = await seedAuthority(api);
  budget = await seedBudget(api, authority);
}, 60_000);

afterAll(() => api?.stop());

describe('an answer that no other test asks for fits the OpenAPI document', () => {
  it('of a grant that is given and ended', async () => {
    const { financeOfficer } = authority;
    const { id: personId } = await seedPerson(api, authority.id, 'Grace Grantee');
    const grant = { role: 'RECIPIENT', personId, budgetId: budget.id, validFrom: '2026-06-15' };
    const given = await financeOfficer.post('/v1/role-grants', grant);
    expect(given.status).toBe(201);
    const { rows } = await api.owner.query<{ id: string }>('SELECT id FROM role_grants WHERE person_id = $1', [
      personId,
    ]);
    const ended = await financeOfficer.patch(`/v1/role-grants/${rows[0]!.id}`, { validTo: '2026-06-30' });
    expect([ended.status, given.body.id]).toEqual([204, rows[0]!.id]);
  });

  it('of a designated account to which a budget is added, and of one that closes', async () => {
    const { financeOfficer } = authority;
    const sister = await seedBudget(api, authority);
    const path = `/v1/designated-accounts/${budget.designatedAccountId}`;
    const body = { budgetId: sister.id, validFrom: '2026-07-01' };
    expect((await financeOfficer.post(`${path}/budgets`, body)).status).toBe(201);
    const account = await financeOfficer.get(path);
    expect(account.body.budgets).toContainEqual({ budgetId: sister.id, validFrom: '2026-07-01', validTo: null });
    const other = `/v1/designated-accounts/${sister.designatedAccountId}`;
    expect((await financeOfficer.patch(other, { closedOn: '2026-06-30' })).status).toBe(204);
    expect((await financeOfficer.get(other)).body.closedOn).toBe('2026-06-30');
  });

  it('of a schedule that ends early', async () => {
    const { financeOfficer } = authority;
    const schedule = await financeOfficer.post('/v1/instalment-schedules', {
      agreementId: budget.agreementId,
      designatedAccountId: budget.designatedAccountId,
      stream: 'EDU',
      kind: 'REGULAR',
      frequency: 'MONTHLY',
      amount: '54.17',
      firstDueOn: '2026-07-01',
      lastDueOn: '2026-12-01',
    });
    const ended = await financeOfficer.patch(`/v1/instalment-schedules/${schedule.body.id}`, {
      lastDueOn: '2026-09-30',
    });
    expect(ended).toMatchObject({ status: 200, body: { withdrawn: 3 } });
  });

  it('of the national policy with all its rules, and of the one in force', async () => {
    for (const id of ['national', 'current']) {
      const version = await authority.approver.get(`/v1/policy-versions/${id}`);
      expect([version.status, version.body.rules.length > 10]).toEqual([200, true]);
    }
  });

  it('of an import of budgets', async () => {
    const sample = readFileSync(join(import.meta.dirname, '../../docs/reference/budget-import-sample.csv'), 'utf8');
    const { code } = (await authority.financeOfficer.get('/v1/payers')).body.items[0];
    const url = '/v1/budget-imports';
    const { statusCode, headers, payload, rawPayload } = await api.app.inject({
      method: 'POST',
      url,
      headers: {
        authorization: `Bearer ${await api.tokenFor(authority.financeOfficer.bearer)}`,
        'content-type': 'text/csv',
        'idempotency-key': randomUUID(),
      },
      payload: sample.replaceAll(',FS,', `,${code},`),
    });
    const type = { 'content-type': String(headers['content-type']) };
    const answer = { status: statusCode, headers: type, body: JSON.parse(payload) as unknown, bytes: rawPayload };
    expect(answer).toMatchObject({ status: 201, body: { accepted: true } });
    expect(() => answerCheck(api)('POST', url, answer)).not.toThrow();
  });
});
