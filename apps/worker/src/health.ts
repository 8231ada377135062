import { live, ready, type Health, type Need } from '@ringfence/platform';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers GET /health/live, GET /health/ready and its other name GET /health. Nothing else is served. */
export async function serveHealth(
  port: number,
  address: string,
  needs: readonly Need[],
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const answers: Readonly<Record<string, () => Promise<Health>>> = {
    '/health': () => ready(needs),
    '/health/ready': () => ready(needs),
    '/health/live': () => Promise.resolve(live),
  };
  const server = createServer((request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      response.end(JSON.stringify(body));
    };
    const asked = request.method === 'GET' ? answers[request.url?.split('?')[0] ?? ''] : undefined;
    if (!asked) return answer(404, { status: 'not-found' });
    void asked().then(({ status, body }) => answer(status, body));
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
