import { newId } from '@ringfence/kernel';
import { ownerPool } from '@ringfence/platform';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type pg from 'pg';
import { seedAuthority } from '../ledger/seed.js';
import { startServer } from '../support/server.js';
import { formats, linesMax, writeStatement, type Format } from './files.js';
import { copyTimes, type CopyTimes } from './baseline.js';
import type { Imported, Measured } from './tasks.js';

const targets = { parsePerSecond: 200_000, importToCopy: 5 };
const perFormat = { sizes: [1_000, 100_000, 1_000_000], imports: [1_000, 100_000, 1_000_000] };
const quickly = { sizes: [1_000, 100_000], imports: [1_000, 100_000] };

/** Speed and memory of reading each format, and of importing a CSV through to posted lines beside COPY of the same rows. */
export async function run(args: readonly string[]): Promise<void> {
  const quick = args.includes('--quick');
  const only = args.filter((arg) => !arg.startsWith('--'));
  const { sizes, imports } = quick ? quickly : perFormat;
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-statements-'));
  chmodSync(folder, 0o711);
  try {
    const parsing: ParseResult[] = [];
    if (only.length === 0 || only.includes('parse')) {
      for (const format of formats) {
        for (const lines of sizes) if (lines <= linesMax[format]) parsing.push(await parsed(folder, format, lines));
      }
    }
    const importing = only.length === 0 || only.includes('import') ? await imported(folder, imports) : [];
    print(parsing, importing);
    if (quick || only.length > 0) return;
    const file = join(import.meta.dirname, '../results/statements.json');
    mkdirSync(join(file, '..'), { recursive: true });
    const result = { at: new Date().toISOString(), targets, machine: machine(), parsing, importing };
    writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
    process.stdout.write(`Written to ${file}.\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface ParseResult extends Measured {
  readonly format: Format;
  readonly perSecond: number;
}

async function parsed(folder: string, format: Format, lines: number): Promise<ParseResult> {
  process.stderr.write(`parsing ${format}, ${lines} lines\n`);
  const path = await writeStatement(folder, format, lines);
  try {
    const measured = await child<Measured>('parse', path);
    if (measured.lines !== lines) throw new Error(`${format}: ${measured.lines} lines were read of ${lines}.`);
    return { format, ...measured, perSecond: Math.round(lines / measured.seconds) };
  } finally {
    rmSync(path);
  }
}

interface ImportResult extends Imported {
  readonly perSecond: number;
  readonly copy: CopyTimes;
  /** How many times as long the import took as COPY of its lines, and of all the rows that it writes. */
  readonly toCopyOfLines: number;
  readonly toCopyOfAll: number;
}

async function imported(folder: string, sizes: readonly number[]): Promise<ImportResult[]> {
  const server = await startServer();
  const owner = ownerPool(server.url, 2);
  const results: ImportResult[] = [];
  try {
    for (const lines of sizes) {
      process.stderr.write(`importing csv, ${lines} lines\n`);
      const { authorityId, personId, accountId } = await seedAccount(owner);
      const path = await writeStatement(folder, 'csv', lines);
      await owner.query('CHECKPOINT');
      const who = [authorityId, personId, accountId];
      const measured = await child<Imported>('importFile', path, server.url, join(folder, 'data'), ...who);
      rmSync(path);
      if (measured.posted !== lines) throw new Error(`${measured.posted} lines were posted of ${lines}.`);
      const copy = await copyTimes(owner, folder, accountId);
      results.push({
        ...measured,
        perSecond: Math.round(lines / measured.seconds),
        copy,
        toCopyOfLines: measured.seconds / copy.linesSeconds,
        toCopyOfAll: measured.seconds / copy.allSeconds,
      });
    }
    return results;
  } finally {
    await owner.end();
    await server.stop();
  }
}

/** An account of its own for each import, and a person who may upload to it. */
async function seedAccount(owner: pg.Pool): Promise<{ authorityId: string; personId: string; accountId: string }> {
  const { context, books } = await seedAuthority(owner, 1);
  const { authorityId } = context;
  const personId = newId();
  await owner.query('INSERT INTO people (authority_id, id, name) VALUES ($1, $2, $3)', [
    authorityId,
    personId,
    'Officer',
  ]);
  await owner.query(
    `INSERT INTO role_grants (authority_id, id, person_id, role, valid_from, granted_by)
     VALUES ($1, $2, $3, 'FINANCE_OFFICER', '2020-01-01', '00000000-0000-7000-8000-000000000000')`,
    [authorityId, newId(), personId],
  );
  const { rows } = await owner.query<{ id: string }>('SELECT designated_account_id AS id FROM books WHERE id = $1', [
    books[0]!.id,
  ]);
  return { authorityId, personId, accountId: rows[0]!.id };
}

const run_ = promisify(execFile);

async function child<Answer>(task: string, ...args: readonly string[]): Promise<Answer> {
  const program = join(import.meta.dirname, 'child.mjs');
  const { stdout } = await run_(process.execPath, ['--no-warnings', program, task, ...args], { maxBuffer: 1 << 24 });
  return JSON.parse(stdout) as Answer;
}

function machine(): Record<string, string | number> {
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryMb: Math.round(totalmem() / 2 ** 20),
    node: process.version,
  };
}

function print(parsing: readonly ParseResult[], importing: readonly ImportResult[]): void {
  const line = (cells: readonly (string | number)[]): string =>
    cells.map((cell, order) => (order === 0 ? String(cell).padEnd(14) : String(cell).padStart(13))).join('');
  const lines = [line(['parsing', 'lines', 'a second', 'cpu s', 'peak RSS MB', 'peak heap MB'])];
  for (const { format, lines: count, perSecond, cpuSeconds, peakRssMb, peakHeapMb } of parsing)
    lines.push(line([format, count, perSecond, cpuSeconds.toFixed(2), peakRssMb, peakHeapMb]));
  lines.push(
    '',
    line([
      'importing',
      'lines',
      'a second',
      'receive s',
      'parse s',
      'commit s',
      'peak RSS MB',
      'COPY lines s',
      'COPY all s',
      'x COPY lines',
      'x COPY all',
    ]),
  );
  for (const one of importing) {
    const seconds = [one.receiveSeconds, one.parseSeconds, one.commitSeconds].map((value) => value.toFixed(2));
    const copies = [one.copy.linesSeconds, one.copy.allSeconds, one.toCopyOfLines, one.toCopyOfAll];
    lines.push(
      line(['csv', one.lines, one.perSecond, ...seconds, one.peakRssMb, ...copies.map((value) => value.toFixed(2))]),
    );
  }
  lines.push(
    '',
    `Targets: ${targets.parsePerSecond} CSV lines parsed a second; an import within ${targets.importToCopy} times COPY.`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}
