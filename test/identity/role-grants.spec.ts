import { systemId } from '@ringfence/platform';
import { startApi, type Answer, type TestApi } from '../support/api.js';
import {
  seedAuthority,
  seedBudget,
  seedClient,
  seedGrant,
  seedPerson,
  type SeededAuthority,
  type SeededBudget,
} from '../support/seed.js';

const today = '2026-06-15';

let api: TestApi;
let authority: SeededAuthority;
let budget: SeededBudget;

beforeAll(async () => {
  api = await startApi({ now: `${today}T09:00:00Z` });
  authority = await seedAuthority(api);
  budget = await seedBudget(api, authority);
}, 60_000);
afterAll(() => api?.stop());

const statusAndDetail = ({ status, body }: Answer): [number, string] => [status, body?.detail as string];
const newPerson = async (): Promise<string> => (await seedPerson(api, authority.id, 'Grace Grantee')).id;

describe('a role', () => {
  it('is given by nobody to themselves: not by a co-ordinator, not by an approver, not by an officer', async () => {
    const { planCoordinator, approver, financeOfficer } = authority;
    const attempts = [
      planCoordinator.post('/v1/role-grants', {
        role: 'RECIPIENT',
        personId: planCoordinator.id,
        budgetId: budget.id,
        validFrom: today,
      }),
      approver.post('/v1/role-grants', { role: 'FINANCE_OFFICER', personId: approver.id, validFrom: today }),
      financeOfficer.post('/v1/role-grants', {
        role: 'PAYROLL_BUREAU',
        personId: financeOfficer.id,
        budgetId: budget.id,
        validFrom: today,
      }),
    ];
    for (const answer of await Promise.all(attempts)) {
      expect(statusAndDetail(answer)).toEqual([
        403,
        'Nobody gives a role to themselves or to their own organisation: ask a colleague who may give it.',
      ]);
    }
  });

  it('is not given to the machine of one’s own organisation', async () => {
    const { id: apiClientId, organisationId } = await seedClient(api, authority.id, []);
    const officer = await seedPerson(api, authority.id, 'Otto Both', 'FINANCE_OFFICER');
    await api.owner.query('UPDATE people SET organisation_id = $2 WHERE id = $1', [officer.id, organisationId]);
    const grant = { role: 'PAYROLL_BUREAU', apiClientId, budgetId: budget.id, validFrom: today };
    expect((await officer.post('/v1/role-grants', grant)).status).toBe(403);
    expect((await authority.financeOfficer.post('/v1/role-grants', grant)).status).toBe(201);
  });

  it('is given only by a role that may give it, which the refusal names', async () => {
    const personId = await newPerson();
    const give = (role: string, over: object = {}) => ({ role, personId, validFrom: today, ...over });
    const { planCoordinator, financeOfficer, approver, auditor } = authority;
    expect(
      statusAndDetail(await planCoordinator.post('/v1/role-grants', give('PAYROLL_BUREAU', { budgetId: budget.id }))),
    ).toEqual([403, 'You may not give the role PAYROLL_BUREAU: you need the role of finance officer.']);
    expect(statusAndDetail(await financeOfficer.post('/v1/role-grants', give('FINANCE_OFFICER')))).toEqual([
      403,
      'You may not give the role FINANCE_OFFICER: you need the role of approver.',
    ]);
    expect(statusAndDetail(await approver.post('/v1/role-grants', give('RECIPIENT', { budgetId: budget.id })))).toEqual(
      [403, 'You may not give the role RECIPIENT: you need the role of finance officer or plan co-ordinator.'],
    );
    expect((await auditor.post('/v1/role-grants', give('AUDITOR'))).status).toBe(403);
    expect((await budget.recipient.post('/v1/role-grants', give('RECIPIENT', { budgetId: budget.id }))).status).toBe(
      403,
    );
  });

  it('is not given by a machine, whatever role it has been given itself', async () => {
    const machine = await seedClient(api, authority.id, [budget.id]);
    const grant = { role: 'RECIPIENT', personId: await newPerson(), budgetId: budget.id, validFrom: today };
    expect((await machine.post('/v1/role-grants', grant)).status).toBe(403);
  });

  it('of an officer is not given to a machine', async () => {
    const { id: apiClientId } = await seedClient(api, authority.id, []);
    const answer = await authority.approver.post('/v1/role-grants', { role: 'AUDITOR', apiClientId, validFrom: today });
    expect(statusAndDetail(answer)).toEqual([
      422,
      'The role auditor is for people: an API client may have MANAGED_ACCOUNT_PROVIDER or PAYROLL_BUREAU.',
    ]);
  });

  it('is given once: days that overlap are refused, and days that do not are taken', async () => {
    const personId = await newPerson();
    const grant = { role: 'RECIPIENT', personId, budgetId: budget.id, validFrom: today, validTo: '2026-06-30' };
    expect((await authority.financeOfficer.post('/v1/role-grants', grant)).status).toBe(201);
    expect(
      statusAndDetail(await authority.planCoordinator.post('/v1/role-grants', { ...grant, validFrom: '2026-06-30' })),
    ).toEqual([
      409,
      'They hold this role on some of these days already: end that grant first, or let this one begin after it.',
    ]);
    const next = { ...grant, validFrom: '2026-07-01', validTo: undefined };
    expect((await authority.financeOfficer.post('/v1/role-grants', next)).status).toBe(201);
  });

  it('that twenty colleagues give at once is given once', async () => {
    const personId = await newPerson();
    const grant = { role: 'AUDITOR', personId, validFrom: today };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => authority.approver.post('/v1/role-grants', grant)),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array<number>(19).fill(409)]);
  });
});

