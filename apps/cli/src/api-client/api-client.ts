import { readConfig } from '@ringfence/platform';
import { createHash } from 'node:crypto';
import { environment } from '../environment.js';
import { CommandFailure } from '../exit.js';
import { deriveAddresses } from '../start/addresses.js';
import { AccessToken } from './access-token.js';
import { refusalOf } from './refusal.js';
import { send } from './send.js';

export interface ApiClientOptions {
  readonly apiUrl: string;
  readonly token: { text(): Promise<string> };
  /** The authority's id, for a client that several know. */
  readonly authorityId?: string | undefined;
}

/**
 * The API as a command calls it. Paths begin with /v1. Every answer is the parsed JSON; a refusal is thrown as a
 * Problem with the API's own sentence, and what keeps the API from answering as a CommandFailure.
 */
export class ApiClient {
  constructor(private readonly options: ApiClientOptions) {}

  get<Answer>(path: string): Promise<Answer> {
    return this.call<Answer>('GET', path, {});
  }

  post<Answer>(path: string, body: unknown, idempotencyKey: string): Promise<Answer> {
    return this.call<Answer>('POST', path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
    });
  }

  /** A body as it is, such as a CSV file. */
  send<Answer>(path: string, bytes: Uint8Array<ArrayBuffer>, type: string, idempotencyKey: string): Promise<Answer> {
    return this.call<Answer>('POST', path, {
      body: bytes,
      headers: { 'content-type': type, 'idempotency-key': idempotencyKey },
    });
  }

  /** A form with fields and one file, in the part `file`; a file on the disk is read as it is sent. */
  upload<Answer>(
    path: string,
    fields: Readonly<Record<string, string>>,
    file: { readonly name: string; readonly content: Blob },
    idempotencyKey: string,
  ): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', file.content, file.name);
    return this.call<Answer>('POST', path, { body: form, headers: { 'idempotency-key': idempotencyKey } });
  }

  private async call<Answer>(
    method: string,
    path: string,
    request: Pick<RequestInit, 'body'> & { headers?: Record<string, string> },
  ): Promise<Answer> {
    const { apiUrl, token, authorityId } = this.options;
    const headers = {
      ...request.headers,
      authorization: `Bearer ${await token.text()}`,
      accept: 'application/json, application/problem+json',
      ...(authorityId === undefined ? {} : { 'ringfence-authority': authorityId }),
    };
    const response = await send(`${apiUrl.replace(/\/$/, '')}${path}`, { ...request, method, headers }, 'The API');
    if (!response.ok) throw await refusalOf(response);
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
}

/** The client that the settings describe: API_URL, OIDC_ISSUER, RINGFENCE_CLIENT_ID and RINGFENCE_CLIENT_SECRET. */
export function openApiClient(authorityId?: string): ApiClient {
  const given = deriveAddresses(environment());
  // No database is needed; any well-formed address will do to read the other settings with.
  const config = readConfig({ ...given, DATABASE_URL: given['DATABASE_URL'] || 'postgresql://localhost' });
  const { RINGFENCE_CLIENT_ID: clientId, RINGFENCE_CLIENT_SECRET: clientSecret } = config;
  if (!clientId || !clientSecret) {
    throw new CommandFailure(
      'Set RINGFENCE_CLIENT_ID and RINGFENCE_CLIENT_SECRET to the client credentials that this command is to use.',
    );
  }
  const issuer = given['OIDC_ISSUER'] ? config.OIDC_ISSUER : `http://localhost:${config.PROVIDER_PORT}`;
  const token = new AccessToken({ issuer, clientId, clientSecret });
  return new ApiClient({ apiUrl: config.API_URL, token, authorityId });
}

/** The Idempotency-Key of a action, derived from what it does: the same command again is a repeat, not a second action. */
export function contentKey(action: string, ...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  // Each part by its length first: "ab" and "c" are not "a" and "bc".
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return `${action}:${hash.digest('hex')}`;
}
