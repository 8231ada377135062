import { projectFolder, type Config } from '@ringfence/platform';
import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { CommandFailure } from '../exit.js';
import { ServiceLog } from './service-log.js';
import type { StartContext } from './start-step.js';

/** A program under apps/ that answers GET /health with 200 once it does its work. */
export interface Service {
  readonly name: 'api' | 'web' | 'worker';
  readonly port: 'API_PORT' | 'WEB_PORT' | 'WORKER_PORT';
}

export const healthyMsMax = 60_000;
export const serviceStopMsMax = 10_000;

/** One service as a child process. `onEnd` is told when it ends without having been asked to. */
export class ServiceProcess {
  private child: ChildProcess | undefined;
  private readonly log: ServiceLog;

  constructor(
    readonly service: Service,
    private readonly config: Config,
    private readonly context: StartContext,
    private readonly onEnd: (sentence: string) => void,
  ) {
    const folder = join(config.dataFolder, 'logs');
    this.log = new ServiceLog(service.name, folder, (line) => process.stderr.write(`${line}\n`));
  }

  start(): void {
    const { name } = this.service;
    // In a session of its own a terminal's Ctrl-C does not reach it: we end the children in order. If we are killed, the
    // closed channel tells it to end (endWithParent).
    const child = fork(this.program(), [], {
      env: { ...this.context.environment },
      execArgv: ['--enable-source-maps', ...(this.context.options.watch ? fromSource() : [])],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    this.child = child;
    child.stdout?.on('data', (chunk: Buffer) => this.log.take(chunk));
    child.stderr?.on('data', (chunk: Buffer) => this.log.take(chunk));
    const kill = (): void => void child.kill('SIGKILL');
    process.on('exit', kill);
    child.once('error', (error) => this.onEnd(`${name} could not be run: ${error.message}`));
    // 'close' comes after the last output has been read.
    child.once('close', (code, signal) => {
      process.off('exit', kill);
      this.log.close();
      if (this.child !== child) return;
      this.child = undefined;
      const how = signal ?? `exit ${code}`;
      this.onEnd(`${name} ended (${how}). Its last lines, from ${this.log.file}:\n${this.log.lastLines()}`);
    });
  }

  /** Waits until the service is healthy. Returns false when it has ended or everything is to stop. */
  async healthy(): Promise<boolean> {
    const { LISTEN_ADDRESS } = this.config;
    const host = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[LISTEN_ADDRESS] ?? LISTEN_ADDRESS;
    const address = `http://${host}:${this.config[this.service.port]}/health`;
    const until = Date.now() + healthyMsMax;
    while (this.child && !this.context.stopping.aborted) {
      try {
        const answer = await fetch(address, { signal: AbortSignal.timeout(2_000) });
        await answer.arrayBuffer();
        if (answer.status === 200) return true;
      } catch {
        // Not listening yet.
      }
      if (Date.now() > until) {
        throw new CommandFailure(
          `${this.service.name} was not healthy after ${healthyMsMax / 1000} seconds: see ${this.log.file}.`,
        );
      }
      await pause(100);
    }
    return false;
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const harder = setTimeout(() => child.kill('SIGKILL'), serviceStopMsMax);
    await ended;
    clearTimeout(harder);
  }

  private program(): string {
    const { name } = this.service;
    if (this.context.options.watch) return join(projectFolder(), `apps/${name}/src/main.ts`);
    const program = join(projectFolder(), `dist/apps/${name}/src/main.js`);
    if (!existsSync(program)) throw new CommandFailure(`${program} is missing: run npm run build.`);
    return program;
  }
}

/** What lets Node.js run TypeScript as it stands, so that a change needs no build. */
function fromSource(): string[] {
  return ['--import', pathToFileURL(join(projectFolder(), 'test/support/typescript.mjs')).href];
}
