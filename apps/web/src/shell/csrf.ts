import { Problem } from '@ringfence/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Every request that is not for reading must carry the token of its session. An upload carries it as its first part,
 * which is not read yet when this runs: only a route that says `upload` may take one, and it asks `requireToken`.
 */
export function requireTokens(fastify: FastifyInstance): void {
  fastify.addHook('preHandler', async (request, reply) => {
    if (reading.has(request.method)) {
      if (request.session?.signedIn) (reply.locals ??= {}).csrfToken = reply.generateCsrf();
      return;
    }
    if (request.is404) return;
    if (request.routeOptions.config.endsSession && !request.session.signedIn && !request.session.lapsed) return;
    if (request.isMultipart()) {
      if (request.routeOptions.config.upload) return;
      throw new Problem('unsupported-file', 'This page takes no files: go back and send the form again.');
    }
    await requireToken(request);
    reply.locals = { ...reply.locals, csrfToken: reply.generateCsrf() };
  });
}

/** Refuses a request whose token is missing or is not its session's. */
export async function requireToken(request: FastifyRequest): Promise<void> {
  await new Promise<void>((accepted, refused) => {
    const answer = { send: () => refused(new Problem('not-permitted', tokenSentence)) } as unknown as FastifyReply;
    request.server.csrfProtection(request, answer, accepted);
  });
}

/** Where a token may be: the field of a form, or the first part of an upload. */
export function tokenOf(request: FastifyRequest): string {
  const body = request.body as Record<string, unknown> | null | undefined;
  const token = request.firstPartCsrfToken ?? body?.['_csrf'];
  return typeof token === 'string' ? token : '';
}

const tokenSentence =
  'This form has been open for too long, or was opened in another sign-in: go back, reload the page and send it again.';
