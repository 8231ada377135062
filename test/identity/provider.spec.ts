import {
  freeGuessesMax,
  FileAccountDirectory,
  MemoryAccountDirectory,
  startBundledProvider,
  TokenVerifier,
  type AccountDirectory,
  type BundledProvider,
} from '@ringfence/identity';
import { decodeJwt } from 'jose';
import getPort from 'get-port';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
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
    const port = await getPort({ host: '127.0.0.1' });
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
  });

  it('signs somebody out at once who is sent with their own id token, and without harm once more', async () => {
    const { browser, idToken } = await signedIn(issuer, 'grace@example.org', 'correct horse');
    const leave = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: `${webUrl}/signed-out` });
    expect((await browser.get(`${issuer}/session/end?${leave}&state=s`)).url).toBe(`${webUrl}/signed-out?state=s`);
    expect((await browser.get(`${issuer}/session/end?${leave}`)).url).toBe(`${webUrl}/signed-out`);
    const { page } = await startSignIn(browser, issuer);
    expect(page.url).toContain('/interaction/');
  });

  it('asks first whoever comes without an id token, or with another person’s', async () => {
    const { browser, idToken } = await signedIn(issuer, 'omar@example.org', 'battery staple');
    const other = await signedIn(issuer, 'grace@example.org', 'correct horse');
    const plain = await other.browser.get(`${issuer}/session/end`);
    expect(plain.text).toContain('Do you want to sign out?');
    const strange = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: `${webUrl}/signed-out` });
    const asked = await other.browser.get(`${issuer}/session/end?${strange}`);
    expect(asked.text).toContain('Do you want to sign out?');
    const left = await other.browser.post(`${issuer}/session/end/confirm`, {
      xsrf: hidden(asked, 'xsrf'),
      logout: 'yes',
    });
    expect(left.url).toBe(`${webUrl}/signed-out`);
    const elsewhere = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: 'http://evil.example/' });
    const refused = await browser.get(`${issuer}/session/end?${elsewhere}`);
    expect([refused.status, refused.url.startsWith(issuer)]).toEqual([400, true]);
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

