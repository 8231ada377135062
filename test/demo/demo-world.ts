import 'reflect-metadata';
import { createServer, type AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBundledProvider } from '@ringfence/identity';
import { SettableClock } from '@ringfence/kernel';
import { ownerPool, readConfig } from '@ringfence/platform';
import type pg from 'pg';
import { createApiApp } from '../../apps/api/src/create-app.js';
import { providerAccounts } from '../../apps/cli/src/start/provider.js';
import { createWorker } from '../../apps/worker/src/create-worker.js';
import { createTestDatabase } from '../support/database.js';

export interface DemoWorld {
  readonly apiUrl: string;
  readonly issuer: string;
  readonly databaseUrl: string;
  readonly dataFolder: string;
  readonly owner: pg.Pool;
  /** Of the API and the worker; tokens live by the real one. */
  readonly clock: SettableClock;
  /** Lets the worker do what is due by the clock. */
  sweep(): Promise<unknown>;
  stop(): Promise<void>;
}

/** What `ringfence start` runs, in this process: the API on a port, a worker and the bundled provider, at a day's clock. */
export async function startDemoWorld(now: string): Promise<DemoWorld> {
  const clock = new SettableClock(new Date(now));
  const [own, dataFolder, apiPort, providerPort] = await Promise.all([
    createTestDatabase(),
    mkdtemp(join(tmpdir(), 'ringfence-demo-')),
    freePort(),
    freePort(),
  ]);
  const [apiUrl, issuer] = [`http://127.0.0.1:${apiPort}`, `http://127.0.0.1:${providerPort}`];
  const config = readConfig({
    DATABASE_URL: own.url,
    DATABASE_POOL_MAX: '8',
    RINGFENCE_DATA: dataFolder,
    OIDC_ISSUER: issuer,
    API_URL: apiUrl,
    RINGFENCE_ENVIRONMENT: 'test',
    LOG_LEVEL: 'error',
  });
  const accounts = providerAccounts(dataFolder);
  const provider = await startBundledProvider({ port: providerPort, issuer, apiAudience: apiUrl, accounts });
  const api = await createApiApp(config, clock);
  await api.listen(apiPort, '127.0.0.1');
  const worker = await createWorker(config, clock, { sweepEveryMs: 2_000 }, 0);
  const owner = ownerPool(own.url);
  return {
    apiUrl,
    issuer,
    databaseUrl: own.url,
    dataFolder,
    owner,
    clock,
    sweep: () => worker.sweep(),
    stop: async () => {
      await worker.stop();
      await api.close();
      await provider.close();
      await owner.end();
      await own.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
