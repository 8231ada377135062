import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '@ringfence/platform';

const run = promisify(execFile);

/** The commands of the README's `sh` blocks, a line each. */
async function commands(): Promise<string[]> {
  const text = await readFile(join(projectFolder(), 'README.md'), 'utf8');
  return [...text.matchAll(/```sh\n([^`]+)```/g)].flatMap(([, block]) => block!.trim().split('\n'));
}

async function answerOf(part: string): Promise<unknown> {
  const command = (await commands()).find((line) => line.includes(part));
  if (!command) throw new Error(`The README has no command with ${part}.`);
  const { stdout } = await run('bash', ['-c', command], { cwd: projectFolder(), timeout: 240_000 });
  return JSON.parse(stdout);
}

describe('the commands in the README', () => {
  it('are tested here, all but the two that run everything', async () => {
    const known = [
      /^npm start$/,
      /^npm test$/,
      /^npx ringfence statement parse --json /,
      /\| npx ringfence spend check --json$/,
    ];
    const unknown = (await commands()).filter((command) => !known.some((pattern) => pattern.test(command)));
    expect(unknown).toEqual([]);
    expect(await commands()).toHaveLength(known.length);
  });

  it('name files and pages that exist', async () => {
    const text = await readFile(join(projectFolder(), 'README.md'), 'utf8');
    for (const [, path] of text.matchAll(/\]\((docs\/[^)]+)\)/g)) {
      await expect(readFile(join(projectFolder(), path!)).then((bytes) => bytes.length > 0)).resolves.toBe(true);
    }
  });

  it('read a statement', async () => {
    const answer = await answerOf('statement parse');
    expect(answer).toMatchObject({
      ok: true,
      format: 'csv',
      statements: [{ account: '30-99-50 10000001', openingBalance: '500.00', closingBalance: '1371.60', warnings: [] }],
    });
  }, 300_000);

  it('find the prescription on a chemist’s receipt, and allow the wipes', async () => {
    const answer = await answerOf('spend check');
    expect(answer).toMatchObject({ id: '1', verdict: 'excluded' });
    const { findings } = answer as { findings: { rule: string; verdict: string; amount: string }[] };
    expect(findings.filter(({ verdict }) => verdict === 'excluded')).toMatchObject([
      { rule: 'PRESCRIPTION', amount: '9.90' },
    ]);
  }, 300_000);
});
