import { jest } from '@jest/globals';
import { systemContext } from '@ringfence/platform';
import { AssessLine, ReassessNamed } from '@ringfence/reconciliation';
import { currentVerdicts, importRegister, registerIndex, registersHeld } from '@ringfence/spending-rules';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../cli/run-cli.js';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedStatementLine } from '../support/seed.js';

jest.setTimeout(60_000);

const header = 'OrganisationCode,Name,AddressLine1,AddressLine2,Postcode';
const practices = [
  header,
  'Q81001,THE FENWICK PARTNERSHIP,1 MILL LANE,ALDERTON,ZZ1 1ZZ',
  'Q81002,SORREL HOUSE,2 MILL LANE,ALDERTON,ZZ1 1ZZ',
];

let api: TestApi;
let folder: string;

beforeAll(async () => {
  api = await startApi({ now: '2026-06-15T09:00:00Z' });
  folder = mkdtempSync(join(tmpdir(), 'registers-'));
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await api?.stop();
});

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

const gp = (lines: readonly string[], fileName = 'epraccur.csv') =>
  importRegister(api.databaseUrl, { register: 'gp', fileName, bytes: Buffer.from(lines.join('\n')) });

describe('an imported register', () => {
  it('replaces the one before whole, and says how many rows there were', async () => {
    expect(await gp(practices)).toEqual({ register: 'gp', rows: 2, rowsBefore: 0 });
    expect(await gp(practices.slice(0, 2), 'newer.csv')).toEqual({ register: 'gp', rows: 1, rowsBefore: 2 });
    const { rows } = await api.owner.query('SELECT register, code, name, places FROM reference_names');
    expect(rows).toEqual([{ register: 'gp', code: 'Q81001', name: 'THE FENWICK PARTNERSHIP', places: ['ALDERTON'] }]);
  });

  it('stays as it was where the new file is refused', async () => {
    await gp(practices);
    await expect(gp([...practices, 'Q81003'])).rejects.toThrow('Line 4 of the register is refused');
    const authority = await seedAuthority(api);
    const held = await api.database.transaction(systemContext(authority.id), (tx) => registersHeld(tx));
    expect(held).toMatchObject([{ register: 'gp', rowCount: 2, fileName: 'epraccur.csv' }]);
  });

  it('serves every authority, and no service can write to it', async () => {
    await gp(practices);
    for (const name of ['Oakshire', 'Elmshire']) {
      const authority = await seedAuthority(api, name);
      const size = api.database.transaction(systemContext(authority.id), async (tx) => (await registerIndex(tx)).size);
      expect(await size).toBe(2);
      const written = api.database.transaction(systemContext(authority.id), (tx) =>
        tx.query('DELETE FROM reference_names'),
      );
      await expect(written).rejects.toThrow('permission denied');
    }
  });

  it('is used on statement lines and in spend checks from the moment of its import', async () => {
    await gp(practices.slice(0, 2));
    const authority = await seedAuthority(api);
    const budget = await seedBudget(api, authority, { streams: ['SOCIAL_CHILD'] });
    const line = { date: '2026-05-05', amountPence: -1800n, description: 'CARD PAYMENT TO SORREL HOUSE' };
    const lineId = await seedStatementLine(api, authority.id, budget, line);
    const rulesNamed = async (): Promise<string[]> => {
      await api.app.get(AssessLine).run({ authorityId: authority.id, lineId });
      const [verdict] = await api.database.transaction(systemContext(authority.id), (tx) =>
        currentVerdicts(tx, { subjectIds: [lineId] }),
      );
      return verdict!.findings.map(({ rule }) => rule);
    };
    expect(await rulesNamed()).toEqual(['NOT_IN_PLAN']);
    await gp(practices);
    expect(await rulesNamed()).toEqual(['GP_SERVICE']);
    const candidate = { id: 'a', date: '2026-05-05', amount: '-18.00', stream: 'SOCIAL_CHILD', planned: true };
    const answer = await budget.recipient.post('/v1/spend-checks', { ...candidate, description: line.description });
    expect(answer.body.findings[0]).toMatchObject({ rule: 'GP_SERVICE', verdict: 'query', evidence: 'narrative' });
  });
});

