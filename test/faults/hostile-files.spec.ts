import { jest } from '@jest/globals';
import { newId } from '@ringfence/kernel';
import { FileStore, openQueue, readConfig, requestJob, systemContext } from '@ringfence/platform';
import { pdfUnpackedBytesMax, sheetCellsMax, sheetRowsMax } from '@ringfence/statement-files';
import { ParseStatement } from '@ringfence/statements';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorker, type RunningWorker } from '../../apps/worker/src/create-worker.js';
import { zipOf } from '../conformance/statement-writers.js';
import { until } from '../queue/jobs.js';
import { blanks, endlessPdf, longSheet, packedPdf, sheetOf } from '../statements/hostile-files.js';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, type SeededAuthority, type SeededBudget } from '../support/seed.js';

jest.setTimeout(180_000);

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const instead = 'ask the bank for the statement as CSV, or for a shorter period.';
const header = 'Date,Description,Amount,Balance\n';

/** A name, what is sent, and what its sender reads. */
const hostile: readonly [string, () => Uint8Array, string, string][] = [
  [
    'a spreadsheet of 280,000 short rows',
    () => sheetOf(`<sheetData>${manyRows(280_000)}</sheetData>`),
    'TOO_MANY_LINES',
    `The sheet has 280000 rows, more than the ${sheetRowsMax} that are read from a spreadsheet: download the statement as CSV, which may be longer, or a shorter period.`,
  ],
  [
    'a spreadsheet of few rows with cells without number',
    () => sheetOf(`<sheetData><row>${manyCells(sheetCellsMax + 1)}</row></sheetData>`),
    'TOO_MANY_LINES',
    `The sheet has ${sheetCellsMax + 1} cells, more than the ${sheetCellsMax} that are read from a spreadsheet: download the statement as CSV, which may be longer, or a shorter period.`,
  ],
  [
    'a spreadsheet of 280,000 rows, more than an archive may unpack to',
    () => longSheet(280_000),
    'ARCHIVE_REFUSED',
    'The archive would unpack to more than 25165824 bytes: upload a shorter period.',
  ],
  [
    'an archive of one file that unpacks a thousand times',
    () => zipOf({ 'a.xml': blanks(20_000_000) }),
    'ARCHIVE_REFUSED',
    'The archive has "a.xml" packed more than 200 times, as no statement is.',
  ],
  [
    'elements in elements without end',
    () => sheetOf(`${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`),
    'FILE_MALFORMED',
    'In xl/worksheets/sheet1.xml of the spreadsheet: The file has elements more than 64 deep in one another.',
  ],
  [
    'a PDF of three kilobytes whose page is 1.5 gigabytes of blanks, packed twice',
    () => packedPdf(blanks(1_500_000_000), { packings: 2 }),
    'FILE_TOO_LARGE',
    `The PDF unpacks to more than ${pdfUnpackedBytesMax} bytes of text: download a shorter period, or the statement as CSV.`,
  ],
  [
    'the same, that says it is a picture',
    () => packedPdf(blanks(1_500_000_000), { packings: 2, says: '/Subtype /Image' }),
    'READING_MEMORY',
    `The file needs more memory to read than the 1024 MiB that a file may take: ${instead}`,
  ],
  [
    'a PDF whose page never ends',
    endlessPdf,
    'READING_MEMORY',
    `The file needs more memory to read than the 1024 MiB that a file may take: ${instead}`,
  ],
  [
    'a CSV with a quotation mark that is never closed',
    () => text(`${header}01/04/2026,"${'a,"" '.repeat(400_000)}`),
    'TOO_LONG',
    'Line 2 begins a row of more than 50000 characters, which no bank writes: download the file again.',
  ],
  [
    'a CSV of blanks behind its header',
    () => text(`${header}01/04/2026,${' '.repeat(2_000_000)},x,1.00\n`),
    'TOO_LONG',
    'Line 2 begins a row of more than 50000 characters, which no bank writes: download the file again.',
  ],
  [
    'an MT940 field without end',
    () => text(`:20:A\n:25:20-00-00/5577\n:28C:1\n:86:A${'\nA'.repeat(500_000)}`),
    'TOO_LONG',
    'Line 10004: the field of line 4 has more than 10000 lines, which no bank writes: download the file again.',
  ],
  [
    'a QIF record without end',
    () => text(`!Type:Bank\n${'SA\n'.repeat(700_000)}`),
    'TOO_LONG',
    'Line 10002: the record has more than 10000 fields, which no bank writes: download the file again.',
  ],
  [
    'OFX elements in elements without end',
    () => text(`OFXHEADER:100\n\n<OFX>${'<A>'.repeat(700_000)}`),
    'FILE_MALFORMED',
    'Line 3: more than 64 tags stand open.',
  ],
  [
    'a camt file of more elements than are read at once',
    () => text(`<Document><BkToCstmrStmt>${'<A '.repeat(700_000)}`),
    'FILE_TOO_LARGE',
    'The XML has 700002 elements, more than the 700000 that are read at once: download a shorter period, or the statement as CSV.',
  ],
];

