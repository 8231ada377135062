import { jest } from '@jest/globals';
import { ParseStatement, ReverseImport } from '@ringfence/statements';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedClient, type SeededBudget } from '../support/seed.js';
import { runCli, type CliResult } from './run-cli.js';

jest.setTimeout(60_000);

let api: TestApi;
let authorityId: string;
let budget: SeededBudget;
let clientId: string;
let issuer: Server;
let folder: string;
let reading = true;
let worker: Promise<void>;
let settings: Record<string, string>;

beforeAll(async () => {
  api = await startApi();
  await api.app.listen(0, '127.0.0.1');
  const authority = await seedAuthority(api);
  authorityId = authority.id;
  budget = await seedBudget(api, authority);
  const provider = { role: 'MANAGED_ACCOUNT_PROVIDER', kind: 'MANAGED_ACCOUNT_PROVIDER' } as const;
  const client = await seedClient(api, authority.id, [budget.id], provider);
  clientId = (client.bearer as { clientId: string }).clientId;
  issuer = await tokenIssuer();
  folder = await mkdtemp(join(tmpdir(), 'ringfence-cli-'));
  worker = readWaitingImports();
  settings = {
    API_URL: await api.app.getUrl(),
    OIDC_ISSUER: addressOf(issuer),
    RINGFENCE_CLIENT_ID: clientId,
    RINGFENCE_CLIENT_SECRET: 'secret of the provider',
    RINGFENCE_DATA: folder,
  };
});

afterAll(async () => {
  reading = false;
  await worker;
  await new Promise((closed) => issuer.close(closed));
  await rm(folder, { recursive: true, force: true });
  await api.stop();
});