describe('a grant for days that have passed', () => {
  const begins = '1990-01-01';

  it('is not given by one person, who is told what to do', async () => {
    const grant = { role: 'RECIPIENT', personId: await newPerson(), budgetId: budget.id, validFrom: begins };
    expect(statusAndDetail(await authority.financeOfficer.post('/v1/role-grants', grant))).toEqual([
      422,
      'The grant would begin on 1990-01-01, before today: let it begin on 2026-06-15, or propose it at POST /v1/role-grant-proposals for a second person to approve.',
    ]);
  });

  it('gives nothing until a second person has approved it, and then counts from its day', async () => {
    const person = await seedPerson(api, authority.id, 'Petra Proposed');
    const proposal = {
      role: 'RECIPIENT',
      personId: person.id,
      budgetId: budget.id,
      validFrom: '2026-04-01',
      reason: 'The letter of April was mislaid',
    };
    const { body } = await authority.planCoordinator.post('/v1/role-grant-proposals', proposal);
    expect((await person.get(`/v1/budgets/${budget.id}`)).status).toBeGreaterThanOrEqual(403);
    const path = `/v1/role-grant-proposals/${body.id}`;
    expect(statusAndDetail(await authority.planCoordinator.post(`${path}/approval`, {}))).toEqual([
      403,
      'You proposed this grant yourself: a second person decides about it.',
    ]);
    expect((await authority.approver.post(`${path}/approval`, {})).status).toBe(403);
    const approved = await authority.financeOfficer.post(`${path}/approval`, {});
    expect(approved.status).toBe(201);
    expect((await person.get(`/v1/budgets/${budget.id}`)).status).toBe(200);
    const { body: grant } = await authority.auditor.get(`/v1/role-grants/${approved.body.id}`);
    expect(grant).toMatchObject({
      grantedBy: authority.planCoordinator.id,
      approvedBy: authority.financeOfficer.id,
      validFrom: '2026-04-01',
      grantedOn: today,
    });
    expect(statusAndDetail(await authority.financeOfficer.post(`${path}/refusal`, {}))).toEqual([
      409,
      'The proposal was approved already: nothing is left to decide.',
    ]);
  });

  it('is not approved by whom it is for', async () => {
    const officer = await seedPerson(api, authority.id, 'Olga Officer', 'FINANCE_OFFICER');
    const proposal = { role: 'RECIPIENT', personId: officer.id, budgetId: budget.id, validFrom: begins, reason: 'Why' };
    const { body } = await authority.planCoordinator.post('/v1/role-grant-proposals', proposal);
    expect((await officer.post(`/v1/role-grant-proposals/${body.id}/approval`, {})).status).toBe(403);
    expect((await authority.financeOfficer.post(`/v1/role-grant-proposals/${body.id}/refusal`, {})).status).toBe(204);
    const { body: listed } = await authority.auditor.get('/v1/role-grant-proposals?state=REFUSED');
    expect(listed.items[0]).toMatchObject({ id: body.id, decidedBy: authority.financeOfficer.id, grantId: null });
  });

  it('is withdrawn by whoever proposed it, and by nobody else', async () => {
    const proposal = { role: 'AUDITOR', personId: await newPerson(), validFrom: begins, reason: 'Why' };
    const { body } = await authority.approver.post('/v1/role-grant-proposals', proposal);
    expect(
      statusAndDetail(await authority.financeOfficer.post(`/v1/role-grant-proposals/${body.id}/withdrawal`, {})),
    ).toEqual([403, 'Somebody else proposed this grant: refuse it, if you may give the role.']);
    expect((await authority.approver.post(`/v1/role-grant-proposals/${body.id}/withdrawal`, {})).status).toBe(204);
  });
});

