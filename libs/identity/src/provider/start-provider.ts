import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Interaction, Provider } from 'oidc-provider';
import type { AccountDirectory } from './account-directory.js';
import { artifactStore } from './artifacts.js';
import { messagePage, pageHtml, signInPage, signOutPage, type ProviderPage } from './pages.js';
import { secretMatches } from './secrets.js';
import { failedSignInWindowMinutes, SignInThrottle } from './sign-in-throttle.js';

export interface BundledProviderOptions {
  readonly port: number;
  /** The address under which it is reached, such as `http://localhost:4040`; without a path. */
  readonly issuer: string;
  /** The audience of access tokens: the API's address. Nobody need send `resource`. */
  readonly apiAudience: string;
  readonly accounts: AccountDirectory;
  /** Without it 127.0.0.1. */
  readonly address?: string;
  readonly log?: (sentence: string) => void;
}

export interface BundledProvider {
  close(): Promise<void>;
}

export const accessTokenSeconds = 3600;
export const providerSessionSeconds = 12 * 3600;
export const signInFormBytesMax = 8_192;

/**
 * Starts an OpenID Connect provider for demos and tests, on the path that a deployment's own provider takes:
 * authorization code with PKCE for the pages, client credentials for bureaux and finance systems, access tokens as
 * RS256 JWTs for the API. Not for production: it has no second factor, no recovery of a password and no record of
 * sign-ins. Throws when the port is taken.
 */
export async function startBundledProvider(options: BundledProviderOptions): Promise<BundledProvider> {
  if (new URL(options.issuer).pathname !== '/') {
    throw new Error(`The bundled provider's issuer is ${options.issuer}: leave out the path.`);
  }
  const provider = await providerOf(options);
  const signIn = new SignInPages(provider, options.accounts);
  const handleRest = provider.callback();
  const server = createServer((request, response) => {
    const page = /^\/interaction\/[\w-]+(?=$|\?)/.test(request.url ?? '');
    (page ? signIn.handle(request, response) : handleRest(request, response)).catch((error: unknown) => {
      options.log?.(`The bundled provider failed: ${error instanceof Error ? error.message : String(error)}`);
      send(response, 500, messagePage('Something went wrong', 'Signing in failed: go back and start again.'), []);
    });
  });
  server.listen(options.port, options.address ?? '127.0.0.1');
  await once(server, 'listening');
  options.log?.(`The bundled identity provider is for demos and tests, not for production: ${options.issuer}`);
  return { close: () => closed(server) };
}

async function providerOf({ issuer, apiAudience, accounts, log }: BundledProviderOptions): Promise<Provider> {
  // Loaded here, so that whoever imports this library for its principals does not pay for a provider.
  const { default: Provider, errors } = await withoutRuntimeAdvice(() => import('oidc-provider'));
  const keys = await accounts.keys();
  const provider = new Provider(issuer, {
    adapter: artifactStore(accounts),
    jwks: { keys: [keys.signing] },
    cookies: {
      keys: keys.cookies,
      // Cookies are shared by all ports of a host: the names must not meet those of the pages.
      names: { session: 'provider_session', interaction: 'provider_interaction', resume: 'provider_resume' },
      long: { signed: true, httpOnly: true, sameSite: 'lax' },
      short: { signed: true, httpOnly: true, sameSite: 'lax' },
    },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post'],
    pkce: { required: () => true },
    scopes: ['openid', 'email', 'profile'],
    claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
    responseTypes: ['code'],
    ttl: {
      AccessToken: accessTokenSeconds,
      ClientCredentials: accessTokenSeconds,
      AuthorizationCode: 60,
      IdToken: accessTokenSeconds,
      Interaction: 3600,
      Session: providerSessionSeconds,
      Grant: providerSessionSeconds,
    },
    findAccount: async (_: unknown, subject: string) => {
      const account = await accounts.accountBySubject(subject);
      const claims = () => ({ sub: subject, email: account?.email, name: account?.name });
      return account && { accountId: subject, claims };
    },
    loadExistingGrant: (ctx: GrantContext) => grantWithoutAsking(ctx),
    interactions: { url: (_: unknown, interaction: Interaction) => `/interaction/${interaction.uid}` },
    renderError: (ctx: PageContext, out: { error: string; error_description?: string }) =>
      show(ctx, messagePage('Signing in stopped', out.error_description ?? out.error)),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx: PageContext, form: string) => show(ctx, signOutPage(form), returnOrigin(ctx)),
        postLogoutSuccessSource: (ctx: PageContext) =>
          show(ctx, messagePage('You are signed out', 'You can close this page.')),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => apiAudience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_: unknown, resource: string) => {
          if (resource !== apiAudience) throw new errors.InvalidTarget();
          const format = { accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } };
          return { scope: '', audience: apiAudience, accessTokenTTL: accessTokenSeconds, ...format };
        },
      },
    },
  });
  provider.proxy = issuer.startsWith('https:');
  // Secrets are kept as hashes: what the client sends is hashed and compared, in place of the comparison of plain text.
  provider.Client.prototype.compareClientSecret = function (this: { clientSecret?: string }, actual: string) {
    return secretMatches(actual, this.clientSecret ?? '');
  };
  provider.on('server_error', (_, error) => log?.(`The bundled provider failed: ${String(error)}`));
  return provider;
}

