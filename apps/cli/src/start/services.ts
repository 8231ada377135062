import { projectFolder, readConfig, type Config } from '@ringfence/platform';
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CommandFailure } from '../exit.js';
import { ServiceLog } from './service-log.js';
import type { StartContext } from './start-step.js';

/** A program under apps/ that answers GET /health with 200 once it does its work. */
interface Service {
  readonly name: 'api' | 'web' | 'worker';
  readonly port: 'API_PORT' | 'WEB_PORT' | 'WORKER_PORT';
}

const services: readonly Service[] = [
  { name: 'api', port: 'API_PORT' },
  { name: 'web', port: 'WEB_PORT' },
  { name: 'worker', port: 'WORKER_PORT' },
];

export const healthyMsMax = 60_000;
export const serviceStopMsMax = 10_000;

/** Runs the services as children, waits until each is healthy, and ends the whole when one of them dies. */
export async function runServices(context: StartContext): Promise<string> {
  const config = readConfig(context.environment);
  const children: ChildProcess[] = [];
  context.onStop(async () => void (await Promise.all(children.map(end))));
  for (const service of services) children.push(runService(service, config, context));
  await Promise.all(services.map((service) => healthy(service, config, context)));
  context.note(`Pages: ${config.WEB_URL}`);
  context.note(`API:   ${config.API_URL}/v1/openapi.json`);
  return services.map(({ name, port }) => `${name} on ${config[port]}`).join(', ');
}

function runService({ name }: Service, config: Config, context: StartContext): ChildProcess {
  const program = join(projectFolder(), `dist/apps/${name}/src/main.js`);
  if (!existsSync(program)) throw new CommandFailure(`${program} is missing: run npm run build.`);
  const log = new ServiceLog(name, join(config.dataFolder, 'logs'), (line) => process.stderr.write(`${line}\n`));
  // In a session of its own a terminal's Ctrl-C does not reach it: we end the children in order. If we are killed, the
  // closed channel tells it to end (endWithParent).
  const child = fork(program, [], {
    env: { ...context.environment },
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  child.stdout?.on('data', (chunk: Buffer) => log.take(chunk));
  child.stderr?.on('data', (chunk: Buffer) => log.take(chunk));
  const kill = (): void => void child.kill('SIGKILL');
  process.on('exit', kill);
  child.once('error', (error) => context.fail(`${name} could not be run: ${error.message}`));
  // 'close' comes after the last output has been read.
  child.once('close', (code, signal) => {
    process.off('exit', kill);
    log.close();
    context.fail(`${name} ended (${signal ?? `exit ${code}`}). Its last lines, from ${log.file}:\n${log.lastLines()}`);
  });
  return child;
}

async function healthy({ name, port }: Service, config: Config, { stopping }: StartContext): Promise<void> {
  const host = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[config.LISTEN_ADDRESS] ?? config.LISTEN_ADDRESS;
  const until = Date.now() + healthyMsMax;
  while (!stopping.aborted) {
    try {
      const answer = await fetch(`http://${host}:${config[port]}/health`, { signal: AbortSignal.timeout(2_000) });
      await answer.arrayBuffer();
      if (answer.status === 200) return;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > until) {
      throw new CommandFailure(
        `${name} was not healthy after ${healthyMsMax / 1000} seconds: see ${join(config.dataFolder, 'logs', `${name}.log`)}.`,
      );
    }
    await pause(100);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const harder = setTimeout(() => child.kill('SIGKILL'), serviceStopMsMax);
  await ended;
  clearTimeout(harder);
}
