import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { sentenceOf } from './exit.js';

describe('what a command says where its server is gone', () => {
  it('names the address that refused the connection, without a stack', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    const [refused] = (await once(connect(port, '127.0.0.1'), 'connect').catch((error: unknown) => [error])) as [Error];
    const sentence = `No server listens on 127.0.0.1:${port}: it was stopped, or its address is wrong. Start it, then run the command again.`;
    expect(sentenceOf(refused)).toBe(sentence);
    expect(sentenceOf(new AggregateError([refused], 'all refused'))).toBe(sentence);
  });

  it('says that the connection was lost where PostgreSQL ended it', () => {
    expect(sentenceOf(Object.assign(new Error('terminating connection'), { code: '57P01' }))).toBe(
      'PostgreSQL was stopped, or its connection lost, while the command used it: run the command again.',
    );
  });

  it('tells the whole story of a fault in the program', () => {
    expect(sentenceOf(new TypeError('x is not a function'))).toMatch(/^\s+at /m);
  });
});
