// A thread that hangs, dies and eats memory at certain inputs, for watched-threads.spec.ts. Else as worker.ts.
import { parentPort, workerData } from 'node:worker_threads';

const at = new Float64Array(workerData.watched);
const actions = {
  7: () => {
    for (;;);
  },
  11: () => process.exit(3),
  13: () => {
    for (const held = []; ;) held.push(Array.from({ length: 1_000 }, (_, order) => ({ order })));
  },
};

parentPort.on('message', ({ from, to, without }) => {
  let runs = 0;
  for (let run = from; run < to; run += 1) {
    if (without.includes(run)) continue;
    [at[0], at[1]] = [run, Date.now()];
    actions[run]?.();
    runs += 1;
  }
  at[1] = Infinity;
  parentPort.postMessage({ runs, accepted: runs, formats: { csv: runs }, refusals: {}, slowest: null, faults: [] });
});
parentPort.postMessage(null);
