import { Worker } from 'node:worker_threads';
import { addTo, emptyTally, type Tally } from './tally.js';
import type { Slice, WorkerTask } from './worker.js';

/** A reading that has not ended by then is ended from outside. Within it, the thread itself tells what took a second. */
export const hangMillisecondsMax = 20_000;
/** The heap of each thread. What needs more ends its thread and is a fault. */
export const heapMebibytesMax = 512;
export const faultsMax = 20;
const runsPerSlice = 500;
const watchEveryMs = 250;

export interface FuzzPlan {
  readonly seed: number;
  readonly first: number;
  readonly runs: number;
  readonly threads: number;
  /** The thread's program; that of ./worker.ts unless a test has another. */
  readonly program?: URL;
  readonly hangMilliseconds?: number;
  readonly heapMebibytes?: number;
}

/**
 * Judges the inputs in several threads and watches them from this one: a thread that hangs or runs out of memory is
 * ended, its input is a fault, and another goes on behind it. Which thread checks an input changes nothing.
 */
export async function checkInThreads(
  plan: FuzzPlan,
  onProgress: (total: Tally) => void = () => undefined,
): Promise<Tally & { peakMebibytes: number }> {
  const total = emptyTally();
  const slices = slicesOf(plan);
  let peakMebibytes = 0;
  const memory = setInterval(() => {
    peakMebibytes = Math.max(peakMebibytes, Math.ceil(process.memoryUsage.rss() / 1024 / 1024));
  }, watchEveryMs);
  const work = async (): Promise<void> => {
    let thread: WatchedThread | undefined;
    for (let slice = slices.next(); slice && total.faults.length < faultsMax; slice = slices.next()) {
      for (let done = false; !done;) {
        thread ??= new WatchedThread(plan);
        const answer = await thread.check(slice);
        if ('runs' in answer) {
          addTo(total, answer);
          done = true;
        } else {
          thread = undefined;
          addTo(total, { ...emptyTally(), runs: 1, faults: [{ run: answer.run, sample: '', what: answer.what }] });
          slice = { ...slice, without: [...slice.without, answer.run] };
        }
      }
      onProgress(total);
    }
    await thread?.end();
  };
  try {
    await Promise.all(Array.from({ length: plan.threads }, work));
  } finally {
    clearInterval(memory);
  }
  return { ...total, peakMebibytes };
}

function slicesOf({ first, runs }: FuzzPlan): { next(): Slice | undefined } {
  let from = first;
  return {
    next() {
      if (from >= first + runs) return undefined;
      const slice = { from, to: Math.min(first + runs, from + runsPerSlice), without: [] };
      from = slice.to;
      return slice;
    },
  };
}

/** A thread, and what it is at: it may not be able to say so itself any more. */
class WatchedThread {
  private readonly watched = new SharedArrayBuffer(16);
  private readonly at = new Float64Array(this.watched);
  private readonly worker: Worker;
  private readonly ready: Promise<unknown>;
  private readonly hangMilliseconds: number;
  private failure: Error | undefined;

  constructor({ seed, program, hangMilliseconds, heapMebibytes }: FuzzPlan) {
    const task: WorkerTask = { seed, watched: this.watched };
    this.hangMilliseconds = hangMilliseconds ?? hangMillisecondsMax;
    this.worker = new Worker(program ?? new URL('./worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: heapMebibytes ?? heapMebibytesMax },
    });
    this.worker.on('error', (error) => (this.failure = error as Error));
    this.ready = new Promise((ready) => this.worker.once('message', ready));
  }

  /** Every input of the slice; or the one at which the thread ended, and how. */
  async check(slice: Slice): Promise<Tally | { run: number; what: string }> {
    this.at[1] = Infinity;
    let watch: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve) => {
        const ended = (what: string) => resolve({ run: this.at[0]!, what });
        this.worker.once('exit', () => ended(`ended its thread: ${this.failure?.message ?? 'nobody knows why'}`));
        void this.ready.then(() => {
          this.worker.once('message', resolve);
          this.worker.postMessage(slice);
          watch = setInterval(() => {
            if (Date.now() - this.at[1]! < this.hangMilliseconds) return;
            clearInterval(watch);
            ended(`was not read within ${this.hangMilliseconds / 1000} seconds`);
            void this.worker.terminate();
          }, watchEveryMs);
        });
      });
    } finally {
      clearInterval(watch);
      this.worker.removeAllListeners('exit');
    }
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
