import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const project = join(import.meta.dirname, '../..');

/** Stands where npm does: it notes how it was called, and leaves the packages that the lock file lists. */
const npm = `
const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
appendFileSync('calls.txt', process.argv.slice(2).join(' ') + '\\n');
mkdirSync('node_modules/jest/bin', { recursive: true });
writeFileSync('node_modules/jest/bin/jest.js', ${JSON.stringify(`
const { writeFileSync } = require('node:fs');
const file = process.argv.find((one) => one.startsWith('--outputFile=')).slice('--outputFile='.length);
const results = { success: true, numPassedTests: 3, numFailedTests: 0, numRuntimeErrorTestSuites: 0, numPendingTests: 0, numTodoTests: 0 };
writeFileSync(file, JSON.stringify(results));
`)});
writeFileSync('node_modules/.package-lock.json', readFileSync('package-lock.json'));
`;

describe('npm test as the first command in a fresh clone', () => {
  let clone: string;

  beforeEach(async () => {
    clone = await mkdtemp(join(tmpdir(), 'ringfence-clone-'));
    await mkdir(join(clone, 'tools'));
    await cp(join(project, 'test/support/run.mjs'), join(clone, 'test/support/run.mjs'));
    await cp(join(project, 'apps/cli/bin'), join(clone, 'apps/cli/bin'), { recursive: true });
    await writeFile(join(clone, 'tools/npm-cli.js'), npm);
    await writeFile(join(clone, 'tools/package.json'), '{"type":"commonjs"}');
    await lock('30.0.0');
  });
  afterEach(() => rm(clone, { recursive: true, force: true }));

  it('installs from the lock file, says so, and then runs the tests', async () => {
    const { code, stdout, stderr } = await run();
    expect(code).toBe(0);
    expect(await calls()).toEqual(['ci --include=dev --no-audit --no-fund --loglevel=error']);
    expect(stderr).toMatch(/^Installing packages with npm…/);
    expect(stdout).toBe('3 passed, 0 failed\n');
  });

  it('installs nothing the second time, and again when the lock file has changed', async () => {
    await run();
    expect((await run()).stderr).toBe('');
    expect(await calls()).toHaveLength(1);
    await lock('30.5.2');
    expect((await run()).stderr).toMatch(/^Installing packages with npm…/);
    expect(await calls()).toHaveLength(2);
  });

  it('says in one line why it could not install', async () => {
    await writeFile(
      join(clone, 'tools/npm-cli.js'),
      `console.error('npm error code ENOTFOUND'); console.error('npm error network The registry cannot be reached.'); process.exit(1);`,
    );
    const { code, stdout, stderr } = await run();
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n').at(-1)).toBe(
      'Installing the packages failed: code ENOTFOUND; network The registry cannot be reached. Run "npm ci" to see more, then try again.',
    );
  });

  async function lock(jest: string): Promise<void> {
    const packages = { '': {}, 'node_modules/jest': { version: jest, integrity: `sha512-${jest}`, dev: true } };
    await writeFile(join(clone, 'package-lock.json'), JSON.stringify({ lockfileVersion: 3, packages }));
  }

  async function calls(): Promise<string[]> {
    return (await readFile(join(clone, 'calls.txt'), 'utf8')).trim().split('\n');
  }

  function run(): Promise<{ code: number; stdout: string; stderr: string }> {
    const env = { ...process.env, npm_execpath: join(clone, 'tools/npm-cli.js') };
    return new Promise((done) => {
      execFile(process.execPath, ['test/support/run.mjs'], { cwd: clone, env }, (error, stdout, stderr) =>
        done({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
  }
});
