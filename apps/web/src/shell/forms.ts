import { readParameters } from '@ringfence/platform';
import type { FastifyInstance } from 'fastify';

/** Forms without a file: each field once, in UTF-8, and of text that can be kept. Nothing else is read but uploads. */
export function readForms(fastify: FastifyInstance): void {
  fastify.removeContentTypeParser(['text/plain', 'application/json']);
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: unknown, body: string) => Object.fromEntries(readParameters(body)),
  );
}