describe('the end of a grant', () => {
  it('only comes nearer', async () => {
    const personId = await newPerson();
    const grant = { role: 'AUDITOR', personId, validFrom: today, validTo: '2026-12-31' };
    const { body } = await authority.approver.post('/v1/role-grants', grant);
    const path = `/v1/role-grants/${body.id}`;
    expect(statusAndDetail(await authority.approver.patch(path, { validTo: '2027-12-31' }))).toEqual([
      422,
      'The grant ends on 2026-12-31 and cannot be prolonged to 2027-12-31: give a new one.',
    ]);
    expect((await authority.approver.patch(path, { validTo: '2026-06-30' })).status).toBe(204);
    const { body: held } = await authority.auditor.get(path);
    expect(held.events).toMatchObject([
      { event: 'GIVEN', by: authority.approver.id, validTo: '2026-12-31' },
      { event: 'ENDED', by: authority.approver.id, validTo: '2026-06-30' },
    ]);
  });

  it('takes the right to give the role', async () => {
    const { id: apiClientId } = await seedClient(api, authority.id, []);
    const grant = { role: 'PAYROLL_BUREAU', apiClientId, budgetId: budget.id, validFrom: today };
    const { body } = await authority.financeOfficer.post('/v1/role-grants', grant);
    expect(
      statusAndDetail(await authority.planCoordinator.patch(`/v1/role-grants/${body.id}`, { validTo: today })),
    ).toEqual([403, 'You may not end the role PAYROLL_BUREAU: you need the role of finance officer.']);
  });

  it('of the last approver is refused', async () => {
    const other = await seedAuthority(api, 'Ashshire');
    const { body } = await other.auditor.get('/v1/role-grants?role=APPROVER');
    const path = `/v1/role-grants/${body.items[0].id}`;
    expect(statusAndDetail(await other.approver.patch(path, { validTo: '2026-06-30' }))).toEqual([
      409,
      'On 2026-07-01 the authority would have no approver: give somebody else the role first.',
    ]);
    const second = await seedPerson(api, other.id, 'Sam Second');
    await other.approver.post('/v1/role-grants', { role: 'APPROVER', personId: second.id, validFrom: today });
    expect((await other.approver.patch(path, { validTo: '2026-06-30' })).status).toBe(204);
  });
});

