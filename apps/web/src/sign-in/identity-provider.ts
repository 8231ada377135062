import { Problem } from '@ringfence/kernel';
import type { Config } from '@ringfence/platform';
import * as openid from 'openid-client';

/** What was asked of the provider, kept in the session until it answers. */
export interface SigningIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface SignedIn {
  readonly issuer: string;
  readonly subject: string;
  readonly idToken: string;
}

/**
 * The pages' side of OpenID Connect: authorization code with PKCE, state and nonce. The provider's metadata is read at
 * the first sign-in, so that the pages can start before their provider.
 */
export class IdentityProvider {
  private discovered: Promise<openid.Configuration> | undefined;

  constructor(private readonly config: Config) {}

  /** Where to send the browser, and what to remember of it. */
  async start(): Promise<{ address: URL; signingIn: SigningIn }> {
    const provider = await this.provider();
    const signingIn = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      verifier: openid.randomPKCECodeVerifier(),
    };
    const address = openid.buildAuthorizationUrl(provider, {
      redirect_uri: this.callback,
      scope: 'openid email profile',
      code_challenge: await openid.calculatePKCECodeChallenge(signingIn.verifier),
      code_challenge_method: 'S256',
      state: signingIn.state,
      nonce: signingIn.nonce,
    });
    return { address, signingIn };
  }

  /** Exchanges the code with which the browser came back. `query` is the callback's, as received. */
  async finish(query: string, signingIn: SigningIn): Promise<SignedIn> {
    const provider = await this.provider();
    try {
      const tokens = await openid.authorizationCodeGrant(provider, new URL(`${this.callback}?${query}`), {
        pkceCodeVerifier: signingIn.verifier,
        expectedState: signingIn.state,
        expectedNonce: signingIn.nonce,
        idTokenExpected: true,
      });
      return { issuer: this.config.OIDC_ISSUER, subject: tokens.claims()!.sub, idToken: tokens.id_token! };
    } catch (cause) {
      if (!(cause instanceof Error) || !('code' in cause)) throw cause;
      throw new Problem('not-signed-in', 'Signing in was not completed: go to the start page and sign in again.', {
        cause,
      });
    }
  }

  /** Where to send the browser so that the provider forgets it too; undefined where it has no such place. */
  async leave(idToken: string): Promise<URL | undefined> {
    const provider = await this.provider();
    if (provider.serverMetadata().end_session_endpoint === undefined) return undefined;
    return openid.buildEndSessionUrl(provider, {
      id_token_hint: idToken,
      post_logout_redirect_uri: `${this.base}/signed-out`,
    });
  }

  /** Reads the provider's metadata where that was never done; refuses as unavailable where it does not answer. */
  async requireMetadata(): Promise<void> {
    await this.provider();
  }

  private get base(): string {
    return this.config.WEB_URL.replace(/\/$/, '');
  }

  private get callback(): string {
    return `${this.base}/sign-in/callback`;
  }

  private async provider(): Promise<openid.Configuration> {
    const issuer = new URL(this.config.OIDC_ISSUER);
    // Plain HTTP is for the bundled provider; a production one is refused without TLS.
    const execute = issuer.protocol === 'http:' && !this.config.production ? [openid.allowInsecureRequests] : [];
    this.discovered ??= openid.discovery(
      issuer,
      this.config.OIDC_CLIENT_ID,
      undefined,
      openid.ClientSecretBasic(this.config.OIDC_CLIENT_SECRET),
      { execute },
    );
    return this.discovered.catch((cause: unknown) => {
      this.discovered = undefined;
      throw new Problem(
        'unavailable',
        'Signing in is not possible just now, because the identity provider does not answer: try again in a few minutes.',
        { cause },
      );
    });
  }
}
