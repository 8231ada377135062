import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { notStored } from './file-faults.js';
import { FileStore } from './file-store.js';

let folder: string;
let files: FileStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringfence-files-'));
  files = new FileStore({ dataFolder: folder });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const receipt = Buffer.from('Swimming 18.00');
const hash = createHash('sha256').update(receipt).digest('hex');
const path = () => join(folder, 'files', hash.slice(0, 2), hash);
const arriving = () => readdir(join(folder, 'files', 'arriving'));

describe('a file', () => {
  it('has no name until it is placed, and then nothing of it is left beside the others', async () => {
    const file = await files.arrive(receipt);
    expect(file).toMatchObject({ hash, bytes: receipt.length });
    expect([await files.check(hash, receipt.length), await arriving()]).toEqual(['missing', [expect.any(String)]]);
    expect(await files.place(file)).toBe(true);
    expect([await files.check(hash, receipt.length), await arriving()]).toEqual(['whole', []]);
  });

  it('is placed once more by a transaction that is run again', async () => {
    const file = await files.arrive(receipt);
    expect([await files.place(file), await files.place(file)]).toEqual([true, false]);
    await files.drop(file);
    expect(Buffer.from(await files.read(hash))).toEqual(receipt);
  });

  it('leaves nothing behind when what it comes from fails', async () => {
    async function* brokenOff(): AsyncGenerator<Uint8Array> {
      yield receipt;
      throw new Error('the line went dead');
    }
    await expect(files.arrive(brokenOff())).rejects.toThrow('the line went dead');
    expect(await arriving()).toEqual([]);
  });

  it.each([
    ['torn', () => truncate(path(), 3)],
    ['altered', () => writeFile(path(), 'Swimming 98.00')],
    ['missing', () => rm(path())],
  ] as const)('that is %s is found out, and whole again when it is sent again', async (condition, spoil) => {
    await files.store(receipt);
    await spoil();
    expect(await files.check(hash, receipt.length)).toBe(condition);
    const code = condition === 'missing' ? 'file-missing' : 'file-altered';
    await expect(files.read(hash)).rejects.toMatchObject({ code });
    await expect(pieces()).rejects.toMatchObject({ code });
    await files.store(receipt);
    expect(await files.check(hash, receipt.length)).toBe('whole');
    expect(await pieces()).toEqual(receipt);
  });

  // The first page of a process's memory is never there: reading it is EIO, as of a sector that has failed.
  (process.platform === 'linux' ? it : it.skip)('that the disk cannot read is lost like an altered one', async () => {
    await files.store(receipt);
    await rm(path());
    await symlink('/proc/self/mem', path());
    const message = 'The file is no longer readable, because the disk of this service cannot read it: send it again.';
    expect(await files.check(hash, 0)).toBe('altered');
    await expect(files.read(hash)).rejects.toMatchObject({ code: 'file-altered', message });
    await expect(pieces()).rejects.toMatchObject({ code: 'file-altered', message });
    await files.store(receipt);
    expect(await pieces()).toEqual(receipt);
  });

  async function pieces(): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of files.stream(hash)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
});

describe('a disk that does not take a file', () => {
  const failure = (code: string) => notStored(Object.assign(new Error(code), { code }));

  it.each(['ENOSPC', 'EDQUOT', 'EFBIG'])('is full (%s)', (code) => {
    expect(failure(code)).toMatchObject({
      code: 'file-not-stored',
      status: 507,
      message:
        'The file could not be kept: the disk of this service is full. Nothing of it was kept: send it again later.',
    });
  });

  it.each(['EIO', 'EROFS', 'EACCES', 'EPERM'])('cannot be written (%s)', (code) => {
    expect(failure(code)?.message).toBe(
      'The file could not be kept: the disk of this service cannot be written. Nothing of it was kept: send it again later.',
    );
  });

  it('is not to blame for any other fault', () => {
    expect(failure('ECONNRESET')).toBeUndefined();
  });
});
