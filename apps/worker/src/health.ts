import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const healthCheckMsMax = 5_000;

/** Answers GET /health: 200 while `check` succeeds, else 503. Nothing else is served. */
export async function serveHealth(
  port: number,
  address: string,
  check: () => Promise<void>,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    };
    if (request.method !== 'GET' || request.url?.split('?')[0] !== '/health')
      return answer(404, { status: 'not-found' });
    inTime(check()).then(
      () => answer(200, { status: 'ok' }),
      () => answer(503, { status: 'unavailable' }),
    );
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, address, done);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('no answer in time')), healthCheckMsMax);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
