import { jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importBudgets } from './import-budgets.js';

const folder = mkdtempSync(join(tmpdir(), 'budget-import-'));
const file = join(folder, 'budgets.csv');
writeFileSync(file, 'budget_reference\nFS-1\n');

const report = { accepted: true, rows: 1, budgets: 1, lines: 1, instalments: 0 };
const fault = { line: 2, column: 'amount', pointer: '/amount', message: '"x" was found: write an amount.' };
const refusal = {
  type: 'urn:ringfence:problem:import-refused',
  status: 422,
  detail: 'The file has a fault, and nothing was imported.',
  errors: [fault],
};

let server: Server;
let answer: { status: number; body: object };
const keys: unknown[] = [];
const kept = { ...process.env };

/** An identity provider and an API in one, as far as the command can tell. */
beforeAll(async () => {
  server = createServer((request, response) => {
    const origin = `http://${request.headers.host}`;
    const answers: Record<string, { status: number; body: object }> = {
      '/.well-known/openid-configuration': { status: 200, body: { issuer: origin, token_endpoint: `${origin}/token` } },
      '/token': { status: 200, body: { access_token: 'token', expires_in: 3600 } },
      '/v1/budget-imports': answer,
    };
    if (request.url === '/v1/budget-imports') keys.push(request.headers['idempotency-key']);
    const { status, body } = answers[request.url ?? ''] ?? { status: 404, body: {} };
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, {
    API_URL: url,
    OIDC_ISSUER: url,
    RINGFENCE_CLIENT_ID: 'council',
    RINGFENCE_CLIENT_SECRET: 'secret',
  });
});
afterAll(async () => {
  for (const name of ['API_URL', 'OIDC_ISSUER', 'RINGFENCE_CLIENT_ID', 'RINGFENCE_CLIENT_SECRET']) {
    if (kept[name] === undefined) delete process.env[name];
    else process.env[name] = kept[name];
  }
  rmSync(folder, { recursive: true });
  await new Promise((closed) => server.close(closed));
});

async function run(options: { json?: true } = {}): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const spies = (['out', 'err'] as const).map((stream) =>
    jest.spyOn(process[`std${stream}`], 'write').mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    }),
  );
  try {
    return { code: await importBudgets(file, options), ...written };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}

describe('ringfence budget import', () => {
  it('says what was imported, and uses one key for one file', async () => {
    answer = { status: 201, body: report };
    expect(await run()).toEqual({ code: 0, out: 'Imported 1 budget with 1 line and 0 instalments.\n', err: '' });
    expect(JSON.parse((await run({ json: true })).out)).toEqual(report);
    expect(keys[0]).toMatch(/^budget-import:[0-9a-f]{64}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  it('prints every fault as a table, or as JSON, and ends with 2', async () => {
    answer = { status: 422, body: refusal };
    expect(await run()).toEqual({
      code: 2,
      out: 'line  column  fault\n   2  amount  "x" was found: write an amount.\n',
      err: 'The file has a fault, and nothing was imported.\n',
    });
    const { code, out } = await run({ json: true });
    const { line, column, message } = fault;
    expect([code, JSON.parse(out)]).toEqual([
      2,
      { accepted: false, detail: refusal.detail, errors: [{ line, column, message }] },
    ]);
  });

  it('names a file that cannot be read', async () => {
    await expect(importBudgets(join(folder, 'none.csv'), {})).rejects.toThrow(/none\.csv cannot be read \(ENOENT\)/);
  });
});
