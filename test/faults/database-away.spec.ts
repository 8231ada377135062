import fastifyCookie from '@fastify/cookie';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SettableClock } from '@ringfence/kernel';
import {
  Database,
  migrate,
  ownerPool,
  problemOfDatabase,
  readConfig,
  startEmbeddedPostgres,
  systemContext,
  type EmbeddedPostgres,
} from '@ringfence/platform';
import { createHash, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiApp } from '../../apps/api/src/create-app.js';
import { requireStyles } from '../support/styles.js';
import { createWebApp } from '../../apps/web/src/create-app.js';
import { createWorker, type RunningWorker } from '../../apps/worker/src/create-worker.js';
import { until } from '../queue/jobs.js';
import type { TestApi } from '../support/api.js';
import { startIssuer, type TestIssuer } from '../support/issuer.js';
import { seedAuthority, type SeededAuthority } from '../support/seed.js';

const audience = 'https://api.ringfence.test';
const session = 'a-session-of-a-finance-officer-42';

/** A database server of this spec's own, and the three programs over it. */
describe('while the database is away', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-away-'));
  const dataDir = join(folder, 'postgres');
  const unhandled: unknown[] = [];
  const { write } = process.stderr;
  const note = (error: unknown): number => unhandled.push(error);
  let postgres: EmbeddedPostgres;
  let port: number;
  let issuer: TestIssuer;
  let authority: SeededAuthority;
  let api: NestFastifyApplication;
  let web: NestFastifyApplication;
  let worker: RunningWorker;

  beforeAll(async () => {
    chmodSync(folder, 0o711);
    requireStyles();
    [postgres, issuer] = await Promise.all([startEmbeddedPostgres({ dataDir }), startIssuer(audience)]);
    port = Number(new URL(postgres.url).port);
    await migrate(postgres.url);
    await seed();
    const clock = new SettableClock(new Date('2026-06-15T09:00:00Z'));
    api = await createApiApp(config(), clock);
    await api.init();
    await api.getHttpAdapter().getInstance().ready();
    web = await createWebApp(config(), { clock });
    worker = await createWorker(config(), clock, {}, 0);
    process.on('unhandledRejection', note);
    // What the three log of it would fill the screen of whoever runs the tests.
    process.stderr.write = () => true;
  }, 120_000);

  afterAll(async () => {
    process.stderr.write = write;
    process.off('unhandledRejection', note);
    await Promise.all([worker?.stop(), web?.close(), api?.close(), issuer?.stop()]);
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('every process is live and ready, and answers, before', () => allIsWell());

  it.each([
    ['was stopped in order', () => postgres.stop()],
    ['was killed', () => kill()],
  ])(
    'because it %s, every process is live, says what is missing, refuses with 503, and recovers by itself',
    async (_, away) => {
      await away();
      await eachIsUnavailable();
      await refusals();
      await postgres.stop();
      postgres = await startEmbeddedPostgres({ dataDir, port });
      await until(async () => (await ready()).every(({ status }) => status === 200));
      await allIsWell();
      expect(unhandled).toEqual([]);
    },
    120_000,
  );

  async function allIsWell(): Promise<void> {
    expect(await ready()).toEqual(Array(3).fill({ status: 200, body: { status: 'ok' } }));
    expect(await live()).toEqual(Array(3).fill({ status: 200, body: { status: 'ok' } }));
    expect(await alias()).toEqual(Array(3).fill(200));
    expect((await askApi('GET')).statusCode).toBe(200);
    expect((await askWeb('/work-list')).statusCode).toBe(200);
  }

  async function eachIsUnavailable(): Promise<void> {
    expect(await ready()).toEqual([
      { status: 503, body: { status: 'unavailable', missing: ['database'] } },
      { status: 503, body: { status: 'unavailable', missing: ['database'] } },
      { status: 503, body: { status: 'unavailable', missing: ['database', 'queue'] } },
    ]);
    expect(await live()).toEqual(Array(3).fill({ status: 200, body: { status: 'ok' } }));
    expect(await alias()).toEqual(Array(3).fill(503));
  }

  async function refusals(): Promise<void> {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await askApi(method);
      expect([answer.statusCode, answer.headers['retry-after'], answer.headers['content-type']]).toEqual([
        503,
        '5',
        expect.stringMatching(/^application\/problem\+json/),
      ]);
      expect(answer.json()).toMatchObject({
        type: 'urn:ringfence:problem:unavailable',
        status: 503,
        detail: 'The database does not answer just now; nothing was changed. Try again in a moment.',
      });
    }
    for (const path of ['/work-list', '/sign-in', '/choose-authority']) {
      const page = await askWeb(path);
      expect([path, page.statusCode, page.headers['retry-after']]).toEqual([path, 503, '5']);
      expect(page.body).toContain('Sorry, the service is not available just now');
      expect(page.body).toContain('Wait a minute and load this page again.');
    }
    const start = await web.inject({ url: '/' });
    expect(start.statusCode).toBe(200);
  }

  it('because it went between a change and the answer to COMMIT, the sentence does not promise that nothing changed', async () => {
    const owner = ownerPool(postgres.url);
    owner.on('error', () => undefined);
    const lost = api.get(Database).transaction(systemContext(authority.id), async (tx) => {
      const [{ pid }] = (await tx.query('SELECT pg_backend_pid() AS pid')) as [{ pid: number }];
      await owner.query('SELECT pg_terminate_backend($1)', [pid]);
    });
    const error: unknown = await lost.catch((thrown: unknown) => thrown);
    expect(problemOfDatabase(error)).toMatchObject({
      kind: 'away',
      problem: { code: 'unavailable', message: expect.stringContaining('it may or may not have been kept') },
    });
    await owner.end();
  });

  /** What the three say at a path of health, in the order api, web, worker. */
  async function health(path: string): Promise<{ status: number; body: unknown }[]> {
    const ofWorker = await fetch(`http://127.0.0.1:${worker.healthPort}${path}`);
    const [ofApi, ofWeb] = [await api.inject({ url: path }), await web.inject({ url: path })];
    return [
      ...[ofApi, ofWeb].map((answer) => ({ status: answer.statusCode, body: answer.json<unknown>() })),
      { status: ofWorker.status, body: await ofWorker.json() },
    ];
  }
  const ready = () => health('/health/ready');
  const live = () => health('/health/live');
  const alias = async () => (await health('/health')).map(({ status }) => status);

  async function askApi(method: 'GET' | 'POST') {
    return api.inject({
      method,
      url: method === 'GET' ? '/v1/budgets' : '/v1/people',
      headers: {
        authorization: `Bearer ${await issuer.tokenFor(authority.financeOfficer.bearer)}`,
        'idempotency-key': randomUUID(),
      },
      ...(method === 'POST' ? { payload: { name: 'Grace Grantee' } } : {}),
    });
  }

  function askWeb(url: string) {
    const cookie = fastifyCookie.sign(session, config().SESSION_SECRET);
    return web.inject({ url, headers: { cookie: `ringfence_session=${encodeURIComponent(cookie)}` } });
  }

  async function seed(): Promise<void> {
    const owner = ownerPool(postgres.url);
    const seeds = { owner, databaseUrl: postgres.url, issuer: issuer.url, as: () => ({}) } as unknown as TestApi;
    authority = await seedAuthority(seeds);
    const { bearer } = authority.financeOfficer;
    const subject = 'subject' in bearer ? bearer.subject : '';
    const content = {
      cookie: { path: '/', httpOnly: true, originalMaxAge: 7_200_000 },
      signedIn: { issuer: issuer.url, subject, authorityId: null, idToken: '' },
    };
    await owner.query(
      `INSERT INTO web_sessions (id, content, expires_at) VALUES ($1, $2, now() + interval '2 hours')`,
      [createHash('sha256').update(session).digest('base64url'), JSON.stringify(content)],
    );
    await owner.end();
  }

  async function kill(): Promise<void> {
    const pid = Number(readFileSync(join(dataDir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    await until(async () => (await ready()).every(({ status }) => status === 503));
  }

  function config() {
    return readConfig({
      DATABASE_URL: postgres.url,
      DATABASE_POOL_MAX: '4',
      RINGFENCE_DATA: folder,
      RINGFENCE_ENVIRONMENT: 'test',
      LOG_LEVEL: 'error',
      OIDC_ISSUER: issuer.url,
      API_URL: audience,
    });
  }
});
