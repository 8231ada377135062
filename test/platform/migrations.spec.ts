import { migrate, newClient, projectFolder, readMigrationFiles, withDatabase } from '@ringfence/platform';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { startApi, type TestApi } from '../support/api.js';
import { createTestDatabase, serverUrl, type TestDatabase } from '../support/database.js';
import { populateAuthority } from '../system/populate.js';
import { baselineLast, migrationChecks, runWithChecks, type MigrationCheck } from './migration-checks.js';

const shipped = join(projectFolder(), 'migrations');
const later = '0011-later.sql';

/** A copy of /migrations that a test changes. */
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringfence-migrations-'));
  await cp(shipped, folder, { recursive: true });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(join(folder, name), text);
const append = (name: string, text: string) => appendFile(join(folder, name), text);

async function replace(name: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, name), 'utf8');
  expect(text).toContain(from);
  await write(name, text.replace(from, to));
}

type Queries = Pick<pg.Client, 'query'>;

async function read(owner: Queries, sql: string): Promise<Record<string, unknown>[]> {
  return (await owner.query<Record<string, unknown>>(sql)).rows;
}

const readMost = (owner: Queries) => read(owner, 'SELECT ringfence.entries_per_journal_max() AS most');

/** Policies and grants, as the database has them. */
async function readRights(owner: Queries): Promise<unknown> {
  return {
    policies: await read(
      owner,
      `SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies
        WHERE schemaname = 'ringfence' ORDER BY tablename, policyname`,
    ),
    grants: await read(
      owner,
      `SELECT c.relname, a.attname, c.relacl::text, a.attacl::text
         FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attacl IS NOT NULL
        WHERE c.relnamespace = 'ringfence'::regnamespace ORDER BY 1, 2`,
    ),
    triggers: await read(
      owner,
      `SELECT pg_get_triggerdef(t.oid) AS trigger, t.tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE c.relnamespace = 'ringfence'::regnamespace AND NOT t.tgisinternal ORDER BY 1`,
    ),
  };
}

/** A hash of all rows of each table, but for the record of what was applied. */
async function readTables(owner: Queries): Promise<Record<string, unknown>> {
  const tables = await read(owner, `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'ringfence' ORDER BY 1`);
  const found: Record<string, unknown> = {};
  for (const { name } of tables as { name: string }[]) {
    if (name === 'migration_texts') continue;
    const sql = `SELECT count(*)::integer AS rows, md5(string_agg(t::text, '' ORDER BY t::text)) AS hash FROM ringfence.${name} t`;
    [found[name]] = await read(owner, sql);
  }
  return found;
}

describe('a migration', () => {
  it('begins with its library and a note of a sentence or two', async () => {
    for (const { name, note, library } of (await readMigrationFiles(shipped)).numbered) {
      expect({ name, library, note }).toEqual({
        name,
        library: expect.stringMatching(/^[a-z-]+$/),
        note: expect.stringMatching(/^[A-Z][^.]+\.( [A-Z][^.]+\.)?$/),
      });
    }
  });

  it.each([
    ['without a header', later, 'CREATE TABLE later (id uuid);\n', /must begin with "-- Library: NAME" and a note/],
    ['without a note', later, '-- Library: ledger\n\nSELECT 1;\n', /must begin with "-- Library: NAME" and a note/],
    ['with a name of another form', '11-later.sql', '', /is not named as/],
    ['with a number that is taken', '0010-later.sql', '-- Library: ledger\n-- Adds it.\n\nSELECT 1;\n', /wrong number/],
    ['that leaves a number out', '0012-later.sql', '-- Library: ledger\n-- Adds it.\n\nSELECT 1;\n', /next is 0011/],
    ['of functions that order.txt does not list', 'functions/ledger/later.sql', 'SELECT 1;\n', /does not list ledger/],
  ])('is refused %s', async (_, name, text, message) => {
    await write(name, text);
    await expect(readMigrationFiles(folder)).rejects.toThrow(message);
  });

  it('has its checks, where it came after the baseline', async () => {
    const { numbered } = await readMigrationFiles(shipped);
    const after = numbered.map(({ name }) => name).filter((name) => name > baselineLast);
    expect(Object.keys(migrationChecks).sort()).toEqual(after);
  });
});

