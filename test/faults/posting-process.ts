import 'reflect-metadata';
import { SystemClock } from '@ringfence/kernel';
import { postJournals } from '@ringfence/ledger';
import { appDataSource, Database, readConfig, systemContext } from '@ringfence/platform';
import { writeSync } from 'node:fs';
import { askedBatch, draftsOf, type FaultBook } from './asked.js';

// Posts batches from several clients until it is killed. Says on standard output what it asks for before it asks, and
// what it was told is posted after it was told, each in one write that a kill cannot cut.
const [url, authorityId, given] = process.argv.slice(2) as [string, string, string];
const books = JSON.parse(given) as FaultBook[];
const config = readConfig({ DATABASE_URL: url, DATABASE_POOL_MAX: '6' });
const database = new Database(await appDataSource(config, []).initialize(), new SystemClock());

async function client(): Promise<never> {
  for (;;) {
    const asked = askedBatch();
    writeSync(1, `asked ${asked.batch} ${asked.size}\n`);
    await database.transaction(systemContext(authorityId), (tx) => postJournals(tx, draftsOf(asked, books)));
    writeSync(1, `posted ${asked.batch} ${asked.size}\n`);
  }
}

await Promise.all(Array.from({ length: 6 }, client));
