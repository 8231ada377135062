import { Problem } from '@ringfence/kernel';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';

/** Whom an access token names: the subject of a person, or the client of client credentials. */
export interface TokenBearer {
  readonly issuer: string;
  readonly subject: string | null;
  readonly clientId: string | null;
}

export const issuerAnswerMsMax = 5_000;

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

  /** Reads the issuer's metadata and keys where that was never done; refuses as unavailable where it does not answer. */
  async requireKeys(): Promise<ReturnType<typeof createRemoteJWKSet>> {
    const reading = (this.keys ??= this.publishedKeys());
    return reading.catch((cause: unknown) => {
      if (this.keys === reading) this.keys = undefined;
      throw noAnswer(cause);
    });
  }

  private async payload(token: string): Promise<JWTPayload> {
    const keys = await this.requireKeys();
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
      if (error instanceof errors.JOSEError && !ofIssuer.has(error.code)) {
        throw new Problem(
          'not-signed-in',
          `The access token is not one that ${this.issuer} issued for this API: ask for a new one.`,
        );
      }
      throw noAnswer(error);
    }
  }

  private async publishedKeys(): Promise<ReturnType<typeof createRemoteJWKSet>> {
    const address = `${this.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(address, { signal: AbortSignal.timeout(issuerAnswerMsMax) });
    if (!response.ok)
      throw new Error(`The identity provider ${this.issuer} answered ${response.status} for its metadata.`);
    const { jwks_uri: addressOfKeys } = (await response.json()) as { jwks_uri: string };
    const keys = createRemoteJWKSet(new URL(addressOfKeys), { timeoutDuration: issuerAnswerMsMax });
    await keys.reload();
    return keys;
  }
}

/** Errors of `jose` that say nothing of the token: its issuer's keys were not to be had. */
const ofIssuer = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);

function noAnswer(cause: unknown): Problem {
  const words = 'The identity provider does not answer, so nobody can be let in just now: try again in a moment.';
  return new Problem('unavailable', words, { cause });
}
