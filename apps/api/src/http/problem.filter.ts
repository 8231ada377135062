import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { Problem, type ProblemCode } from '@ringfence/kernel';
import { databaseRetryAfterSeconds, problemOfDatabase, type PlainAnswer } from '@ringfence/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requestBytesMax } from './limits.js';

/** Turns every refusal into problem+json (RFC 9457), and every surprise into one that says nothing of the inside. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('api');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = error instanceof Problem ? error : this.translate(error, request);
    if (problem.code === 'not-signed-in') void reply.header('www-authenticate', 'Bearer');
    if (problem.code === 'unavailable') void reply.header('retry-after', databaseRetryAfterSeconds);
    const { retryAfterSeconds } = problem.extensions;
    if (typeof retryAfterSeconds === 'number') void reply.header('retry-after', retryAfterSeconds);
    // With a failure of ours the id stands in the body too: reports of one are often the body alone.
    const body = { ...problemBody(problem), ...(problem.status >= 500 ? { requestId: request.id } : {}) };
    void reply.status(problem.status).header('content-type', 'application/problem+json').send(body);
  }

  private translate(error: unknown, request: FastifyRequest): Problem {
    const path = request.url.split('?')[0]!;
    const ofDatabase = problemOfDatabase(error);
    if (ofDatabase) {
      if (ofDatabase.kind === 'let-through')
        this.logger.error(`${request.method} ${path} came as far as the database`, stackOf(error));
      else this.logger.warn(`${request.method} ${path}: the database is away: ${(error as Error).message}`);
      return ofDatabase.problem;
    }
    const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
    const message = error instanceof Error ? error.message : String(error);
    const code = status === undefined ? undefined : codeOfStatus[status];
    const words = wordsOfFastify[message]?.(request);
    if (code && words) return new Problem(code, words);
    if (code === 'not-found') return new Problem(code, `There is nothing at ${request.method} ${path}.`);
    if (code) return new Problem(code, message.endsWith('.') ? message : `${message}.`);
    this.logger.error(`${request.method} ${path} failed`, stackOf(error));
    return new Problem('internal-error', `Nothing was changed. Quote ${request.id} when you report this.`);
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** What Fastify says of a body, which Nest hands on without its code, in words that tell what to do. */
const wordsOfFastify: Readonly<Record<string, (request: FastifyRequest) => string>> = {
  'Request body is too large': () => `The body is larger than ${requestBytesMax} bytes: send less at once.`,
  'Unsupported Media Type': ({ headers }) =>
    `The body is of the type ${JSON.stringify(headers['content-type'] ?? '')}, which no operation takes: send what docs/reference/openapi.json names.`,
  'Request body size did not match Content-Length': () =>
    'The body is not as long as its Content-Length says: send the number of bytes that it has.',
};

const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'malformed-request',
  401: 'not-signed-in',
  403: 'not-permitted',
  404: 'not-found',
  413: 'too-large',
  414: 'address-too-long',
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

/** A problem where no request came as far as this filter. */
export function problemAnswer(problem: Problem): PlainAnswer {
  return {
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: JSON.stringify(problemBody(problem)),
  };
}
