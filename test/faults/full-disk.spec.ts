import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { largePng } from '../evidence/sample-files.js';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget } from '../support/seed.js';
import { smallDisk } from '../support/small-disk.js';
import { storedFiles } from '../support/stored-files.js';

jest.setTimeout(60_000);

const disk = smallDisk();
if (!disk)
  process.stdout.write('No disk can be mounted here: only a limit on the size of files shows what a full disk does.\n');
afterAll(() => disk?.remove());

(disk ? describe : describe.skip)('a receipt of four megabytes on a disk of two', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ folder: disk!.folder });
  });
  afterAll(async () => {
    // The folder is a disk, which can be emptied and not removed.
    await api.stop().catch(() => undefined);
  });

  it('is refused in words, leaves nothing, and is kept when there is room', async () => {
    const { id, recipient } = await seedBudget(api, await seedAuthority(api));
    const file = { name: 'till.png', type: 'image/png', bytes: largePng('full', 4_000_000) };
    const send = () => recipient.upload('/v1/receipts', { budgetId: id }, file, { key: 'one and the same' });
    expect(await send()).toMatchObject({
      status: 507,
      body: {
        type: 'urn:ringfence:problem:file-not-stored',
        detail:
          'The file could not be kept: the disk of this service is full. Nothing of it was kept: send it again later.',
      },
    });
    expect(await storedFiles(disk!.folder)).toEqual([]);
    expect((await recipient.get(`/v1/receipts?budgetId=${id}`)).body.items).toEqual([]);

    disk!.grow();
    const kept = await send();
    expect(kept).toMatchObject({ status: 201, body: { alreadyHeld: false } });
    const held = await recipient.get(`/v1/receipts/${kept.body.id as string}/file`);
    expect([held.status, held.bytes.equals(file.bytes)]).toEqual([200, true]);
  });
});

describe('a process that may write no file of more than two megabytes', () => {
  it('refuses a larger one in words, keeps nothing of it, and goes on', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ringfence-limit-'));
    try {
      const typescript = join(import.meta.dirname, '../support/typescript.mjs');
      const program = join(import.meta.dirname, 'storing-process.ts');
      // In blocks of 512 bytes.
      const script = 'ulimit -f 4096; exec "$0" --import "$1" "$2" "$3"';
      const child = spawn('/bin/sh', ['-c', script, process.execPath, typescript, program, folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      await once(child, 'close');
      const found = output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      expect(found).toEqual([
        { bytes: 4_000_000, code: 'file-not-stored', status: 507 },
        { bytes: 1_000, kept: true },
      ]);
      expect((await storedFiles(folder)).filter((name) => !name.startsWith('arriving'))).toHaveLength(1);
      expect((await storedFiles(folder)).filter((name) => name.startsWith('arriving'))).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
