import { readConfig } from '@ringfence/platform';
import { SystemClock } from '@ringfence/kernel';
import type { StartContext, StartStep } from '../start/start-step.js';
import { loadDemo, type DemoProgress, type DemoSummary } from './load-demo.js';

/** Loads the demo once everything runs; a demo that fails to load is told, and everything goes on running. */
export const demoStep: StartStep = {
  name: 'demo',
  run: async (context) => {
    const config = readConfig(context.environment);
    if (!context.options.demo) return undefined;
    if (config.production) return 'not loaded in production';
    if (config.OIDC_ISSUER !== `http://localhost:${config.PROVIDER_PORT}`) {
      return `not loaded: its people sign in at the bundled provider, and OIDC_ISSUER is ${config.OIDC_ISSUER}`;
    }
    try {
      const summary = await loadDemo({
        apiUrl: config.API_URL,
        issuer: config.OIDC_ISSUER,
        databaseUrl: config.DATABASE_URL,
        dataFolder: config.dataFolder,
        today: new SystemClock().today(),
        report: (progress) => sayProgress(context, progress),
        stopping: context.stopping,
      });
      for (const line of signInLines(summary)) context.note(line);
      return accountOf(summary);
    } catch (error) {
      if (context.stopping.aborted) return undefined;
      return `not loaded: ${error instanceof Error ? error.message : String(error)}`;
    }
  },
};

function sayProgress({ say }: StartContext, { sentence, done, total }: DemoProgress): void {
  say(total === undefined ? `  ${sentence}` : `  ${done} of ${total}: ${sentence}`);
}

/** One line of what there is. */
export function accountOf({ already, counts, today }: DemoSummary): string {
  if (already) return `loaded before, for ${today}`;
  return `${counts.families} families, ${counts.statements} statements with ${counts.lines} lines, ${counts.payRuns} pay runs`;
}

/** Who can sign in, a line each. */
export function signInLines({ signIns, machines }: DemoSummary): string[] {
  const [first] = signIns;
  return [
    `Sign in as one of these; the password is ${first?.password ?? ''}:`,
    ...signIns.map(({ name, email, says }) => `  ${email.padEnd(40)} ${name}: ${says}`),
    'Machines that call the API with client credentials:',
    ...machines.map(({ name, clientId, secret }) => `  ${clientId} / ${secret}  ${name}`),
  ];
}