/** Our own pages and our own API: nobody is asked to consent that they may know who signs in. */
async function grantWithoutAsking({ oidc }: GrantContext): Promise<object | undefined> {
  const { Grant } = oidc.provider;
  const held = oidc.session.grantIdFor(oidc.client.clientId);
  const existing = held === undefined ? undefined : await Grant.find(held);
  if (existing) return existing;
  const grant = new Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
  grant.addOIDCScope('openid email profile');
  await grant.save();
  return grant;
}

/** The one page of the provider on which somebody types. */
class SignInPages {
  private readonly throttle = new SignInThrottle();

  constructor(
    private readonly provider: Provider,
    private readonly accounts: AccountDirectory,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const interaction = await this.provider.interactionDetails(request, response).catch(() => undefined);
    if (!interaction) {
      const sentence =
        'This sign-in was started too long ago or in another browser: go back to the service and start again.';
      return send(response, 400, messagePage('Start again', sentence), []);
    }
    if (request.method === 'POST') return this.submitted(request, response, interaction);
    const asked = new URL(request.url ?? '/', 'http://page').searchParams.get('email');
    return this.show(response, interaction, asked ?? interaction.params['login_hint'] ?? '', undefined);
  }

  private async submitted(request: IncomingMessage, response: ServerResponse, interaction: Interaction): Promise<void> {
    const form = await formOf(request);
    const [email, password] = [form?.get('email') ?? '', form?.get('password') ?? ''];
    if (this.throttle.blocked(email)) {
      const wait = `wait ${failedSignInWindowMinutes} minutes and try again.`;
      return this.show(
        response,
        interaction,
        email,
        `There were too many wrong passwords for this email address: ${wait}`,
      );
    }
    const account = await this.accounts.accountByEmail(email);
    // An unknown address takes as long as a wrong password, so that the time does not tell which it was.
    const matches = await secretMatches(password, account?.passwordHash ?? nobodysHash);
    if (!account || !matches) {
      this.throttle.failed(email);
      return this.show(
        response,
        interaction,
        email,
        'The email address or the password is wrong: check both and try again.',
      );
    }
    this.throttle.succeeded(email);
    const result = { login: { accountId: account.subject } };
    return this.provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  private async show(
    response: ServerResponse,
    interaction: Interaction,
    email: string,
    error: string | undefined,
  ): Promise<void> {
    const shown = await this.accounts.shownAccounts();
    const page = signInPage({ action: `/interaction/${interaction.uid}`, email, error, shown });
    // The browser holds the form's redirects to this too, and the last of them leads back to the pages.
    const back = interaction.params['redirect_uri'];
    send(response, error ? 422 : 200, page, back ? [new URL(back).origin] : []);
  }
}

const nobodysHash = `scrypt$16384$8$1$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(32).toString('base64url')}`;

async function formOf(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > signInFormBytesMax) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

function send(response: ServerResponse, status: number, page: ProviderPage, formOrigins: readonly string[]): void {
  if (response.headersSent) return void response.destroy();
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(status, pageHeaders(nonce, formOrigins)).end(pageHtml(page, nonce));
}

function show(ctx: PageContext, page: ProviderPage, formOrigins: readonly string[] = []): void {
  const nonce = randomBytes(16).toString('base64');
  ctx.type = 'html';
  ctx.body = pageHtml(page, nonce);
  ctx.set(pageHeaders(nonce, formOrigins));
}

function pageHeaders(nonce: string, formOrigins: readonly string[]): Record<string, string> {
  const forms = ["'self'", ...formOrigins].join(' ');
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action ${forms}; frame-ancestors 'none'; base-uri 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}

function returnOrigin(ctx: PageContext): string[] {
  const back = ctx.oidc?.session?.state?.postLogoutRedirectUri;
  return back ? [new URL(back).origin] : [];
}

async function closed(server: Server): Promise<void> {
  const ended = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await ended;
}

interface PageContext {
  type: string;
  body: unknown;
  set(headers: Record<string, string>): void;
  readonly oidc?: { readonly session?: { readonly state?: { readonly postLogoutRedirectUri?: string } } };
}

interface GrantContext {
  readonly oidc: {
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId: string; grantIdFor(clientId: string): string | undefined };
    readonly provider: {
      readonly Grant: {
        new (of: { clientId: string; accountId: string }): {
          addOIDCScope(scope: string): void;
          save(): Promise<string>;
        };
        find(id: string): Promise<object | undefined>;
      };
    };
  };
}

/**
 * On Node 20 the library warns, as it is loaded, that it recommends a later release. It works there, and whoever tries
 * the demo could do nothing about it.
 */
async function withoutRuntimeAdvice<T>(load: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await load();
  } finally {
    console.warn = warn;
  }
}
