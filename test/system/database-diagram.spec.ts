import { newClient, projectFolder } from '@ringfence/platform';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { databasePage } from './database-diagram.js';
import { readOwners } from './sql-texts.js';

const root = projectFolder();
const file = join(root, 'docs/reference/database.md');

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

describe('the page of the database', () => {
  it('says of each table what it holds: the comment above it in its migration', async () => {
    const made = await databasePage(owner, readOwners(root), root);
    expect(made.match(/^- `\w+`$/gm) ?? []).toEqual([]);
  });

  it('is docs/reference/database.md: where it differs, run "npm run diagram" and look at what changed', async () => {
    const made = await databasePage(owner, readOwners(root), root);
    if (process.env['RINGFENCE_WRITE_DIAGRAM']) writeFileSync(file, made);
    expect(made).toBe(readFileSync(file, 'utf8'));
  });
});
