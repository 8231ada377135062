import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** How much of a refused body is read and thrown away before the connection is cut, and for how long. */
export const refusedBytesReadMax = 96 * 1024 * 1024;
export const refusedBodyMsMax = 30_000;

/**
 * Lets whoever is still sending hear the answer. A request may be answered before its body was read, as an upload that
 * is refused. The answer goes out at once; what is still on its way is read and thrown away, within limits, and then
 * the connection is closed. Closing it at once would reset it, and a sender who writes first and reads afterwards would
 * hear of a broken connection instead of the answer.
 */
export function answerEarly(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    if (!hasBody(request) || isRead(request.raw)) return payload;
    void reply.header('connection', 'close');
    const answer = payload === undefined || payload === null ? '' : payload;
    if (typeof answer !== 'string' && !Buffer.isBuffer(answer)) return payload;
    void reply.header('content-length', Buffer.byteLength(answer));
    return Readable.from(thenTheRest(Buffer.from(answer as string), request.raw), { objectMode: false });
  });
}

function hasBody({ raw: { headers } }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function isRead(request: IncomingMessage): boolean {
  return request.complete || request.readableEnded || request.destroyed;
}

async function* thenTheRest(answer: Buffer, request: IncomingMessage): AsyncGenerator<Buffer> {
  if (answer.length > 0) yield answer;
  await thrownAway(request);
}

/** Resolves when the body has ended, or enough of it was read. */
function thrownAway(request: IncomingMessage): Promise<void> {
  return new Promise((done) => {
    if (isRead(request)) return done();
    let bytes = 0;
    const timer = setTimeout(done, refusedBodyMsMax);
    const end = (): void => {
      clearTimeout(timer);
      done();
    };
    request.unpipe();
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > refusedBytesReadMax) end();
    });
    for (const event of ['end', 'close', 'error']) request.once(event, end);
    request.resume();
  });
}
