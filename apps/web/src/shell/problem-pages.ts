import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { RoleNeeded, type Principal } from '@ringfence/identity';
import { Problem } from '@ringfence/kernel';
import { databaseRetryAfterSeconds, problemOfDatabase, type PlainAnswer } from '@ringfence/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { definePage, render, type PageModel } from './render.js';
import { audienceOf } from './vocabulary.js';

/** What the page says: a heading, and a sentence that tells what to do. */
export interface ProblemPage extends PageModel {
  readonly status: number;
  readonly sentence: string;
}

const pageOfProblem = definePage<ProblemPage>('shell/problem');

/** Turns whatever a page failed with into a page, in plain words. What we did not foresee is logged, and the page does not show it. */
@Catch()
export class ProblemPages implements ExceptionFilter {
  constructor(private readonly log: (error: unknown, request: FastifyRequest) => void) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (reply.sent) return;
    const page = inFamilysWords(problemPage(error), error, request.principal);
    if (page.status >= 500 || problemOfDatabase(error)) this.log(error, request);
    if (page.status === 503) reply.header('retry-after', databaseRetryAfterSeconds);
    sayWhenToRetry(reply, error);
    await render(reply, pageOfProblem, page, page.status);
  }
}

/** Roles are the authority's own words: a family reads what it means for them. */
function inFamilysWords(page: ProblemPage, error: unknown, principal: Principal | undefined): ProblemPage {
  if (!(error instanceof RoleNeeded) || !principal || audienceOf(principal) === 'officer') return page;
  return { ...page, sentence: 'You do not have access to this page.' };
}

export function problemPage(thrown: unknown): ProblemPage {
  const ofDatabase = problemOfDatabase(thrown);
  if (ofDatabase?.kind === 'away') return unavailable;
  const error = ofDatabase?.problem ?? thrown;
  if (error instanceof Problem) {
    return { status: error.status, title: titles[error.status] ?? error.title, sentence: error.message };
  }
  const status = statusOf(error);
  if (status === 404) return notFound;
  if (status === 413) {
    return {
      status,
      title: 'That is too large',
      sentence: 'What you sent is larger than the limit: send less at once.',
    };
  }
  if (status >= 400 && status < 500) {
    return { status, title: 'That could not be read', sentence: 'Go back, reload the page and try again.' };
  }
  return {
    status: 500,
    title: 'Sorry, there is a problem with the service',
    sentence: 'Nothing of what you sent was kept: try again later.',
  };
}

const unavailable: ProblemPage = {
  status: 503,
  title: 'Sorry, the service is not available just now',
  // It says nothing of what was sent: whether that was kept is not always known.
  sentence:
    'Wait a minute and load this page again. If you were sending something, look whether it is there before you send it again.',
};

const notFound: ProblemPage = {
  status: 404,
  title: 'Page not found',
  sentence:
    'There is no page at this address. If you typed it, check it; if you followed a link, go to your home page.',
};

/** A refusal for now says in a header when to come again. */
export function sayWhenToRetry(reply: FastifyReply, error: unknown): void {
  const seconds = error instanceof Problem ? error.extensions['retryAfterSeconds'] : undefined;
  if (typeof seconds === 'number') reply.header('retry-after', seconds);
}

const titles: Readonly<Record<number, string>> = {
  400: 'That could not be read',
  403: 'You cannot do this',
  404: 'Page not found',
  409: 'This has changed meanwhile',
  413: 'That is too large',
  414: 'This address is too long',
  422: 'That could not be accepted',
  429: 'You have sent as much as you can for now',
  503: 'Sorry, the service is not available just now',
  507: 'Sorry, we could not keep your file',
};

/** A page where no request came as far as the templates: without styles, scripts or anything to load. */
export function plainPage(problem: Problem): PlainAnswer {
  const { title, sentence } = problemPage(problem);
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    },
    body: `<!DOCTYPE html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – Direct payments</title></head>
<body><main><h1>${title}</h1><p>${sentence}</p><p><a href="/">Go to the start page</a></p></main></body>
</html>
`,
  };
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : 500;
}
