import type { Config } from '../config.js';
import { Pool } from '../database/pool.js';

/** A job that has been carried, is due for this long and has not ended, may be lost. */
export const lostJobGraceMs = 5 * 60_000;
export const doneJobsKeptDaysMax = 30;
export const unendedAtOnceMax = 1_000;
const deletedAtOnceMax = 10_000;

/** What PostgreSQL keeps of the jobs: which are done and which have failed, so that lost ones can be told from both. */
export class OutboxRecord {
  private readonly pool: Pool;

  constructor(config: Pick<Config, 'DATABASE_URL' | 'DATABASE_APP_URL'>, onFailure: (error: unknown) => void) {
    this.pool = new Pool({
      connectionString: config.DATABASE_APP_URL ?? config.DATABASE_URL,
      options: '-c role=ringfence_app -c search_path=ringfence -c timezone=UTC',
      max: 2,
      connectionTimeoutMillis: 10_000,
    });
    this.pool.on('error', onFailure);
  }

  async done(jobId: string, authorityId: string): Promise<void> {
    await this.pool.query('SELECT mark_outbox_job_done($1, $2)', [jobId, authorityId]);
  }

  async failed(jobId: string, authorityId: string, reason: string): Promise<void> {
    await this.pool.query('SELECT mark_outbox_job_failed($1, $2, $3)', [jobId, authorityId, reason]);
  }

  /** Ids of jobs that may be lost, those carried longest ago first. */
  async unended(now: Date, graceMs: number): Promise<string[]> {
    const { rows } = await this.pool.query<{ id: string }>(
      'SELECT unended_outbox_jobs($1, make_interval(secs => $2::float8 / 1000), $3) AS id',
      [now, graceMs, unendedAtOnceMax],
    );
    return rows.map(({ id }) => id);
  }

  /** Lets the relay carry them again. */
  async relayAgain(jobIds: readonly string[]): Promise<void> {
    await this.pool.query('SELECT relay_outbox_jobs_again($1)', [jobIds]);
  }

  async deleteOld(): Promise<void> {
    await this.pool.query('SELECT delete_done_outbox_jobs(make_interval(days => $1), $2)', [
      doneJobsKeptDaysMax,
      deletedAtOnceMax,
    ]);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
