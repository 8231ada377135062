import { readConfig } from '@ringfence/platform';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Environment } from '../environment.js';
import { CommandFailure } from '../exit.js';

/**
 * Refuses, naming the port and the setting that moves it, before anything has been started. The sign-in's port is
 * not needed where OIDC_ISSUER names another provider. Waits as long as `waitMsMax` for a port to become free.
 */
export async function requireFreePorts(given: Environment, waitMsMax = 0): Promise<string> {
  const until = Date.now() + waitMsMax;
  const config = readConfig({ ...given, DATABASE_URL: given['DATABASE_URL'] || 'postgresql://localhost' });
  const settings = [
    'API_PORT',
    'WEB_PORT',
    'WORKER_PORT',
    ...(given['OIDC_ISSUER'] ? [] : ['PROVIDER_PORT' as const]),
  ] as const;
  const seen = new Map<number, string>();
  for (const setting of settings) {
    const port = config[setting];
    const other = seen.get(port);
    if (other) throw new CommandFailure(`${other} and ${setting} are both ${port}: set one of them to another port.`);
    seen.set(port, setting);
    let fault = await faultOf(port, config.LISTEN_ADDRESS);
    for (; fault && Date.now() < until; fault = await faultOf(port, config.LISTEN_ADDRESS)) await pause(200);
    if (fault)
      throw new CommandFailure(
        `Port ${port} ${fault}: set ${setting} to another one, as in ${setting}=${port + 1000} npm start.`,
      );
  }
  return [...seen.keys()].join(', ');
}

/** Children of a killed run end within this: `endMsMax` of platform and some more. */
export const afterKillMsMax = 12_000;

/** A port that another program holds on any address counts as taken: people reach us by `localhost`. */
async function faultOf(port: number, listenAddress: string): Promise<string | undefined> {
  for (const host of new Set([listenAddress, '127.0.0.1', '::1'])) {
    const code = await listenOnce(port, host);
    if (code === 'EADDRINUSE') return 'is in use by another program';
    if (code === 'EACCES') return 'may not be used by this user';
    if (code !== undefined && host === listenAddress) {
      throw new CommandFailure(`LISTEN_ADDRESS is ${listenAddress}, which is no address of this machine (${code}).`);
    }
  }
  return undefined;
}

function listenOnce(port: number, host: string): Promise<string | undefined> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(undefined)));
  });
}
