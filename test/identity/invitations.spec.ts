import { addAuthority } from '@ringfence/identity';
import { startApi, type Answer, type Caller, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedClient, seedGrant, seedPerson, type SeededAuthority } from '../support/seed.js';

let api: TestApi;
let oakshire: SeededAuthority;
let elmshire: SeededAuthority;
let count = 0;

beforeAll(async () => {
  api = await startApi();
  oakshire = await seedAuthority(api, 'Oakshire County Council');
  elmshire = await seedAuthority(api, 'Elmshire Council');
}, 60_000);
afterAll(() => api?.stop());

interface Received {
  readonly id: string;
  readonly authorityName: string;
  readonly knownAs: string;
  readonly state: string;
}

async function received(caller: Caller): Promise<Received[]> {
  const { status, body } = await caller.get('/v1/invitations');
  expect(status).toBe(200);
  return body.items as Received[];
}

/** An officer invites a person by a subject that nobody has used. */
async function invitedPerson(authority = oakshire): Promise<{ id: string; subject: string; caller: Caller }> {
  count += 1;
  const subject = `invited-${count}`;
  const { body } = await authority.planCoordinator.post('/v1/people', {
    name: `Ivy Invited ${count}`,
    signIn: { issuer: api.issuer, subject },
  });
  return { id: body.id as string, subject, caller: api.as({ subject }) };
}

const statusAndDetail = ({ status, body }: Answer): [number, string] => [status, body?.detail as string];

describe('an identity that another authority names', () => {
  it('keeps a bureau’s machine working without a header, whatever is claimed', async () => {
    const budget = await seedBudget(api, oakshire);
    const bureau = await seedClient(api, oakshire.id, [budget.id]);
    const { clientId } = bureau.bearer as { clientId: string };
    const claim = {
      name: 'Claimers',
      kind: 'PAYROLL_BUREAU',
      apiClients: [{ issuer: api.issuer, clientId, name: 'It' }],
    };
    expect((await elmshire.financeOfficer.post('/v1/organisations', claim)).status).toBe(201);
    expect((await bureau.get('/v1/me')).body).toMatchObject({ authorityId: oakshire.id, id: bureau.id });
    expect((await bureau.get('/v1/pay-runs')).status).toBe(200);
  });

  it('keeps an officer working without a header, whatever is claimed', async () => {
    const officer = await seedPerson(api, oakshire.id, 'Olive Officer', 'FINANCE_OFFICER');
    const { subject } = officer.bearer as { subject: string };
    const claim = { name: 'Somebody', signIn: { issuer: api.issuer, subject } };
    expect((await elmshire.planCoordinator.post('/v1/people', claim)).status).toBe(201);
    expect((await officer.get('/v1/me')).body).toMatchObject({ authorityId: oakshire.id, id: officer.id });
  });

  it('gives the claimer nothing, and the claimed no access, until its owner accepts', async () => {
    const { id, caller } = await invitedPerson();
    await oakshire.approver.post('/v1/role-grants', { role: 'AUDITOR', personId: id, validFrom: '2026-06-15' });
    expect(statusAndDetail(await caller.get('/v1/me'))).toEqual([
      403,
      'The token is good, and an authority has invited its bearer: read GET /v1/invitations, and accept with POST /v1/invitations/{id}/acceptance.',
    ]);
    const [invitation] = await received(caller);
    expect(invitation).toMatchObject({ authorityName: 'Oakshire County Council', state: 'OPEN' });
    expect((await caller.post(`/v1/invitations/${invitation!.id}/acceptance`, {})).status).toBe(204);
    expect((await caller.get('/v1/me')).body).toMatchObject({ id, grants: [{ role: 'AUDITOR' }] });
    expect((await received(caller))[0]).toMatchObject({ state: 'ACCEPTED' });
  });

  it('is proved by a machine’s own token', async () => {
    const body = {
      name: 'Tallis Payroll',
      kind: 'PAYROLL_BUREAU',
      apiClients: [{ issuer: api.issuer, clientId: 'tallis', name: 'Tallis nightly' }],
    };
    const { body: made } = await oakshire.financeOfficer.post('/v1/organisations', body);
    const machine = api.as({ clientId: 'tallis' });
    expect((await machine.get('/v1/me')).status).toBe(403);
    // A person whose subject reads the same proves nothing about the machine.
    expect(await received(api.as({ subject: 'tallis' }))).toEqual([]);
    const [invitation] = await received(machine);
    expect(invitation).toMatchObject({ knownAs: 'Tallis nightly', organisationName: 'Tallis Payroll' });
    await machine.post(`/v1/invitations/${invitation!.id}/acceptance`, {});
    expect((await machine.get('/v1/me')).body).toMatchObject({ kind: 'client', id: made.apiClients[0].id });
  });
});

