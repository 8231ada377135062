import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const root = join(import.meta.dirname, '../..');
const commandMsMax = 60_000;

/** The `ringfence` command in a process of its own, from its sources, with these settings beside the machine's and this on standard input. */
export function runCli(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  input?: string,
): Promise<CliResult> {
  return startCli(args, settings, input).result;
}

/** The same, and the process itself: to be interrupted. */
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
