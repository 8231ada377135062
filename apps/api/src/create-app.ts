import { randomUUID } from 'node:crypto';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock } from '@ringfence/kernel';
import type { Config } from '@ringfence/platform';
import { ApiModule } from './api.module.js';
import { describeApi } from './openapi.js';

export const requestBytesMax = 2 * 1024 * 1024;
/** One upload, of whatever kind; the rooms have tighter limits of their own. */
export const uploadBytesMax = 20 * 1024 * 1024;

/** Builds the API over a configuration and a clock, ready to listen. Tests start it the same way. */
export async function createApiApp(config: Config, clock: Clock): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: requestBytesMax,
    genReqId: () => randomUUID(),
    trustProxy: config.production,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(config, clock), adapter, {
    logger: logLevels.slice(0, logLevels.indexOf(config.LOG_LEVEL) + 1),
    abortOnError: false,
  });
  await app.register(multipart, { limits: { fileSize: uploadBytesMax, files: 1, fields: 10 } });
  const fastify = app.getHttpAdapter().getInstance();
  // Fastify reads text/plain by itself; no operation takes it.
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  fastify.addHook('onSend', async (_request, reply) => {
    void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  });
  app.setGlobalPrefix('v1', { exclude: ['health'] });
  app.enableShutdownHooks();
  describeApi(app);
  return app;
}

const logLevels: ('error' | 'warn' | 'log' | 'debug')[] = ['error', 'warn', 'log', 'debug'];