describe('the authority header', () => {
  it('is needed only by somebody to whom several authorities have given a role in force', async () => {
    const { caller, subject, id } = await invitedPerson();
    const second = { name: 'The same', signIn: { issuer: api.issuer, subject } };
    const { body } = await elmshire.planCoordinator.post('/v1/people', second);
    for (const { id: invitation } of await received(caller))
      await caller.post(`/v1/invitations/${invitation}/acceptance`, {});
    const mustSay = /^Say for which authority you act in the Ringfence-Authority header: .*Elmshire Council.*Oakshire/;
    expect((await caller.get('/v1/me')).body.detail).toMatch(mustSay);
    await seedGrant(api, oakshire.id, 'AUDITOR', { personId: id });
    expect((await caller.get('/v1/me')).body.authorityId).toBe(oakshire.id);
    await seedGrant(api, elmshire.id, 'AUDITOR', { personId: body.id as string });
    expect((await caller.get('/v1/me')).body.detail).toMatch(mustSay);
    const named = await caller.get('/v1/me', { headers: { 'ringfence-authority': elmshire.id } });
    expect(named.body.authorityId).toBe(elmshire.id);
  });

  it('that names an authority which does not know the bearer is refused', async () => {
    const headers = { 'ringfence-authority': elmshire.id };
    expect((await oakshire.auditor.get('/v1/me', { headers })).status).toBe(403);
  });

  it('stands in the description of every operation that acts for an authority', async () => {
    const { body } = await oakshire.auditor.get('/v1/openapi.json');
    const names = (path: string, method: string): string[] =>
      body.paths[path][method].parameters.map(({ name }: { name: string }) => name);
    expect(names('/v1/me', 'get')).toEqual(['Ringfence-Authority']);
    expect(names('/v1/pay-runs', 'post')).toContain('Ringfence-Authority');
    expect(names('/v1/invitations/{id}/acceptance', 'post')).toEqual(['id']);
  });
});

