import type { Clock } from '@ringfence/kernel';
import type { Job, Queue, Worker } from 'bullmq';
import type { Config } from '../config.js';
import { withLogFacts } from '../logging/log-facts.js';
import { openQueue, openWorker } from './connection.js';
import { lostJobGraceMs, OutboxRecord } from './outbox-record.js';
import type { JobName, JobPayloads } from './outbox.js';
import { OutboxRelay } from './relay.js';

export const jobAttemptsMax = 8;
export const jobsAtOnceMax = 4;
/** How often a job may lose its worker (killed, or cut off) before it is given up. */
export const jobStallsMax = 5;
const keepDoneSeconds = 24 * 3600;
const keepFailedSeconds = 30 * 24 * 3600;

/** What a job does. It must be idempotent: a worker may die between the effect and the record of it. */
export type JobHandlers = {
  readonly [Name in JobName]: (payload: JobPayloads[Name] & { authorityId: string }) => Promise<void>;
};

/** Something that went wrong; with a job where it was in a job. `final` says that it will not be tried again. */
export interface JobFailure {
  readonly error: unknown;
  readonly job?: { readonly id: string; readonly name: string; readonly authorityId: string; readonly attempt: number };
  readonly final?: boolean;
}

/** The usual values serve; tests shorten them. */
export interface JobRunnerOptions {
  readonly attemptsMax?: number;
  /** Before the second attempt; each wait is twice the one before. */
  readonly backoffMs?: number;
  /** A worker that has not renewed its hold on a job for this long is taken for dead. */
  readonly holdMs?: number;
}

/** Runs the jobs: the relay that brings them from the outbox, the queue that keeps them, and the worker. */
export class JobRunner {
  private readonly queue: Queue;
  private readonly worker: Worker;
  private readonly relay: OutboxRelay;
  private readonly record: OutboxRecord;
  private working: Promise<void> = Promise.resolve();
  private stopped: Promise<void> | undefined;

  constructor(
    config: Pick<Config, 'DATABASE_URL' | 'DATABASE_APP_URL' | 'REDIS_URL'>,
    private readonly clock: Clock,
    private readonly handlers: Partial<JobHandlers>,
    private readonly onFailure: (failure: JobFailure) => void,
    options: JobRunnerOptions = {},
  ) {
    const { attemptsMax = jobAttemptsMax, backoffMs = 500, holdMs = 30_000 } = options;
    const report = (error: unknown): void => this.onFailure({ error });
    this.queue = openQueue(config, {
      defaultJobOptions: {
        attempts: attemptsMax,
        backoff: { type: 'exponential', delay: backoffMs },
        removeOnComplete: { age: keepDoneSeconds },
        removeOnFail: { age: keepFailedSeconds },
      },
    });
    this.queue.on('error', report);
    this.worker = openWorker(config, (job) => this.run(job), {
      concurrency: jobsAtOnceMax,
      lockDuration: holdMs,
      stalledInterval: holdMs,
      maxStalledCount: jobStallsMax,
    });
    this.worker.on('error', report);
    this.worker.on('failed', (job, error) => void this.fail(job, error));
    this.relay = new OutboxRelay(config, this.queue, clock, report);
    this.record = new OutboxRecord(config, report);
  }

  /** Resolves when it takes jobs; throws where the store or the database cannot be reached. */
  async start(): Promise<void> {
    await this.queue.waitUntilReady();
    await this.worker.waitUntilReady();
    this.working = this.worker.run().catch((error: unknown) => this.onFailure({ error }));
    await this.relay.start();
  }

  /**
   * Looks after the jobs that are due for `graceMs` and of whose end PostgreSQL knows nothing; answers for how many it
   * did something. One that the queue has lost is carried again. One that the queue has given up, while PostgreSQL
   * could not be told (it was away), is tried again. One that still waits or runs is left alone.
   */
  async restoreLost(graceMs: number = lostJobGraceMs): Promise<number> {
    await this.record.deleteOld();
    const lost: string[] = [];
    let triedAgain = 0;
    for (const id of await this.record.unended(this.clock.now(), graceMs)) {
      const job = (await this.queue.getJob(id)) as Job | undefined;
      if (!job) lost.push(id);
      else if (await job.isFailed()) {
        await job.retry('failed', { resetAttemptsMade: true });
        triedAgain += 1;
      }
    }
    if (lost.length > 0) await this.record.relayAgain(lost);
    return lost.length + triedAgain;
  }

  /** Throws where the queue's store does not answer. */
  async check(): Promise<void> {
    await this.queue.getWaitingCount();
  }

  /** Lets the jobs under way end, then closes everything. Asked again it waits for the same end. */
  stop(): Promise<void> {
    return (this.stopped ??= this.close());
  }

  private async close(): Promise<void> {
    await this.relay.stop();
    await this.worker.close();
    await this.working;
    await this.queue.close();
    await this.record.close();
  }

  private async run(job: Job): Promise<void> {
    const handler = this.handlers[job.name as JobName] as ((payload: unknown) => Promise<void>) | undefined;
    if (!handler) throw new Error(`No handler is registered for the job ${job.name}.`);
    const facts = { job: job.name, jobId: job.id!, authorityId: authorityOf(job) };
    await withLogFacts(facts, () => handler(job.data));
    // Before BullMQ hears of it: a job that the queue calls done is done in PostgreSQL too.
    await this.record.done(job.id!, authorityOf(job));
  }

  private async fail(job: Job | undefined, error: Error): Promise<void> {
    if (!job) return this.onFailure({ error });
    const final = job.finishedOn !== undefined && job.finishedOn !== null;
    const authorityId = authorityOf(job);
    this.onFailure({ error, final, job: { id: job.id!, name: job.name, authorityId, attempt: job.attemptsMade } });
    if (!final) return;
    await this.record
      .failed(job.id!, authorityId, error.message)
      .catch((second: unknown) => this.onFailure({ error: second }));
  }
}

function authorityOf(job: Job): string {
  return (job.data as { authorityId: string }).authorityId;
}
