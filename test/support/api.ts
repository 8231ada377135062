import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PrincipalDirectory, type Principal } from '@ringfence/identity';
import { SettableClock } from '@ringfence/kernel';
import { Database, FileStore, ownerPool, readConfig } from '@ringfence/platform';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { createApiApp } from '../../apps/api/src/create-app.js';
import { answerCheck } from './answers.js';
import { createTestDatabase } from './database.js';
import { startIssuer, type Bearer, type TokenOptions } from './issuer.js';

export interface ApiOptions {
  /** The moment at which the clock stands. */
  readonly now?: string;
  /** The folder for files; one of its own where left out. */
  readonly folder?: string;
  /** Settings beside the usual ones of a test. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, or undefined where the answer is not JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test says itself what it expects to find
  readonly body: any;
  readonly bytes: Buffer;
}

export interface CallOptions {
  /** The Idempotency-Key; a new one where left out, none where null. */
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface UploadedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Somebody who calls the API with a token of their own. Paths begin with /v1. A success is held to its description. */
export interface Caller {
  get(path: string, options?: CallOptions): Promise<Answer>;
  post(path: string, body: unknown, options?: CallOptions): Promise<Answer>;
  patch(path: string, body: unknown, options?: CallOptions): Promise<Answer>;
  delete(path: string, options?: CallOptions): Promise<Answer>;
  /** A multipart form; the file comes in the part `file`, after the fields. */
  upload(
    path: string,
    fields: Readonly<Record<string, string>>,
    file: UploadedFile,
    options?: CallOptions,
  ): Promise<Answer>;
}

export interface TestApi {
  readonly app: NestFastifyApplication;
  readonly clock: SettableClock;
  /** As the services have it: through the role `ringfence_app`. */
  readonly database: Database;
  readonly files: FileStore;
  /** Where the files lie. */
  readonly folder: string;
  /** As the database's owner: past row-level security, for seeds and for looking behind. */
  readonly owner: pg.Pool;
  readonly databaseUrl: string;
  readonly issuer: string;
  tokenFor(bearer: Bearer, options?: TokenOptions): Promise<string>;
  /** Null calls without a token. */
  as(bearer: Bearer | null): Caller;
  /** The principal that a token of the bearer stands for today, for calling a use case directly. */
  principalOf(bearer: Bearer): Promise<Principal>;
  stop(): Promise<void>;
}

const audience = 'http://localhost:4010';

/** The whole API in this process, on a database, a folder and an issuer of its own. Stop it in afterAll. */
export async function startApi(options: ApiOptions = {}): Promise<TestApi> {
  const clock = new SettableClock(new Date(options.now ?? '2026-06-15T09:00:00Z'));
  const [own, issuer, folder] = await Promise.all([
    createTestDatabase(),
    startIssuer(audience),
    options.folder ?? mkdtemp(join(tmpdir(), 'ringfence-api-')),
  ]);
  const config = readConfig({
    DATABASE_URL: own.url,
    DATABASE_POOL_MAX: '6',
    RINGFENCE_DATA: folder,
    OIDC_ISSUER: issuer.url,
    API_URL: audience,
    RINGFENCE_ENVIRONMENT: 'test',
    LOG_LEVEL: 'error',
    ...options.settings,
  });
  const app = await createApiApp(config, clock);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const owner = ownerPool(own.url);
  const check = answerCheck({ app });
  return {
    app,
    clock,
    database: app.get(Database),
    files: app.get(FileStore),
    folder,
    owner,
    databaseUrl: own.url,
    issuer: issuer.url,
    tokenFor: issuer.tokenFor,
    as: (bearer) => caller(app, check, bearer === null ? null : once(() => issuer.tokenFor(bearer))),
    principalOf: async (bearer) => {
      const directory = app.get(PrincipalDirectory);
      const [found] = await ('clientId' in bearer
        ? directory.byClientId(issuer.url, bearer.clientId)
        : directory.bySubject(issuer.url, bearer.subject));
      if (!found) throw new Error(`No authority knows ${JSON.stringify(bearer)}.`);
      return found;
    },
    stop: async () => {
      await app.close();
      await owner.end();
      await issuer.stop();
      await own.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A caller asks with one token, as a machine does until it expires. */
function once(make: () => Promise<string>): () => Promise<string> {
  let made: Promise<string> | undefined;
  return () => (made ??= make());
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

function caller(
  app: NestFastifyApplication,
  check: (method: Method, url: string, answer: Answer) => void,
  token: (() => Promise<string>) | null,
): Caller {
  const call = async (
    method: Method,
    url: string,
    options: CallOptions,
    payload?: string | Buffer,
    contentType?: string,
  ): Promise<Answer> => {
    const key = options.key === undefined && method === 'POST' ? randomUUID() : options.key;
    const response = await app.inject({
      method,
      url,
      headers: {
        ...(token ? { authorization: `Bearer ${await token()}` } : {}),
        ...(contentType ? { 'content-type': contentType } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
        ...options.headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
    const json = /json/.test(headers['content-type'] ?? '') && response.rawPayload.length > 0;
    const answer = {
      status: response.statusCode,
      headers,
      body: json ? (JSON.parse(response.payload) as unknown) : undefined,
      bytes: response.rawPayload,
    };
    check(method, url, answer);
    return answer;
  };
  const json = 'application/json';
  return {
    get: (path, options = {}) => call('GET', path, options),
    post: (path, body, options = {}) => call('POST', path, options, JSON.stringify(body), json),
    patch: (path, body, options = {}) => call('PATCH', path, options, JSON.stringify(body), json),
    delete: (path, options = {}) => call('DELETE', path, options),
    upload: (path, fields, file, options = {}) => {
      const boundary = `form-${randomUUID()}`;
      return call(
        'POST',
        path,
        options,
        multipartForm(boundary, fields, file),
        `multipart/form-data; boundary=${boundary}`,
      );
    },
  };
}

function multipartForm(boundary: string, fields: Readonly<Record<string, string>>, file: UploadedFile): Buffer {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file.name}"\r\nContent-Type: ${file.type}\r\n\r\n`;
  return Buffer.concat([Buffer.from(parts.join('') + head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}
