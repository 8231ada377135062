import { jest } from '@jest/globals';
import { newClient, startEmbeddedPostgres } from '@ringfence/platform';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '../queue/jobs.js';

// Servers and processes are started and ended here, on a machine that may be busy with others.
jest.setTimeout(60_000);

const loader = resolve(import.meta.dirname, '../support/typescript.mjs');
const program = resolve(import.meta.dirname, '../../libs/platform/src/embedded-postgres/embedded-postgres.ts');

describe('the embedded PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-embedded-'));
  chmodSync(folder, 0o711);
  const dataDir = join(folder, 'postgres');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps its data from one start to the next, durable, in UTF-8 and UTC', async () => {
    const first = await startEmbeddedPostgres({ dataDir });
    await ask(first.url, `CREATE TABLE kept AS SELECT 'é' AS letter`);
    await first.stop();
    const second = await startEmbeddedPostgres({ dataDir });
    const settings = await ask(
      second.url,
      `SELECT letter, current_setting('fsync') AS fsync, current_setting('TimeZone') AS zone,
              current_setting('server_encoding') AS encoding FROM kept`,
    );
    expect(settings).toEqual([{ letter: 'é', fsync: 'on', zone: 'UTC', encoding: 'UTF8' }]);
    await second.stop();
  });

  it('keeps its password where only its owner can read it', () => {
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
  });

  it('is shared with a second process while the first one runs, and stays when the second stops', async () => {
    const owner = await ownerProcess(dataDir);
    const guest = await startEmbeddedPostgres({ dataDir });
    await guest.stop();
    expect(await ask(guest.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
  });

  it('is stopped by its owner once the last guest has left it, and no guest is let in meanwhile', async () => {
    const owner = await ownerProcess(dataDir);
    const guest = await startEmbeddedPostgres({ dataDir });
    const ended = once(owner, 'exit');
    owner.stdin!.end();
    await until(() => existsSync(join(dataDir, 'leaving')));
    const next = startEmbeddedPostgres({ dataDir });
    expect(await ask(guest.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await guest.stop();
    expect(await ended).toEqual([0, null]);
    const own = await next;
    expect(await ask(own.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await own.stop();
  });

  it('is not used by who is to stay until its owner has left it', async () => {
    const owner = await ownerProcess(dataDir);
    const ended = once(owner, 'exit');
    const staying = startEmbeddedPostgres({ dataDir, own: true });
    owner.stdin!.end();
    expect(await ended).toEqual([0, null]);
    const own = await staying;
    expect(await ask(own.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await own.stop();
  });

  it('starts again, with its data, after its owner was killed', async () => {
    const owner = await ownerProcess(dataDir);
    const orphan = Number(readFileSync(join(dataDir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    const next = await startEmbeddedPostgres({ dataDir });
    expect(await ask(next.url, 'SELECT letter FROM kept')).toEqual([{ letter: 'é' }]);
    const now = Number(readFileSync(join(dataDir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
    expect(now).not.toBe(orphan);
    await next.stop();
  });
});

/** Another process that owns the server, until its input ends or it is killed. */
async function ownerProcess(dataDir: string): Promise<ReturnType<typeof spawn>> {
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(program)});
    const server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    process.stdout.write('ready');
    for await (const _ of process.stdin);
    await server.stop();`;
  const args = ['--import', loader, '--input-type=module', '-e', script];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return child;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = newClient({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}