describe('an invitation', () => {
  it('is there for its owner alone: to others it looks like one that does not exist', async () => {
    const { caller } = await invitedPerson();
    const [invitation] = await received(caller);
    const stranger = api.as({ subject: 'stranger' });
    for (const action of ['acceptance', 'refusal']) {
      const theirs = await stranger.post(`/v1/invitations/${invitation!.id}/${action}`, {});
      expect(statusAndDetail(theirs)).toEqual([404, `There is no invitation ${invitation!.id} that you can see.`]);
    }
    expect((await received(caller))[0]!.state).toBe('OPEN');
  });

  it('that was accepted again, or refused again, changes nothing', async () => {
    const { caller } = await invitedPerson();
    const [one] = await received(caller);
    for (let again = 0; again < 2; again += 1)
      expect((await caller.post(`/v1/invitations/${one!.id}/acceptance`, {})).status).toBe(204);
    for (let again = 0; again < 2; again += 1)
      expect((await caller.post(`/v1/invitations/${one!.id}/refusal`, {})).status).toBe(204);
    expect((await caller.post(`/v1/invitations/${one!.id}/acceptance`, {})).status).toBe(404);
  });

  it('that was accepted can be left, which ends the access and stays on record', async () => {
    const { id, caller } = await invitedPerson();
    await seedGrant(api, oakshire.id, 'AUDITOR', { personId: id });
    const [one] = await received(caller);
    await caller.post(`/v1/invitations/${one!.id}/acceptance`, {});
    expect((await caller.get('/v1/me')).status).toBe(200);
    await caller.post(`/v1/invitations/${one!.id}/refusal`, {});
    expect((await caller.get('/v1/me')).status).toBe(403);
    const { body } = await oakshire.auditor.get(`/v1/people/${id}/invitations`);
    expect(body.items).toMatchObject([{ state: 'LEFT', acceptedAt: expect.any(String), endedAt: expect.any(String) }]);
  });

  it('is not left by the only approver who can sign in', async () => {
    const ashshire = await seedAuthority(api, 'Ashshire Council');
    const [own] = await received(ashshire.approver);
    const second = await seedPerson(api, ashshire.id, 'Sue Second', 'APPROVER');
    const path = `/v1/invitations/${own!.id}/refusal`;
    const [theirs] = await received(second);
    await second.post(`/v1/invitations/${theirs!.id}/refusal`, {});
    expect(statusAndDetail(await ashshire.approver.post(path, {}))).toEqual([
      409,
      'You are the only approver of this authority who can sign in: give somebody else the role before you leave.',
    ]);
    await seedPerson(api, ashshire.id, 'Tom Third', 'APPROVER');
    expect((await ashshire.approver.post(path, {})).status).toBe(204);
  });

  it('that nobody has answered can be withdrawn by the authority, and one that was accepted cannot', async () => {
    const { id, caller } = await invitedPerson();
    const [one] = await received(caller);
    expect((await oakshire.planCoordinator.post(`/v1/invitations/${one!.id}/withdrawal`, {})).status).toBe(204);
    expect(await received(caller)).toEqual([]);
    expect((await caller.post(`/v1/invitations/${one!.id}/acceptance`, {})).status).toBe(404);
    const again = { issuer: api.issuer, identity: `again-${id}` };
    expect((await oakshire.planCoordinator.post(`/v1/people/${id}/invitations`, again)).status).toBe(201);
    const owner = api.as({ subject: again.identity });
    const [second] = await received(owner);
    await owner.post(`/v1/invitations/${second!.id}/acceptance`, {});
    expect(
      statusAndDetail(await oakshire.planCoordinator.post(`/v1/invitations/${second!.id}/withdrawal`, {})),
    ).toEqual([409, 'The invitation was accepted already: it cannot be withdrawn. End the grants instead.']);
  });

  it('for somebody with a standing one is refused', async () => {
    const { id } = await invitedPerson();
    const body = { issuer: api.issuer, identity: 'another' };
    expect(statusAndDetail(await oakshire.planCoordinator.post(`/v1/people/${id}/invitations`, body))).toEqual([
      409,
      'They have an invitation that is open or accepted: withdraw it, or let them leave, before you send another.',
    ]);
  });

  it('never hands a role to somebody who could not give it: a co-ordinator invites no new sign-in of an approver', async () => {
    const { id, caller } = await invitedPerson();
    await seedGrant(api, oakshire.id, 'APPROVER', { personId: id });
    const [one] = await received(caller);
    await caller.post(`/v1/invitations/${one!.id}/refusal`, {});
    const body = { issuer: api.issuer, identity: 'the-co-ordinators-own' };
    expect(statusAndDetail(await oakshire.planCoordinator.post(`/v1/people/${id}/invitations`, body))).toEqual([
      403,
      'They hold the role APPROVER, which you may not give: ask somebody who may to invite them.',
    ]);
    expect((await oakshire.approver.post(`/v1/people/${id}/invitations`, body)).status).toBe(201);
  });

  it('is not sent by somebody to themselves', async () => {
    const { planCoordinator } = oakshire;
    const body = { issuer: api.issuer, identity: 'second-self' };
    expect(statusAndDetail(await planCoordinator.post(`/v1/people/${planCoordinator.id}/invitations`, body))).toEqual([
      403,
      'You cannot invite a sign-in for yourself: ask a colleague to do it.',
    ]);
  });

  it('is sent again to a machine that had refused', async () => {
    const client = { issuer: api.issuer, clientId: 'hesitant', name: 'Hesitant' };
    const organisation = { name: 'Hesitant Payroll', kind: 'PAYROLL_BUREAU', apiClients: [client] };
    const { body } = await oakshire.financeOfficer.post('/v1/organisations', organisation);
    const machine = api.as({ clientId: 'hesitant' });
    const [first] = await received(machine);
    await machine.post(`/v1/invitations/${first!.id}/refusal`, {});
    const path = `/v1/api-clients/${body.apiClients[0].id}/invitations`;
    expect((await oakshire.financeOfficer.post(path, {})).status).toBe(201);
    const [second] = await received(machine);
    await machine.post(`/v1/invitations/${second!.id}/acceptance`, {});
    expect((await machine.get('/v1/me')).status).toBe(200);
    const { body: sent } = await oakshire.auditor.get(path);
    expect(sent.items.map(({ state }: { state: string }) => state)).toEqual(['ACCEPTED', 'REFUSED']);
  });
});

