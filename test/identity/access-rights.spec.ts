import { accessTable } from '@ringfence/identity';
import { newClient } from '@ringfence/platform';
import type pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = newClient({ connectionString: database.url, options: '-c search_path=ringfence' });
  await owner.connect();
}, 60_000);

afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

/** Policies that ask for any grant, whatever its role, each with its reason. */
const anyGrantIsEnough: Readonly<Record<string, string>> = {};

describe('what a role may do', () => {
  it('is the same in libs/identity/src/domain/access.ts and in the table access_rights', async () => {
    const { rows } = await owner.query<{ pair: string }>(`SELECT action || ' ' || role AS pair FROM access_rights`);
    const held = new Set(rows.map(({ pair }) => pair));
    const wanted = Object.entries(accessTable).flatMap(([action, roles]) => roles.map((role) => `${action} ${role}`));
    // Both are put right in migrations/functions/identity/rights.sql.
    const missing = wanted.filter((pair) => !held.has(pair));
    const tooMuch = [...held].filter((pair) => !wanted.includes(pair));
    expect({ missing, tooMuch }).toEqual({ missing: [], tooMuch: [] });
  });

  it('is decided by no policy from the mere fact of a grant: each names the action that a reader needs', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT tablename || ' ' || policyname AS name FROM pg_policies WHERE schemaname = 'ringfence'
          AND concat_ws(' ', qual, with_check) ~ 'grants_in_force' ORDER BY 1`,
    );
    // A new table: CALL protect('table', readers('{receipts.read}')), in policies.sql of its library.
    expect(rows.map(({ name }) => name).filter((name) => !(name in anyGrantIsEnough))).toEqual([]);
  });

  it('names in the policies only actions of the table', async () => {
    const { rows } = await owner.query<{ action: string }>(
      `SELECT DISTINCT a.action[1] AS action FROM pg_policies,
              regexp_matches(concat_ws(' ', qual, with_check), '''([a-z-]+\\.[a-z-]+)''', 'g') AS a(action)
        WHERE schemaname = 'ringfence'`,
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.map(({ action }) => action).filter((action) => !(action in accessTable))).toEqual([]);
  });
});
