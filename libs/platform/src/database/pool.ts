import pg from 'pg';

/** How long the end of a pool waits for the server to close its connections. */
export const poolEndMsMax = 5_000;

/**
 * A pool of `pg` that cannot end the process: an error on a connection, idle or in use, reaches whoever asks of it next,
 * and never a bare `error` event. Its end is the end of its connections: `pg`'s own resolves once it has said goodbye,
 * and a server that is stopped at that moment would still answer, with an error.
 */
export class Pool extends pg.Pool {
  private readonly open = new Set<pg.PoolClient>();

  constructor(config: pg.PoolConfig) {
    super(config);
    this.on('error', () => undefined);
    this.on('connect', (client) => {
      this.open.add(client);
      client.on('error', () => undefined);
      client.once('end', () => this.open.delete(client));
    });
  }

  override end(): Promise<void>;
  override end(done: (error?: Error) => void): void;
  override end(done?: (error?: Error) => void): Promise<void> | void {
    const ended = this.endAll();
    if (done === undefined) return ended;
    ended.then(() => done(), done);
  }

  private async endAll(): Promise<void> {
    const closing = [...this.open].map((client) => new Promise((closed) => client.once('end', closed)));
    await super.end();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((given) => (timer = setTimeout(given, poolEndMsMax)));
    await Promise.race([Promise.all(closing), late]);
    clearTimeout(timer);
  }
}

/** One connection of `pg` that cannot end the process: what fails is told to whoever asks of it next. */
export function newClient(config: pg.ClientConfig): pg.Client {
  // eslint-disable-next-line no-restricted-syntax -- the one place
  const client = new pg.Client(config);
  client.on('error', () => undefined);
  return client;
}

/** Throws where the server does not let us in, or does not answer a statement. */
export async function tryConnection(databaseUrl: string, timeoutMs: number): Promise<void> {
  const client = newClient({ connectionString: databaseUrl, connectionTimeoutMillis: timeoutMs });
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** `pg` as TypeORM is to use it. */
export const pgWithPool: typeof pg = Object.assign(Object.create(pg) as typeof pg, { Pool });
