import { parentPort, workerData } from 'node:worker_threads';
import { DamagedStatements } from './statements.js';
import { count, emptyTally } from './tally.js';

/** What the thread is given: which inputs, and where to say at which it is. */
export interface WorkerTask {
  readonly seed: number;
  /** Two numbers: the run at hand, and when its reading began, in milliseconds since 1970. */
  readonly watched: SharedArrayBuffer;
}

export interface Slice {
  readonly from: number;
  readonly to: number;
  /** Runs that ended the thread before this one. */
  readonly without: readonly number[];
}

// Most inputs are refused by an error, and nobody looks at where it came from.
Error.stackTraceLimit = 4;

const { seed, watched } = workerData as WorkerTask;
const at = new Float64Array(watched);
const statements = new DamagedStatements(seed);

parentPort!.on('message', (slice: Slice) => {
  void checkSlice(slice);
});
parentPort!.postMessage(null);

async function checkSlice({ from, to, without }: Slice): Promise<void> {
  const tally = emptyTally();
  for (let run = from; run < to; run += 1) {
    if (without.includes(run)) continue;
    at[0] = run;
    count(tally, run, await statements.check(run, () => void (at[1] = Date.now())));
  }
  at[1] = Infinity;
  parentPort!.postMessage(tally);
}
