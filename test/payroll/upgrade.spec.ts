import { newClient, projectFolder, withDatabase } from '@ringfence/platform';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { serverUrl } from '../support/database.js';

const name = 'payroll_upgrade';
let admin: pg.Client;
let owner: pg.Client;

beforeAll(async () => {
  admin = newClient({ connectionString: serverUrl() });
  await admin.connect();
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${name}`);
  owner = newClient({ connectionString: withDatabase(serverUrl(), name) });
  await owner.connect();
}, 60_000);

afterAll(async () => {
  await owner?.end();
  await admin?.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin?.end();
});

async function apply(file: string): Promise<void> {
  await owner.query('BEGIN');
  await owner.query(await readFile(join(projectFolder(), 'migrations', file), 'utf8'));
  await owner.query('COMMIT');
}

describe('pay runs that were recorded before runs could wait', () => {
  it('are all posted, also two whose references differ by case and blanks alone', async () => {
    const files = (await readdir(join(projectFolder(), 'migrations'))).filter((file) => file.endsWith('.sql')).sort();
    const own = files.find((file) => file.startsWith('0030-'))!;
    for (const file of files.filter((one) => one < own)) await apply(file);
    await owner.query('SET search_path = ringfence');
    const [authority, organisation, client] = [1, 2, 3].map((n) => `01976e3a-5c00-7a10-8f01-3b1d5a7c010${n}`);
    await owner.query(
      `INSERT INTO authorities (id, name, kind, code) VALUES ($1, 'Oakshire', 'LOCAL_AUTHORITY', 'OAK')`,
      [authority],
    );
    await owner.query(
      `INSERT INTO organisations (authority_id, id, name, kind) VALUES ($1, $2, 'Payday Bureau', 'PAYROLL_BUREAU')`,
      [authority, organisation],
    );
    await owner.query(
      `INSERT INTO api_clients (authority_id, id, organisation_id, issuer, client_id, name) VALUES ($1, $2, $3, 'https://idp.example', 'payday', 'Payday')`,
      [authority, client, organisation],
    );
    for (const reference of ['RUN 1', 'run1', 'RUN-2']) {
      await owner.query(
        `INSERT INTO pay_runs (authority_id, id, organisation_id, api_client_id, reference, pay_date, frequency, payslips_count,
                               gross_pence, net_pence, employer_costs_pence, received_at)
         VALUES ($1, uuidv7(), $2, $3, $4, '2026-05-29', 'MONTHLY', 1, 1, 1, 0, now())`,
        [authority, organisation, client, reference],
      );
    }
    await apply(own);
    const { rows } = await owner.query<{ reference: string; state: string; key: string; id: string }>(
      'SELECT reference, state, reference_key AS key, id FROM pay_runs ORDER BY id',
    );
    expect(rows.map(({ reference, state, key }) => [reference, state, key])).toEqual([
      ['RUN 1', 'POSTED', 'RUN1'],
      ['run1', 'POSTED', `RUN1 ${rows[1]!.id}`],
      ['RUN-2', 'POSTED', 'RUN-2'],
    ]);
  }, 60_000);
});
