// A worker that has the effect of its job, says so, and never ends: it waits to be killed.
import 'reflect-metadata';
import { SystemClock } from '@ringfence/kernel';
import { JobRunner, ownerPool, readConfig } from '@ringfence/platform';

const config = readConfig();
const owner = ownerPool(config.DATABASE_URL);
const runner = new JobRunner(
  config,
  new SystemClock(),
  {
    'open-review': async ({ reviewId }) => {
      await owner.query('INSERT INTO marks VALUES ($1)', [reviewId]);
      process.send?.('began');
      await new Promise(() => undefined);
    },
  },
  ({ error }) => process.stderr.write(`${String(error)}\n`),
  { holdMs: 500 },
);
await runner.start();
