import type { Principal } from '@ringfence/identity';
import { SystemClock } from '@ringfence/kernel';
import { appDataSource, Database, FileStore, readConfig, Uploads } from '@ringfence/platform';
import { openStatement, readStatementFile } from '@ringfence/statement-files';
import {
  CommitStatement,
  ParseStatement,
  StatementImports,
  StatementReader,
  statementsEntities,
} from '@ringfence/statements';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { Peak } from './peak.js';

export interface Measured {
  readonly lines: number;
  readonly seconds: number;
  /** Processor time of this program. */
  readonly cpuSeconds: number;
  /** Of the whole program, and of its JavaScript objects, at most. */
  readonly peakRssMb: number;
  readonly peakHeapMb: number;
}

export interface Imported extends Measured {
  readonly receiveSeconds: number;
  readonly parseSeconds: number;
  readonly commitSeconds: number;
  readonly posted: number;
}

/** What a child can be asked to measure; arguments and answers are text. */
export const tasks = { parse, parseInMemory, importFile };

async function parse(path: string): Promise<Measured> {
  const source = { size: statSync(path).size, chunks: () => createReadStream(path) };
  const peak = new Peak();
  let lines = 0;
  const opened = await openStatement(source, {});
  const file = opened.ok ? await opened.read((taken) => void (lines += taken.length)) : opened;
  if (!file.ok) throw new Error(file.error.message);
  return { lines, ...peak.end() };
}

async function parseInMemory(path: string): Promise<Measured> {
  const peak = new Peak();
  const outcome = await readStatementFile(readFileSync(path));
  if (!outcome.ok) throw new Error(outcome.error.message);
  return { lines: outcome.statements.reduce((sum, { lines }) => sum + lines.length, 0), ...peak.end() };
}

/** Receives, reads and commits a file through the services, as a person of the authority; jobs are run at once. */
async function importFile(
  path: string,
  url: string,
  folder: string,
  authorityId: string,
  personId: string,
  accountId: string,
): Promise<Imported> {
  const config = readConfig({ DATABASE_URL: url, RINGFENCE_DATA: folder });
  const database = new Database(await appDataSource(config, statementsEntities).initialize(), new SystemClock());
  const files = new FileStore({ dataFolder: folder });
  const imports = new StatementImports(
    database,
    new Uploads(database, files, new SystemClock(), config),
    new SystemClock(),
  );
  const principal: Principal = {
    authorityId,
    authorityName: 'Benchmark',
    kind: 'person',
    id: personId,
    name: 'Officer',
    organisationId: null,
    grants: [{ role: 'FINANCE_OFFICER', budgetId: null, validFrom: '2020-01-01', validTo: null }],
    today: new SystemClock().today(),
  };
  const peak = new Peak();
  const request = (operation: string) => ({ key: path, operation, payload: path });
  const began = performance.now();
  const file = await imports.arrive(createReadStream(path));
  const { id } = await imports.receive(
    principal,
    { designatedAccountId: accountId, fileName: 'bench', file },
    request('receive'),
  );
  const received = performance.now();
  const reader = new StatementReader();
  await new ParseStatement(database, files, reader).run({ authorityId: principal.authorityId, importId: id });
  await reader.onModuleDestroy();
  const parsed = performance.now();
  await imports.commit(principal, id, { acceptAsNew: [], confirmed: false }, request('commit'));
  await new CommitStatement(database).run({ authorityId: principal.authorityId, importId: id });
  const committed = performance.now();
  const measured = peak.end();
  const { state, counts, commitRefusal, refusal } = await imports.view(principal, id);
  if (state !== 'COMMITTED') throw new Error(`The import is ${state}: ${commitRefusal ?? refusal ?? ''}`);
  await database.close();
  return {
    lines: counts.NEW,
    posted: counts.NEW,
    receiveSeconds: (received - began) / 1000,
    parseSeconds: (parsed - received) / 1000,
    commitSeconds: (committed - parsed) / 1000,
    ...measured,
  };
}
