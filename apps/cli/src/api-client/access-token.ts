import { Problem } from '@ringfence/kernel';
import { CommandFailure } from '../exit.js';
import { send } from './send.js';

export interface ClientCredentials {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A token is asked for anew this long before it ends, so that none ends on its way. */
const renewalMs = 30_000;

/** An access token by client credentials (RFC 6749, section 4.4), kept in memory until shortly before it ends. */
export class AccessToken {
  private held: { readonly text: string; readonly until: number } | undefined;

  constructor(private readonly credentials: ClientCredentials) {}

  async text(): Promise<string> {
    if (!this.held || Date.now() > this.held.until) this.held = await this.ask();
    return this.held.text;
  }

  private async ask(): Promise<{ text: string; until: number }> {
    const { clientId, clientSecret } = this.credentials;
    const response = await send(
      await this.tokenEndpoint(),
      {
        method: 'POST',
        headers: { authorization: basic(clientId, clientSecret), accept: 'application/json' },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
      },
      'The identity provider',
    );
    const answer = (await response.json().catch(() => ({}))) as TokenAnswer;
    if (response.ok && answer.access_token) {
      const lifeMs = (answer.expires_in ?? 60) * 1000;
      return { text: answer.access_token, until: Date.now() + lifeMs - renewalMs };
    }
    const why = answer.error_description ?? answer.error ?? `status ${response.status}`;
    const sentence = `The identity provider ${this.credentials.issuer} does not let the client "${clientId}" in (${why}): check RINGFENCE_CLIENT_ID and RINGFENCE_CLIENT_SECRET.`;
    throw response.status < 500 ? new Problem('not-signed-in', sentence) : new CommandFailure(sentence);
  }

  private async tokenEndpoint(): Promise<string> {
    const address = `${this.credentials.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await send(address, {}, 'The identity provider');
    const metadata = (await response.json().catch(() => ({}))) as { token_endpoint?: string };
    if (!response.ok || !metadata.token_endpoint) {
      throw new CommandFailure(`${address} is not the metadata of an identity provider: check OIDC_ISSUER.`);
    }
    return metadata.token_endpoint;
  }
}

interface TokenAnswer {
  readonly access_token?: string;
  readonly expires_in?: number;
  readonly error?: string;
  readonly error_description?: string;
}

/** Both parts are form-encoded first (RFC 6749, section 2.3.1). */
function basic(clientId: string, clientSecret: string): string {
  const encoded = [clientId, clientSecret].map((part) =>
    new URLSearchParams({ part }).toString().slice('part='.length),
  );
  return `Basic ${Buffer.from(encoded.join(':')).toString('base64')}`;
}
