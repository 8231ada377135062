import type pg from 'pg';
import type { Measure } from '../support/measure.js';
import { measure } from '../support/measure.js';

/** The smallest double entry: tables with a key and nothing else, as many accounts as a ledger with so many books has. */
export async function makeBaseline(owner: pg.Pool, accounts: number): Promise<void> {
  for (const sql of [
    'DROP TABLE IF EXISTS public.floor_accounts, public.floor_entries',
    'CREATE TABLE public.floor_accounts (id integer PRIMARY KEY, balance bigint NOT NULL) WITH (fillfactor = 50)',
    'CREATE TABLE public.floor_entries (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account integer NOT NULL, amount bigint NOT NULL)',
    `INSERT INTO public.floor_accounts SELECT n, 0 FROM generate_series(1, ${accounts}) n`,
    'VACUUM ANALYZE public.floor_accounts',
  ])
    await owner.query(sql);
}

const update = 'UPDATE public.floor_accounts SET balance = balance + $2 WHERE id = $1';
const insert = 'INSERT INTO public.floor_entries (account, amount) VALUES ($1, $2)';

/** Two updates and two inserts in a transaction, prepared, sent together: one wait for the work and one for the commit. */
export function baselineOfFour(pool: pg.Pool, accounts: number, clients: number, seconds: number): Promise<Measure> {
  return measure({
    clients,
    seconds,
    operation: async () => {
      const client = await pool.connect();
      try {
        const [a, b] = twoOf(accounts);
        const sent = [
          client.query('BEGIN'),
          client.query({ name: 'u', text: update, values: [a, 5] }),
          client.query({ name: 'u', text: update, values: [b, -5] }),
          client.query({ name: 'i', text: insert, values: [a, 5] }),
          client.query({ name: 'i', text: insert, values: [b, -5] }),
        ];
        await Promise.all(sent);
        await client.query('COMMIT');
      } finally {
        client.release();
      }
    },
  });
}

/** The same in one statement that commits itself: nothing can be faster through this driver. */
export function baselineOfOne(pool: pg.Pool, accounts: number, clients: number, seconds: number): Promise<Measure> {
  const text = `WITH a AS (UPDATE public.floor_accounts SET balance = balance + 5 WHERE id = $1),
                     b AS (UPDATE public.floor_accounts SET balance = balance - 5 WHERE id = $2)
                INSERT INTO public.floor_entries (account, amount) VALUES ($1, 5), ($2, -5)`;
  return measure({
    clients,
    seconds,
    operation: () => pool.query({ name: 'one', text, values: twoOf(accounts) }),
  });
}

/** In the order of their numbers, so that no two wait for each other. */
function twoOf(accounts: number): [number, number] {
  const a = 1 + Math.floor(Math.random() * (accounts - 1));
  return [a, a + 1];
}
