import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedPerson, type SeededAuthority, type SeededBudget } from '../support/seed.js';

let api: TestApi;
let authority: SeededAuthority;
let budget: SeededBudget;

beforeAll(async () => {
  api = await startApi({ now: '2026-06-15T09:00:00Z' });
  authority = await seedAuthority(api);
  budget = await seedBudget(api, authority);
}, 60_000);
afterAll(() => api.stop());

const april = { month: '2026-04', state: 'CLOSED' };

describe('Accounting periods', () => {
  it('are closed by a finance officer, once, and the first answer is repeated for the same key', async () => {
    const first = await authority.financeOfficer.post(
      '/v1/periods',
      { month: '2026-03', state: 'CLOSED' },
      { key: 'k' },
    );
    expect(first).toMatchObject({
      status: 201,
      body: { month: '2026-03', financialYear: '2025-26', state: 'CLOSED' },
    });
    const again = await authority.financeOfficer.post(
      '/v1/periods',
      { month: '2026-03', state: 'CLOSED' },
      { key: 'k' },
    );
    expect(again.body).toEqual(first.body);
    expect((await authority.financeOfficer.post('/v1/periods', april)).status).toBe(201);
    expect(await authority.financeOfficer.post('/v1/periods', april)).toMatchObject({
      status: 409,
      body: { type: expect.stringContaining('period-closed'), detail: 'April 2026 is closed already.' },
    });
  });

  it('are not closed by an approver, nor opened again by a finance officer, nor seen by a recipient', async () => {
    expect(await authority.approver.post('/v1/periods', { month: '2026-05', state: 'CLOSED' })).toMatchObject({
      status: 403,
      body: {
        detail:
          'You may not close an accounting period: you need the role of finance officer. Ask the authority to grant it if you should have it.',
      },
    });
    expect(
      await authority.financeOfficer.post('/v1/periods', { month: '2026-04', state: 'OPEN', reason: 'A late bill' }),
    ).toMatchObject({
      status: 403,
      body: {
        detail:
          'You may not open a closed accounting period again: you need the role of approver. Ask the authority to grant it if you should have it.',
      },
    });
    expect((await budget.recipient.get('/v1/periods')).status).toBe(403);
  });

  it('are not closed before they are over, nor past an open month in use', async () => {
    expect(await authority.financeOfficer.post('/v1/periods', { month: '2026-06', state: 'CLOSED' })).toMatchObject({
      status: 409,
      body: { detail: 'June 2026 is not over: close it from 1 July 2026 on.' },
    });
  });

  it('are opened again only with a reason, the latest first', async () => {
    expect(
      await authority.approver.post('/v1/periods', { month: '2026-04', state: 'OPEN', reason: ' ' }),
    ).toMatchObject({
      status: 422,
      body: { detail: '/reason has 0 characters: say in 1 to 1000 why 2026-04 is opened again.' },
    });
    expect(
      await authority.approver.post('/v1/periods', { month: '2026-03', state: 'OPEN', reason: 'A late bill' }),
    ).toMatchObject({
      status: 409,
      body: { detail: 'March 2026 cannot be re-opened while April 2026 is closed: re-open the later month first.' },
    });
    expect(
      await authority.approver.post('/v1/periods', { month: '2026-05', state: 'OPEN', reason: 'A late bill' }),
    ).toMatchObject({ status: 409, body: { detail: 'May 2026 is not closed: there is nothing to re-open.' } });
    expect(
      await authority.approver.post('/v1/periods', { month: '2026-04', state: 'OPEN', reason: 'A late bill' }),
    ).toMatchObject({ status: 201, body: { month: '2026-04', financialYear: '2026-27', state: 'OPEN' } });
    const { rows } = await api.owner.query(
      `SELECT reason, approved_by FROM period_events WHERE authority_id = $1 AND action = 'REOPENED'`,
      [authority.id],
    );
    expect(rows).toEqual([{ reason: 'A late bill', approved_by: authority.approver.id }]);
  });

  it('are not opened again by the person who closed them', async () => {
    const both = await seedPerson(api, authority.id, 'Bo Both', 'FINANCE_OFFICER');
    await api.owner.query(
      `INSERT INTO role_grants (authority_id, id, person_id, role, valid_from, granted_by)
       VALUES ($1, uuidv7(), $2, 'APPROVER', '2026-01-01', '00000000-0000-7000-8000-000000000000')`,
      [authority.id, both.id],
    );
    expect((await both.post('/v1/periods', april)).status).toBe(201);
    const reopening = { month: '2026-04', state: 'OPEN', reason: 'A late bill' };
    expect(await both.post('/v1/periods', reopening)).toMatchObject({
      status: 403,
      body: { detail: 'April 2026 was closed by the same person who would re-open it: another approver decides.' },
    });
    expect((await authority.approver.post('/v1/periods', reopening)).status).toBe(201);
  });

  it('are listed newest first, each with its financial year', async () => {
    expect((await authority.auditor.get('/v1/periods')).body).toEqual({
      items: [
        { month: '2026-04', financialYear: '2026-27', state: 'OPEN' },
        { month: '2026-03', financialYear: '2025-26', state: 'CLOSED' },
      ],
      nextCursor: null,
    });
  });

  it('refuse what is not a month', async () => {
    expect(await authority.financeOfficer.post('/v1/periods', { month: '2026-13', state: 'CLOSED' })).toMatchObject({
      status: 422,
    });
  });
});
