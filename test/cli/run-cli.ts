import 'reflect-metadata';
import { CommanderError } from 'commander';
import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { exitCodeOf, sentenceOf } from '../../apps/cli/src/exit.js';
import { ringfenceProgram } from '../../apps/cli/src/program.js';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const root = join(import.meta.dirname, '../..');
const commandMsMax = 60_000;

/**
 * Runs the `ringfence` command in this process, with these settings beside the machine's and this on standard input. It
 * does what apps/cli/src/main.ts does, with an environment and streams of its own. One at a time, because a process has
 * one exit code.
 */
export function runCli(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  input?: string,
): Promise<CliResult> {
  const result = last.then(() => runHere(args, settings, input));
  last = result.catch(() => undefined);
  return result;
}

let last: Promise<unknown> = Promise.resolve();

/** What a command sees of its process, and nothing else that runs here meanwhile does. */
interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

const surroundings = new AsyncLocalStorage<Surroundings>();

async function runHere(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  input = '',
): Promise<CliResult> {
  const [stdout, stderr]: Buffer[][] = [[], []];
  const own: Surroundings = {
    env: { ...process.env, ...settings },
    stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
    stdout: collector(stdout!),
    stderr: collector(stderr!),
  };
  const { exitCode } = process;
  const putBack = (['env', 'stdin', 'stdout', 'stderr'] as const).map(letDiffer);
  try {
    process.exitCode = undefined;
    await surroundings.run(own, async () => {
      try {
        await ringfenceProgram().parseAsync(args, { from: 'user' });
      } catch (error) {
        if (!(error instanceof CommanderError)) process.stderr.write(`${sentenceOf(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
    return {
      code: Number(process.exitCode ?? 0),
      stdout: Buffer.concat(stdout!).toString(),
      stderr: Buffer.concat(stderr!).toString(),
    };
  } finally {
    for (const put of putBack) put();
    process.exitCode = exitCode;
  }
}

function collector(chunks: Buffer[]): Writable {
  return new Writable({
    write: (chunk: Buffer, _, written) => {
      chunks.push(chunk);
      written();
    },
  });
}

/** Lets a command see its own, and everybody else that of the process, until it is put back. */
function letDiffer(name: keyof Surroundings): () => void {
  const kept = Object.getOwnPropertyDescriptor(process, name)!;
  const real = process[name];
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: true,
    get: () => surroundings.getStore()?.[name] ?? real,
  });
  return () => void Object.defineProperty(process, name, kept);
}

/** The command in a process of its own, from its sources, and the process itself: to be interrupted. */
export function startCli(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  input?: string,
): { readonly child: ChildProcess; readonly result: Promise<CliResult> } {
  const child = spawn(
    process.execPath,
    ['--import', join(root, 'test/support/typescript.mjs'), join(root, 'apps/cli/src/main.ts'), ...args],
    {
      env: { ...process.env, NODE_NO_WARNINGS: '1', ...settings },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      timeout: commandMsMax,
      killSignal: 'SIGKILL',
    },
  );
  child.stdin?.on('error', () => undefined).end(input);
  const [stdout, stderr]: Buffer[][] = [[], []];
  child.stdout!.on('data', (chunk: Buffer) => stdout!.push(chunk));
  child.stderr!.on('data', (chunk: Buffer) => stderr!.push(chunk));
  const result = new Promise<CliResult>((ended, failed) => {
    child.once('error', failed);
    child.once('close', (code) =>
      ended({ code, stdout: Buffer.concat(stdout!).toString(), stderr: Buffer.concat(stderr!).toString() }),
    );
  });
  return { child, result };
}
