import { jest } from '@jest/globals';
import type { Command } from 'commander';
import getPort from 'get-port';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ringfenceProgram } from '../../apps/cli/src/program.js';
import { until } from '../queue/jobs.js';
import { runLength } from '../support/long.js';
import { startCli, type CliResult } from '../cli/run-cli.js';

/** A command failed in 3 of 14 runs: what is right most of the time is run a hundred times. */
const { long, steps: runs } = runLength({ short: 1, long: 100 });
jest.setTimeout(long ? 3_600_000 : 180_000);

const folder = mkdtempSync(join(tmpdir(), 'ringfence-server-'));
chmodSync(folder, 0o711);
const codes = join(folder, 'codes.csv');
writeFileSync(codes, 'mcc,description\n5912,Chemists\n5411,Supermarkets\n');
const freeAddresses: Record<string, string> = {};

/**
 * Every command, with what it is given here and what it ends with. `server` says that it starts the embedded server where
 * no DATABASE_URL is given. A command that is new fails the first test below until it stands here.
 */
const commands: Readonly<Record<string, Row>> = {
  migrate: { server: true, args: () => ['--json'], code: 0 },
  'reference import': { server: true, args: () => ['mcc', codes, '--json'], code: 0 },
  'spend check': { server: true, args: () => ['--json'], code: 0 },
  'ledger verify': { server: true, args: () => ['--json'], code: 0 },
  'ledger heads export': { server: true, args: () => [join(folder, 'heads')], code: 0 },
  'files verify': { server: true, args: () => ['--json'], code: 0 },
  'files sweep': { server: true, args: () => ['--dry-run', '--json'], code: 0 },
  'authority add': { server: true, args: newAuthority, code: 0 },
  // Stopped by a signal once its database is there: the services are no part of this.
  // It opens the database before it asks the API, which does not run here.
  demo: { server: true, args: () => ['--json'], code: 1, says: /^[^\n]+\.\n$/ },
  start: { server: true, args: () => ['--no-demo'], code: 0, stopAt: 'database: embedded PostgreSQL' },
  dev: { server: true, args: () => ['--no-demo'], code: 0, stopAt: 'database: embedded PostgreSQL' },
  // Without a terminal and without a password on standard input.
  'provider add-person': {
    server: false,
    args: () => ['--email', 'a@example.org', '--name', 'Ann', '--password-stdin'],
    code: 2,
  },
  'provider add-client': { server: false, args: () => ['--client-id', 'pay', '--name', 'Payroll', '--json'], code: 0 },
  'budget import': { server: false, args: () => [codes], code: 1 },
  'statement import': { server: false, args: () => [codes, '--account', 'none', '--json'], code: 1 },
  'statement parse': { server: false, args: () => [codes, '--json'], code: 2 },
};

interface Row {
  readonly server: boolean;
  readonly args: (run: number) => string[];
  readonly code: number;
  readonly says?: RegExp;
  readonly stopAt?: string;
}

const startingServers = Object.keys(commands).filter((name) => commands[name]!.server);
const others = Object.keys(commands).filter((name) => !commands[name]!.server);

beforeAll(async () => {
  for (const name of ['API', 'WEB', 'WORKER', 'PROVIDER'])
    freeAddresses[`${name}_PORT`] = String(await getPort({ host: '127.0.0.1' }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a command that starts the embedded server', () => {
  it('stands in the table of this test, as every command does', () => {
    expect(Object.keys(commands).sort()).toEqual(leaves(ringfenceProgram()).sort());
  });

  it.each(startingServers)(`ends as it should, ${runs} times out of ${runs}: %s`, async (name) => {
    const data = join(folder, 'data');
    const ended: string[] = [];
    for (let run = 0; run < runs; run += 1) ended.push(endOf(await command(name, data, run), commands[name]));
    expect(ended).toEqual(Array.from({ length: runs }, () => 'as it should'));
    expect(existsSync(join(data, 'postgres', 'data', 'postmaster.pid'))).toBe(false);
  });

  it.each(others)('is not this one: %s', async (name) => {
    const data = join(folder, `none-${name.replace(' ', '-')}`);
    expect(await command(name, data, 0)).toMatchObject({ code: commands[name]!.code });
    expect(existsSync(join(data, 'postgres'))).toBe(false);
  });

  it('shares its server with a command that comes meanwhile, whichever ends first', async () => {
    const data = join(folder, 'data');
    for (let pair = 0; pair < runs; pair += 1) {
      const ended = await Promise.all(
        ['ledger verify', 'spend check', 'reference import'].map((name) => command(name, data, pair)),
      );
      expect(ended.map((one) => endOf(one))).toEqual(['as it should', 'as it should', 'as it should']);
    }
  });

  it.each([
    ['makes its data folder', 'data.new'],
    ['has its server running', 'data/postmaster.pid'],
  ])('can be interrupted while it %s, and is simply run again', async (_, seen) => {
    const data = join(folder, `interrupted-${seen.replace(/\W/g, '-')}`);
    const { child, result } = startCli(['migrate', '--json'], settings(data));
    await until(() => existsSync(join(data, 'postgres', seen)));
    child.kill('SIGINT');
    expect((await result).code).not.toBe(0);
    expect(child.signalCode).toBe('SIGINT');
    expect(endOf(await command('migrate', data, 0))).toBe('as it should');
  });

  it('says so in a sentence when somebody stops the server under it', async () => {
    const data = join(folder, 'data');
    const { child, result } = startCli(['start', '--no-demo'], settings(data));
    await shown(child.stdout!, 'database: embedded PostgreSQL');
    const pid = Number(readFileSync(join(data, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 'SIGINT');
    const { code, stderr } = await result;
    expect(code).toBe(1);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

async function command(name: string, data: string, run: number): Promise<CliResult> {
  const { args, stopAt } = commands[name]!;
  const { child, result } = startCli([...name.split(' '), ...args(run)], settings(data));
  if (stopAt !== undefined) {
    await shown(child.stdout!, stopAt);
    child.kill('SIGINT');
  }
  return result;
}

/** What it said, and its exit code, where it did not end as it should. */
function endOf({ code, stdout, stderr }: CliResult, row: Pick<Row, 'code' | 'says'> = { code: 0 }): string {
  const said = row.says?.test(stderr) ?? !/could not be read|terminating connection/.test(stderr);
  return code === row.code && said ? 'as it should' : `${code}: ${stdout}${stderr}`;
}

function settings(data: string): Record<string, string> {
  return { RINGFENCE_DATA: data, DATABASE_URL: '', OIDC_ISSUER: '', ...freeAddresses };
}

function newAuthority(run: number): string[] {
  return [
    ...['--name', 'Oakshire', '--kind', 'LOCAL_AUTHORITY', '--code', `OAK${run}`, '--json'],
    ...['--approver-name', 'Ann', '--approver-email', 'ann@example.org', '--subject', `ann${run}`],
    ...['--issuer', 'http://localhost:4040'],
  ];
}

/** The names of the commands that do something: `ledger heads export`. */
function leaves(command: Command, before: readonly string[] = []): string[] {
  return command.commands.flatMap((one) =>
    one.commands.length > 0 ? leaves(one, [...before, one.name()]) : [[...before, one.name()].join(' ')],
  );
}

async function shown(output: NodeJS.ReadableStream, text: string): Promise<void> {
  let all = '';
  while (!all.includes(text)) all += String(((await once(output, 'data')) as [Buffer])[0]);
}
