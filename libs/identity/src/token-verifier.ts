import { Problem } from '@ringfence/kernel';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';

/** Whom an access token names: the subject of a person, or the client of client credentials. */
export interface TokenBearer {
  readonly issuer: string;
  readonly subject: string | null;
  readonly clientId: string | null;
}

/**
 * Verifies access tokens: a JWT signed by the issuer's published keys, meant for this API. The issuer's metadata is
 * read at the first token, so that the API can start before its identity provider.
 */
export class TokenVerifier {
  private keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;

  constructor(
    private readonly issuer: string,
    private readonly audience: string,
  ) {}

  async verify(token: string): Promise<TokenBearer> {
    const payload = await this.payload(token);
    const clientId = typeof payload['client_id'] === 'string' ? payload['client_id'] : null;
    // With client credentials the subject is the client itself, or is left out.
    const machine = clientId !== null && (payload.sub === undefined || payload.sub === clientId);
    return {
      issuer: this.issuer,
      subject: machine ? null : (payload.sub ?? null),
      clientId: machine ? clientId : null,
    };
  }

  private async payload(token: string): Promise<JWTPayload> {
    this.keys ??= this.publishedKeys();
    const keys = await this.keys.catch((error: unknown) => {
      this.keys = undefined;
      throw error;
    });
    try {
      const options = {
        issuer: this.issuer,
        audience: this.audience,
        algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
      };
      return (await jwtVerify(token, keys, options)).payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) {
        throw new Problem('not-signed-in', 'The access token has expired: ask the identity provider for a new one.');
      }
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) {
        throw new Problem(
          'not-signed-in',
          `The access token is not one that ${this.issuer} issued for this API: ask for a new one.`,
        );
      }
      throw error;
    }
  }

  private async publishedKeys(): Promise<ReturnType<typeof createRemoteJWKSet>> {
    const response = await fetch(`${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    if (!response.ok)
      throw new Error(`The identity provider ${this.issuer} answered ${response.status} for its metadata.`);
    const { jwks_uri: address } = (await response.json()) as { jwks_uri: string };
    return createRemoteJWKSet(new URL(address));
  }
}
