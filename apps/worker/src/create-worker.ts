import { NestFactory } from '@nestjs/core';
import { Logger, type INestApplicationContext } from '@nestjs/common';
import type { Clock } from '@ringfence/kernel';
import { Database, databaseNeed, JobRunner, JsonLogger, type Config, type JobRunnerOptions } from '@ringfence/platform';
import { serveHealth } from './health.js';
import { JobHandlersOfModules } from './job-handlers.js';
import { logFailure } from './log-failure.js';
import { Sweep, type SweepReport } from './sweep.js';
import { WorkerModule } from './worker.module.js';

export interface WorkerOptions {
  readonly runner?: JobRunnerOptions;
  /** Between sweeps; the first is at the start. */
  readonly sweepEveryMs?: number;
  /** How long what is due may be late before a sweep takes it for lost. */
  readonly graceMs?: number;
}

export interface RunningWorker {
  readonly app: INestApplicationContext;
  /** Where it answers GET /health. */
  readonly healthPort: number;
  /** Sweeps now; where a sweep is under way, waits for it first. */
  sweep(): Promise<SweepReport>;
  /** Lets the jobs and the sweep under way end, then closes everything. */
  stop(): Promise<void>;
}

const logger = new Logger('worker');

export const sweepEveryMsUsual = 3 * 60_000;

/** Starts a worker over a configuration and a clock. `port` 0 takes a free one. Tests start it the same way. */
export async function createWorker(
  config: Config,
  clock: Clock,
  options: WorkerOptions = {},
  port: number = config.WORKER_PORT,
): Promise<RunningWorker> {
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config, clock), {
    logger: new JsonLogger(config.LOG_LEVEL),
    abortOnError: false,
  });
  const runner = new JobRunner(
    config,
    clock,
    app.get(JobHandlersOfModules).find(),
    (failure) => logFailure(logger, failure),
    options.runner,
  );
  const sweeps = sweeper(app, runner, options);
  const end = async (): Promise<void> => {
    await sweeps.stop();
    await runner.stop();
    await app.close();
  };
  try {
    await runner.start();
    const health = await serveHealth(port, config.LISTEN_ADDRESS, [
      databaseNeed(app.get(Database)),
      { name: 'queue', check: () => runner.check() },
    ]);
    sweeps.start();
    logger.log('The worker takes jobs.', { queue: config.REDIS_URL ? 'Redis' : 'PostgreSQL', port: health.port });
    return {
      app,
      healthPort: health.port,
      sweep: sweeps.now,
      stop: async () => {
        await health.close();
        await end();
      },
    };
  } catch (error) {
    await end().catch(() => undefined);
    throw error;
  }
}

/** One sweep at a time: at the start, then at every interval. */
function sweeper(
  app: INestApplicationContext,
  runner: JobRunner,
  { sweepEveryMs = sweepEveryMsUsual, graceMs }: WorkerOptions,
): { start(): void; now(): Promise<SweepReport>; stop(): Promise<void> } {
  let [stopped, timer]: [boolean, NodeJS.Timeout | undefined] = [false, undefined];
  let under: Promise<unknown> = Promise.resolve();
  const now = (): Promise<SweepReport> => {
    const next = under.then(async () => {
      const report = await app
        .get(Sweep)
        .run(
          runner,
          (error, authorityId) => logger.error('A sweep met trouble.', { authorityId, ...wordsOf(error) }),
          graceMs,
        );
      if (Object.values(report).some((count) => count > 0)) logger.log('Swept.', { ...report });
      return report;
    });
    under = next.catch(() => undefined);
    return next;
  };
  const again = async (): Promise<void> => {
    await now().catch((error: unknown) => logger.error('A sweep failed.', wordsOf(error)));
    if (!stopped) timer = setTimeout(() => void again(), sweepEveryMs);
  };
  return {
    start: () => void again(),
    now,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await under;
      clearTimeout(timer);
    },
  };
}

function wordsOf(error: unknown): Record<string, unknown> {
  return error instanceof Error ? { error: error.message, stack: error.stack } : { error: String(error) };
}