describe('the import of a register', () => {
  interface Job {
    readonly words: readonly string[] | null;
    readonly mccs: readonly string[];
  }
  const asked = async (authorityId: string): Promise<Job[]> => {
    const { rows } = await api.owner.query<{ payload: Job }>(
      `DELETE FROM outbox_jobs WHERE authority_id = $1 AND name = 'reassess-named' RETURNING payload`,
      [authorityId],
    );
    return rows.map(({ payload }) => payload);
  };

  it('sends the spends that may bear a name it gained or lost to be reassessed, and keeps what was said before', async () => {
    await gp(practices.slice(0, 2));
    const authority = await seedAuthority(api);
    const budget = await seedBudget(api, authority, { streams: ['SOCIAL_CHILD'] });
    const seeded = async (description: string): Promise<string> => {
      const lineId = await seedStatementLine(api, authority.id, budget, {
        date: '2026-05-05',
        amountPence: -1800n,
        description,
      });
      await api.app.get(AssessLine).run({ authorityId: authority.id, lineId });
      return lineId;
    };
    const lineId = await seeded('CARD PAYMENT TO SORREL HOUSE');
    const other = await seeded('OTTERS SWIM CLUB');
    await api.owner.query('DELETE FROM spend_verdicts WHERE subject_id = $1', [other]);
    await gp(practices);
    const jobs = await asked(authority.id);
    expect(jobs).toEqual([{ words: ['sorrel'], mccs: [] }]);
    await api.app.get(ReassessNamed).run({ authorityId: authority.id, ...jobs[0]! });
    const said = async () =>
      (
        await api.database.transaction(systemContext(authority.id), (tx) =>
          currentVerdicts(tx, { budgetId: budget.id, history: true }),
        )
      ).map(({ subjectId, current, findings }) => [subjectId === lineId, current, findings[0]?.rule]);
    // The other line was not looked at: its verdict, taken away directly, was not made again.
    expect(await said()).toEqual([
      [true, true, 'GP_SERVICE'],
      [true, false, 'NOT_IN_PLAN'],
    ]);
    await gp(practices.slice(0, 2));
    const [back] = await asked(authority.id);
    await api.app.get(ReassessNamed).run({ authorityId: authority.id, ...back! });
    expect((await said())[0]).toEqual([true, true, 'NOT_IN_PLAN']);
  });

  it('asks for nothing where the same names come again, and for codes whose meaning changed', async () => {
    await gp(practices);
    const authority = await seedAuthority(api);
    await gp(practices, 'again.csv');
    expect(await asked(authority.id)).toEqual([]);
    const codes = (meaning: string) => ['mcc,description', `8021,${meaning}`, '5812,Restaurants'].join('\n');
    for (const meaning of ['Dentists', 'Dentists and orthodontists']) {
      await importRegister(api.databaseUrl, {
        register: 'mcc',
        fileName: 'mcc.csv',
        bytes: Buffer.from(codes(meaning)),
      });
    }
    const jobs = await asked(authority.id);
    expect(jobs.map(({ mccs }) => [...mccs].sort())).toEqual([['5812', '8021'], ['8021']]);
  });
});

describe('ringfence reference import', () => {
  const importing = (...args: string[]) => runCli(['reference', 'import', ...args], { DATABASE_URL: api.databaseUrl });

  it('imports a file and says what it replaced', async () => {
    await gp(practices.slice(0, 2));
    const path = file('epraccur.csv', practices);
    const said = await importing('gp', path);
    expect(said).toMatchObject({
      code: 0,
      stdout:
        'Imported 2 rows into the NHS register of GP practices; in the place of 1. Spends are assessed with it from now on.\n',
    });
    expect((await importing('gp', path, '--json')).stdout).toBe('{"register":"gp","rows":2,"rowsBefore":2}\n');
  });

  it('refuses a file with the line, one that is not there, and a register that there is not', async () => {
    const cut = await importing('gp', file('cut.csv', [...practices, 'Q81003']));
    expect(cut.code).toBe(2);
    expect(cut.stderr).toBe(
      'Line 4 of the register is refused: it has 1 columns and the first line has 5: the file may be cut off.\n',
    );
    const missing = await importing('dental', join(folder, 'nothing.csv'));
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('nothing.csv cannot be read (ENOENT): give the path of a file that can be.');
    expect((await importing('vets', file('vets.csv', practices))).code).toBe(2);
  });

  it('is used by the spend check on the command line', async () => {
    await gp(practices);
    const candidate = { id: 'a', date: '2026-05-05', amount: '-18.00', stream: 'HEALTH', planned: true };
    const asked = JSON.stringify({ ...candidate, description: 'CARD PAYMENT TO FENWICK PARTNERSHIP' });
    const answer = await spendCheck(`${asked}\n`);
    expect(JSON.parse(answer)).toMatchObject({ id: 'a', verdict: 'query', findings: [{ rule: 'GP_SERVICE' }] });
  });
});

function spendCheck(input: string): Promise<string> {
  const root = join(import.meta.dirname, '../..');
  const program = ['--import', join(root, 'test/support/typescript.mjs'), join(root, 'apps/cli/src/main.ts')];
  const child = spawn(process.execPath, [...program, 'spend', 'check', '--json'], {
    env: { ...process.env, NODE_NO_WARNINGS: '1', DATABASE_URL: api.databaseUrl },
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 50_000,
    killSignal: 'SIGKILL',
  });
  child.stdin.end(input);
  return new Promise((answered, failed) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.once('close', () => answered(text)).once('error', failed);
  });
}
