import { readPairs, readParameters } from '@ringfence/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A form without a file, by the names of its fields. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/** What a form without lists sent: what is not there was left out. */
export type FormValues = Readonly<Record<string, string | undefined>>;

/**
 * Forms without a file: each field once, in UTF-8, of text that can be kept. A route that says `lists` takes a field
 * several times, such as boxes that were ticked. Besides forms and uploads nothing is read.
 */
export function readForms(fastify: FastifyInstance): void {
  fastify.removeContentTypeParser(['text/plain', 'application/json']);
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async ({ routeOptions }: FastifyRequest, body: string): Promise<FormFields> =>
      routeOptions.config.lists ? withLists(body) : Object.fromEntries(readParameters(body)),
  );
}

function withLists(body: string): FormFields {
  const fields = new Map<string, string | readonly string[]>();
  for (const [name, value] of readPairs(body)) {
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(fields);
}
