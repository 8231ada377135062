import 'reflect-metadata';
import { SystemClock } from '@ringfence/kernel';
import { appDataSource, Database, readConfig } from '@ringfence/platform';
import { once } from 'node:events';
// Not by the lib's face: a process that reads no files starts sooner without the readers.
import { CommitStatement } from '../../libs/statements/src/imports/commit-statement.job.js';
import { statementsEntities } from '../../libs/statements/src/records/statements.entities.js';

// A worker with one job: says that it is ready, is told the job, does it and says so, unless it is killed before.
const [url] = process.argv.slice(2) as [string];
const config = readConfig({ DATABASE_URL: url, DATABASE_POOL_MAX: '3' });
const database = new Database(await appDataSource(config, statementsEntities).initialize(), new SystemClock());
process.stdout.write('ready\n');
const [told] = (await once(process.stdin, 'data')) as [Buffer];
await new CommitStatement(database).run(JSON.parse(told.toString()) as { authorityId: string; importId: string });
process.stdout.write('done\n');
await database.close();
process.exit(0);