describe('what is known already, or is not', () => {
  it('is refused in a sentence: a sign-in in use, a client id in use, an unknown organisation', async () => {
    const { subject } = await invitedPerson();
    const person = { name: 'Double', signIn: { issuer: api.issuer, subject } };
    const double = await oakshire.planCoordinator.post('/v1/people', person);
    expect([double.status, double.body.errors]).toEqual([
      422,
      [
        {
          pointer: '/signIn/subject',
          message: `The sign-in ${subject} is in use in this authority already: give another one.`,
        },
      ],
    ]);
    const client = { issuer: api.issuer, clientId: 'known', name: 'Known' };
    const organisation = { name: 'Known', kind: 'PAYROLL_BUREAU', apiClients: [client] };
    await oakshire.financeOfficer.post('/v1/organisations', organisation);
    const twice = await oakshire.financeOfficer.post('/v1/organisations', { ...organisation, name: 'Other' });
    expect([twice.status, twice.body.errors]).toEqual([
      422,
      [
        {
          pointer: '/apiClients/0/clientId',
          message: 'The client id known is in use in this authority already: give another one.',
        },
      ],
    ]);
    const { rows } = await api.owner.query<{ id: string }>('SELECT id FROM organisations WHERE authority_id = $1', [
      oakshire.id,
    ]);
    for (const organisationId of [rows[0]!.id, '01890000-0000-7000-8000-00000000ffff']) {
      const lost = await elmshire.planCoordinator.post('/v1/people', { name: 'Lost', organisationId });
      expect([lost.status, lost.body.detail]).toEqual([
        422,
        `There is no organisation ${organisationId} in this authority.`,
      ]);
    }
  });

  it('is the same words for a person of another authority and for nobody', async () => {
    const { id } = await invitedPerson();
    for (const unknown of [id, '01890000-0000-7000-8000-00000000ffff']) {
      expect(statusAndDetail(await elmshire.auditor.get(`/v1/people/${unknown}/invitations`))).toEqual([
        404,
        `There is no person ${unknown} that you can see.`,
      ]);
    }
  });
});

describe('the database', () => {
  it('lets the services write no sign-in, accept for nobody, and change or delete no invitation', async () => {
    const { id } = await invitedPerson();
    const context = {
      authorityId: oakshire.id,
      principal: { kind: 'person' as const, id: oakshire.planCoordinator.id },
    };
    const refused = async (sql: string, values: unknown[]): Promise<string> => {
      try {
        await api.database.transaction(context, (tx) => tx.query(sql, values));
        return 'accepted';
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(await refused(`INSERT INTO sign_ins VALUES ($1, 'x', 'y', $2)`, [oakshire.id, id])).toBe('42501');
    expect(await refused('UPDATE api_clients SET accepted_at = now() WHERE authority_id = $1', [oakshire.id])).toBe(
      '42501',
    );
    expect(await refused(`UPDATE invitations SET state = 'ACCEPTED' WHERE person_id = $1`, [id])).toBe('23514');
    expect(await refused('DELETE FROM invitations WHERE person_id = $1', [id])).toBe('42501');
    const forged = `INSERT INTO invitations (authority_id, id, issuer, identity, person_id, state, invited_by, accepted_at)
                    VALUES ($1, uuidv7(), 'x', 'y', $2, 'ACCEPTED', $2, now())`;
    expect(await refused(forged, [oakshire.id, id])).toBe('23514');
  });

  it('counts the first approver’s sign-in, which an operator names, as accepted', async () => {
    const approver = { name: 'Ada', email: 'ada@example.org', issuer: api.issuer, subject: 'first-approver' };
    await addAuthority(
      api.databaseUrl,
      { name: 'Ashshire', kind: 'LOCAL_AUTHORITY', code: 'ASH', approver },
      '2026-01-01',
    );
    const caller = api.as({ subject: 'first-approver' });
    expect((await caller.get('/v1/me')).body).toMatchObject({
      authorityName: 'Ashshire',
      grants: [{ role: 'APPROVER' }],
    });
    expect((await received(caller))[0]).toMatchObject({ state: 'ACCEPTED' });
  });
});
