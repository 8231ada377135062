import {
  failedSignInsMax,
  FileAccountDirectory,
  MemoryAccountDirectory,
  startBundledProvider,
  TokenVerifier,
  type AccountDirectory,
  type BundledProvider,
} from '@ringfence/identity';
import { decodeJwt } from 'jose';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CookieClient, hidden, type Seen } from '../web/cookie-client.js';

const apiAudience = 'http://localhost:4010';
const webUrl = 'http://localhost:4020';

describe('The bundled identity provider', () => {
  let issuer: string;
  let provider: BundledProvider;
  const accounts = new MemoryAccountDirectory();

  beforeAll(async () => {
    await addEverybody(accounts);
    const port = await freePort();
    issuer = `http://127.0.0.1:${port}`;
    provider = await startBundledProvider({ port, issuer, apiAudience, accounts });
  });
  afterAll(() => provider.close());

  it('gives a bureau a token for the API that the API accepts, without being asked for a resource', async () => {
    const answer = await tokens(issuer, 'bureau', 'bureau-secret-1', { grant_type: 'client_credentials' });
    expect(answer.status).toBe(200);
    const { access_token: token } = (await answer.json()) as { access_token: string };
    await expect(new TokenVerifier(issuer, apiAudience).verify(token)).resolves.toEqual({
      issuer,
      subject: null,
      clientId: 'bureau',
    });
    await expect(new TokenVerifier(issuer, 'http://another.example').verify(token)).rejects.toThrow(
      /is not one that .* issued for this API: ask for a new one/,
    );
  });

  it('gives nothing for a wrong secret, nor for the hash of the right one', async () => {
    const hash = (await accounts.client('bureau'))!.secretHash;
    for (const secret of ['a wrong secret', hash]) {
      const answer = await tokens(issuer, 'bureau', secret, { grant_type: 'client_credentials' });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
    }
  });

  it('gives no token for another API than ours', async () => {
    const form = { grant_type: 'client_credentials', resource: 'http://another.example' };
    expect((await tokens(issuer, 'bureau', 'bureau-secret-1', form)).status).toBe(400);
  });

  it('signs a person in to the pages, who gets a token for the API too', async () => {
    const browser = new CookieClient(webUrl);
    const { verifier, page } = await startSignIn(browser, issuer);
    expect(page.text).toContain('People of the demo');
    const filled = await browser.get(`${page.url}?email=grace%40example.org`);
    expect(filled.text).toContain('value="grace&#64;example.org"'.replace('&#64;', '@'));

    const back = await browser.post(page.url, { email: 'Grace@Example.org ', password: 'correct horse' });
    expect(back.url).toMatch(/^http:\/\/localhost:4020\/sign-in\/callback\?/);
    const code = new URL(back.url).searchParams.get('code')!;
    const redirect = `${webUrl}/sign-in/callback`;
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier };
    const answer = (await (await tokens(issuer, 'ringfence-web', 'pages-secret-1', form)).json()) as {
      access_token: string;
      id_token: string;
    };
    expect(decodeJwt(answer.id_token)).toMatchObject({ sub: 'grace', aud: 'ringfence-web', nonce: 'a-nonce' });
    await expect(new TokenVerifier(issuer, apiAudience).verify(answer.access_token)).resolves.toEqual({
      issuer,
      subject: 'grace',
      clientId: null,
    });

    const leave = new URLSearchParams({ id_token_hint: answer.id_token, post_logout_redirect_uri: `${webUrl}/` });
    const asked = await browser.get(`${issuer}/session/end?${leave}`);
    expect(asked.text).toContain('Do you want to sign out?');
    const xsrf = hidden(asked, 'xsrf');
    const left = await browser.post(`${issuer}/session/end/confirm`, { xsrf, logout: 'yes' });
    expect(left.url).toBe(`${webUrl}/`);
  });

  it('asks again, in one sentence, after a wrong password, and stops listening after some', async () => {
    const browser = new CookieClient(webUrl);
    const { page } = await startSignIn(browser, issuer);
    for (let attempt = 1; attempt <= failedSignInsMax; attempt += 1) {
      const again = await browser.post(page.url, { email: 'omar@example.org', password: 'wrong' });
      expect(again.status).toBe(422);
      expect(again.text).toContain('The email address or the password is wrong: check both and try again.');
    }
    const stopped = await browser.post(page.url, { email: 'omar@example.org', password: 'battery staple' });
    expect(stopped.text).toContain('There were too many wrong passwords for this email address: wait 15 minutes');
    const other = await browser.post(page.url, { email: 'grace@example.org', password: 'correct horse' });
    expect(other.url).toContain('/sign-in/callback?code=');
  });

  it('takes no sign-in without PKCE, and returns to no address but the pages’', async () => {
    const browser = new CookieClient(webUrl);
    const plain = { client_id: 'ringfence-web', response_type: 'code', scope: 'openid' };
    const own = { ...plain, redirect_uri: `${webUrl}/sign-in/callback` };
    expect((await browser.get(`${issuer}/auth?${new URLSearchParams(own)}`)).url).toContain('error=invalid_request');
    const strange = {
      ...plain,
      redirect_uri: 'http://evil.example/',
      code_challenge_method: 'S256',
      code_challenge: 'x',
    };
    const refused = await browser.get(`${issuer}/auth?${new URLSearchParams(strange)}`);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('Signing in stopped');
  });
});

