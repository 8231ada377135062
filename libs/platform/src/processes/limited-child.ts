import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { endWithThisProcess } from './child-guard.js';

export interface ChildLimits {
  /** Resident memory of the whole process: heap, buffers, threads and what libraries take. */
  readonly mebibytesMax: number;
  /** Of that, JavaScript objects. */
  readonly heapMebibytesMax: number;
}

/** How often the memory of a child is looked at, where it can be read from /proc, and elsewhere. */
const memoryEveryMs = 20;
const memoryByPsEveryMs = 250;
/** What a process may ask for beyond what it uses: stacks of threads and pages of the heap that were never touched. */
const reservedMebibytes = 1_024;
/** A child that crashes with so much of its limit in use crashed for want of more. */
const crashedOfMemoryFrom = 0.5;
const lastWordsCharactersMax = 4_000;

/** How a child ended: over its limit of memory, ended by us, or by itself. */
export type ChildEnd = 'memory' | 'stopped' | 'exited';

/**
 * A program of ours that works on what strangers have sent, in a process of its own with limits: memory is watched from
 * here and bounded by the kernel where there is `ulimit -d`. It gets none of our environment, so no address and no secret,
 * and no descriptor but its two pipes; it is ended with this process, however that ends. Time is for the caller to watch.
 */
export class LimitedChild {
  readonly input: Writable;
  readonly output: Readable;
  /** Resolves when the process is gone. */
  readonly ended: Promise<ChildEnd>;
  private readonly child: ChildProcess;
  private end: ChildEnd = 'exited';
  private lastWords = '';
  private peakBytes = 0;

  /** `program` is the file of a module; from its source too, where this process itself was started so. */
  constructor(
    program: string,
    private readonly limits: ChildLimits,
  ) {
    const node = [...loaders(), `--max-old-space-size=${limits.heapMebibytesMax}`, program];
    const dataKilobytesMax = (limits.mebibytesMax + reservedMebibytes) * 1024;
    const [command, args] =
      process.platform === 'win32'
        ? [process.execPath, node]
        : ['/bin/sh', ['-c', `ulimit -d ${dataKilobytesMax} 2>/dev/null; exec "$0" "$@"`, process.execPath, ...node]];
    this.child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      // A session of its own: a terminal's Ctrl-C is for this process, which then ends the child.
      detached: true,
      cwd: '/',
      env: { TZ: 'UTC' },
    });
    this.input = this.child.stdin!;
    this.output = this.child.stdout!;
    // A child that is ended leaves a broken pipe: its end says so.
    this.input.on('error', () => undefined);
    this.output.on('error', () => undefined);
    this.child.stderr!.on('data', (said: Buffer) => {
      this.lastWords = (this.lastWords + said.toString()).slice(-lastWordsCharactersMax);
    });
    const { pid } = this.child;
    const unguard = pid === undefined ? () => undefined : endWithThisProcess(pid, 'KILL');
    const unwatch = pid === undefined ? () => undefined : this.watchMemory(pid);
    this.ended = new Promise((done) => {
      const over = (code: number | null, signal: NodeJS.Signals | null): void => {
        unguard();
        unwatch();
        if (this.end === 'exited' && this.diedOfMemory(code, signal)) this.end = 'memory';
        done(this.end);
      };
      this.child.once('error', () => over(null, null));
      this.child.once('exit', over);
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** What it wrote to standard error last; for a log. */
  get said(): string {
    return this.lastWords;
  }

  /** Resident memory in bytes; undefined where it cannot be read at once. */
  get bytes(): number | undefined {
    return residentBytes(this.child.pid);
  }

  kill(end: ChildEnd = 'stopped'): void {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.end = end;
    this.child.kill('SIGKILL');
  }

  /** Whether this process waits for the child before it can end by itself. */
  hold(held: boolean): void {
    for (const one of [this.child, this.input, this.output, this.child.stderr] as { ref?(): void; unref?(): void }[]) {
      if (held) one.ref?.();
      else one.unref?.();
    }
  }

  private get bytesMax(): number {
    return this.limits.mebibytesMax * 1024 * 1024;
  }

  /** V8 aborts where its heap is used up, and whoever is refused memory by the kernel crashes in one way or another. */
  private diedOfMemory(code: number | null, signal: NodeJS.Signals | null): boolean {
    if (code === 0) return false;
    if (/out of memory|allocation failed|Cannot allocate memory|bad_alloc/i.test(this.lastWords)) return true;
    return crashes.has(signal ?? '') && this.peakBytes > this.bytesMax * crashedOfMemoryFrom;
  }

  private watchMemory(pid: number): () => void {
    const check = (bytes = 0): void => {
      this.peakBytes = Math.max(this.peakBytes, bytes);
      if (bytes > this.bytesMax) this.kill('memory');
    };
    const byProc = residentBytes(pid) !== undefined;
    const timer = setInterval(
      () => (byProc ? check(residentBytes(pid)) : bytesByPs(pid, check)),
      byProc ? memoryEveryMs : memoryByPsEveryMs,
    );
    timer.unref();
    return () => clearInterval(timer);
  }
}

/** What makes this process read sources makes the child read them too; no other option of Node is handed on. */
function loaders(): string[] {
  const { execArgv } = process;
  const modules = execArgv.flatMap((argument, at) =>
    argument === '--import' ? [execArgv[at + 1] ?? ''] : argument.startsWith('--import=') ? [argument.slice(9)] : [],
  );
  // The child works in another folder.
  return modules.flatMap((module) => [
    '--import',
    /^\.{0,2}\//.test(module) ? pathToFileURL(resolve(module)).href : module,
  ]);
}

const pageBytes = 4096;

/** The second number of /proc/PID/statm is resident pages; on Linux pages of another size only make the limit looser. */
function residentBytes(pid: number | undefined): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * pageBytes;
  } catch {
    return undefined;
  }
}

function bytesByPs(pid: number, check: (bytes: number | undefined) => void): void {
  execFile('ps', ['-o', 'rss=', '-p', String(pid)], (error, kilobytes) =>
    check(error ? undefined : Number(kilobytes.trim()) * 1024),
  );
}

const crashes: ReadonlySet<string> = new Set(['SIGABRT', 'SIGSEGV', 'SIGBUS', 'SIGTRAP', 'SIGILL']);
