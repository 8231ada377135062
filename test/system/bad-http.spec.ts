import { addressBytesMax, headerBytesMax } from '@ringfence/platform';
import { connect, type AddressInfo } from 'node:net';
import { startWorld, type World } from '../browser/world.js';
import { startApi, type TestApi } from '../support/api.js';

/** What an app is sent, byte for byte, and what it returns: the status and one sentence. */
const requests: readonly (readonly [name: string, request: string, status: number, words: string])[] = [
  [
    'an address that is too long',
    get(`/v1/budgets?text=${'x'.repeat(addressBytesMax)}`),
    414,
    'The address is longer than 8192 bytes: send fewer or shorter parameters.',
  ],
  [
    'an address longer than all headers may be',
    get(`/${'x'.repeat(2 * headerBytesMax)}`),
    414,
    'The address is longer than 8192 bytes: send fewer or shorter parameters.',
  ],
  [
    'a part of the path that is too long',
    get(`/v1/budgets/${'x'.repeat(200)}`),
    414,
    'The address is longer than 8192 bytes: send fewer or shorter parameters.',
  ],
  [
    'headers that are too large',
    get('/v1/budgets', `X-Padding: ${'x'.repeat(headerBytesMax)}`),
    431,
    'The headers are larger than 16384 bytes together: send fewer or shorter ones.',
  ],
  [
    'a % in the path that begins nothing',
    get('/v1/budgets/%zz'),
    400,
    'The address holds a % that begins no UTF-8 character: write % itself as %25.',
  ],
  [
    'half a character in the path',
    get('/v1/budgets/%ed%a0%bd'),
    400,
    'The address holds a % that begins no UTF-8 character: write % itself as %25.',
  ],
  [
    'U+0000 in the path',
    get('/v1/budgets/a%00b'),
    400,
    'The address holds a character that cannot be kept (U+0000): remove it.',
  ],
  [
    'a % in the query that begins nothing',
    get('/v1/budgets?text=%zz'),
    400,
    '/text holds a % that begins no UTF-8 character: write % itself as %25.',
  ],
  [
    'U+0000 in the query',
    get('/v1/budgets?text=%00'),
    400,
    '/text holds a character that cannot be kept (U+0000): remove it.',
  ],
  [
    'a parameter that comes twice',
    get('/v1/budgets?limit=1&limit=2'),
    422,
    '/limit is given more than once: give it once.',
  ],
  [
    'what is not HTTP',
    'HELLO\r\n\r\n',
    400,
    'This is not a request of HTTP/1.1: correct its first line and its headers.',
  ],
  [
    'a method that HTTP does not have',
    'FETCH /v1/budgets HTTP/1.1\r\nHost: localhost\r\n\r\n',
    400,
    'This is not a request of HTTP/1.1: correct its first line and its headers.',
  ],
  [
    'a Content-Length that is no number',
    get('/v1/budgets', 'Content-Length: many'),
    400,
    'This is not a request of HTTP/1.1: correct its first line and its headers.',
  ],
  [
    'a body with two lengths',
    get('/v1/budgets', 'Content-Length: 3\r\nTransfer-Encoding: chunked'),
    400,
    'This is not a request of HTTP/1.1: correct its first line and its headers.',
  ],
  [
    'no Host header',
    'GET /v1/budgets HTTP/1.1\r\nConnection: close\r\n\r\n',
    400,
    'The request has no Host header: send the name of this server in it.',
  ],
  [
    'an expectation that nobody knows',
    get('/v1/budgets', 'Expect: a-miracle'),
    417,
    'The Expect header is not 100-continue, the only one that is known: leave it out.',
  ],
  [
    'a body in another charset',
    post('application/json; charset=utf-16', '{}'),
    415,
    'The body is in utf-16: send it in UTF-8.',
  ],
];