describe('The file of the bundled provider’s accounts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'provider-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is read again when another process has added to it, keeps no secret as it is, and belongs to its owner alone', async () => {
    const reading = new FileAccountDirectory(folder);
    expect(await reading.accountByEmail('grace@example.org')).toBeUndefined();
    await addEverybody(new FileAccountDirectory(folder));
    expect(await reading.accountByEmail('GRACE@example.org')).toMatchObject({
      subject: 'grace',
      name: 'Grace Adeyemi',
    });
    expect((await reading.shownAccounts()).map(({ name }) => name)).toEqual(['Grace Adeyemi', 'Omar Haddad']);

    const text = readFileSync(join(folder, 'provider.json'), 'utf8');
    for (const secret of ['correct horse', 'bureau-secret-1']) expect(text).not.toContain(secret);
    await reading.keys();
    for (const file of ['provider.json', 'provider-keys.json']) {
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
    }
  });

  it('keeps the keys, so that a token stays good when the provider is started again', async () => {
    const [first, again] = [new FileAccountDirectory(folder), new FileAccountDirectory(folder)];
    expect(await again.keys()).toEqual(await first.keys());
  });

  it('loses nobody when two add at once', async () => {
    const two = [new FileAccountDirectory(folder), new FileAccountDirectory(folder)];
    const names = Array.from({ length: 8 }, (_, n) => `person-${n}@example.org`);
    await Promise.all(names.map((email, n) => two[n % 2]!.addAccount({ email, name: email, password: 'p' })));
    for (const email of names) expect(await two[0]!.accountByEmail(email)).toBeDefined();
  });
});

async function addEverybody(directory: AccountDirectory): Promise<void> {
  const [grace, omar] = [
    { subject: 'grace', name: 'Grace Adeyemi', email: 'grace@example.org', password: 'correct horse' },
    { subject: 'omar', name: 'Omar Haddad', email: 'omar@example.org', password: 'battery staple' },
  ];
  await directory.addAccount({ ...grace, shownAs: 'Recipient' });
  await directory.addAccount({ ...omar, shownAs: 'Finance officer' });
  await directory.addClient({ kind: 'machine', clientId: 'bureau', name: 'Bureau', secret: 'bureau-secret-1' });
  await directory.addClient({
    kind: 'web',
    clientId: 'ringfence-web',
    name: 'Pages',
    secret: 'pages-secret-1',
    webUrl,
  });
}

async function startSignIn(browser: CookieClient, issuer: string): Promise<{ verifier: string; page: Seen }> {
  const verifier = randomBytes(32).toString('base64url');
  const page = await browser.get(
    `${issuer}/auth?${new URLSearchParams({
      client_id: 'ringfence-web',
      response_type: 'code',
      scope: 'openid email profile',
      redirect_uri: `${webUrl}/sign-in/callback`,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: 'a-state',
      nonce: 'a-nonce',
    })}`,
  );
  expect(page.status).toBe(200);
  return { verifier, page };
}

function tokens(issuer: string, id: string, secret: string, form: Record<string, string>): Promise<Response> {
  const credentials = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
  return fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    body: new URLSearchParams(form),
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
