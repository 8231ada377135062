import { Problem, parseJson } from '@ringfence/kernel';
import type { FastifyRequest } from 'fastify';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a JSON body before anybody is asked who sends it: {@link parseJson} says what is refused. */
export function parseJsonBody(
  _request: FastifyRequest,
  body: Buffer,
  done: (error: Error | null, value?: unknown) => void,
): void {
  try {
    done(null, parseJson(decoded(body)));
  } catch (error) {
    done(error as Error);
  }
}

function decoded(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new Problem('malformed-request', 'The body has bytes that are not UTF-8: send JSON in UTF-8.');
  }
}
