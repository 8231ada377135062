import { SystemClock } from '@ringfence/kernel';
import { JournalPoster, postJournals } from '@ringfence/ledger';
import { appDataSource, Database, ownerPool, Pool, readConfig } from '@ringfence/platform';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { measure, summary, watchServerOf, type Measure } from '../support/measure.js';
import { startServer } from '../support/server.js';
import { baselineOfFour, baselineOfOne, makeBaseline } from './baseline.js';
import type { LoadResult } from './load-result.js';
import { againstTargets } from './targets.js';
import { fill, read, type Reading } from './reading.js';
import { bankLine, seedAuthority, type Authority } from './seed.js';

const clients = 20;
const bookCounts = [1_000, 50, 10] as const;
const batchSizes = [10, 100, 1_000] as const;

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly entries: number;
}

/** Every kind of load in turn, several times round, so that what else the machine does falls on all alike. */
export async function run(args: readonly string[]): Promise<void> {
  const quick = args.includes('--quick');
  const options: Options = quick
    ? { rounds: 1, seconds: 2, entries: 50_000 }
    : { rounds: 3, seconds: 4, entries: 1_000_000 };
  const server = await startServer();
  const owner = ownerPool(server.url, 4);
  // Twenty callers share the connections that a service has as a rule, the baseline's as many as the ledger's.
  const config = readConfig({ DATABASE_URL: server.url });
  const pool = new Pool({
    connectionString: server.url,
    max: config.DATABASE_POOL_MAX,
    pipeline: true,
  } as pg.PoolConfig);
  const database = new Database(await appDataSource(config, []).initialize(), new SystemClock());
  try {
    watchServerOf((await owner.query('SELECT pg_backend_pid() AS pid')).rows[0].pid as number);
    const result = await measureAll(options, owner, pool, database, config.DATABASE_POOL_MAX);
    print(result.loads);
    if (quick) return;
    const file = join(import.meta.dirname, '../results/ledger.json');
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
    process.stdout.write(`Written to ${file}.\n`);
  } finally {
    await Promise.all([database.close(), pool.end(), owner.end()]);
    await server.stop();
  }
}

interface Load {
  readonly name: string;
  /** Journals, or readings, in one operation. */
  readonly size: number;
  readonly run: (seconds: number) => Promise<Measure>;
}

async function measureAll(
  { rounds, seconds, entries }: Options,
  owner: pg.Pool,
  pool: pg.Pool,
  database: Database,
  connections: number,
) {
  const accounts = 2_000;
  await makeBaseline(owner, accounts);
  const ledgers = await Promise.all(bookCounts.map((books) => seedAuthority(owner, books)));
  await owner.query('VACUUM ANALYZE');
  const posting: Load[] = [
    {
      name: 'baseline: a transaction of four statements',
      size: 1,
      run: (time) => baselineOfFour(pool, accounts, clients, time),
    },
    { name: 'baseline: one statement', size: 1, run: (time) => baselineOfOne(pool, accounts, clients, time) },
    ...ledgers.map((ledger, order) => ({
      name: `single journals, ${bookCounts[order]} books`,
      size: 1,
      run: (time: number) => post(database, ledger, 1, time),
    })),
    ...ledgers.map((ledger, order) => ({
      name: `single journals in groups, ${bookCounts[order]} books`,
      size: 1,
      run: (time: number) => postInGroups(new JournalPoster(database), ledger, time),
    })),
    {
      name: `single journals, 1 client, ${bookCounts[0]} books`,
      size: 1,
      run: (time) => post(database, ledgers[0]!, 1, time, 1),
    },
    ...batchSizes.map((size) => ({
      name: `batches of ${size}, ${bookCounts[0]} books`,
      size,
      run: (time: number) => post(database, ledgers[0]!, size, time),
    })),
  ];
  const posted = await inTurn(posting, rounds, seconds, owner);
  const rows = await rowsPerJournal(owner, database, ledgers[0]!);
  process.stderr.write(`filling the books with ${entries} entries\n`);
  const filled = await seedAuthority(owner, bookCounts[0]);
  await fill(database, filled, entries, owner);
  const readings: [Reading, string][] = [
    ['balanceNow', 'balance now'],
    ['balanceAtDate', 'balance at a date'],
    ['statementOfMonth', 'statement of account, a month'],
    ['trialBalance', 'trial balance of the authority'],
  ];
  const reading = [1, clients].flatMap((readers) =>
    readings.map(([what, name]) => ({
      name: `${name}, ${readers === 1 ? '1 client' : `${readers} clients`}`,
      size: 1,
      run: (time: number) => read(what, database, filled, readers, time),
    })),
  );
  const read_ = await inTurn(reading, Math.min(rounds, 3), Math.min(seconds, 4), owner);
  const { rows: held } = await owner.query(
    'SELECT count(*)::integer AS entries FROM journal_entries WHERE authority_id = $1',
    [filled.context.authorityId],
  );
  return {
    at: new Date().toISOString(),
    clients,
    connections,
    rounds,
    secondsEach: seconds,
    entriesInBooks: held[0].entries as number,
    rowsPerSingleJournal: rows,
    settings: await settingsOf(owner),
    machine: machine(),
    targets: againstTargets([...posted, ...read_]),
    loads: [...posted, ...read_],
  };
}

