import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import getPort from 'get-port';
import { endWithThisProcess } from '../processes/child-guard.js';
import type { Account } from './account.js';
import { postmaster } from './orphan.js';
import type { PostgresPrograms } from './programs.js';
import { lastLogLine, run } from './run-program.js';

export const startMsMax = 60_000;
const startAttemptsMax = 3;

export interface Server {
  readonly child: ChildProcess;
  readonly port: number;
  readonly unguard: () => void;
}

export async function startServer(
  folder: string,
  data: string,
  programs: PostgresPrograms,
  account: Account,
  options: { readonly port?: number; readonly durable?: boolean },
): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    // A free port may be taken by another program before PostgreSQL binds it: then the next one is tried.
    const port = options.port ?? (await getPort({ host: '127.0.0.1' }));
    const child = run(folder, programs.postgres, serverArguments(data, port, options.durable ?? true), account);
    const pid = child.pid;
    const unguard = pid === undefined ? () => undefined : endWithThisProcess(pid, 'INT', account);
    const until = Date.now() + startMsMax;
    while (child.exitCode === null && child.signalCode === null && Date.now() < until) {
      const running = postmaster(data);
      if (running?.pid === pid && running?.ready) return { child, port, unguard };
      await pause(15);
    }
    unguard();
    child.kill('SIGKILL');
    if (options.port !== undefined || attempt === startAttemptsMax) {
      throw new Error(`PostgreSQL did not start on 127.0.0.1:${port}: ${lastLogLine(folder)}`);
    }
  }
}

function serverArguments(data: string, port: number, durable: boolean): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return [
    '-D',
    data,
    '-p',
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}
