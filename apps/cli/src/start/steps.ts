import { migrate, takeLock } from '@ringfence/platform';
import { join } from 'node:path';
import { CommandFailure } from '../exit.js';
import { demoStep } from '../demo/demo-step.js';
import { openDatabase, requireDataFolder } from '../open-database.js';
import { deriveAddresses } from './addresses.js';
import { afterKillMsMax, requireFreePorts } from './ports.js';
import { runProvider } from './provider.js';
import { runServices } from './services.js';
import type { StartStep } from './start-step.js';

const folder: StartStep = {
  name: 'folder',
  run: async (context) => {
    const dataFolder = requireDataFolder(context.environment);
    const lock = takeLock(join(dataFolder, 'start.lock'));
    if ('heldBy' in lock) {
      throw new CommandFailure(
        `Ringfence already runs on ${dataFolder} (process ${lock.heldBy}): stop that one, or set RINGFENCE_DATA to another folder.`,
      );
    }
    context.afterKill = lock.tookOver;
    context.onStop(async () => lock.release());
    return dataFolder;
  },
};

const ports: StartStep = {
  name: 'ports',
  run: async (context) => {
    context.environment = deriveAddresses(context.environment);
    return requireFreePorts(context.environment, context.afterKill ? afterKillMsMax : 0);
  },
};

const database: StartStep = {
  name: 'database',
  run: async (context) => {
    const opened = await openDatabase(context.environment, context.say, { own: true });
    context.onStop(() => opened.stop());
    context.environment = { ...context.environment, DATABASE_URL: opened.url };
    return opened.embedded ? `embedded PostgreSQL on port ${new URL(opened.url).port}` : 'PostgreSQL of DATABASE_URL';
  },
};

const migrations: StartStep = {
  name: 'migrations',
  run: async ({ environment }) => {
    const applied = await migrate(environment['DATABASE_URL'] ?? '');
    return applied.length === 0 ? 'up to date' : `${applied.length} applied`;
  },
};

const provider: StartStep = { name: 'sign-in', run: runProvider };

const services: StartStep = { name: 'services', run: runServices };

/** In order; each stops after those below it. A step that is new goes where what it needs stands above it. */
export const startSteps: readonly StartStep[] = [folder, ports, database, migrations, provider, services, demoStep];
