import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const root = join(import.meta.dirname, '../..');
const commandMsMax = 60_000;

/** The `ringfence` command in a process of its own, from its sources, with these settings beside the machine's and this on standard input. */
export async function runCli(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  input?: string,
): Promise<CliResult> {
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
  const code = await new Promise<number | null>((ended, failed) => child.once('close', ended).once('error', failed));
  return { code, stdout: Buffer.concat(stdout!).toString(), stderr: Buffer.concat(stderr!).toString() };
}
