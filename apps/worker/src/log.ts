import type { LoggerService } from '@nestjs/common';
import type { JobFailure } from '@ringfence/platform';

export type LogLevel = 'error' | 'warn' | 'log' | 'debug';
const levels: readonly LogLevel[] = ['error', 'warn', 'log', 'debug'];

/** One JSON object a line: `time`, `level`, `message`, and the facts. Errors go to standard error. */
export class WorkerLog {
  constructor(private readonly upTo: LogLevel) {}

  write(level: LogLevel, message: string, facts: Readonly<Record<string, unknown>> = {}): void {
    if (levels.indexOf(level) > levels.indexOf(this.upTo)) return;
    const line = JSON.stringify({ time: new Date().toISOString(), level, message, ...facts });
    (level === 'error' ? process.stderr : process.stdout).write(`${line}\n`);
  }

  /** A job that will be tried again is a warning; one that is given up, or trouble outside of jobs, is an error. */
  failure({ error, job, final }: JobFailure): void {
    const text = error instanceof Error ? error.message : String(error);
    const stack = error instanceof Error ? error.stack : undefined;
    if (!job) return this.write('error', text, { stack });
    this.write(final ? 'error' : 'warn', text, {
      job: job.name,
      jobId: job.id,
      authorityId: job.authorityId,
      attempt: job.attempt,
      final,
      stack,
    });
  }

  /** Nest's own lines: what it says of its start is for debugging. */
  forNest(): LoggerService {
    return {
      log: (message: unknown, context?: unknown) => this.write('debug', String(message), { context }),
      debug: (message: unknown, context?: unknown) => this.write('debug', String(message), { context }),
      warn: (message: unknown, context?: unknown) => this.write('warn', String(message), { context }),
      error: (message: unknown, ...rest: unknown[]) => this.write('error', String(message), { context: rest.at(-1) }),
    };
  }
}
