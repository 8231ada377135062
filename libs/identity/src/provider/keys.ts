import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** What signs the tokens and the provider's cookies. Private. */
export interface ProviderKeys {
  readonly signing: JWK;
  readonly cookies: readonly string[];
}

export async function newProviderKeys(): Promise<ProviderKeys> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 });
  const signing = await exportJWK(privateKey);
  return {
    signing: { ...signing, alg: 'RS256', use: 'sig', kid: randomBytes(8).toString('hex') },
    cookies: [randomBytes(32).toString('base64url')],
  };
}
