import type { Database, TenantContext } from '@ringfence/platform';
import type { ProgressStep } from '../records/statements.entities.js';

/** How often progress is written at most, and how long a step must take before it is written at all. */
export const progressEveryMilliseconds = 400;

/**
 * Tells how far an import has come, on a connection of its own: what the work's own transaction writes nobody sees
 * before it ends. A short import writes nothing. The work must not lock the row of the import while it reports.
 */
export class ImportProgress {
  private last = performance.now();
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly context: TenantContext,
    private readonly importId: string,
  ) {}

  /** Lines; `of` is null while it is not known how many there are. Returns at once. */
  report(step: ProgressStep, done: number, of: number | null): void {
    const now = performance.now();
    if (now - this.last < progressEveryMilliseconds) return;
    this.last = now;
    this.writing = this.writing.then(() => this.write(step, done, of)).catch(() => undefined);
  }

  /** Resolves when nothing more is on its way; to be waited for before the work's transaction touches the row. */
  settled(): Promise<void> {
    return this.writing;
  }

  private async write(step: ProgressStep, done: number, of: number | null): Promise<void> {
    await this.database.transaction(this.context, (tx) =>
      tx.query(
        `UPDATE statement_imports SET progress_step = $3, progress_done = $4, progress_of = $5
          WHERE authority_id = $1 AND id = $2 AND state IN ('RECEIVED', 'COMMITTING')`,
        [this.context.authorityId, this.importId, step, done, of],
      ),
    );
  }
}

/** What clears it, to be part of the work's last change to the import. */
export const noProgress = { progressStep: null, progressDone: null, progressOf: null } as const;