/** Gives a token of the API's own issuer for the right secret, as client credentials do. */
async function tokenIssuer(): Promise<Server> {
  const server = createServer((request, response) => {
    void (async () => {
      const answer = (status: number, body: object) =>
        response
          .writeHead(status, { 'content-type': 'application/json', connection: 'close' })
          .end(JSON.stringify(body));
      if (request.url !== '/token') return answer(200, { token_endpoint: `${addressOf(server)}/token` });
      const [id, secret] = Buffer.from((request.headers.authorization ?? '').slice(6), 'base64')
        .toString()
        .split(':');
      if (secret !== 'secret+of+the+provider') return answer(401, { error: 'invalid_client' });
      return answer(200, { access_token: await api.tokenFor({ clientId: id! }), expires_in: 3600 });
    })();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the worker does with its queue, until the commands have been tried. */
async function readWaitingImports(): Promise<void> {
  while (reading) {
    const { rows } = await api.owner.query<{ id: string }>(`SELECT id FROM statement_imports WHERE state = 'RECEIVED'`);
    for (const { id } of rows) await api.app.get(ParseStatement).run({ authorityId, importId: id });
    await pause(50);
  }
}

/** HSBC's export: day, text, signed amount, no header. */
async function file(name: string, ...rows: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, rows.join('\n'));
  return path;
}

function statementImport(...args: string[]): Promise<CliResult> {
  return runCli(['statement', 'import', '--account', budget.designatedAccountId, ...args], settings);
}

async function linesHeld(): Promise<number> {
  const { rowCount } = await api.owner.query(`SELECT 1 FROM statement_lines WHERE kind = 'LINE'`);
  return rowCount!;
}

describe('ringfence statement import', () => {
  it('shows what a file holds and posts nothing without consent', async () => {
    const april = await file('april.csv', '04/04/2026,SWIM CLUB,-20.00', '05/04/2026,LITTLE ACORNS,-96.00');
    const { code, stdout, stderr } = await statementImport(april);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${april}: nothing was posted. Repeat the command with --yes, or look at the preview in the pages.\n`,
    });
    expect(stderr).toContain(`${april} (1 of 1): being read\n`);
    expect(stderr).toContain('  2 new, 0 already held, 0 possible duplicates, 0 that move no money\n');
    expect(await linesHeld()).toBe(0);
  });

  it('posts with --yes, and says the same again when the command is repeated', async () => {
    const april = join(folder, 'april.csv');
    const first = await statementImport('--yes', april);
    expect(first).toMatchObject({ code: 0, stdout: `${april}: 2 posted, 0 already held, 0 left out.\n` });
    const again = await statementImport('--yes', april);
    expect(again).toMatchObject({ code: 0, stdout: first.stdout });
    expect(await linesHeld()).toBe(2);
  });

  it('answers a line of JSON for each file, refuses one with its line, and goes on', async () => {
    const header =
      'Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance';
    const torn = await file(
      'torn.csv',
      header,
      `28/04/2026,DEB,'30-99-50,12345678,CAFE,2.40,,1995.20`,
      `27/04/2026,DEB,'30-99-50,12345678,CAFE,ninety,,1997.60`,
    );
    const may = await file('may.csv', '05/04/2026,LITTLE ACORNS,-96.00', '06/05/2026,SWIM CLUB,-20.00');
    const { code, stdout } = await statementImport('--yes', '--json', torn, may);
    expect(code).toBe(2);
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(answers).toMatchObject([
      { file: torn, ok: false, error: { code: expect.any(String), message: expect.any(String), line: 3 } },
      {
        file: may,
        ok: true,
        preview: { new: 1, alreadyHeld: 1 },
        committed: { posted: 1, alreadyHeld: 1, leftOut: 0 },
      },
    ]);
  });

  it('sends a file anew that was reversed since, and says where the next one has a balance break', async () => {
    const head = 'Date,Description,Amount,Balance';
    const july = await file('july.csv', head, '02/07/2026,SWIM CLUB,-20.00,80.00', '03/07/2026,CAFE,-5.00,75.00');
    expect((await statementImport('--yes', july)).stdout).toBe(`${july}: 2 posted, 0 already held, 0 left out.\n`);
    const { rows } = await api.owner.query<{ id: string }>(
      `SELECT id FROM statement_imports WHERE file_name = 'july.csv'`,
    );
    await api.app
      .get(ReverseImport)
      .run(
        await api.principalOf({ clientId }),
        rows[0]!.id,
        { reason: 'Sent too early.' },
        { key: 'reverse', operation: 'test', payload: {} },
      );
    expect((await statementImport('--yes', july)).stdout).toBe(`${july}: 2 posted, 0 already held, 0 left out.\n`);
    const august = await file('august.csv', head, '04/08/2026,SWIM CLUB,-20.00,40.00');
    const { code, stdout } = await statementImport('--yes', '--json', august);
    expect({ code, answer: JSON.parse(stdout) as unknown }).toMatchObject({
      code: 2,
      answer: { ok: false, error: { code: 'statement-break', message: expect.stringContaining('£75.00') } },
    });
  });

  it('refuses a file that is not there, in a sentence', async () => {
    const missing = join(folder, 'june.csv');
    const { code, stdout } = await statementImport(missing);
    expect({ code, stdout }).toEqual({
      code: 2,
      stdout: `${missing}: refused. ${missing} could not be read (ENOENT): check its name and that you may read it.\n`,
    });
  });

  it('ends with 2 and the API’s own sentence when the account is not one that the client can see', async () => {
    const account = '01890000-0000-7000-8000-00000000abcd';
    const answer = await runCli(['statement', 'import', '--account', account, join(folder, 'april.csv')], settings);
    expect(answer.code).toBe(2);
    expect(answer.stderr).toMatch(new RegExp(`There is no designated account ${account} that you can see\\.\n$`));
    expect(answer.stdout).toBe('');
  });

  it('says which client the identity provider did not let in', async () => {
    const answer = await runCli(
      ['statement', 'import', '--account', budget.designatedAccountId, join(folder, 'april.csv')],
      {
        ...settings,
        RINGFENCE_CLIENT_SECRET: 'wrong',
      },
    );
    expect(answer.code).toBe(2);
    expect(answer.stderr).toMatch(
      `The identity provider ${settings['OIDC_ISSUER']} does not let the client "${clientId}" in (invalid_client): check RINGFENCE_CLIENT_ID and RINGFENCE_CLIENT_SECRET.\n`,
    );
    expect(answer.stderr).not.toContain('wrong');
  });

  it('names the address where nobody answers', async () => {
    const answer = await runCli(
      ['statement', 'import', '--account', budget.designatedAccountId, join(folder, 'april.csv')],
      {
        ...settings,
        API_URL: 'http://127.0.0.1:1',
      },
    );
    expect(answer.code).toBe(1);
    expect(answer.stderr).toMatch(
      /The API at http:\/\/127\.0\.0\.1:1 does not answer \(.+\): check that it runs there\.\n$/,
    );
  });

  it('says which settings are missing', async () => {
    const answer = await runCli(
      ['statement', 'import', '--account', budget.designatedAccountId, join(folder, 'april.csv')],
      {
        ...settings,
        RINGFENCE_CLIENT_SECRET: '',
      },
    );
    expect(answer).toMatchObject({
      code: 1,
      stderr:
        'Set RINGFENCE_CLIENT_ID and RINGFENCE_CLIENT_SECRET to the client credentials that this command is to use.\n',
    });
  });
});
