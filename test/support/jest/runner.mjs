// Runs a spec file with Jest's own framework, in the process itself. Jest's sandbox evaluates every module again for each
// spec file – NestJS, TypeORM, the readers, all of the product –, which took longer than the tests. Here a process loads a
// module once, as in production. What a spec file changes in the process is put back after it: see process-state.mjs.
import circus from 'jest-circus/runner';
import { createRequire, register } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const initializer = join(dirname(require.resolve('jest-circus/runner')), 'jestAdapterInit.js');

process.setSourceMapsEnabled(true);
register('./hooks.mjs', import.meta.url);
// Programs that the product starts run from their sources as well: LimitedChild hands on `--import`.
process.execArgv.push('--import', new URL('../typescript.mjs', import.meta.url).href);

let files = 0;

export default function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  // Jest maps stacks by the files of its sandbox; Node maps them by the sources that were loaded.
  delete Error.prepareStackTrace;
  return circus.default(globalConfig, config, environment, inProcess(), testPath, sendMessageToJest);
}

/** The part of Jest's runtime that its framework uses. */
function inProcess() {
  return {
    requireInternalModule: requireAnew,
    requireModule: require,
    setGlobalsForRuntime: () => {},
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (path) => import(`${pathToFileURL(path).href}?run=${(files += 1)}`),
    enterTestCode: () => {},
    leaveTestCode: () => {},
  };
}

/** The framework keeps the tests of a file in the module: each file gets a new one. */
function requireAnew(path) {
  delete globalThis[Symbol.for('EVENT_HANDLERS')];
  delete require.cache[path];
  return require(path === initializer ? initializer : path);
}
