import { jest } from '@jest/globals';
import { FileAccountDirectory, startBundledProvider, type BundledProvider } from '@ringfence/identity';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfig, type Config } from '@ringfence/platform';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireStyles } from '../support/styles.js';
import { createWebApp } from '../../apps/web/src/create-app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { CookieClient } from '../web/cookie-client.js';
import { runCli } from './run-cli.js';

jest.setTimeout(60_000);

const password = 'nine owls in a barn';
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'ringfence-provider-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (args: readonly string[], input?: string) =>
  runCli(['provider', ...args], { RINGFENCE_DATA: folder }, input);
const addPerson = (email: string, ...more: string[]) =>
  run(
    ['add-person', '--email', email, '--name', 'Ann Approver', '--password-stdin', '--json', ...more],
    `${password}\n`,
  );

function everythingKept(): string {
  const inside = join(folder, 'provider');
  return readdirSync(inside)
    .map((name) => readFileSync(join(inside, name), 'utf8'))
    .join('');
}

describe('ringfence provider add-person', () => {
  it('lets a person in, and shows and keeps no password', async () => {
    const { code, stdout, stderr } = await addPerson('Ann@Example.org');
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '{"subject":"ann@example.org","email":"ann@example.org"}\n',
      stderr: '',
    });
    expect(everythingKept()).not.toContain(password);
  });

  it('replaces somebody only where it is told to, and never their subject', async () => {
    expect(await addPerson('ann@example.org')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'ann@example.org can sign in already: add --replace to change their name and password.\n',
    });
    expect(await addPerson('ann@example.org', '--replace')).toMatchObject({ code: 0 });
    expect(await addPerson('ann@example.org', '--replace', '--subject', 'other')).toMatchObject({
      code: 2,
      stderr:
        'ann@example.org is known by the subject "ann@example.org", which never changes: leave the subject out.\n',
    });
    expect(await addPerson('eve@example.org', '--subject', 'ann@example.org')).toMatchObject({
      code: 2,
      stderr: 'The subject "ann@example.org" is somebody else’s: choose another.\n',
    });
  });

  it.each([
    [
      'an address that is none',
      ['--email', 'ann', '--password-stdin'],
      password,
      '"ann" is not an email address: write one such as "ann@example.org".',
    ],
    [
      'a short password',
      ['--email', 'b@example.org', '--password-stdin'],
      'short',
      'The password has 5 characters: it must have 10 to 200.',
    ],
    [
      'no password',
      ['--email', 'b@example.org', '--password-stdin'],
      '',
      'The password has 0 characters: it must have 10 to 200.',
    ],
    [
      'two lines',
      ['--email', 'b@example.org', '--password-stdin'],
      'one two three\nfour',
      'The password has a line break or another control character in it: leave that out.',
    ],
    [
      'no terminal',
      ['--email', 'b@example.org'],
      '',
      'There is no terminal to ask for the password on: give it on standard input with --password-stdin.',
    ],
  ])('refuses %s', async (_, args, input, sentence) => {
    expect(await run(['add-person', '--name', 'Ann', ...args], input)).toMatchObject({
      code: 2,
      stderr: `${sentence}\n`,
    });
  });
});

