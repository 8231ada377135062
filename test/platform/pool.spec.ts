import { newClient, ownerPool, Pool } from '@ringfence/platform';
import { until } from '../queue/jobs.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('a pool of connections', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('has left the server when its end has come', async () => {
    const witness = newClient({ connectionString: database.url });
    await witness.connect();
    for (let round = 0; round < 20; round += 1) {
      const pool = ownerPool(database.url, 3);
      await Promise.all([1, 2, 3].map(() => pool.query('SELECT pg_sleep(0.01)')));
      await pool.end();
      expect(pool.listenerCount('error')).toBeGreaterThan(0);
      expect(await others()).toBe(0);
    }
    await witness.end();

    async function others(): Promise<number> {
      const { rows } = await witness.query<{ count: string }>(
        `SELECT count(*) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
      );
      return Number(rows[0]!.count);
    }
  });

  it('goes on when the server ends its connections, idle or in use', async () => {
    const pool = new Pool({ connectionString: database.url, max: 2 });
    const used = await pool.connect();
    await pool.query('SELECT 1');
    await endAll(database.url);
    await expect(used.query('SELECT 1')).rejects.toThrow();
    used.release(true);
    await until(() => pool.totalCount === 0);
    expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  it('tells who gave it a function that it has ended, as TypeORM does', async () => {
    const pool = new Pool({ connectionString: database.url, max: 2 });
    await pool.query('SELECT 1');
    let told = false;
    await new Promise<void>((done) => pool.end(() => done((told = true) as never)));
    expect(told).toBe(true);
  });
});

async function endAll(url: string): Promise<void> {
  const admin = newClient({ connectionString: url });
  await admin.connect();
  await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
  await admin.end();
}
