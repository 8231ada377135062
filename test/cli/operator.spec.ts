import { jest } from '@jest/globals';
import { ownerPool, withDatabase } from '@ringfence/platform';
import { startApi, type TestApi } from '../support/api.js';
import { serverUrl } from '../support/database.js';
import { seedAuthority, seedBudget, type SeededAuthority, type SeededBudget } from '../support/seed.js';
import { ParseStatement } from '@ringfence/statements';
import { runCli } from './run-cli.js';

jest.setTimeout(60_000);

let api: TestApi;
let authority: SeededAuthority;
let budget: SeededBudget;

beforeAll(async () => {
  api = await startApi();
  authority = await seedAuthority(api);
  budget = await seedBudget(api, authority);
  await seedBudget(api, authority);
  await seedBudget(api, await seedAuthority(api, 'Elmshire'));
  const file = {
    name: 'hsbc.csv',
    type: 'text/csv',
    bytes: Buffer.from('04/04/2026,SWIM CLUB,-20.00\n05/04/2026,CAFE,-2.40'),
  };
  const { body } = await budget.recipient.upload(
    '/v1/statement-imports',
    { designatedAccountId: budget.designatedAccountId },
    file,
  );
  await api.app.get(ParseStatement).run({ authorityId: authority.id, importId: body.id as string });
  await budget.recipient.post(`/v1/statement-imports/${body.id as string}/commit`, {});
});

afterAll(() => api.stop());

describe('ringfence ledger verify', () => {
  const verify = (...args: string[]) => runCli(['ledger', 'verify', ...args], { DATABASE_URL: api.databaseUrl });

  it('finds every book as it was posted', async () => {
    const { code, stdout, stderr } = await verify('--json');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '{"ok":true,"books":3,"journals":2,"firstDifference":null}\n',
    });
    expect(stderr).toContain('book 3 of 3');
  });

  it('verifies one book, or the books of one authority', async () => {
    expect((await verify('--book', budget.bookId, '--json')).stdout).toBe(
      '{"ok":true,"books":1,"journals":2,"firstDifference":null}\n',
    );
    expect((await verify('--authority', authority.id, '--json')).stdout).toContain('"books":2,');
    expect((await verify('--authority', authority.id)).stdout).toBe('2 books, 2 journals: all as posted.\n');
  });

  it('refuses a book and an authority that are not there', async () => {
    expect(await verify('--book', budget.id)).toMatchObject({ code: 2, stderr: `There is no book ${budget.id}.\n` });
    expect(await verify('--book', 'the first')).toMatchObject({
      code: 2,
      stderr: '"the first" is not a book’s id: write the whole id.\n',
    });
    expect(await verify('--authority', 'NOWHERE')).toMatchObject({
      code: 2,
      stderr: 'There is no authority with the id or code "NOWHERE".\n',
    });
  });

  it('ends with 1 and names the journal whose row the owner of the database changed', async () => {
    await api.owner.query('ALTER TABLE journal_entries DISABLE TRIGGER USER');
    await api.owner.query(
      `UPDATE journal_entries SET amount_pence = amount_pence * 2
        WHERE journal_id = (SELECT id FROM journals WHERE book_id = $1 AND sequence = 2)`,
      [budget.bookId],
    );
    const { code, stdout, stderr } = await verify('--json');
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('book 3 of 3'),
      stdout: `{"ok":false,"books":3,"journals":2,"firstDifference":{"book":"${budget.bookId}","sequence":2,"field":"amountPence"}}\n`,
    });
    expect((await verify()).stdout).toContain(
      `Book ${budget.bookId}: journal 2 is not as it was posted, in amountPence.\n`,
    );
  });
});

describe('ringfence authority add', () => {
  const add = (code: string, settings: Record<string, string> = {}) =>
    runCli(
      [
        ...['authority', 'add', '--name', 'Ashby Council', '--kind', 'LOCAL_AUTHORITY', '--code', code, '--json'],
        ...['--approver-name', 'Ann Approver', '--approver-email', 'ann@example.org', '--subject', 'ann'],
      ],
      { DATABASE_URL: api.databaseUrl, OIDC_ISSUER: api.issuer, ...settings },
    );

  it('lets the first approver in', async () => {
    const { code, stdout } = await add('ASHBY');
    expect(code).toBe(0);
    const { authorityId, approverId } = JSON.parse(stdout) as { authorityId: string; approverId: string };
    // The command's day is the machine's; the API's is the test's.
    api.clock.moveTo(new Date());
    const me = await api.as({ subject: 'ann' }).get('/v1/me');
    expect(me.body).toMatchObject({ id: approverId, authorityId, grants: [{ role: 'APPROVER' }] });
  });

  it('refuses a code that is taken', async () => {
    expect(await add('ASHBY')).toMatchObject({
      code: 2,
      stderr: 'The code "ASHBY" is another authority’s: choose a code that is not taken.\n',
    });
  });

  it('says to migrate a database that is empty', async () => {
    const empty = `cli_empty_${process.pid}`;
    const admin = withDatabase(serverUrl(), 'postgres');
    const pool = ownerPool(admin, 1);
    await pool.query(`CREATE DATABASE ${empty}`);
    try {
      expect(await add('X', { DATABASE_URL: withDatabase(serverUrl(), empty) })).toMatchObject({
        code: 1,
        stderr: 'The database is not up to date: run "ringfence migrate" first.\n',
      });
    } finally {
      await pool.query(`DROP DATABASE ${empty} WITH (FORCE)`);
      await pool.end();
    }
  });

  it('refuses options that are missing or empty', async () => {
    expect((await runCli(['authority', 'add', '--name', ' '])).code).toBe(2);
  });
});
