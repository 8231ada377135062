import 'reflect-metadata';
import { SystemClock } from '@ringfence/kernel';
import { endWithParent, readConfig } from '@ringfence/platform';
import { createWorker } from './create-worker.js';

endWithParent();
const stopping = new Promise<void>((stop) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop());
});
const worker = await createWorker(readConfig(), new SystemClock());
await stopping;
await worker.stop();
