import '@fastify/view';
import type { FastifyReply } from 'fastify';
import type { FormErrors } from './errors.js';
import { ownPath } from './own-path.js';

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
  forgetWhatIsTold(reply);
  return reply.code(status).header('cache-control', 'no-store').view(view, model);
}

/** What the page says once is not said again. A page that only leads on says nothing, and leaves it to the next. */
function forgetWhatIsTold({ locals, request: { session } }: FastifyReply): void {
  if (locals?.told !== undefined) delete session.told;
  if (locals?.noticed !== undefined) delete session.noticed;
}

/** After a deed: to another page, by GET. Whatever stands in the path, it leads to a page of ours. */
export async function goTo(reply: FastifyReply, path: string): Promise<FastifyReply> {
  return reply.redirect(ownPath(path, anyOrigin, Infinity), 303);
}

/** To the identity provider, at an address that it gave itself: the one place that a page sends a browser away to. */
export async function leaveFor(reply: FastifyReply, address: URL): Promise<FastifyReply> {
  return reply.redirect(address.href, 303);
}

/** A path means the same under every origin. */
const anyOrigin = 'http://page';