describe('the list of grants', () => {
  it('shows the newest first, page by page, by grantee, role, budget and state', async () => {
    const person = await seedPerson(api, authority.id, 'Lena Listed');
    await seedGrant(api, authority.id, 'AUDITOR', { personId: person.id });
    const grant = { role: 'RECIPIENT', personId: person.id, budgetId: budget.id, validFrom: '2026-07-01' };
    const { body } = await authority.financeOfficer.post('/v1/role-grants', grant);
    const list = async (query: string) =>
      (await authority.auditor.get(`/v1/role-grants?personId=${person.id}&${query}`)).body as {
        items: { id: string; role: string }[];
        nextCursor: string | null;
      };
    const first = await list('limit=1');
    expect(first.items).toMatchObject([{ id: body.id, role: 'RECIPIENT' }]);
    const second = await list(`limit=1&cursor=${first.nextCursor}`);
    expect([second.items[0]!.role, second.nextCursor]).toEqual(['AUDITOR', null]);
    expect((await list('state=to-come')).items.map(({ role }) => role)).toEqual(['RECIPIENT']);
    expect((await list('state=in-force')).items.map(({ role }) => role)).toEqual(['AUDITOR']);
    expect((await list(`budgetId=${budget.id}`)).items.map(({ role }) => role)).toEqual(['RECIPIENT']);
    expect((await list('role=AUDITOR&state=ended')).items).toEqual([]);
  });

  it('is for those who may see grants', async () => {
    expect((await budget.recipient.get('/v1/role-grants')).status).toBe(403);
  });
});

describe('the database', () => {
  const attempt = async (sql: string, values: unknown[], as = authority.approver.id): Promise<string> => {
    const context = { authorityId: authority.id, principal: { kind: 'person' as const, id: as } };
    try {
      await api.database.transaction(context, (tx) => tx.query(sql, values));
      return 'accepted';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const insert = `INSERT INTO role_grants (authority_id, id, person_id, role, valid_from, granted_by, approved_by)
                  VALUES ($1, uuidv7(), $2, 'AUDITOR', $3, $4, $5)`;

  it('refuses the services a grant to oneself, for the past, in another’s name, or with a made-up approval', async () => {
    const { id, approver, financeOfficer } = authority;
    const person = await newPerson();
    expect(await attempt(insert, [id, approver.id, today, approver.id, null])).toBe('23514');
    expect(await attempt(insert, [id, person, '2026-06-14', approver.id, null])).toBe('23514');
    expect(await attempt(insert, [id, person, today, systemId, null])).toBe('23514');
    expect(await attempt(insert, [id, person, '2026-01-01', financeOfficer.id, approver.id])).toBe('23514');
    expect(await attempt(insert, [id, person, today, approver.id, null])).toBe('accepted');
    // Whatever a machine records, nobody would have decided it: it never holds an officer's role.
    const { id: machine } = await seedClient(api, id, []);
    const toMachine = insert.replace('person_id', 'api_client_id');
    expect(await attempt(toMachine, [id, machine, today, approver.id, null])).toBe('23514');
  });

  it('refuses the services any change of a grant but a nearer end, and any of its history', async () => {
    const update = (set: string) => attempt(`UPDATE role_grants SET ${set} WHERE authority_id = $1`, [authority.id]);
    expect(await update(`valid_to = 'infinity'`)).toBe('23514');
    expect(await update(`role = 'APPROVER'`)).toBe('23514');
    expect(await update(`valid_from = '1990-01-01'`)).toBe('23514');
    expect(await attempt('DELETE FROM role_grants WHERE authority_id = $1', [authority.id])).toBe('42501');
    expect(await attempt('DELETE FROM role_grant_events WHERE authority_id = $1', [authority.id])).toBe('42501');
    await expect(api.owner.query('UPDATE role_grant_events SET at = now()')).rejects.toMatchObject({ code: '23514' });
    await expect(api.owner.query('TRUNCATE role_grant_events')).rejects.toMatchObject({ code: '23514' });
  });
});
