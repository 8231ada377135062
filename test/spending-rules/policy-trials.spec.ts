import { PolicyTrials, triedPerBatchMax } from '@ringfence/reconciliation';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedStatementLine } from '../support/seed.js';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2026-06-15T09:00:00Z' });
}, 60_000);
afterAll(() => api?.stop());

const offCash = {
  changes: [{ kind: 'switch-off', code: 'CASH' }],
  from: '2026-05-01',
  to: '2026-05-31',
};

describe('a policy that is tried on many spends', () => {
  it('is gone through by a job, which says how far it has come and records no verdict', async () => {
    const authority = await seedAuthority(api);
    const budget = await seedBudget(api, authority, { streams: ['SOCIAL_CHILD'] });
    for (const description of ['CASHPOINT HIGH ST', 'OTTERS SWIM CLUB']) {
      await seedStatementLine(api, authority.id, budget, { date: '2026-05-05', amountPence: -2000n, description });
    }
    const asked = await authority.approver.post('/v1/policy-trials', offCash);
    expect(asked).toMatchObject({ status: 201, body: { spends: 2 } });
    const path = `/v1/policy-trials/${asked.body.id}`;
    expect((await authority.financeOfficer.get(path)).body).toMatchObject({
      state: 'RUNNING',
      spendsDone: 0,
      spendsTotal: 2,
    });
    const job = { authorityId: authority.id, trialId: asked.body.id as string };
    await api.app.get(PolicyTrials).run(job);
    await api.app.get(PolicyTrials).run(job);
    expect((await authority.approver.get(path)).body).toMatchObject({
      state: 'DONE',
      spendsDone: 2,
      assessed: 2,
      changedSpends: 1,
      changed: [{ description: 'CASHPOINT HIGH ST', amount: '-20.00', before: 'query', after: 'query' }],
    });
    const { rows } = await api.owner.query('SELECT 1 FROM spend_verdicts WHERE authority_id = $1', [authority.id]);
    expect(rows).toEqual([]);
  });

  it('is assessed in batches, each kept before the next', async () => {
    const authority = await seedAuthority(api);
    const budget = await seedBudget(api, authority, { streams: ['SOCIAL_CHILD'] });
    const first = await seedStatementLine(api, authority.id, budget, {
      date: '2026-05-05',
      amountPence: -2000n,
      description: 'CASHPOINT HIGH ST',
    });
    const more = triedPerBatchMax + 10;
    await api.owner.query(
      `INSERT INTO statement_lines SELECT (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'position', 1000 + n, 'occurrence', 1000 + n))).*
         FROM statement_lines l, generate_series(1, $2) n WHERE l.id = $1`,
      [first, more],
    );
    const asked = await authority.approver.post('/v1/policy-trials', offCash);
    await api.app.get(PolicyTrials).run({ authorityId: authority.id, trialId: asked.body.id as string });
    const { body } = await authority.approver.get(`/v1/policy-trials/${asked.body.id}`);
    expect(body).toMatchObject({ state: 'DONE', spendsDone: more + 1, assessed: more + 1, changedSpends: more + 1 });
    expect(body.changed).toHaveLength(100);
  }, 60_000);

  it('is refused to a family, with days that end before they begin, and with a rule that nobody may loosen', async () => {
    const authority = await seedAuthority(api);
    const budget = await seedBudget(api, authority, { streams: ['SOCIAL_CHILD'] });
    expect(await budget.recipient.post('/v1/policy-trials', offCash)).toMatchObject({ status: 403 });
    const late = await authority.approver.post('/v1/policy-trials', { ...offCash, to: '2026-04-01' });
    expect(late.body.detail).toBe('/to is 2026-04-01, before /from, which is 2026-05-01: check the dates.');
    const loosened = { ...offCash, changes: [{ kind: 'switch-off', code: 'DENTAL' }] };
    const refused = await authority.approver.post('/v1/policy-trials', loosened);
    expect(refused.body.detail).toContain('cannot be loosened here');
    expect(await authority.approver.get('/v1/policy-trials/01976e3a-5c00-7a10-8f01-3b1d5a7c0001')).toMatchObject({
      status: 404,
    });
  });
});
