import { jest } from '@jest/globals';
import type { Problem } from '@ringfence/kernel';
import { type ParsedLine, readStatementFile, type StatementSource } from '@ringfence/statement-files';
import { filesReadAtOnceMax, filesWaitingMax, StatementReader, usualLimits } from '@ringfence/statements';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  camtOf,
  csvOf,
  mt940Of,
  ofxOf,
  pdfStatementOf,
  qifOf,
  xlsxOf,
  zipOf,
  type WrittenStatement,
} from '../conformance/statement-writers.js';
import { until } from '../queue/jobs.js';
import { endlessPdf, longSheet } from './hostile-files.js';

jest.setTimeout(120_000);

const statement: WrittenStatement = {
  sortCode: '200000',
  accountNumber: '55779911',
  opening: 150_000n,
  lines: [
    { date: '2026-04-13', pence: 200_000n, words: 'EXAMPLE COUNCIL DP £5 ☕', id: 'FT260001' },
    { date: '2026-04-14', pence: -6_000n, words: 'RIVER CARE LTD & SONS', id: 'FT260002' },
    { date: '2026-04-30', pence: -123_456n, words: 'AGENCY INVOICE 1001', id: 'FT260003' },
  ],
};
const plain = { ...statement, lines: statement.lines.map((line) => ({ ...line, words: 'SHOP' })) };
const text = (content: string): Uint8Array => new TextEncoder().encode(content);

let reader: StatementReader;
beforeEach(() => {
  reader = new StatementReader();
});
afterEach(() => reader.onModuleDestroy());

describe('a file that is read in a program of its own', () => {
  it.each<[string, Uint8Array]>([
    ['CSV', csvOf(statement)],
    ['QIF', qifOf(statement)],
    ['OFX', ofxOf(statement, true)],
    ['MT940', mt940Of(statement)],
    ['camt', camtOf(statement, 'camt.053', 8)],
    ['zipped camt', zipOf({ 'a.xml': camtOf(statement, 'camt.053', 8) })],
    ['XLSX', xlsxOf(statement)],
    ['PDF', pdfStatementOf(plain)],
    ['two currencies', text('Date,Description,Amount,Balance\n01/04/2026,A,-1.00,98.00\n')],
    ['a file that is refused', text('Date,Description,Amount,Balance\n01/04/2026,A,one,1.00\n')],
    ['an empty file', text(' \n ')],
  ])('is what it is in this one: %s', async (_, bytes) => {
    const whole = await readStatementFile(bytes);
    expect(await reader.readFile(bytes)).toEqual(whole);
    expect(await streamed(bytes)).toEqual(whole.ok ? whole.statements.flatMap(({ lines }) => lines) : whole);
  });

  it('is handed on no faster than its lines are taken', async () => {
    const bytes = longCsv(100_000);
    let [sent, sentWhileHeld, lines] = [0, 0, 0];
    const source = sourceOf(bytes, (length) => (sent += length));
    await reader.reading(source, {}, async (opened) => {
      if (!opened.ok) throw new Error(opened.error.message);
      sent = 0;
      await opened.read(async (taken) => {
        if (lines === 0) {
          await pause(500);
          sentWhileHeld = sent;
        }
        lines += taken.length;
      });
    });
    expect(lines).toBe(100_000);
    expect(sent).toBe(bytes.length);
    expect(sentWhileHeld).toBeLessThan(bytes.length / 2);
  });

  it('fails as its source fails, and is not refused for it', async () => {
    const failing = { size: 1_000_000, chunks: () => chunksThenFault(longCsv(1_000)) };
    await expect(reader.reading(failing, {}, () => Promise.resolve())).rejects.toThrow('The disk is gone.');
  });

  it('waits for its turn where others are being read, and is sent away where too many wait', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((done) => (open = done));
    const many = Array.from({ length: filesReadAtOnceMax + filesWaitingMax }, () =>
      reader.reading(sourceOf(csvOf(statement)), {}, () => gate),
    );
    const problem = await reader.readFile(csvOf(statement)).catch((error: unknown) => error as Problem);
    expect(problem).toMatchObject({
      code: 'too-many-requests',
      message: `There are ${filesWaitingMax} files waiting to be read: send this one again in some minutes.`,
    });
    open();
    await Promise.all(many);
  });
});

const onLinux = process.platform === 'linux' ? it : it.skip;

