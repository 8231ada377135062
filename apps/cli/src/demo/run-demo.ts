import { SystemClock } from '@ringfence/kernel';
import { readConfig } from '@ringfence/platform';
import { environment } from '../environment.js';
import { CommandFailure } from '../exit.js';
import { withDatabase } from '../open-database.js';
import { deriveAddresses } from '../start/addresses.js';
import { accountOf, signInLines } from './demo-step.js';
import { loadDemo } from './load-demo.js';

/** The command `ringfence demo`; progress goes to standard error, the answer to standard output. */
export async function runDemo({ json }: { readonly json?: true }): Promise<void> {
  await withDatabase(async ({ DATABASE_URL, PROVIDER_PORT }) => {
    const issuer = { OIDC_ISSUER: `http://localhost:${PROVIDER_PORT}` };
    const config = readConfig({ ...issuer, ...deriveAddresses(environment()), DATABASE_URL });
    if (config.production)
      throw new CommandFailure('RINGFENCE_ENVIRONMENT is production: the demo is not loaded there.');
    await requireRunning(config.API_URL);
    const summary = await loadDemo({
      apiUrl: config.API_URL,
      issuer: config.OIDC_ISSUER,
      databaseUrl: config.DATABASE_URL,
      dataFolder: config.dataFolder,
      today: new SystemClock().today(),
      report: ({ sentence, done, total }) =>
        void process.stderr.write(total === undefined ? `${sentence}\n` : `${done} of ${total}: ${sentence}\n`),
    });
    const text = [accountOf(summary), `Pages: ${config.WEB_URL}`, ...signInLines(summary)].join('\n');
    process.stdout.write(`${json ? JSON.stringify(summary) : text}\n`);
  });
}

async function requireRunning(apiUrl: string): Promise<void> {
  const answer = await fetch(`${apiUrl}/health`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  if (answer?.status !== 200) {
    throw new CommandFailure(
      `Nothing answers at ${apiUrl}: run ringfence start --no-demo first, and leave it running.`,
    );
  }
}
