// `npm run test:watch [-- arguments of Jest]`: Jest's own watch mode, which runs the specs of what has changed until it
// is ended. run.mjs gives Jest no terminal, which this mode needs for its keys.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { requirePackages } from '../../apps/cli/bin/prepare.mjs';

const root = resolve(import.meta.dirname, '../..');

await requirePackages(root).catch(({ message, exitCode }) => {
  process.stderr.write(`${message}\n`);
  process.exit(exitCode ?? 1);
});
const args = [join(root, 'node_modules/jest/bin/jest.js'), '--watch'];
args.push(...process.argv.slice(2), '--testTimeout=30000', '--maxWorkers=50%');
args.push('--testPathIgnorePatterns=/node_modules/', '--testPathIgnorePatterns=/test/long/');
const jest = spawn(process.execPath, args, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NODE_NO_WARNINGS: '1' },
});
// A terminal sends Ctrl-C to Jest as well; other signals come to this process alone.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => jest.kill(signal));
jest.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