describe('on a database of its own', () => {
  const name = `migrated_${process.pid}`;
  let admin: pg.Client;
  let owner: pg.Client;

  beforeEach(async () => {
    admin = newClient({ connectionString: serverUrl() });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${name}`);
    owner = newClient({ connectionString: withDatabase(serverUrl(), name), options: '-c search_path=ringfence' });
    await owner.connect();
  }, 60_000);

  afterEach(async () => {
    await owner?.end();
    await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.end();
  });

  it('each migration makes of the rows before it what its checks expect', async () => {
    await runWithChecks(owner, await readMigrationFiles(shipped), migrationChecks);
  }, 60_000);

  it('a check sees the rows before the migration and after it', async () => {
    await write(later, '-- Library: platform\n-- Shortens names.\n\nUPDATE authorities SET name = left(name, 3);\n');
    const seen: unknown[] = [];
    const check: MigrationCheck = {
      before: async () => {
        await owner.query(
          `INSERT INTO authorities (id, name, kind, code) VALUES (gen_random_uuid(), 'Oakshire', 'LOCAL_AUTHORITY', 'OAK')`,
        );
      },
      after: async () => void seen.push(...(await read(owner, 'SELECT name FROM authorities'))),
    };
    await runWithChecks(owner, await readMigrationFiles(folder), { [later]: check });
    expect(seen).toEqual([{ name: 'Oak' }]);
  }, 60_000);
});

describe('a database with data', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
    await populateAuthority(api, 'Oakshire');
  }, 120_000);

  afterAll(() => api?.stop());

  it('has its changed functions replaced, and everything else is as it was', async () => {
    const before = { rights: await readRights(api.owner), tables: await readTables(api.owner) };
    await replace('functions/ledger/limits.sql', 'RETURN 1000;', 'RETURN 999;');
    await append('functions/ledger/policies.sql', '\n-- Another word.\n');
    expect(await migrate(api.databaseUrl, folder)).toEqual([
      'functions/ledger/limits.sql',
      'functions/ledger/policies.sql',
    ]);
    expect(await readMost(api.owner)).toEqual([{ most: 999 }]);
    expect({ rights: await readRights(api.owner), tables: await readTables(api.owner) }).toEqual(before);

    expect(await migrate(api.databaseUrl)).toHaveLength(2);
    expect(await readMost(api.owner)).toEqual([{ most: 1000 }]);
    expect(await migrate(api.databaseUrl)).toEqual([]);
  }, 60_000);

  it('runs a new migration once, and the functions after it', async () => {
    await write(
      later,
      `-- Library: ledger\n-- Gives every book a colour.\n\nALTER TABLE books ADD COLUMN colour text NOT NULL DEFAULT 'green';\n`,
    );
    await append(
      'functions/ledger/books.sql',
      `\nCREATE OR REPLACE FUNCTION colours() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT count(DISTINCT colour) FROM books $$;\n`,
    );
    expect(await migrate(api.databaseUrl, folder)).toEqual([later, 'functions/ledger/books.sql']);
    expect(await read(api.owner, 'SELECT ringfence.colours() AS found')).toEqual([{ found: 1n }]);
    expect(await read(api.owner, `SELECT note FROM ringfence.migration_texts WHERE name = '${later}'`)).toEqual([
      { note: 'Gives every book a colour.' },
    ]);
    expect(await migrate(api.databaseUrl, folder)).toEqual([]);
  }, 60_000);
});

describe('a database', () => {
  let database: TestDatabase;
  let owner: pg.Client;

  beforeEach(async () => {
    database = await createTestDatabase();
    owner = newClient({ connectionString: database.url, options: '-c search_path=ringfence' });
    await owner.connect();
  }, 60_000);

  afterEach(async () => {
    await owner?.end();
    await database?.drop();
  });

  it('keeps nothing of a migration that fails', async () => {
    await write(later, `-- Library: ledger\n-- Fails.\n\nCREATE TABLE later ();\nSELECT 1 / 0;\n`);
    await expect(migrate(database.url, folder)).rejects.toThrow('0011-later.sql: division by zero');
    expect(await read(owner, `SELECT to_regclass('later')::text AS later`)).toEqual([{ later: null }]);
  });

  it('keeps nothing of changed functions where one of them fails', async () => {
    await replace('functions/ledger/limits.sql', 'RETURN 1000;', 'RETURN 999;');
    await append('functions/reviews/policies.sql', '\nSELECT 1 / 0;\n');
    await expect(migrate(database.url, folder)).rejects.toThrow('functions/reviews/policies.sql: division by zero');
    expect(await readMost(owner)).toEqual([{ most: 1000 }]);
  });

  it('is refused where it was made before the first release', async () => {
    await owner.query(`INSERT INTO migration_texts (name, sha256) VALUES ('0001-foundations.sql', 'x')`);
    await expect(migrate(database.url)).rejects.toThrow(/before its first release.*an empty database/);
  });

  it('is refused where a migration was changed after it had run', async () => {
    await append('0004-ledger.sql', '\n-- One word more.\n');
    await expect(migrate(database.url, folder)).rejects.toThrow(/0004-ledger\.sql was changed after/);
  });

  it('is refused where a newer version has migrated it', async () => {
    await owner.query(`INSERT INTO migration_texts (name, sha256) VALUES ('0099-of-tomorrow.sql', 'x')`);
    await expect(migrate(database.url)).rejects.toThrow(/0099-of-tomorrow\.sql, which this version .* does not have/);
  });
});
