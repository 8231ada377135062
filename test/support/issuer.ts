import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whom a token stands for: a person's subject, or the client of client credentials. */
export type Bearer = { readonly subject: string } | { readonly clientId: string };

export interface TokenOptions {
  readonly audience?: string;
  /** Such as "5m", or an instant in seconds for one that has expired. */
  readonly expires?: string | number;
}

export interface TestIssuer {
  readonly url: string;
  tokenFor(bearer: Bearer, options?: TokenOptions): Promise<string>;
  stop(): Promise<void>;
}

/** A real OpenID Connect issuer as far as an API can tell: metadata, published keys, and tokens signed by them. */
export async function startIssuer(audience: string): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };
  const server = createServer((request, response) => {
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer: url, jwks_uri: `${url}/jwks` },
      '/jwks': { keys: [jwk] },
    };
    const answer = answers[request.url ?? ''];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    tokenFor: (bearer, options = {}) =>
      new SignJWT('clientId' in bearer ? { client_id: bearer.clientId } : {})
        .setProtectedHeader({ alg: 'ES256', kid: 'test' })
        .setIssuer(url)
        .setSubject('clientId' in bearer ? bearer.clientId : bearer.subject)
        .setAudience(options.audience ?? audience)
        .setIssuedAt()
        .setExpirationTime(options.expires ?? '1h')
        .sign(privateKey),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
}
