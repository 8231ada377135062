import { addAuthority } from '@ringfence/identity';
import fc from 'fast-check';
import { password, startWorld, type World } from '../browser/world.js';
import { runLength } from '../support/long.js';
import { CookieClient, hidden, type Seen } from './cookie-client.js';

const { seed } = runLength({ short: 1, long: 1 });

let world: World;

beforeAll(async () => {
  world = await startWorld();
}, 120_000);
afterAll(() => world?.stop(), 60_000);

async function signedIn(email: string, path = '/'): Promise<{ client: CookieClient; page: Seen }> {
  const client = new CookieClient();
  const form = await client.get(`${world.url}/sign-in?to=${encodeURIComponent(path)}`);
  return { client, page: await client.post(form.url, { email, password }) };
}

describe('Every page', () => {
  it('answers for its health', async () => {
    const answer = await fetch(`${world.url}/health`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
  });

  it('sends each request its id back, also with an error', async () => {
    const id = '4bf92f3577b34da6a3ce929d0e0e4736';
    for (const path of ['/', '/no-such-page', '/home?cursor=%00', '/%']) {
      const answer = await fetch(`${world.url}${path}`, { headers: { 'x-request-id': id } });
      expect([path, answer.headers.get('x-request-id')]).toEqual([path, id]);
    }
  });

  it('allows nothing from elsewhere, nothing inline without a fresh nonce, and no frame', async () => {
    const [one, two] = await Promise.all([fetch(world.url), fetch(`${world.url}/no-such-page`)]);
    const policy = one.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(one.headers.get('x-content-type-options')).toBe('nosniff');
    expect(one.headers.get('cache-control')).toBe('no-store');
    expect(two.status).toBe(404);
    const nonce = /script-src [^;]*'nonce-([^']+)'/;
    expect(nonce.exec(policy)![1]).not.toBe(nonce.exec(two.headers.get('content-security-policy')!)![1]);
  });

  it('gives every script of a page, of an error’s too, the nonce of its answer', async () => {
    for (const path of ['/', '/no-such-page', '/home?cursor=%00']) {
      const answer = await fetch(`${world.url}${path}`);
      const nonce = /script-src [^;]*'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy')!)![1]!;
      const scripts = (await answer.text()).match(/<script[^>]*>/g) ?? [];
      if (path === '/') expect(scripts.length).toBeGreaterThan(1);
      for (const script of scripts) expect([path, script]).toEqual([path, expect.stringContaining(`nonce="${nonce}"`)]);
    }
  });

  it('serves its three named files, and of GOV.UK’s fonts and crest nothing', async () => {
    const status = async (path: string) => (await fetch(`${world.url}/assets/${path}`)).status;
    for (const file of ['web.css', 'web.js', 'govuk-frontend.min.js'])
      expect([file, await status(file)]).toEqual([file, 200]);
    for (const file of [
      'fonts/light-94a07e06a1-v2.woff2',
      'images/govuk-crest.svg',
      '..%2f..%2f..%2fpackage.json',
      '',
    ]) {
      expect([file, await status(file)]).toEqual([file, 404]);
    }
    const css = await (await fetch(`${world.url}/assets/web.css`)).text();
    expect(css).not.toMatch(/@font-face|GDS Transport|url\(/);
  });

  it('sends a stranger to sign in and back to where they were going, but never to another site', async () => {
    const { page } = await signedIn(world.emails.family, `/budgets/${world.budget.id}?show=open`);
    expect(page.url).toBe(`${world.url}/budgets/${world.budget.id}?show=open`);
    for (const elsewhere of ['//evil.example/', 'https://evil.example/', '/\\evil.example', '/..//evil.example']) {
      const { page: landed } = await signedIn(world.emails.family, elsewhere);
      expect(landed.url).toBe(`${world.url}/home`);
    }
  });

  it(`leads to no other site by any path that somebody writes into a link (seed ${seed})`, async () => {
    const { client } = await signedIn(world.emails.family);
    const piece = fc.constantFrom(
      '/',
      '\\',
      '..',
      '%2e',
      '%2f',
      '\t',
      '\n',
      ' ',
      '@',
      ':',
      '?',
      '#',
      'evil.example',
      'home',
    );
    const hostile = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => `/${pieces.join('')}`);
    const ours = [new URL(world.url).origin, world.issuer];
    for (const to of ['/..//evil.example', '/%2e%2e//evil.example', ...fc.sample(hostile, { seed, numRuns: 40 })]) {
      client.redirects.length = 0;
      await client.get(`${world.url}/sign-in?to=${encodeURIComponent(to)}`);
      const back = client.redirects.find(({ from }) => from.startsWith(`${world.url}/sign-in/callback`));
      expect([to, new URL(back!.to).origin]).toEqual([to, ours[0]]);
      for (const redirect of client.redirects)
        expect([to, ours]).toEqual([to, expect.arrayContaining([new URL(redirect.to).origin])]);
    }
  }, 60_000);

  it('keeps sessions in the database under a hash, under a new id after signing in, and forgets one that is deleted', async () => {
    const client = new CookieClient();
    const form = await client.get(`${world.url}/sign-in`);
    const before = client.cookies.get('ringfence_session')!;
    await client.post(form.url, { email: world.emails.family, password });
    const after = client.cookies.get('ringfence_session')!;
    expect(after).not.toBe(before);
    const { rows } = await world.owner.query<{ id: string }>('SELECT id FROM web_sessions');
    expect(rows.length).toBeGreaterThan(0);
    for (const { id } of rows) expect(decodeURIComponent(after)).not.toContain(id);
    expect((await client.get(`${world.url}/home`)).status).toBe(200);
    await world.owner.query('DELETE FROM web_sessions');
    client.cookies.delete('provider_session');
    expect((await client.get(`${world.url}/home`)).url).toContain('/interaction/');
  });

  it('signs out in one step, here and at the identity provider', async () => {
    const { client, page } = await signedIn(world.emails.family, '/home');
    const out = await client.post(`${world.url}/sign-out`, { _csrf: hidden(page, '_csrf') });
    expect([out.status, out.url]).toEqual([200, `${world.url}/signed-out`]);
    expect(out.text).toContain('You are signed out');
    expect(client.redirects.some(({ from }) => from.startsWith(`${world.issuer}/session/end?`))).toBe(true);
    expect((await client.get(`${world.url}/home`)).url).toContain('/interaction/');
  });

  it('takes a second press of the button for signing out', async () => {
    const { client, page } = await signedIn(world.emails.family, '/home');
    const token = { _csrf: hidden(page, '_csrf') };
    const both = await Promise.all([1, 2].map(() => client.post(`${world.url}/sign-out`, token)));
    expect(both.map(({ status, url }) => [status, url])).toEqual(both.map(() => [200, `${world.url}/signed-out`]));
    const late = await client.post(`${world.url}/sign-out`, token);
    expect([late.status, late.url]).toEqual([200, `${world.url}/signed-out`]);
    expect((await client.get(`${world.url}/home`)).url).toContain('/interaction/');
  });

  it('takes no form without the token of its session', async () => {
    const { client, page } = await signedIn(world.emails.family, '/home');
    for (const token of [undefined, 'nonsense', hidden((await signedIn(world.emails.officer, '/')).page, '_csrf')]) {
      const refused = await client.post(`${world.url}/sign-out`, token === undefined ? {} : { _csrf: token });
      expect(refused.status).toBe(403);
      expect(refused.text).toContain('This form has been open for too long');
    }
    expect((await client.get(`${world.url}/home`)).url).toBe(`${world.url}/home`);
    expect(page.status).toBe(200);
  });

  it('takes no upload whose token does not come first, and keeps nothing of it', async () => {
    const address = `${world.url}/budgets/${world.budget.id}/send-statement`;
    const { client, page } = await signedIn(world.emails.family, `/budgets/${world.budget.id}/send-statement`);
    const form = (order: readonly string[]): FormData => {
      const data = new FormData();
      for (const name of order) {
        if (name === 'file') data.append('file', new Blob(['Date,Amount\n']), 'may.csv');
        else data.append(name, hidden(page, name));
      }
      return data;
    };
    const late = await client.send(address, { method: 'POST', body: form(['file', '_csrf', 'key', 'account']) });
    expect(late.status).toBe(403);
    const imports = await world.owner.query('SELECT 1 FROM statement_imports');
    expect(imports.rows).toEqual([]);
    const elsewhere = await client.send(`${world.url}/sign-out`, { method: 'POST', body: form(['_csrf']) });
    expect(elsewhere.status).toBe(415);
    const big = form(['_csrf', 'key', 'account']);
    big.append('file', new Blob([new Uint8Array(21 * 1024 * 1024)]), 'big.csv');
    const refused = await client.send(address, { method: 'POST', body: big });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('The file is larger than 20 MB: choose a smaller one.');
  });

  it('lets a family see its own budget, no other, and not what is for officers', async () => {
    const { client } = await signedIn(world.emails.family, '/home');
    expect((await client.get(`${world.url}/work-list`)).status).toBe(403);
    const line = '0190f0f0-0000-7000-8000-000000000001';
    expect((await client.get(`${world.url}/budgets/${world.budget.id}/lines/${line}/allocate`)).status).toBe(403);
    expect((await client.get(`${world.url}/budgets/${line}`)).status).toBe(404);
    expect((await client.get(`${world.url}/budgets/nonsense`)).status).toBe(404);
    expect((await client.get(`${world.url}/statements/${line}`)).status).toBe(404);
  });

  it('counts the end of a grant at the next page', async () => {
    const { client } = await signedIn(world.emails.family, '/home');
    await world.owner.query(`UPDATE role_grants SET valid_to = '2026-06-14' WHERE budget_id = $1`, [world.budget.id]);
    const page = await client.get(`${world.url}/home`);
    expect(page.text).toContain('No budget has been opened to you yet.');
    expect((await client.get(`${world.url}/budgets/${world.budget.id}`)).status).toBe(404);
    await world.owner.query('UPDATE role_grants SET valid_to = NULL WHERE budget_id = $1', [world.budget.id]);
    expect((await client.get(`${world.url}/home`)).text).toContain('What we need from you');
  });

  it('asks somebody whom two authorities know which one they mean', async () => {
    const known = await world.owner.query<{ issuer: string; subject: string }>(
      'SELECT issuer, subject FROM sign_ins WHERE person_id = $1',
      [world.authority.approver.id],
    );
    const approver = { name: 'Ada Approver', email: world.emails.both, ...known.rows[0]! };
    await addAuthority(
      world.databaseUrl,
      { name: 'Elmshire Integrated Care Board', kind: 'INTEGRATED_CARE_BOARD', code: 'ELM', approver },
      '2026-01-01',
    );
    const { client, page } = await signedIn(world.emails.both, '/work-list');
    expect(page.url).toBe(`${world.url}/choose-authority`);
    const chosen = /value="([0-9a-f-]{36})"[^>]*>\s*<label[^>]*>\s*Elmshire/.exec(page.text)![1]!;
    const unknown = await client.post(page.url, { _csrf: hidden(page, '_csrf'), authority: world.budget.id });
    expect(unknown.status).toBe(422);
    const home = await client.post(page.url, { _csrf: hidden(page, '_csrf'), authority: chosen });
    expect(home.url).toBe(`${world.url}/work-list`);
    expect(home.text).toContain('Elmshire Integrated Care Board');
    expect(home.text).toContain('No budget matches.');
  });
});
