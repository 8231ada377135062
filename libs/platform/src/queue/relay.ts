import type { Clock } from '@ringfence/kernel';
import type { Queue } from 'bullmq';
import type pg from 'pg';
import type { Config } from '../config.js';
import { newClient } from '../database/pool.js';

export const relayBatchMax = 500;
export const relayPollMsMax = 2_000;

interface OutboxRow {
  authority_id: string;
  id: string;
  name: string;
  payload: Record<string, unknown>;
  run_at: Date;
}

/**
 * Carries outbox rows to the queue under the row's id, so that a row carried twice is one job. It listens for new rows
 * and looks by itself every {@link relayPollMsMax}, because a notice can be lost. A lost connection is opened again.
 */
export class OutboxRelay {
  private client: pg.Client | undefined;
  private stopped = false;
  private wake: () => void = () => undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly config: Pick<Config, 'DATABASE_URL' | 'DATABASE_APP_URL'>,
    private readonly queue: Queue,
    private readonly clock: Clock,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Resolves when it listens; throws where the database does not let it. */
  async start(): Promise<void> {
    await this.connected();
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.running;
    await this.disconnect();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      // Made before looking, so that a row committed while we look is not slept over.
      const noticed = new Promise<void>((resolve) => (this.wake = resolve));
      try {
        while (!this.stopped && (await this.relayOnce(await this.connected())) === relayBatchMax);
      } catch (error) {
        this.onFailure(error);
      }
      if (this.stopped) return;
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([noticed, new Promise((resolve) => (timer = setTimeout(resolve, relayPollMsMax)))]);
      clearTimeout(timer);
    }
  }

  private async connected(): Promise<pg.Client> {
    if (this.client) return this.client;
    const client = newClient({
      connectionString: this.config.DATABASE_APP_URL ?? this.config.DATABASE_URL,
      options: '-c role=ringfence_app -c search_path=ringfence -c timezone=UTC',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    client.on('error', (error) => {
      this.onFailure(error);
      if (this.client === client) this.client = undefined;
    });
    client.on('notification', () => this.wake());
    try {
      await client.connect();
      await client.query('LISTEN ringfence_outbox');
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    return client;
  }

  private async disconnect(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  /** Returns how many rows it carried. A crash before COMMIT leaves the rows to be carried again, under the same ids. */
  private async relayOnce(client: pg.Client): Promise<number> {
    await client.query('BEGIN');
    try {
      const { rows } = await client.query<OutboxRow>('SELECT * FROM claim_outbox_jobs($1)', [relayBatchMax]);
      if (rows.length > 0) {
        const now = this.clock.now().getTime();
        await this.queue.addBulk(
          rows.map((row) => ({
            name: row.name,
            data: { ...row.payload, authorityId: row.authority_id },
            opts: { jobId: row.id, delay: Math.max(0, row.run_at.getTime() - now) },
          })),
        );
        await client.query('SELECT mark_outbox_jobs_relayed($1)', [rows.map((row) => row.id)]);
      }
      await client.query('COMMIT');
      return rows.length;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => this.disconnect());
      throw error;
    }
  }
}