describe('the program that reads files', () => {
  onLinux('is given no address and no secret', async () => {
    await reading(csvOf(statement), async () => {
      const [pid] = children();
      expect(readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean)).toEqual(['PWD=/', 'TZ=UTC']);
    });
  });

  onLinux('reads the next file where it read one well, and is ended where it refused one', async () => {
    await reader.readFile(csvOf(statement));
    const first = children();
    await reader.readFile(xlsxOf(statement));
    expect(children()).toEqual(first);
    await reader.readFile(text('nothing'));
    expect(children()).toEqual([]);
  });

  onLinux('is started again when it is killed, and the file is read', async () => {
    await reading(longCsv(20_000), async (opened) => {
      process.kill(children()[0]!, 'SIGKILL');
      expect(await opened.count(() => undefined)).toMatchObject({ ok: true, statements: [{ posted: 20_000 }] });
    });
  });

  onLinux('is not started for ever: a file that ends it twice is refused', async () => {
    await reading(longCsv(20_000), async (opened) => {
      process.kill(children()[0]!, 'SIGKILL');
      const outcome = await opened.count(() => children().forEach((pid) => process.kill(pid, 'SIGKILL')));
      expect(outcome).toEqual({
        ok: false,
        error: {
          code: 'READING_FAILED',
          message:
            'The file ended the program that reads it, twice: ask the bank for the statement as CSV, or for a shorter period.',
          line: null,
        },
      });
    });
  });

  onLinux('leaves the job to begin again when it is killed behind lines that were handed on', async () => {
    await reading(longCsv(100_000), async (opened) => {
      const read = opened.read(() => children().forEach((pid) => process.kill(pid, 'SIGKILL')));
      await expect(read).rejects.toThrow('The program that reads files ended. It said: nothing');
    });
  });

  onLinux('ends with the process that started it, though that is killed and it never listens', async () => {
    const parent = spawn(
      process.execPath,
      [
        '--import',
        join(import.meta.dirname, '../support/typescript.mjs'),
        join(import.meta.dirname, 'reading-parent.ts'),
      ],
      { env: { ...process.env, NODE_NO_WARNINGS: '1' }, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    await once(parent.stdout, 'data');
    await until(() => children(parent.pid).length === 1);
    const [pid] = children(parent.pid);
    parent.kill('SIGKILL');
    await until(() => !existsSync(`/proc/${pid}`));
  });
});

describe('a file that is too much', () => {
  it('for its time is refused in words', async () => {
    reader.limits = { ...usualLimits, secondsMax: 1 };
    const bytes = longSheet(45_000);
    expect(await reader.readFile(bytes)).toEqual(
      refusal(
        'READING_TIME',
        'The file takes longer to read than the 2 seconds that a file of its size may take: ask the bank for the statement as CSV, or for a shorter period.',
      ),
    );
  });

  it('for the memory of its program is refused in words', async () => {
    reader.limits = { ...usualLimits, mebibytesMax: 200 };
    expect(await reader.readFile(longSheet(45_000))).toEqual(
      refusal(
        'READING_MEMORY',
        'The file needs more memory to read than the 200 MiB that a file may take: ask the bank for the statement as CSV, or for a shorter period.',
      ),
    );
  });

  it('for its JavaScript heap is refused in the same words', async () => {
    reader.limits = { ...usualLimits, heapMebibytesMax: 64 };
    expect(await reader.readFile(longSheet(45_000))).toMatchObject({ error: { code: 'READING_MEMORY' } });
  });

  it('has an end, though its pages have none', async () => {
    reader.limits = { ...usualLimits, mebibytesMax: 600 };
    expect(await reader.readFile(endlessPdf())).toMatchObject({ error: { code: 'READING_MEMORY' } });
  });
});

function refusal(code: string, message: string): unknown {
  return { ok: false, error: { code, message, line: null } };
}

type Opened = Extract<Parameters<Parameters<StatementReader['reading']>[2]>[0], { ok: true }>;

async function reading(bytes: Uint8Array, work: (opened: Opened) => Promise<void>): Promise<void> {
  await reader.reading(sourceOf(bytes), {}, (opened) => {
    if (!opened.ok) throw new Error(opened.error.message);
    return work(opened);
  });
}

async function streamed(bytes: Uint8Array): Promise<unknown> {
  return reader.reading(sourceOf(bytes), {}, async (opened) => {
    if (!opened.ok) return opened;
    const counted = await opened.count(() => undefined);
    const lines: ParsedLine[] = [];
    const read = await opened.read((taken) => void lines.push(...taken.map(({ line }) => line)));
    expect(read).toEqual(counted);
    return read.ok ? lines : read;
  });
}

function longCsv(rows: number): Uint8Array {
  const lines = Array.from({ length: rows }, (_, at) => `01/04/2026,SHOP ${at},-1.00,${9_000_000 - at}.00\n`);
  return text(`Date,Description,Amount,Balance\n${lines.join('')}`);
}

function sourceOf(bytes: Uint8Array, onSent: (length: number) => void = () => undefined): StatementSource {
  return {
    size: bytes.length,
    async *chunks() {
      for (let at = 0; at < bytes.length; at += 65_536) {
        const chunk = bytes.subarray(at, at + 65_536);
        onSent(chunk.length);
        yield chunk;
      }
    },
  };
}

async function* chunksThenFault(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  throw new Error('The disk is gone.');
}

/** The reading programs of a process, this one or another. */
function children(of: number | undefined = process.pid): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const ours = Number(parent) === of && state !== 'Z';
        return ours && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('reading-child') ? [Number(name)] : [];
      } catch {
        return [];
      }
    });
}
