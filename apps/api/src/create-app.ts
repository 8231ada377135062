import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Clock } from '@ringfence/kernel';
import {
  answerEarly,
  refuseExpectations,
  refuseMalformed,
  requestLimits,
  type Config,
  JsonLogger,
  requestIdOf,
  tellRequestIds,
} from '@ringfence/platform';
import { ApiModule } from './api.module.js';
import { parseJsonBody } from './http/json-body.js';
import { requestBytesMax, uploadBytesMax } from './http/limits.js';
import { problemAnswer } from './http/problem.filter.js';
import { describeApi } from './openapi.js';

/** Builds the API over a configuration and a clock, ready to listen. Tests start it the same way. */
export async function createApiApp(config: Config, clock: Clock): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: requestBytesMax,
    genReqId: requestIdOf,
    trustProxy: config.production,
    ...requestLimits(problemAnswer),
  });
  const fastify = adapter.getInstance();
  tellRequestIds(fastify);
  refuseMalformed(fastify);
  refuseExpectations(fastify, problemAnswer);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.forRoot(config, clock), adapter, {
    logger: new JsonLogger(config.LOG_LEVEL),
    abortOnError: false,
    // The types that operations take are named below: JSON, CSV and multipart.
    bodyParser: false,
  });
  await app.register(multipart, { limits: { fileSize: uploadBytesMax, files: 1, fields: 10 } });
  // Fastify reads text/plain by itself, which no operation takes, and JSON of any depth.
  fastify.removeContentTypeParser(['text/plain', 'application/json']);
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, parseJsonBody);
  fastify.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  fastify.addHook('onSend', async (_request, reply) => {
    void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
  });
  answerEarly(fastify);
  app.setGlobalPrefix('v1', { exclude: ['health', 'health/live', 'health/ready'] });
  app.enableShutdownHooks();
  describeApi(app);
  return app;
}
