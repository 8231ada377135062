// `npm test [-- arguments of Jest]`: installs the packages where they are missing or stale, runs Jest, ends with one
// line of totals and never hangs. `--long` runs what has a long form: test/long, which is left out otherwise, and the
// properties and faults, which are short in `npm test`.
// `npm run test:long -- --seed N --steps N [path]` repeats a run: the seed is printed with every one.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requirePackages } from '../../apps/cli/bin/prepare.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const runMsMax = 30 * 60_000;
const longRunMsMax = 4 * 3_600_000;
/** How long Jest may take to end once its results are written: something a test left open would keep it for ever. */
const endMsMax = 20_000;
/** How long one test may take that names no time of its own: Jest's five seconds are those of a quiet machine. */
const testMsMax = 30_000;

const given = process.argv.slice(2);
const long = given.includes('--long');
const [seed, steps] = [takeNumber('--seed'), takeNumber('--steps')];
const passed = given.filter((argument) => argument !== '--long');
const resultsFile = join(root, 'node_modules', '.cache', `ringfence-results-${process.pid}.json`);

await requirePackages(root).catch(({ message, exitCode }) => {
  process.stderr.write(`${message}\n`);
  process.exit(exitCode ?? 1);
});
mkdirSync(dirname(resultsFile), { recursive: true });
const jest = spawn(process.execPath, jestArguments(), {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
  // A group of its own, so that its workers end with it.
  detached: true,
  env: { ...process.env, NODE_NO_WARNINGS: '1', ...settings() },
});
guardGroup(jest.pid);
process.on('exit', () => {
  killGroup();
  rmSync(resultsFile, { force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(130));

let stopped;
const overall = setTimeout(
  () => stop(`still running after ${(long ? longRunMsMax : runMsMax) / 60_000} minutes`),
  long ? longRunMsMax : runMsMax,
);
let writtenAt;
const watching = setInterval(() => {
  if (writtenAt === undefined && results()) writtenAt = Date.now();
  if (writtenAt !== undefined && Date.now() - writtenAt > endMsMax) stop();
}, 1000);

jest.once('exit', (code) => {
  clearTimeout(overall);
  clearInterval(watching);
  killGroup();
  process.exitCode = report(code);
});

function settings() {
  return {
    ...(long ? { RINGFENCE_TEST_LONG: '1' } : {}),
    ...(seed === undefined ? {} : { RINGFENCE_TEST_SEED: seed }),
    ...(steps === undefined ? {} : { RINGFENCE_TEST_STEPS: steps }),
  };
}

/** Takes `--name N` or `--name=N` out of the arguments. */
function takeNumber(name) {
  const at = given.findIndex((argument) => argument === name || argument.startsWith(`${name}=`));
  if (at === -1) return undefined;
  const value = given[at] === name ? given[at + 1] : given[at].slice(name.length + 1);
  given.splice(at, given[at] === name ? 2 : 1);
  if (!/^-?\d{1,15}$/.test(value ?? '')) {
    process.stderr.write(`${name} needs a whole number.\n`);
    process.exit(2);
  }
  return value;
}

function jestArguments() {
  const args = [join(root, 'node_modules/jest/bin/jest.js')];
  // First, because an option that takes a list would swallow a path after it.
  args.push(...passed);
  args.push('--json', `--outputFile=${resultsFile}`, `--testTimeout=${testMsMax}`);
  if (!passed.some((argument) => /^(--maxWorkers|-w|--runInBand|-i)\b/.test(argument))) {
    // Specs wait for the database and for programs as much as they compute.
    args.push(`--maxWorkers=${Math.max(3, availableParallelism())}`);
  }
  if (long)
    args.push(
      '--passWithNoTests',
      ...(passed.some((one) => !one.startsWith('-'))
        ? []
        : ['--testPathPatterns=test/(long|properties|faults)/|hostile-input']),
    );
  else args.push('--testPathIgnorePatterns=/node_modules/', '--testPathIgnorePatterns=/test/long/');
  return args;
}

/** One line of totals; a suite that could not run at all counts as one failure. */
function report(code) {
  const found = results();
  if (!found) {
    process.stdout.write(`Jest ended without results${stopped ? `: ${stopped}` : ''}.\n0 passed, 1 failed\n`);
    return code || 1;
  }
  const failed = found.numFailedTests + found.numRuntimeErrorTestSuites + (stopped ? 1 : 0);
  const skipped = found.numPendingTests + found.numTodoTests;
  if (writtenAt !== undefined && jest.signalCode) {
    process.stdout.write('Something that a test left open kept Jest from ending; it was ended.\n');
  }
  process.stdout.write(`${found.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`);
  return failed > 0 || !found.success ? 1 : 0;
}

function results() {
  try {
    return JSON.parse(readFileSync(resultsFile, 'utf8'));
  } catch {
    return undefined;
  }
}

function stop(why) {
  stopped = why;
  killGroup();
}

function killGroup() {
  try {
    process.kill(-jest.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** If this process is killed itself, Jest's group is ended all the same: see libs/platform/src/processes/child-guard.ts. */
function guardGroup(pid) {
  const script = `trap '' INT HUP TERM; read _ || kill -s KILL -- -${pid}`;
  const guard = spawn('/bin/sh', ['-c', script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  guard.unref();
  guard.stdin.unref();
  jest.once('exit', () => guard.kill('SIGKILL'));
}
