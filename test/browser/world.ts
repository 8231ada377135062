import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { InstalmentRegister } from '@ringfence/budgets';
import {
  MemoryAccountDirectory,
  PrincipalDirectory,
  startBundledProvider,
  type BundledProvider,
  type Principal,
} from '@ringfence/identity';
import { SettableClock } from '@ringfence/kernel';
import { ownerPool, readConfig } from '@ringfence/platform';
import getPort from 'get-port';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { requireStyles } from '../support/styles.js';
import { createWebApp } from '../../apps/web/src/create-app.js';
import { createWorker, type RunningWorker } from '../../apps/worker/src/create-worker.js';
import type { TestApi } from '../support/api.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import {
  seedAuthority,
  seedBudget,
  seedPayee,
  type Actor,
  type SeededAuthority,
  type SeededBudget,
} from '../support/seed.js';

export const password = 'correct horse battery';

/** Pages, worker and identity provider in this process, over a database of their own, with one family and its officers. */
export interface World {
  readonly web: NestFastifyApplication;
  readonly url: string;
  readonly issuer: string;
  readonly databaseUrl: string;
  /** Where the files lie. */
  readonly folder: string;
  readonly owner: pg.Pool;
  readonly authority: SeededAuthority;
  readonly budget: SeededBudget;
  readonly accountNumber: string;
  readonly emails: {
    readonly family: string;
    readonly officer: string;
    readonly both: string;
    readonly nobody: string;
  };
  /** One sweep of the worker. */
  sweep(): ReturnType<RunningWorker['sweep']>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** The folder for files; one of its own where left out. */
  readonly folder?: string;
  /** Settings beside the usual ones of a test. */
  readonly settings?: Readonly<Record<string, string>>;
}

export async function startWorld(now = '2026-06-15T09:00:00Z', options: WorldOptions = {}): Promise<World> {
  requireStyles();
  const own = await createTestDatabase();
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'ringfence-web-')));
  const [webPort, providerPort] = [await getPort({ host: '127.0.0.1' }), await getPort({ host: '127.0.0.1' })];
  const [url, issuer, apiUrl] = [
    `http://localhost:${webPort}`,
    `http://localhost:${providerPort}`,
    'http://localhost:4010',
  ];
  const clock = new SettableClock(new Date(now));
  const config = readConfig({
    DATABASE_URL: own.url,
    DATABASE_POOL_MAX: '6',
    RINGFENCE_DATA: folder,
    RINGFENCE_ENVIRONMENT: 'test',
    LOG_LEVEL: 'error',
    OIDC_ISSUER: issuer,
    WEB_URL: url,
    API_URL: apiUrl,
    ...options.settings,
  });
  const accounts = new MemoryAccountDirectory();
  await accounts.addClient({
    kind: 'web',
    clientId: config.OIDC_CLIENT_ID,
    name: 'Pages',
    secret: config.OIDC_CLIENT_SECRET,
    webUrl: url,
  });
  const provider = await startBundledProvider({ port: providerPort, issuer, apiAudience: apiUrl, accounts });
  const owner = ownerPool(own.url);
  const seeds = { owner, databaseUrl: own.url, issuer, as: () => ({}) } as unknown as TestApi;
  const authority = await seedAuthority(seeds);
  const budget = await seedBudget(seeds, authority, { streams: ['EDU', 'HEALTH'] });
  const swimmers = await seedPayee(seeds, authority.id, budget.id, {
    name: 'Swim School',
    kind: 'CLUB',
    names: ['SWIM SCHOOL'],
  });
  await seedPayee(seeds, authority.id, budget.id, {
    name: 'Ama Boateng',
    relationship: 'aunt',
    livesWithChild: [{ from: '2024-01-01', to: '2025-12-31' }],
  });
  await owner.query('UPDATE budget_lines SET payee_id = $2 WHERE id = $1', [budget.lines.EDU, swimmers]);
  const emails = {
    family: 'rosa@example.org',
    officer: 'finn@example.org',
    both: 'ada@example.org',
    nobody: 'nobody@example.org',
  };
  const add = (email: string, name: string, actor: Actor | undefined, shownAs: string) =>
    accounts.addAccount({ email, name, password, subject: subjectOf(actor) ?? email, shownAs });
  await add(emails.family, 'Rosa', budget.recipient, 'Recipient');
  await add(emails.officer, 'Finn', authority.financeOfficer, 'Finance officer');
  await add(emails.both, 'Ada', authority.approver, 'Approver');
  await add(emails.nobody, 'Nobody', undefined, 'Known to no authority');
  const web = await createWebApp(config, { clock });
  await web.listen(webPort, '127.0.0.1');
  await planInstalments(web, authority, budget, issuer);
  const worker = await createWorker(config, clock, {}, 0);
  const account = await owner.query<{ number: string }>(
    'SELECT account_number AS number FROM designated_accounts WHERE id = $1',
    [budget.designatedAccountId],
  );
  return {
    web,
    url,
    issuer,
    databaseUrl: own.url,
    folder,
    owner,
    authority,
    budget,
    emails,
    accountNumber: account.rows[0]!.number,
    sweep: () => worker.sweep(),
    stop: () => stopAll({ web, worker, provider, owner, own, folder }),
  };
}

async function planInstalments(
  web: NestFastifyApplication,
  authority: SeededAuthority,
  budget: SeededBudget,
  issuer: string,
): Promise<void> {
  const [officer] = await web.get(PrincipalDirectory).bySubject(issuer, subjectOf(authority.financeOfficer)!);
  const plan = { frequency: 'MONTHLY', firstDueOn: '2026-04-01', lastDueOn: '2027-03-01', kind: 'REGULAR' } as const;
  for (const [stream, amountPence] of [
    ['EDU', 50_000n],
    ['HEALTH', 30_000n],
  ] as const) {
    await web.get(InstalmentRegister).addInstalmentSchedule(
      officer as Principal,
      {
        ...plan,
        agreementId: budget.agreementId,
        designatedAccountId: budget.designatedAccountId,
        stream,
        amountPence,
      },
      { key: randomUUID(), operation: 'seed', payload: stream },
    );
  }
}

function subjectOf(actor: Actor | undefined): string | undefined {
  return actor && 'subject' in actor.bearer ? actor.bearer.subject : undefined;
}

interface Running {
  readonly web: NestFastifyApplication;
  readonly worker: RunningWorker;
  readonly provider: BundledProvider;
  readonly owner: pg.Pool;
  readonly own: TestDatabase;
  readonly folder: string;
}

async function stopAll({ web, worker, provider, owner, own, folder }: Running): Promise<void> {
  await worker.stop();
  await web.close();
  await provider.close();
  await owner.end();
  await own.drop();
  await rm(folder, { recursive: true, force: true });
}

/** A statement in one of the banks' layouts, for the account that was seeded. Newest first, as the bank writes it. */
export function statement(
  accountNumber: string,
  rows: readonly (readonly [day: string, text: string, out: string, into: string])[],
  before = 0n,
): Buffer {
  const head =
    'Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance';
  let balance = before;
  const lines = rows.map(([day, text, out, into]) => {
    balance += BigInt((into || '0').replace('.', '')) - BigInt((out || '0').replace('.', ''));
    const written = `${balance / 100n}.${(balance % 100n).toString().padStart(2, '0')}`;
    return `${day},${out ? 'DEB' : 'BGC'},'30-99-50,${accountNumber},${text},${out},${into},${written}`;
  });
  return Buffer.from([head, ...lines.reverse(), ''].join('\r\n'));
}
