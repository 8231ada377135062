import fastifyCookie from '@fastify/cookie';
import fastifyCsrf from '@fastify/csrf-protection';
import fastifyHelmet from '@fastify/helmet';
import fastifySession from '@fastify/session';
import fastifyStatic from '@fastify/static';
import '@fastify/view';
import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { PrincipalDirectory } from '@ringfence/identity';
import { SystemClock, type Clock } from '@ringfence/kernel';
import {
  answerEarly,
  Database,
  JsonLogger,
  projectFolder,
  refuseExpectations,
  refuseMalformed,
  requestIdOf,
  requestLimits,
  tellRequestIds,
  type Config,
} from '@ringfence/platform';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import nunjucks from 'nunjucks';
import { LateForms } from './late/late-forms.js';
import { requireTokens, tokenOf } from './shell/csrf.js';
import './shell/locals.js';
import { readForms } from './shell/forms.js';
import { plainPage, ProblemPages } from './shell/problem-pages.js';
import { securityHeaders } from './shell/security-headers.js';
import { lapsedSessionHoursMax, PostgresSessionStore, sessionIdleMinutesMax } from './shell/session-store.js';
import { requireSignIn } from './shell/signed-in.js';
import { uploadLimits } from './upload/limits.js';
import { addFilters, templateFolders } from './shell/views.js';
import { WebModule } from './web.module.js';

export const formBytesMax = 64 * 1024;
const assets = new Set(['/web.css', '/web.js', '/govuk-frontend.min.js']);

/** The pages, ready to listen, or to be asked by `inject`. Everything that a deployment sets comes in `config`. */
export async function createWebApp(config: Config, given: { clock?: Clock } = {}): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: formBytesMax,
    // Behind a proxy that ends TLS, which is how a secure address is served.
    trustProxy: config.WEB_URL.startsWith('https:'),
    genReqId: requestIdOf,
    multipart: { limits: uploadLimits },
    ...requestLimits(plainPage),
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    WebModule.forRoot(config, given.clock ?? new SystemClock()),
    adapter,
    {
      logger: new JsonLogger(config.RINGFENCE_ENVIRONMENT === 'test' ? 'error' : config.LOG_LEVEL),
      // Browsers and proxies keep connections open: ending must not wait for them.
      forceCloseConnections: true,
      // Pages take forms and files, and no JSON: readForms.
      bodyParser: false,
    },
  );
  const fastify = adapter.getInstance();
  tellRequestIds(fastify);
  await app.register(fastifyHelmet, securityHeaders(config));
  // Before the locals: its own hook begins with none. A template that somebody edits shows in the demo at once.
  app.setViewEngine({
    engine: { nunjucks },
    templates: templateFolders(),
    viewExt: 'njk',
    options: { autoescape: true, noCache: config.RINGFENCE_ENVIRONMENT === 'demo', onConfigure: addFilters },
  });
  const locals = { demo: config.RINGFENCE_ENVIRONMENT === 'demo', styleVersion: styleVersion() };
  fastify.addHook('onRequest', async (_, reply) => {
    reply.locals = { ...locals, cspNonce: reply.cspNonce.script };
  });
  refuseMalformed(fastify);
  refuseExpectations(fastify, plainPage);
  readForms(fastify);
  await registerSession(app, config);
  await app.register(fastifyCsrf, { sessionPlugin: '@fastify/session', getToken: tokenOf });
  await registerStatic(app);
  answerEarly(fastify);
  requireSignIn(fastify, app.get(PrincipalDirectory), app.get(LateForms));
  requireTokens(fastify);
  app.useGlobalFilters(new ProblemPages(logFailure));
  await app.init();
  await fastify.ready();
  return app;
}

async function registerSession(app: NestFastifyApplication, config: Config): Promise<void> {
  await app.register(fastifyCookie);
  await app.register(fastifySession, {
    secret: config.SESSION_SECRET,
    store: new PostgresSessionStore(app.get(Database)),
    cookieName: 'ringfence_session',
    saveUninitialized: false,
    rolling: true,
    cookie: {
      httpOnly: true,
      sameSite: 'lax',
      secure: config.WEB_URL.startsWith('https:'),
      // For both ages of a session: how old it is, the store knows.
      maxAge: sessionIdleMinutesMax * 60_000 + lapsedSessionHoursMax * 3_600_000,
      path: '/',
    },
  });
}

/** Three named files and nothing else: GOV.UK's fonts and images cannot be reached. */
async function registerStatic(app: NestFastifyApplication): Promise<void> {
  await app.register(fastifyStatic, {
    root: assetsFolder(),
    prefix: '/assets/',
    allowedPath: (path: string) => assets.has(path),
    maxAge: '1h',
    decorateReply: false,
    wildcard: true,
  });
}

function assetsFolder(): string {
  return join(projectFolder(), 'dist/apps/web/assets');
}

/** Part of the address of the styles, so that a browser fetches them again after they have changed. */
function styleVersion(): string {
  const path = join(assetsFolder(), 'web.css');
  if (!existsSync(path)) throw new Error(`${path} is missing: run "npm run build" first.`);
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 12);
}

const logger = new Logger('Web');

function logFailure(error: unknown, request: { method: string; url: string }): void {
  const path = request.url.split('?')[0];
  logger.error(`${request.method} ${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}
