import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { withLogFacts } from './log-facts.js';

export const requestIdHeader = 'x-request-id';

/** A UUID, the 32 hexadecimal digits of a trace, or a ULID: nothing that could be somebody's name or number. */
const knownIds = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|[0-7][0-9A-HJKMNP-TV-Z]{25})$/i;

/** The caller's id where it is one, so that a request can be followed through several systems; else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers[requestIdHeader];
  return typeof given === 'string' && knownIds.test(given) ? given : randomUUID();
}

/** Sends each request's id back, and has it in every log line of that request. Comes before all other hooks. */
export function tellRequestIds(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header(requestIdHeader, request.id);
    withLogFacts({ requestId: request.id }, done);
  });
  // The body arrives by events of the socket, which know nothing of the request.
  fastify.addHook('preValidation', (request, _, done) => withLogFacts({ requestId: request.id }, done));
}