describe('ringfence provider add-client', () => {
  const add = (args: readonly string[], input?: string) =>
    run(['add-client', '--client-id', 'anderson', '--name', 'Anderson Payroll', ...args], input);

  it('makes a secret that is shown once and kept nowhere', async () => {
    const { code, stdout, stderr } = await add(['--json']);
    const { secret } = JSON.parse(stdout) as { secret: string };
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `{"clientId":"anderson","secret":"${secret}"}\n`,
      stderr: '',
    });
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(everythingKept()).not.toContain(secret);
  });

  it('takes a secret from standard input and does not show it', async () => {
    expect(await add([])).toMatchObject({
      code: 2,
      stderr: 'There is a client "anderson" already: add --replace to change its name and secret.\n',
    });
    const { code, stdout } = await add(['--secret-stdin', '--replace'], 'a-secret-of-our-own-1\n');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Anderson Payroll can sign in as anderson.\n' });
    expect(everythingKept()).not.toContain('a-secret-of-our-own-1');
  });

  it.each([
    [
      'a client id with blanks',
      ['--client-id', 'an id'],
      undefined,
      '"an id" is not a client id: write at most 200 letters, digits and signs of ASCII without blanks.',
    ],
    [
      'a short secret',
      ['--client-id', 'b', '--secret-stdin'],
      'short',
      'The secret has 5 characters: it must have 20 to 200.',
    ],
    [
      'a secret beyond ASCII',
      ['--client-id', 'b', '--secret-stdin'],
      'ßßßßßßßßßßßßßßßßßßßßßß',
      'The secret must be letters, digits and signs of ASCII without blanks.',
    ],
  ])('refuses %s', async (_, args, input, sentence) => {
    expect(await run(['add-client', '--name', 'B', ...args], input)).toMatchObject({
      code: 2,
      stderr: `${sentence}\n`,
    });
  });
});

describe('An installation that begins without the demo', () => {
  let own: TestDatabase;
  let provider: BundledProvider;
  let web: NestFastifyApplication;
  let config: Config;

  beforeAll(async () => {
    requireStyles();
    own = await createTestDatabase();
    const [webPort, port] = [await freePort(), await freePort()];
    config = readConfig({
      DATABASE_URL: own.url,
      RINGFENCE_DATA: folder,
      RINGFENCE_ENVIRONMENT: 'test',
      LOG_LEVEL: 'error',
      OIDC_ISSUER: `http://localhost:${port}`,
      WEB_URL: `http://localhost:${webPort}`,
    });
    const accounts = new FileAccountDirectory(join(folder, 'provider'));
    const pages = { kind: 'web', clientId: config.OIDC_CLIENT_ID, name: 'Pages', webUrl: config.WEB_URL } as const;
    await accounts.addClient({ ...pages, secret: config.OIDC_CLIENT_SECRET });
    provider = await startBundledProvider({ port, issuer: config.OIDC_ISSUER, apiAudience: config.API_URL, accounts });
    web = await createWebApp(config);
    await web.listen(webPort, '127.0.0.1');
  });
  afterAll(async () => {
    await web?.close();
    await provider?.close();
    await own?.drop();
  });

  it('is opened by two commands: the first approver signs in and sees the work list', async () => {
    const settings = { DATABASE_URL: own.url, OIDC_ISSUER: config.OIDC_ISSUER, RINGFENCE_DATA: folder };
    const person = ['--email', 'asha@example.org', '--name', 'Asha Approver', '--password-stdin', '--json'];
    const added = await runCli(['provider', 'add-person', ...person], settings, password);
    const { subject } = JSON.parse(added.stdout) as { subject: string };
    const authority = ['--name', 'Ashby Council', '--kind', 'LOCAL_AUTHORITY', '--code', 'ASHBY', '--subject', subject];
    const approver = ['--approver-name', 'Asha Approver', '--approver-email', 'asha@example.org'];
    expect(await runCli(['authority', 'add', ...authority, ...approver], settings)).toMatchObject({ code: 0 });

    const browser = new CookieClient();
    const form = await browser.get(`${config.WEB_URL}/sign-in`);
    const page = await browser.post(form.url, { email: 'asha@example.org', password });
    expect([page.status, page.url]).toEqual([200, `${config.WEB_URL}/work-list`]);
    expect(page.text).toContain('Ashby Council');
    expect(page.text).toContain('Asha Approver');
  });

  it('keeps the pages’ own client from being taken for a machine’s', async () => {
    expect(await run(['add-client', '--client-id', config.OIDC_CLIENT_ID, '--name', 'Eve', '--replace'])).toMatchObject(
      {
        code: 2,
        stderr: 'The client id "ringfence-web" is the pages’ own: choose another.\n',
      },
    );
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
