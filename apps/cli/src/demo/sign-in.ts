import { createHash, randomBytes } from 'node:crypto';
import type { FileAccountDirectory } from '@ringfence/identity';

export const redirectsMax = 10;
const clientId = 'ringfence-demo-loader';
/** Nobody listens there: the loader reads the code out of the address it is sent to. */
const returnAddress = 'http://localhost:9/sign-in/callback';

/** Gets access tokens as a browser and as a bureau's machine do. Each is fetched once and kept for the load. */
export class Tokens {
  private readonly held = new Map<string, Promise<string>>();
  private readonly secret = randomBytes(24).toString('base64url');
  private registered: Promise<void> | undefined;

  constructor(
    private readonly issuer: string,
    private readonly accounts: FileAccountDirectory,
  ) {}

  ofPerson(email: string, password: string): Promise<string> {
    return this.once(`person ${email}`, async () => {
      this.registered ??= this.accounts.addClient({
        kind: 'web',
        clientId,
        name: 'Loader of the demo',
        secret: this.secret,
        webUrl: 'http://localhost:9',
      });
      await this.registered;
      return signIn(this.issuer, this.secret, email, password);
    });
  }

  ofMachine(id: string, secret: string): Promise<string> {
    return this.once(`machine ${id}`, () => tokenFor(this.issuer, id, secret, { grant_type: 'client_credentials' }));
  }

  private once(key: string, fetchToken: () => Promise<string>): Promise<string> {
    const token = this.held.get(key) ?? fetchToken();
    this.held.set(key, token);
    return token;
  }
}

/** Authorization code with PKCE, by the pages of the bundled provider, with its cookies. */
async function signIn(issuer: string, secret: string, email: string, password: string): Promise<string> {
  const browser = new Browser();
  const verifier = randomBytes(32).toString('base64url');
  const asked = new URL(`${issuer}/auth`);
  asked.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: returnAddress,
    scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  const page = await browser.follow(asked.href);
  const form = new URLSearchParams({ email, password });
  const returned = await browser.follow(page, form);
  const code = new URL(returned).searchParams.get('code');
  if (!returned.startsWith(returnAddress) || code === null) {
    throw new Error(`${email} could not sign in at ${issuer}: the demo needs the bundled provider of ringfence start.`);
  }
  const terms = { grant_type: 'authorization_code', code, redirect_uri: returnAddress, code_verifier: verifier };
  return tokenFor(issuer, clientId, secret, terms);
}

async function tokenFor(
  issuer: string,
  id: string,
  secret: string,
  terms: Readonly<Record<string, string>>,
): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
    body: new URLSearchParams(terms),
  });
  const answer = (await response.json()) as { access_token?: string; error_description?: string };
  if (!answer.access_token) {
    throw new Error(`${issuer} gave ${id} no token: ${answer.error_description ?? response.statusText}`);
  }
  return answer.access_token;
}

/** As much of a browser as signing in needs: cookies, and following where it is sent. */
class Browser {
  private readonly cookies = new Map<string, string>();

  /** Where it comes to rest: at a page, or at the address of the pages that nobody needs to open. */
  async follow(address: string, form?: URLSearchParams): Promise<string> {
    let [at, body] = [address, form];
    for (let redirects = 0; redirects < redirectsMax; redirects += 1) {
      const response: Response = await fetch(at, {
        method: body ? 'POST' : 'GET',
        redirect: 'manual',
        headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        ...(body ? { body } : {}),
      });
      await response.arrayBuffer();
      for (const cookie of response.headers.getSetCookie()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (name !== undefined && value !== undefined) this.cookies.set(name, value);
      }
      const next = response.headers.get('location');
      if (next === null) return at;
      [at, body] = [new URL(next, at).href, undefined];
      if (at.startsWith(returnAddress)) return at;
    }
    throw new Error(`${address} sends on and on.`);
  }
}
