import '@fastify/view';
import type { FastifyReply } from 'fastify';
import type { FormErrors } from './errors.js';
import { ownPath } from './own-path.js';

/** What every page's model has. The title is the page's own; the layout adds the service. */
export interface PageModel {
  readonly title: string;
  readonly errors?: FormErrors | undefined;
}

/** A page: its template, and the type of the model that the template reads. */
export interface Page<Model extends PageModel> {
  readonly template: string;
  /** Never called: it keeps the type of the model, so that no page is given another one's. */
  readonly accepts?: (model: Model) => void;
}

/** States a page beside its model. `template` is a path under `src`, without `.njk`. */
export function definePage<Model extends PageModel>(template: string): Page<Model> {
  return { template };
}

/** Sends a page: with 422 where it has errors, unless the caller names another status. */
export async function render<Model extends PageModel>(
  reply: FastifyReply,
  page: Page<Model>,
  model: NoInfer<Model>,
  status = model.errors ? 422 : 200,
): Promise<FastifyReply> {
  forgetMessages(reply);
  return reply.code(status).header('cache-control', 'no-store').view(page.template, model);
}

/** A page says a message once. A request that only redirects says nothing, and leaves it to the next page. */
function forgetMessages({ locals, request: { session } }: FastifyReply): void {
  if (locals?.flash !== undefined) delete session.flash;
  if (locals?.notice !== undefined) delete session.notice;
}

/** After an action: to another page, by GET. Whatever stands in the path, it leads to a page of ours. */
export async function goTo(reply: FastifyReply, path: string): Promise<FastifyReply> {
  return reply.redirect(ownPath(path, anyOrigin, Infinity), 303);
}

/** To the identity provider, at an address that it gave itself: the one place that a page sends a browser away to. */
export async function leaveFor(reply: FastifyReply, address: URL): Promise<FastifyReply> {
  return reply.redirect(address.href, 303);
}

/** A path means the same under every origin. */
const anyOrigin = 'http://page';
