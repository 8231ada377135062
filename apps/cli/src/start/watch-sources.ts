import { migrate, projectFolder } from '@ringfence/platform';
import { watch } from 'chokidar';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sentenceOf } from '../exit.js';
import { isIgnored, neededFor } from './changes.js';
import type { ServiceProcess } from './service-process.js';
import type { StartContext } from './start-step.js';

/** An editor writes several files at once: so long after the last of them. */
const settledAfterMs = 150;

/**
 * Restarts the services whose sources change, after migrating and compiling styles where that is needed. A change that
 * comes meanwhile has its turn afterwards. Returns what ends it.
 */
export function watchSources(processes: readonly ServiceProcess[], context: StartContext): () => Promise<void> {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  const root = projectFolder();
  const watcher = watch(
    ['apps/api/src', 'apps/web/src', 'apps/worker/src', 'libs', 'migrations'].map((folder) => join(root, folder)),
    { ignoreInitial: true, ignored: (path) => path.split(sep).includes('node_modules') },
  );
  const take = (): void => {
    const paths = [...changed];
    changed.clear();
    turn = turn.then(() => apply(paths, processes, context));
  };
  watcher.on('all', (_, file) => {
    const path = relative(root, file).split(sep).join('/');
    if (isIgnored(path)) return;
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(take, settledAfterMs);
  });
  return async () => {
    clearTimeout(timer);
    await watcher.close();
    await turn;
  };
}

async function apply(
  paths: readonly string[],
  processes: readonly ServiceProcess[],
  context: StartContext,
): Promise<void> {
  if (context.stopping.aborted) return;
  const needed = neededFor(paths);
  const began = performance.now();
  try {
    if (needed.styles) await compileStyles();
    if (needed.migrate) await migrate(context.environment['DATABASE_URL'] ?? '');
    const affected = processes.filter(({ service }) => needed.restart.includes(service.name));
    const healthy = await Promise.all(affected.map((service) => restart(service, context)));
    const restarted = affected.filter((_, index) => healthy[index]).map(({ service }) => service.name);
    if (restarted.length === 0) return;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    const [first, ...others] = paths;
    const what = others.length === 0 ? first : `${first} and ${others.length} more`;
    context.say(`restarted ${restarted.join(', ')}: ${what} (${seconds} s)`);
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
  }
}

async function restart(service: ServiceProcess, { stopping }: StartContext): Promise<boolean> {
  await service.stop();
  if (stopping.aborted) return false;
  service.start();
  return service.healthy();
}

async function compileStyles(): Promise<void> {
  const step = join(projectFolder(), 'apps/web/build-styles.mjs');
  const { buildStyles } = (await import(pathToFileURL(step).href)) as { buildStyles(): void };
  buildStyles();
}