function manyRows(count: number): string {
  return Array.from({ length: count }, (_, at) => `<row>${manyCells(2, at)}</row>`).join('');
}

function manyCells(count: number, from = 0): string {
  return Array.from({ length: count }, (_, at) => `<c><v>${((from + at) * 7_919) % 1_000_003}</v></c>`).join('');
}

describe('a file made to harm who reads it', () => {
  let api: TestApi;
  let authority: SeededAuthority;
  let budget: SeededBudget;
  let folder: string;
  let worker: RunningWorker | undefined;

  beforeAll(async () => {
    api = await startApi({ now: '2026-04-20T09:00:00Z' });
    folder = await mkdtemp(join(tmpdir(), 'ringfence-hostile-'));
    authority = await seedAuthority(api);
    budget = await seedBudget(api, authority);
  }, 60_000);
  afterEach(async () => {
    await worker?.stop();
    worker = undefined;
  });
  afterAll(async () => {
    await api.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(hostile)('is refused in words: %s', async (_, make, code, message) => {
    const { body } = await budget.recipient.upload(
      '/v1/statement-imports',
      { designatedAccountId: budget.designatedAccountId },
      { name: 'statement', type: 'application/octet-stream', bytes: make() },
    );
    await api.app.get(ParseStatement).run({ authorityId: authority.id, importId: body.id as string });
    const { body: view } = await budget.recipient.get(`/v1/statement-imports/${body.id as string}`);
    expect(view).toMatchObject({ state: 'REFUSED', refusal: { code, message } });
  });

  it('leaves this process free: a request that comes while it is read is answered before it', async () => {
    const { body } = await budget.recipient.upload(
      '/v1/statement-imports',
      { designatedAccountId: budget.designatedAccountId },
      { name: 'slow.xlsx', type: 'application/octet-stream', bytes: longSheet(45_000) },
    );
    const order: string[] = [];
    const reading = api.app
      .get(ParseStatement)
      .run({ authorityId: authority.id, importId: body.id as string })
      .then(() => order.push('read'));
    for (let request = 0; request < 5; request += 1) {
      expect((await budget.recipient.get('/v1/me')).status).toBe(200);
      order.push('answered');
    }
    await reading;
    expect(order).toEqual(['answered', 'answered', 'answered', 'answered', 'answered', 'read']);
  });

  it('neither costs a worker its hold on the job nor keeps it from the next one', async () => {
    const config = readConfig({
      DATABASE_URL: api.databaseUrl,
      DATABASE_POOL_MAX: '6',
      RINGFENCE_DATA: folder,
      RINGFENCE_ENVIRONMENT: 'test',
      LOG_LEVEL: 'error',
    });
    const files = new FileStore(config);
    // Longer to read than the worker's hold, as the first; then one that ends its program; then an honest one.
    const jobs: { importId: string; jobId: string }[] = [];
    for (const bytes of [longSheet(45_000), endlessPdf(), text(`${header}01/04/2026,SHOP,-1.00,9.00\n`)]) {
      jobs.push(await received(files, bytes));
    }
    worker = await createWorker(config, api.clock, { runner: { holdMs: 1_000 } }, 0);
    await until(async () =>
      (await Promise.all(jobs.map(({ importId }) => stateOf(importId)))).every((one) => one !== 'RECEIVED'),
    );
    expect(await Promise.all(jobs.map(({ importId }) => stateOf(importId)))).toEqual(['PARSED', 'REFUSED', 'PARSED']);
    const queue = openQueue(config);
    try {
      for (const { jobId } of jobs) {
        await until(async () => (await (await queue.getJob(jobId))?.getState()) === 'completed');
        // Begun once, and never taken for lost.
        expect(await queue.getJob(jobId)).toMatchObject({ attemptsStarted: 1, stalledCounter: 0 });
      }
    } finally {
      await queue.close();
    }
  });

  async function received(files: FileStore, bytes: Uint8Array): Promise<{ importId: string; jobId: string }> {
    const [importId, fileHash] = [newId(), await files.store(bytes)];
    await api.owner.query(
      `INSERT INTO statement_imports (authority_id, id, designated_account_id, file_name, file_hash, file_bytes, uploaded_by, received_at)
       VALUES ($1, $2, $3, 'statement', $4, $5, $6, '2026-04-20T09:00:00Z')`,
      [authority.id, importId, budget.designatedAccountId, fileHash, bytes.length, budget.recipient.id],
    );
    const jobId = await api.database.transaction(systemContext(authority.id), (tx) =>
      requestJob(tx, 'parse-statement', { importId }),
    );
    return { importId, jobId };
  }

  async function stateOf(importId: string): Promise<string> {
    const { rows } = await api.owner.query<{ state: string }>('SELECT state FROM statement_imports WHERE id = $1', [
      importId,
    ]);
    return rows[0]!.state;
  }
});
