import '@fastify/view';
import type { FastifyReply } from 'fastify';
import type { FormErrors } from './errors.js';

/** What every page's model has. The title is the page's own; the layout adds the service. */
export interface PageModel {
  readonly title: string;
  readonly errors?: FormErrors;
}

/** Answers with a page; one with errors is a 422 unless told otherwise. `view` is a path under `src`, without `.njk`. */
export async function show(
  reply: FastifyReply,
  view: string,
  model: PageModel,
  status = model.errors ? 422 : 200,
): Promise<FastifyReply> {
  return reply.code(status).header('cache-control', 'no-store').view(view, model);
}

/** After a deed: to another page, by GET. */
export async function goTo(reply: FastifyReply, path: string): Promise<FastifyReply> {
  return reply.redirect(path, 303);
}
