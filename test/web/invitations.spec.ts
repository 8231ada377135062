import { addAuthority } from '@ringfence/identity';
import { newId } from '@ringfence/kernel';
import { systemId } from '@ringfence/platform';
import { password, startWorld, type World } from '../browser/world.js';
import { CookieClient, hidden, type Seen } from './cookie-client.js';

let world: World;
let elmshire: string;
let issuer: string;

beforeAll(async () => {
  world = await startWorld();
  const { rows } = await world.owner.query<{ issuer: string }>('SELECT issuer FROM sign_ins LIMIT 1');
  issuer = rows[0]!.issuer;
  const approver = { name: 'Eve', email: 'eve@example.org', issuer, subject: 'eve' };
  const made = await addAuthority(
    world.databaseUrl,
    { name: 'Elmshire Council', kind: 'LOCAL_AUTHORITY', code: 'ELM', approver },
    '2026-01-01',
  );
  elmshire = made.authorityId;
}, 120_000);
afterAll(() => world?.stop(), 60_000);

async function invite(authorityId: string, subject: string, name: string, grantBudget?: string): Promise<void> {
  const personId = newId();
  await world.owner.query('INSERT INTO people (authority_id, id, name) VALUES ($1, $2, $3)', [
    authorityId,
    personId,
    name,
  ]);
  await world.owner.query(
    `INSERT INTO invitations (authority_id, id, issuer, identity, person_id, invited_by) VALUES ($1, $2, $3, $4, $5, $6)`,
    [authorityId, newId(), issuer, subject, personId, systemId],
  );
  if (!grantBudget) return;
  await world.owner.query(
    `INSERT INTO role_grants (authority_id, id, person_id, role, budget_id, valid_from, granted_by)
     VALUES ($1, $2, $3, 'RECIPIENT', $4, '2026-06-01', $5)`,
    [authorityId, newId(), personId, grantBudget, systemId],
  );
}

async function signIn(email: string, to: string): Promise<{ client: CookieClient; page: Seen }> {
  const client = new CookieClient();
  const form = await client.get(`${world.url}/sign-in?to=${encodeURIComponent(to)}`);
  return { client, page: await client.post(form.url, { email, password }) };
}

const press = (client: CookieClient, page: Seen, answer: 'acceptance' | 'refusal'): Promise<Seen> => {
  const action = new RegExp(`action="(/invitations/[0-9a-f-]+/${answer})"`).exec(page.text)![1]!;
  return client.post(`${world.url}${action}`, { _csrf: hidden(page, '_csrf') });
};

describe('Somebody whom an authority has invited', () => {
  it('says yes after signing in for the first time, and is let in', async () => {
    await invite(world.authority.id, world.emails.nobody, 'Nina New', world.budget.id);
    const { client, page } = await signIn(world.emails.nobody, '/home');
    expect(page.url).toBe(`${world.url}/invitations`);
    expect(page.text).toContain('would like to let you in as Nina New.');
    const home = await press(client, page, 'acceptance');
    expect(home.url).toBe(`${world.url}/home`);
    expect(home.text).toContain('What we need from you');
  });

  it('is asked once, and goes on as before when they say no', async () => {
    const { rows } = await world.owner.query<{ subject: string }>('SELECT subject FROM sign_ins WHERE person_id = $1', [
      world.budget.recipient.id,
    ]);
    await invite(elmshire, rows[0]!.subject, 'Not Rosa');
    const first = await signIn(world.emails.family, `/budgets/${world.budget.id}`);
    expect(first.page.text).toContain('Elmshire Council has invited you');
    const after = await press(first.client, first.page, 'refusal');
    expect(after.url).toBe(`${world.url}/budgets/${world.budget.id}`);
    const again = await signIn(world.emails.family, '/home');
    expect(again.page.url).toBe(`${world.url}/home`);
  });

  it('is never stopped by an invitation that waits: every page works without an answer', async () => {
    const { rows } = await world.owner.query<{ subject: string }>('SELECT subject FROM sign_ins WHERE person_id = $1', [
      world.authority.financeOfficer.id,
    ]);
    await invite(elmshire, rows[0]!.subject, 'Not Finn');
    const { client } = await signIn(world.emails.officer, '/work-list');
    expect((await client.get(`${world.url}/work-list`)).status).toBe(200);
    const page = await client.get(`${world.url}/invitations`);
    expect(page.text).toContain('I want to leave Oakshire County Council');
    expect(page.text).toContain('you no longer see anything here or send anything in');
    // One form to say no to the open invitation, and one to leave.
    expect(page.text.match(/<form method="post" action="\/invitations\/[0-9a-f-]+\/refusal">/g)).toHaveLength(2);
  });

  it('signs in first where they have not, and a stranger’s answer changes nothing', async () => {
    const client = new CookieClient();
    expect((await client.get(`${world.url}/invitations`)).url).toContain('/interaction/');
    const { rows } = await world.owner.query<{ id: string }>(`SELECT id FROM invitations WHERE state = 'OPEN'`);
    const family = await signIn(world.emails.family, '/home');
    const token = hidden(family.page, '_csrf');
    const answer = await family.client.post(`${world.url}/invitations/${rows[0]!.id}/acceptance`, { _csrf: token });
    expect(answer.status).toBe(404);
    const held = await world.owner.query('SELECT state FROM invitations WHERE id = $1', [rows[0]!.id]);
    expect(held.rows).toEqual([{ state: 'OPEN' }]);
  });
});
