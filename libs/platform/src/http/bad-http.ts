import { Problem } from '@ringfence/kernel';
import type { FastifyInstance } from 'fastify';
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { requestIdHeader } from '../logging/request-ids.js';
import { addressTooLong, headerBytesMax } from './strict-requests.js';

/** How an app words a refusal that no route and no filter sees. */
export interface PlainAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Wording = (problem: Problem) => PlainAnswer;

/** What Fastify is made with, so that requests which never become one for a route are refused in the app's own words. */
export function requestLimits(wording: Wording) {
  return {
    // The Host header is asked for by refuseMalformed, which says so.
    http: { maxHeaderSize: headerBytesMax, requireHostHeader: false },
    // While it closes it answers what is under way instead of JSON of Fastify's own.
    return503OnClosing: false,
    clientErrorHandler: (error: ClientError, socket: Socket): void => refuseOnSocket(error, socket, wording),
    frameworkErrors: (error: Error, { id }: { readonly id: string }, reply: Hijackable): void => {
      reply.hijack();
      refuseOn(reply.raw as ServerResponse, problemOfFramework(error), wording, { [requestIdHeader]: id });
    },
  };
}

/** An Expect header other than 100-continue, which Node answers by itself and without a body. */
export function refuseExpectations(fastify: FastifyInstance, wording: Wording): void {
  fastify.server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const words = 'The Expect header is not 100-continue, the only one that is known: leave it out.';
    refuseOn(response, new Problem('expectation-unknown', words), wording);
  });
}

interface Hijackable {
  hijack(): unknown;
  readonly raw: unknown;
}

type ClientError = Error & { readonly code?: string | undefined; readonly rawPacket?: unknown };

function problemOfFramework(error: Error): Problem {
  const { code } = error as ClientError;
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') return addressTooLong();
  return new Problem(
    'malformed-request',
    'The address holds a % that begins no UTF-8 character: write % itself as %25.',
  );
}

/** What Node's parser could not read is refused on the bare connection, which is then of no further use. */
function refuseOnSocket(error: ClientError, socket: Socket, wording: Wording): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return void socket.destroy();
  const problem = problemOfParser(error);
  const { headers, body } = wording(problem);
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\n${head}\r\n${body}`);
}

function problemOfParser({ code, rawPacket }: ClientError): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new Problem('request-timeout', 'The request did not arrive whole in time: send it again.');
  }
  if (code === 'HPE_HEADER_OVERFLOW') {
    if (Buffer.isBuffer(rawPacket) && isAllAddress(rawPacket)) return addressTooLong();
    return new Problem(
      'headers-too-large',
      `The headers are larger than ${headerBytesMax} bytes together: send fewer or shorter ones.`,
    );
  }
  return new Problem('malformed-request', 'This is not a request of HTTP/1.1: correct its first line and its headers.');
}

/** Whether a first line alone is more than all headers may be: then it is the address that is too long. */
function isAllAddress(packet: Buffer): boolean {
  const end = packet.indexOf('\n');
  return /^[A-Z]{3,10} \S{20}/.test(packet.toString('latin1', 0, 40)) && (end === -1 || end > headerBytesMax);
}

function refuseOn(
  response: ServerResponse,
  problem: Problem,
  wording: Wording,
  more: Readonly<Record<string, string>> = {},
): void {
  const { headers, body } = wording(problem);
  const length = String(Buffer.byteLength(body));
  response.writeHead(problem.status, { ...headers, ...more, 'content-length': length, connection: 'close' }).end(body);
}