describe('Guessing at the bundled provider', () => {
  let issuer: string;
  let provider: BundledProvider;
  let now = 0;
  const accounts = new MemoryAccountDirectory();
  const [wrong, wait] = [
    'The email address or the password is wrong: check both and try again.',
    'too many wrong passwords',
  ];

  beforeAll(async () => {
    await addEverybody(accounts);
    const port = await getPort({ host: '127.0.0.1' });
    issuer = `http://127.0.0.1:${port}`;
    const options = { port, issuer, apiAudience, accounts, trustedProxies: 1, nowMs: () => now };
    provider = await startBundledProvider(options);
  });
  beforeEach(() => void (now += 3_600_000));
  afterAll(() => provider.close());

  const attempt = async (address: string, email: string, password: string): Promise<Seen> => {
    const browser = new CookieClient(webUrl);
    const { page } = await startSignIn(browser, issuer);
    const headers = { 'x-forwarded-for': `1.1.1.1, ${address}` };
    return browser.send(page.url, { method: 'POST', headers, body: new URLSearchParams({ email, password }) });
  };

  it.each([
    ['a known', 'omar@example.org'],
    ['an unknown', 'nobody@example.org'],
  ])('at %s account says how long to wait, a second, then twice as long each time', async (_, email) => {
    for (let made = 0; made < freeGuessesMax; made += 1) {
      const again = await attempt('203.0.113.1', email, 'wrong');
      expect([again.status, again.text.includes(wrong)]).toEqual([422, true]);
    }
    for (const [seconds, words] of [
      [1, 'wait 1 second and try again.'],
      [2, 'wait 2 seconds and try again.'],
      [4, 'wait 4 seconds and try again.'],
    ] as const) {
      const held = await attempt('203.0.113.1', email, 'battery staple');
      expect([held.status, held.headers.get('retry-after')]).toEqual([429, String(seconds)]);
      expect(held.text).toContain(`There were too many wrong passwords: ${words}`);
      now += seconds * 1_000;
      expect((await attempt('203.0.113.1', email, 'wrong')).text).toContain(wrong);
    }
  });

  it('locks nobody out: the right password works after the wait, and from where one signed in before without any', async () => {
    expect((await attempt('203.0.113.50', 'grace@example.org', 'correct horse')).url).toContain('code=');
    for (let made = 0; made < 12; made += 1) await attempt(`198.51.100.${made}`, 'grace@example.org', 'wrong');
    expect((await attempt('203.0.113.50', 'grace@example.org', 'correct horse')).url).toContain('code=');
    const held = await attempt('203.0.113.60', 'grace@example.org', 'correct horse');
    expect(held.text).toContain(wait);
    now += Number(held.headers.get('retry-after')) * 1_000;
    for (let made = 0; made < 12; made += 1) await attempt(`198.51.100.${made}`, 'grace@example.org', 'wrong');
    expect((await attempt('203.0.113.60', 'grace@example.org', 'correct horse')).url).toContain('code=');
  });

  it('is slowed down for an address that tries one password on everybody', async () => {
    for (let made = 0; made < freeGuessesMax; made += 1) await attempt('203.0.113.2', `p${made}@example.org`, 'summer');
    expect((await attempt('203.0.113.2', 'omar@example.org', 'summer')).text).toContain(wait);
    expect((await attempt('203.0.113.3', 'omar@example.org', 'battery staple')).url).toContain('code=');
  });

  const credentials = { grant_type: 'client_credentials' };
  const byBasic = (client: string, secret: string, address: string) =>
    tokens(issuer, client, secret, credentials, { 'x-forwarded-for': address });
  const byForm = (client: string, secret: string, address: string) =>
    fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { 'x-forwarded-for': address },
      body: new URLSearchParams({ ...credentials, client_id: client, client_secret: secret }),
    });

  it.each([
    ['basic authentication', 'bureau', byBasic, '203.0.113.10'],
    ['a form', 'bureau', byForm, '203.0.113.11'],
    ['basic authentication for a client that nobody has', 'no-such-bureau', byBasic, '203.0.113.12'],
  ])('at client secrets by %s is slowed down in OAuth’s own words', async (_, client, ask, address) => {
    for (let made = 0; made < freeGuessesMax; made += 1) {
      const refused = await ask(client, 'wrong', address);
      expect([refused.status, await refused.json()]).toEqual([
        401,
        expect.objectContaining({ error: 'invalid_client' }),
      ]);
    }
    for (const seconds of [1, 2]) {
      const held = await ask(client, 'bureau-secret-1', address);
      expect([held.status, held.headers.get('retry-after')]).toEqual([429, String(seconds)]);
      expect(await held.json()).toEqual({
        error: 'slow_down',
        error_description: `Too many wrong secrets were sent for this client or from this address: wait ${seconds} s and send the request again.`,
      });
      now += seconds * 1_000;
      if (seconds === 1) expect((await ask(client, 'wrong', address)).status).toBe(401);
    }
    if (client === 'bureau') expect((await ask(client, 'bureau-secret-1', address)).status).toBe(200);
  });

  it('does not keep a bureau from its tokens, wherever its secret is guessed at', async () => {
    expect((await byBasic('bureau', 'bureau-secret-1', '203.0.113.20')).status).toBe(200);
    for (let made = 0; made < 9; made += 1) await byBasic('bureau', 'wrong', `198.51.100.${100 + made}`);
    expect((await byBasic('bureau', 'wrong', '198.51.100.200')).status).toBe(429);
    expect((await byBasic('bureau', 'bureau-secret-1', '203.0.113.20')).status).toBe(200);
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

/** Somebody signed in, with the id token that the pages got. */
async function signedIn(issuer: string, email: string, password: string) {
  const browser = new CookieClient(webUrl);
  const { verifier, page } = await startSignIn(browser, issuer);
  const back = await browser.post(page.url, { email, password });
  const code = new URL(back.url).searchParams.get('code')!;
  const redirect = `${webUrl}/sign-in/callback`;
  const form = { grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier };
  const answer = (await (await tokens(issuer, 'ringfence-web', 'pages-secret-1', form)).json()) as { id_token: string };
  return { browser, idToken: answer.id_token };
}

function tokens(
  issuer: string,
  id: string,
  secret: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const credentials = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`;
  return fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { ...headers, authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    body: new URLSearchParams(form),
  });
}
