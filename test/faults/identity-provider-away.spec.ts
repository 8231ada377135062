import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SystemClock } from '@ringfence/kernel';
import { readConfig, type Config } from '@ringfence/platform';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiApp } from '../../apps/api/src/create-app.js';
import { requireStyles } from '../support/styles.js';
import { createWebApp } from '../../apps/web/src/create-app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('while the identity provider has never answered', () => {
  let own: TestDatabase;
  let folder: string;
  let api: NestFastifyApplication;
  let web: NestFastifyApplication;
  let provider: Server;
  let port: number;

  beforeAll(async () => {
    requireStyles();
    [own, folder] = [await createTestDatabase(), await mkdtemp(join(tmpdir(), 'ringfence-provider-'))];
    provider = createServer();
    port = await listening(provider, 0);
    await new Promise((closed) => provider.close(closed));
    api = await createApiApp(config(), new SystemClock());
    await api.init();
    await api.getHttpAdapter().getInstance().ready();
    web = await createWebApp(config());
  }, 60_000);
  afterAll(async () => {
    await Promise.all([api?.close(), web?.close()]);
    provider?.closeAllConnections();
    await new Promise((closed) => provider.close(closed));
    await own?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it('the API and the pages are live but not ready, and say so', async () => {
    for (const app of [api, web]) {
      const [live, ready] = [await app.inject({ url: '/health/live' }), await app.inject({ url: '/health/ready' })];
      expect([live.statusCode, ready.statusCode, ready.json()]).toEqual([
        200,
        503,
        { status: 'unavailable', missing: ['identity-provider'] },
      ]);
    }
  });

  it('a token is neither accepted nor called wrong', async () => {
    const answer = await api.inject({ url: '/v1/budgets', headers: { authorization: 'Bearer some.access.token' } });
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '5']);
    expect(answer.json()).toMatchObject({
      type: 'urn:ringfence:problem:unavailable',
      detail: 'The identity provider does not answer, so nobody can be let in just now: try again in a moment.',
    });
  });

  it('signing in shows a page that says to wait', async () => {
    const page = await web.inject({ url: '/sign-in' });
    expect([page.statusCode, page.headers['retry-after']]).toEqual([503, '5']);
    expect(page.body).toContain('Sorry, the service is not available just now');
    expect(page.body).toContain('Signing in is not possible just now');
  });

  it('both are ready once it answers, and stay so when it is away again', async () => {
    const issuer = config().OIDC_ISSUER;
    provider = createServer((request, response) => {
      const metadata = { issuer, jwks_uri: `${issuer}/jwks`, authorization_endpoint: `${issuer}/authorize` };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.url === '/jwks' ? { keys: [] } : metadata));
    });
    await listening(provider, port);
    for (const app of [api, web]) expect((await app.inject({ url: '/health/ready' })).statusCode).toBe(200);
    provider.closeAllConnections();
    await new Promise((closed) => provider.close(closed));
    for (const app of [api, web]) expect((await app.inject({ url: '/health/ready' })).statusCode).toBe(200);
  });

  function config(): Config {
    return readConfig({
      DATABASE_URL: own.url,
      DATABASE_POOL_MAX: '4',
      RINGFENCE_DATA: folder,
      RINGFENCE_ENVIRONMENT: 'test',
      LOG_LEVEL: 'error',
      OIDC_ISSUER: `http://127.0.0.1:${port}`,
    });
  }
});

async function listening(server: Server, port: number): Promise<number> {
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}
