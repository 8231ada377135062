import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { newId, Problem, type ProblemCode } from '@ringfence/kernel';
import { postgresCode } from '@ringfence/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Turns every refusal into problem+json (RFC 9457), and every surprise into one that says nothing of the inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('api');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = error instanceof Problem ? error : this.translate(error, request);
    if (problem.code === 'not-signed-in') void reply.header('www-authenticate', 'Bearer');
    // The rest of a refused upload is never read: the connection cannot be used for another request.
    if (request.headers['content-type']?.startsWith('multipart/')) void reply.header('connection', 'close');
    void reply.status(problem.status).header('content-type', 'application/problem+json').send(problemBody(problem));
  }

  private translate(error: unknown, request: FastifyRequest): Problem {
    if (notText.has(postgresCode(error) ?? '')) {
      return new Problem(
        'malformed-request',
        'A text in the request holds a character that cannot be kept (U+0000): remove it.',
        { cause: error },
      );
    }
    const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
    const message = error instanceof Error ? error.message : String(error);
    const code = status === undefined ? undefined : codeOfStatus[status];
    if (code === 'not-found') return new Problem(code, `There is nothing at ${request.url.split('?')[0]}.`);
    if (code) return new Problem(code, message.endsWith('.') ? message : `${message}.`);
    const occurrence = newId();
    this.logger.error(
      `${request.method} ${request.url.split('?')[0]} failed (${occurrence})`,
      error instanceof Error ? error.stack : message,
    );
    return new Problem('internal-error', `Nothing was changed. Quote ${occurrence} when you report this.`);
  }
}

/** PostgreSQL's codes for text that it cannot hold: the zero character, as bytes or as an escape in JSON. */
const notText = new Set(['22021', '22P05']);

const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'malformed-request',
  401: 'not-signed-in',
  403: 'not-permitted',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-file',
  422: 'invalid-request',
  429: 'too-many-requests',
};

/** The `type` of a problem: stable, and a name rather than an address. */
export function problemTypeOf(code: string): string {
  return `urn:ringfence:problem:${code}`;
}

export function problemBody(problem: Problem): Record<string, unknown> {
  return {
    type: problemTypeOf(problem.code),
    title: problem.title,
    status: problem.status,
    detail: problem.message,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
    ...problem.extensions,
  };
}
