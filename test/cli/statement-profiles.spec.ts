import { jest } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './run-cli.js';

jest.setTimeout(60_000);

describe('ringfence statement parse --profiles', () => {
  let folder: string;
  let card: Record<string, unknown>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ringfence-profiles-'));
    const page = await readFile(join(import.meta.dirname, '../../docs/reference/statement-profiles.md'), 'utf8');
    card = JSON.parse(/```json\n(.*?)```/s.exec(page)![1]!) as Record<string, unknown>;
    await writeFile(join(folder, 'card.csv'), /```csv\n(.*?)```/s.exec(page)![1]!);
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function parse(profiles: unknown): Promise<Awaited<ReturnType<typeof runCli>>> {
    const file = join(folder, 'profiles.json');
    await writeFile(file, typeof profiles === 'string' ? profiles : JSON.stringify(profiles));
    return runCli(['statement', 'parse', join(folder, 'card.csv'), '--profiles', file, '--json']);
  }

  it('reads a file by a layout of one’s own, without a database', async () => {
    for (const profiles of [card, [card]]) {
      const { code, stdout } = await parse(profiles);
      const answer = JSON.parse(stdout) as { statements: { lines: { amount: string }[] }[] };
      expect(answer).toMatchObject({ ok: true, format: 'csv', profile: 'council-card' });
      expect(answer.statements[0]!.lines.map(({ amount }) => amount)).toEqual(['480.00', '-12.34']);
      expect(code).toBe(0);
    }
  });

  it('says what is wrong with a layout at its JSON pointer, and ends with 2', async () => {
    const one = await parse({ ...card, mcc: 'Category' });
    expect(one).toMatchObject({ code: 2, stdout: '' });
    expect(one.stderr).toBe(
      `${join(folder, 'profiles.json')}: /mcc names the column "Category", which neither /header nor /mayFollow has.\n`,
    );
    const several = await parse([card, { ...card, name: 'X', order: 'any' }]);
    expect(several.stderr.split('\n').map((line) => line.split(': ')[1])).toEqual([
      '/1/name must be small letters, digits and hyphens.',
      '/1/order must be "oldestFirst" or "newestFirst".',
      undefined,
    ]);
  });

  it('says that a file is no JSON, and ends with 2', async () => {
    const answer = await parse('name: card');
    expect(answer.code).toBe(2);
    expect(answer.stderr).toMatch(/profiles\.json is no JSON \(.*\): give it one profile, or a list of them\.\n$/);
  });
});