/** What only the API takes or refuses. */
const bodies: readonly (readonly [name: string, request: string, status: number, words: string])[] = [
  ['an empty body', post('application/json', ' '), 400, 'The body is empty: send JSON.'],
  ['a body that is not JSON', post('application/json', '{'), 400, 'The body is not JSON: correct it.'],
  [
    'a body that is not UTF-8',
    post('application/json', '{"name":"\xff"}'),
    400,
    'The body has bytes that are not UTF-8: send JSON in UTF-8.',
  ],
  [
    'a body that is too large',
    post('application/json', `"${'x'.repeat(2 * 1024 * 1024)}"`),
    413,
    'The body is larger than 2097152 bytes: send less at once.',
  ],
  [
    'a form',
    post('application/x-www-form-urlencoded', 'name=x'),
    415,
    'The body is of the type "application/x-www-form-urlencoded", which no operation takes: send what docs/reference/openapi.json names.',
  ],
  [
    'a name that a program keeps for itself',
    post('application/json', '{"__proto__":{"a":1}}'),
    422,
    '/__proto__ is a name that no field can have: leave it out.',
  ],
  ['nothing that is there', get('/v1/nothing'), 404, 'There is nothing at GET /v1/nothing.'],
  [
    'a method that no operation has',
    'PUT /v1/budgets HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    404,
    'There is nothing at PUT /v1/budgets.',
  ],
];

describe('before the caller is known, the API refuses with problem+json', () => {
  let api: TestApi;
  let port: number;
  beforeAll(async () => {
    api = await startApi();
    await api.app.listen(0, '127.0.0.1');
    port = (api.app.getHttpServer().address() as AddressInfo).port;
  }, 60_000);
  afterAll(() => api?.stop());

  it.each([...requests, ...bodies])('%s', async (_, request, status, words) => {
    const { head, body } = await answerTo(port, request);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    expect(head).toMatch(/cache-control: no-store/i);
    expect(JSON.parse(body)).toMatchObject({ status, detail: words });
    expect(JSON.parse(body)).toHaveProperty('type', expect.stringMatching(/^urn:ringfence:problem:[a-z-]+$/));
  });
});

describe('the web app refuses with a page', () => {
  let world: World;
  let port: number;
  beforeAll(async () => {
    world = await startWorld();
    port = Number(new URL(world.url).port);
  }, 120_000);
  afterAll(() => world?.stop(), 60_000);

  it.each(requests)('%s', async (_, request, status, words) => {
    const { head, body } = await answerTo(port, request.replaceAll('/v1/', '/'));
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/content-type: text\/html/i);
    expect(head).toMatch(/content-security-policy: default-src 'none'/i);
    expect(body).toMatch(/<h1[^>]*>[A-Z][^<]+<\/h1>/);
    expect(body).toContain(words);
  });
});

function get(path: string, ...headers: string[]): string {
  return [`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n');
}

function post(type: string, body: string): string {
  const length = Buffer.byteLength(body, 'latin1');
  return [
    'POST /v1/people HTTP/1.1',
    'Host: localhost',
    'Connection: close',
    `Content-Type: ${type}`,
    `Content-Length: ${length}`,
    '',
    body,
  ].join('\r\n');
}

/** Sends bytes as they are and reads to the end of the connection. */
function answerTo(port: number, request: string): Promise<{ head: string; body: string }> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const end = (): void => {
      const [head = '', ...rest] = text.split('\r\n\r\n');
      const body = rest.join('\r\n\r\n');
      done({ head, body: /transfer-encoding: chunked/i.test(head) ? dechunked(body) : body });
    };
    socket.on('data', (chunk) => (text += chunk.toString('utf8')));
    socket.on('close', end);
    // What is refused before it was sent whole is reset after the answer.
    socket.on('error', (error) => (text === '' ? fail(error) : end()));
    socket.write(Buffer.from(request, 'latin1'));
  });
}

function dechunked(body: string): string {
  return body.replace(/^[0-9a-f]+\r\n|\r\n[0-9a-f]+\r\n/g, '');
}
