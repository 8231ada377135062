import { addDays, decimalText } from '@ringfence/kernel';
import { verifyBook } from '@ringfence/ledger';
import { systemContext } from '@ringfence/platform';
import { CommitStatement, linesCommittedAtOnceMax, ParseStatement } from '@ringfence/statements';
import { jest } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { brokenInvariants } from '../ledger/support.js';
import { startApi, type TestApi } from '../support/api.js';
import { runLength } from '../support/long.js';
import { seedAuthority, seedBudget, type SeededAuthority, type SeededBudget } from '../support/seed.js';

/**
 * How often a worker is killed. The short run has fewer lines than a job has in life, but enough for two batches of the
 * ledger, and asks for the job itself.
 */
const { long, steps: kills } = runLength({ short: 10, long: 100 });
const linesOfImport = long ? linesCommittedAtOnceMax + 1 : 5_100;
jest.setTimeout(long ? 3_600_000 : 120_000);

const root = join(import.meta.dirname, '../..');
const openingPence = 10_000_000n;

interface Import {
  readonly id: string;
  readonly budget: SeededBudget;
}

describe('A long import after its worker was killed', () => {
  let api: TestApi;
  let authority: SeededAuthority;
  const started: ChildProcess[] = [];

  beforeAll(async () => {
    api = await startApi();
    api.owner.on('error', () => undefined);
    authority = await seedAuthority(api);
  }, 60_000);

  afterAll(async () => {
    for (const child of started) child.kill('SIGKILL');
    await api.stop();
  });

  it('is posted whole or not at all, and the job that is run again finishes it', async () => {
    const whole = await importAskedFor();
    const began = performance.now();
    await commitJob(whole);
    const milliseconds = performance.now() - began;
    expect(await inBooks(whole)).toEqual({ state: 'COMMITTED', ...all });
    const imports = [whole];
    const seen = { COMMITTING: 0, COMMITTED: 0 };
    // Starting takes longer than being killed: one works while two start.
    const waiting = [worker(), worker()];
    for (let kill = 0; kill < kills; kill += 1) {
      let one = imports.at(-1)!;
      if ((await inBooks(one)).state === 'COMMITTED') imports.push((one = await importAskedFor()));
      const killed = await waiting.shift()!;
      const ended = once(killed, 'close');
      killed.stdin!.write(JSON.stringify({ authorityId: authority.id, importId: one.id }));
      if (kill + 2 < kills) waiting.push(worker());
      // The moments lie all over the job, and a few behind its end.
      await pause(((kill + Math.random()) / kills) * 1.1 * milliseconds);
      killed.kill('SIGKILL');
      await ended;
      const found = await inBooks(one);
      expect(found).toEqual(found.state === 'COMMITTED' ? { state: 'COMMITTED', ...all } : nothing);
      seen[found.state] += 1;
    }
    expect(seen.COMMITTING).toBeGreaterThan(0);
    const last = imports.at(-1)!;
    // Twice: a job that was done is left alone.
    for (let run = 0; run < 2; run += 1) {
      await commitJob(last);
      expect(await inBooks(last)).toEqual({ state: 'COMMITTED', ...all });
    }
    expect(await brokenInvariants(api.owner)).toEqual([]);
    for (const { budget } of imports) {
      const verified = await api.database.transaction(systemContext(authority.id), (tx) =>
        verifyBook(tx, budget.bookId),
      );
      expect(verified.firstDifference).toBeNull();
    }
  });

  const commitJob = ({ id }: Import): Promise<void> =>
    api.app.get(CommitStatement).run({ authorityId: authority.id, importId: id });

  /** A statement of an account of its own that was read, and whose commit waits for its job. */
  async function importAskedFor(): Promise<Import> {
    const budget = await seedBudget(api, authority);
    const { designatedAccountId } = budget;
    const file = { name: 'long.csv', type: 'text/csv', bytes: Buffer.from(statement()) };
    const { body } = await budget.recipient.upload('/v1/statement-imports', { designatedAccountId }, file);
    const id = body.id as string;
    await api.app.get(ParseStatement).run({ authorityId: authority.id, importId: id });
    if (long) expect((await budget.recipient.post(`/v1/statement-imports/${id}/commit`, {})).status).toBe(202);
    else {
      await api.owner.query(`UPDATE statement_imports SET state = 'COMMITTING', commit_request = $2 WHERE id = $1`, [
        id,
        JSON.stringify({
          principal: { kind: 'person', id: budget.recipient.id },
          acceptAsNew: [],
          confirmed: false,
        }),
      ]);
    }
    return { id, budget };
  }

  /** What one moment shows of the import: its lines, its journals, and what its book holds; pence as text. */
  async function inBooks({ id, budget }: Import): Promise<Found> {
    const { rows } = await api.owner.query<Found>(
      `SELECT i.state, count(l.id)::integer AS lines, coalesce(sum(l.amount_pence), 0)::text AS sum,
              (SELECT count(*)::integer FROM journals j WHERE j.book_id = $2) AS journals,
              (SELECT coalesce(sum(a.balance_pence), 0)::text FROM ledger_accounts a WHERE a.book_id = $2 AND a.code = 'BANK') AS bank
         FROM statement_imports i LEFT JOIN statement_lines l ON l.import_id = i.id WHERE i.id = $1 GROUP BY i.state`,
      [id, budget.bookId],
    );
    return rows[0]!;
  }

  /** A process that has started and waits to be told its job. */
  async function worker(): Promise<ChildProcess> {
    const program = join(import.meta.dirname, 'committing-process.ts');
    const child = spawn(
      process.execPath,
      ['--import', join(root, 'test/support/typescript.mjs'), program, api.databaseUrl],
      { env: { ...process.env, NODE_NO_WARNINGS: '1' }, stdio: ['pipe', 'pipe', 'inherit'] },
    );
    started.push(child);
    await once(child.stdout, 'data');
    return child;
  }
});

interface Found {
  readonly state: 'COMMITTING' | 'COMMITTED';
  readonly lines: number;
  readonly sum: string;
  readonly journals: number;
  readonly bank: string;
}

const nothing: Found = { state: 'COMMITTING', lines: 0, sum: '0', journals: 0, bank: '0' };

/** With the balance before the first statement, which is a line of its own. */
const all: Omit<Found, 'state'> = {
  lines: linesOfImport + 1,
  journals: linesOfImport + 1,
  sum: balanceAfter(linesOfImport).toString(),
  bank: balanceAfter(linesOfImport).toString(),
};

function balanceAfter(lines: number): bigint {
  return openingPence - BigInt(lines) * 101n;
}

function statement(): string {
  const rows = Array.from({ length: linesOfImport }, (_, at) => {
    const [year, month, day] = addDays('2026-04-01', Math.floor((at * 60) / linesOfImport)).split('-');
    return `${day}/${month}/${year},SHOP ${at % 7},-1.01,${decimalText(balanceAfter(at + 1))}`;
  });
  return ['Date,Description,Amount,Balance', ...rows].join('\n');
}

function pause(ms: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, ms));
}
