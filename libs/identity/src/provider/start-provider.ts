import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Interaction, Provider } from 'oidc-provider';
import type { AccountDirectory } from './account-directory.js';
import { artifactStore } from './artifacts.js';
import { ClientSecrets } from './client-secrets.js';
import { messagePage, signOutPage } from './pages.js';
import { send, show, type PageContext } from './responses.js';
import { SignInPages } from './sign-in-pages.js';
import { signOutAtOnce } from './sign-out.js';

export interface BundledProviderOptions {
  readonly port: number;
  /** The address under which it is reached, such as `http://localhost:4040`; without a path. */
  readonly issuer: string;
  /** The audience of access tokens: the API's address. Nobody need send `resource`. */
  readonly apiAudience: string;
  readonly accounts: AccountDirectory;
  /** Without it 127.0.0.1. */
  readonly address?: string;
  /** How many proxies of one's own stand in front and write X-Forwarded-For; without it 0, and nobody is believed. */
  readonly trustedProxies?: number;
  /** The clock by which attempts wait, in milliseconds; without it the machine's. */
  readonly nowMs?: () => number;
  readonly log?: (sentence: string) => void;
}

export interface BundledProvider {
  close(): Promise<void>;
}

export const accessTokenSeconds = 3600;
export const providerSessionSeconds = 12 * 3600;

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
  const { provider, secrets } = await providerOf(options);
  const signIn = new SignInPages(provider, options.accounts, options);
  const oidc = provider.callback();
  const server = createServer((request, response) => {
    const page = /^\/interaction\/[\w-]+(?=$|\?)/.test(request.url ?? '');
    const handled = page
      ? signIn.handle(request, response)
      : secrets.during(request, response, () => oidc(request, response));
    handled.catch((error: unknown) => {
      options.log?.(`The bundled provider failed: ${error instanceof Error ? error.message : String(error)}`);
      send(response, 500, messagePage('Something went wrong', 'Signing in failed: go back and start again.'));
    });
  });
  server.listen(options.port, options.address ?? '127.0.0.1');
  await once(server, 'listening');
  options.log?.(`The bundled identity provider is for demos and tests, not for production: ${options.issuer}`);
  return { close: () => closed(server) };
}

async function providerOf(
  options: BundledProviderOptions,
): Promise<{ readonly provider: Provider; readonly secrets: ClientSecrets }> {
  const { issuer, apiAudience, accounts, log } = options;
  // Loaded here, so that whoever imports this library for its principals does not pay for a provider.
  const { default: Provider, errors } = await withoutRuntimeAdvice(() => import('oidc-provider'));
  const keys = await accounts.keys();
  const secrets = new ClientSecrets(options, errors.OIDCProviderError);
  const provider = new Provider(issuer, {
    adapter: artifactStore(accounts, (clientId) => secrets.unknown(clientId)),
    jwks: { keys: [keys.signing] },
    cookies: {
      keys: keys.cookies,
      // Cookies are shared by all ports of a host: the names must not meet those of the pages.
      names: { session: 'provider_session', interaction: 'provider_interaction', resume: 'provider_resume' },
      long: cookieOptions,
      short: cookieOptions,
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
  provider.Client.prototype.compareClientSecret = function (actual: string) {
    return secrets.matches(this.clientId, actual, this.clientSecret ?? '');
  };
  provider.use(signOutAtOnce(provider, cookieOptions));
  provider.on('server_error', (_, error) => log?.(`The bundled provider failed: ${String(error)}`));
  return { provider, secrets };
}

const cookieOptions = { signed: true, httpOnly: true, sameSite: 'lax' };

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
