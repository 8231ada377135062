import { Problem, textFault } from '@ringfence/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readParameters } from './parameters.js';

/** The path and the query of a request together. */
export const addressBytesMax = 8 * 1024;
/** The request line and all headers together. */
export const headerBytesMax = 16 * 1024;

/** Reads every request before anything else does, and refuses what no operation and no page could mean. */
export function refuseMalformed(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', async (request) => {
    requireAddress(request);
    requireHeaders(request);
  });
}

function requireAddress({ raw, params }: FastifyRequest): void {
  const address = raw.url ?? '';
  if (Buffer.byteLength(address) > addressBytesMax) throw addressTooLong();
  const query = address.indexOf('?');
  if (query !== -1) readParameters(address.slice(query + 1));
  for (const part of Object.values((params ?? {}) as Record<string, unknown>)) {
    const fault = typeof part === 'string' ? textFault(part, 'The address') : undefined;
    if (fault !== undefined) throw new Problem('malformed-request', fault);
  }
}

function requireHeaders({ headers, raw }: FastifyRequest): void {
  // Node would refuse it by itself, without a word: see requestLimits.
  if (headers.host === undefined && raw.httpVersion === '1.1') {
    throw new Problem('malformed-request', 'The request has no Host header: send the name of this server in it.');
  }
  for (const [name, value] of Object.entries(headers)) {
    const fault = [value ?? ''].flat().flatMap((text) => textFault(text, `The header ${name}`) ?? []);
    if (fault[0] !== undefined) throw new Problem('malformed-request', fault[0]);
  }
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^(utf-?8|us-ascii)$/i.test(charset)) {
    throw new Problem('unsupported-file', `The body is in ${charset}: send it in UTF-8.`);
  }
}

export function addressTooLong(): Problem {
  return new Problem(
    'address-too-long',
    `The address is longer than ${addressBytesMax} bytes: send fewer or shorter parameters.`,
  );
}
