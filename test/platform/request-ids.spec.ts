import { jest } from '@jest/globals';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, type SeededAuthority } from '../support/seed.js';

let api: TestApi;
let authority: SeededAuthority;

beforeAll(async () => {
  api = await startApi();
  authority = await seedAuthority(api, 'Oakshire');
});
afterAll(() => api?.stop());

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('the id of a request', () => {
  it.each([
    ['a UUID', '0193a1de-5c1c-7bb3-8d3c-9a2b7c1d2e3f'],
    ['the id of a trace', '4bf92f3577b34da6a3ce929d0e0e4736'],
    ['a ULID', '01JDR3QW6Y8Z5V7X9T1N2M3K4P'],
  ])('is the caller’s where that is %s', async (_, id) => {
    expect(await idOf({ 'x-request-id': id })).toBe(id);
  });

  it.each([
    ['is none', {}],
    ['could be a name', { 'x-request-id': 'Jacob Tait' }],
    ['could be an NHS number', { 'x-request-id': '943 476 5919' }],
    ['is too much', { 'x-request-id': 'a'.repeat(4_000) }],
  ])('is a new one where the caller’s %s', async (_, headers) => {
    const [one, two] = [await idOf(headers), await idOf(headers)];
    expect([one, two]).toEqual([expect.stringMatching(uuid), expect.stringMatching(uuid)]);
    expect(one).not.toBe(two);
  });

  it('comes with a refusal, and with one that no route sees', async () => {
    const id = '4bf92f3577b34da6a3ce929d0e0e4736';
    for (const url of ['/v1/budgets', '/no-such-path', '/v1/budgets/%']) {
      const answer = await api.app.inject({ url, headers: { 'x-request-id': id } });
      expect([url, answer.statusCode >= 400, answer.headers['x-request-id']]).toEqual([url, true, id]);
    }
  });

  it('stands in each log line of that request, and in the body of a failure of ours', async () => {
    const lines: Record<string, unknown>[] = [];
    const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      lines.push(JSON.parse(String(text)) as Record<string, unknown>);
      return true;
    });
    await api.owner.query('ALTER TABLE people RENAME TO people_away');
    const answers = await Promise.all([ask('GET'), ask('POST'), ask('GET'), ask('POST')]);
    await api.owner.query('ALTER TABLE people_away RENAME TO people');
    write.mockRestore();
    const ids = answers.map(({ headers }) => String(headers['x-request-id']));
    expect(new Set(ids).size).toBe(answers.length);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([500, 500, 500, 500]);
    expect(answers.map((answer) => answer.json<{ requestId: string }>().requestId)).toEqual(ids);
    expect(new Set(lines.map(({ requestId }) => requestId))).toEqual(new Set(ids));
    for (const line of lines) {
      expect(line).toMatchObject({ level: 'error', context: 'api', message: expect.stringMatching(/^(GET|POST) /) });
      expect(new Date(String(line['time'])).getTime()).not.toBeNaN();
      // Nothing of what was sent.
      expect(JSON.stringify(line)).not.toContain('Grace Grantee');
    }
  });
});

async function idOf(headers: Record<string, string>): Promise<unknown> {
  return (await api.app.inject({ url: '/health/live', headers })).headers['x-request-id'];
}

async function ask(method: 'GET' | 'POST') {
  const token = await api.tokenFor(authority.financeOfficer.bearer);
  const key = `request-ids-${method}-${Math.random()}`;
  return api.app.inject({
    method,
    url: '/v1/people',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': key },
    ...(method === 'POST' ? { payload: { name: 'Grace Grantee' } } : {}),
  });
}