/** Each batch is of 50 families of one client's own, as a bureau's pay runs are; a single journal is anybody's. */
function post(
  database: Database,
  { context, books }: Authority,
  size: number,
  seconds: number,
  callers = clients,
): Promise<Measure> {
  const own = books.length / callers;
  return measure({
    clients: callers,
    seconds,
    operation: (client) => {
      const pick = (): Authority['books'][number] =>
        size === 1
          ? books[Math.floor(Math.random() * books.length)]!
          : books[Math.floor((client + Math.random()) * own)]!;
      const drafts = Array.from({ length: size }, () => bankLine(pick(), 100n));
      return database.transaction(context, (tx) => postJournals(tx, drafts));
    },
  });
}

/** Single journals of anybody, as above, by the use case that lets those who wait for a commit share the next. */
function postInGroups(poster: JournalPoster, { context, books }: Authority, seconds: number): Promise<Measure> {
  return measure({
    clients,
    seconds,
    operation: () => poster.post(context, bankLine(books[Math.floor(Math.random() * books.length)]!, 100n)),
  });
}

async function inTurn(loads: readonly Load[], rounds: number, seconds: number, owner: pg.Pool): Promise<LoadResult[]> {
  const measures = loads.map((): Measure[] => []);
  const wal = loads.map(() => 0);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [order, load] of loads.entries()) {
      process.stderr.write(`round ${round} of ${rounds}: ${load.name}\n`);
      const before = await walPosition(owner);
      // The round before the first warms the plans and the pages.
      const found = await load.run(round === 0 ? Math.min(2, seconds) : seconds);
      if (round === 0) continue;
      measures[order]!.push(found);
      wal[order]! += Number((await walPosition(owner)) - before);
    }
    await owner.query('CHECKPOINT');
  }
  const found = measures.map(summary);
  const baseline = loads[0]!.name.startsWith('baseline') ? found[0]! : undefined;
  return loads.map(({ name, size }, order) => {
    const one = found[order]!;
    const rate = one.perSecond * size;
    const walBytesEach = Math.round(wal[order]! / (one.operations * size));
    return { name, size, rate, toBaseline: baseline ? rate / baseline.perSecond : null, walBytesEach, ...one };
  });
}

async function walPosition(owner: pg.Pool): Promise<bigint> {
  const { rows } = await owner.query(`SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS bytes`);
  return rows[0].bytes as bigint;
}

/** Rows written by one journal of two entries, as the server counts them, by table. */
async function rowsPerJournal(owner: pg.Pool, database: Database, ledger: Authority): Promise<Record<string, number>> {
  const count = async (): Promise<Map<string, bigint>> => {
    // An idle connection tells its counts after ten seconds.
    await new Promise((wake) => setTimeout(wake, 11_000));
    const { rows } = await owner.query(
      `SELECT relname AS name, n_tup_ins + n_tup_upd AS written FROM pg_stat_user_tables WHERE schemaname = 'ringfence'`,
    );
    return new Map(rows.map((row) => [row.name as string, row.written as bigint]));
  };
  const journals = 200;
  const before = await count();
  for (let order = 0; order < journals; order += 1)
    await database.transaction(ledger.context, (tx) => postJournals(tx, [bankLine(ledger.books[0]!, 1n)]));
  const after = await count();
  return Object.fromEntries(
    [...after]
      .map(([name, written]) => [name, Number(written - (before.get(name) ?? 0n)) / journals] as const)
      .filter(([, rows]) => rows > 0.01),
  );
}

async function settingsOf(owner: pg.Pool): Promise<Record<string, string>> {
  const names = [
    'server_version',
    'fsync',
    'synchronous_commit',
    'full_page_writes',
    'shared_buffers',
    'wal_compression',
  ];
  const { rows } = await owner.query('SELECT name, setting FROM pg_settings WHERE name = ANY ($1)', [names]);
  return Object.fromEntries(rows.map((row) => [row.name as string, row.setting as string]));
}

function machine(): Record<string, string | number> {
  const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryMb: Math.round(totalmem() / 2 ** 20),
    node: process.version,
    pg: dependencies['pg']!,
  };
}

function print(loads: readonly LoadResult[]): void {
  const line = (cells: readonly string[]): string =>
    cells.map((cell, order) => (order === 0 ? cell.padEnd(46) : cell.padStart(12))).join('');
  const lines = [line(['', 'a second', 'to baseline', 'ms p50', 'ms p99', 'WAL bytes', 'server ms', 'client ms'])];
  for (const load of loads) {
    const ms = (value: number): string => value.toFixed(3);
    lines.push(
      line([
        ...[load.name, load.rate.toFixed(0), load.toBaseline === null ? '' : load.toBaseline.toFixed(2)],
        ...[load.msP50.toFixed(2), load.msP99.toFixed(2), String(load.walBytesEach)],
        ...[ms(load.serverCpuMs / load.size), ms(load.clientCpuMs / load.size)],
      ]),
    );
  }
  process.stdout.write(`${lines.join('\n')}\n\n${againstTargets(loads).join('\n')}\n`);
}
