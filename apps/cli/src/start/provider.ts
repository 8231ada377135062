import { FileAccountDirectory, startBundledProvider } from '@ringfence/identity';
import { readConfig } from '@ringfence/platform';
import { join } from 'node:path';
import { CommandFailure } from '../exit.js';
import type { StartContext } from './start-step.js';

/** Where the bundled provider keeps whom it lets in; the demo adds its people there. */
export function providerAccounts(dataFolder: string): FileAccountDirectory {
  return new FileAccountDirectory(join(dataFolder, 'provider'));
}

/** Signs people in on this machine, unless OIDC_ISSUER names a provider of one's own. */
export async function runProvider(context: StartContext): Promise<string> {
  if (context.environment['OIDC_ISSUER']) return `OIDC_ISSUER, ${context.environment['OIDC_ISSUER']}`;
  const port = readConfig(context.environment).PROVIDER_PORT;
  context.environment = { ...context.environment, OIDC_ISSUER: `http://localhost:${port}` };
  const config = readConfig(context.environment);
  const accounts = providerAccounts(config.dataFolder);
  await accounts.addClient({
    kind: 'web',
    clientId: config.OIDC_CLIENT_ID,
    name: 'Ringfence',
    secret: config.OIDC_CLIENT_SECRET,
    webUrl: config.WEB_URL,
  });
  const options = {
    port,
    issuer: config.OIDC_ISSUER,
    apiAudience: config.API_URL,
    address: config.LISTEN_ADDRESS,
    accounts,
    trustedProxies: config.TRUSTED_PROXIES,
  };
  const provider = await startBundledProvider(options).catch((error: unknown) => {
    throw new CommandFailure(`The sign-in did not start: ${error instanceof Error ? error.message : String(error)}`);
  });
  context.onStop(() => provider.close());
  return `bundled provider on ${port}`;
}
