import { ParseStatement } from '@ringfence/statements';
import { createHash, randomUUID } from 'node:crypto';
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { startApi, type TestApi, type UploadedFile } from '../support/api.js';
import { seedAuthority, seedBudget, type SeededAuthority, type SeededBudget } from '../support/seed.js';
import { storedPath } from '../support/stored-files.js';
import { png } from './sample-files.js';

let api: TestApi;
let authority: SeededAuthority;
let budget: SeededBudget;
beforeAll(async () => {
  api = await startApi();
  authority = await seedAuthority(api);
  budget = await seedBudget(api, authority);
}, 60_000);
afterAll(() => api.stop());

const place = (bytes: Uint8Array) => storedPath(api.folder, createHash('sha256').update(bytes).digest('hex'));
const receipt = (): UploadedFile => ({ name: 'till.png', type: 'image/png', bytes: png(randomUUID()) });
const statement = (): UploadedFile => ({
  name: 'april.csv',
  type: 'text/csv',
  bytes: Buffer.from(`04/04/2026,${randomUUID()},-20.00\n`),
});

const ways: [string, (path: string) => Promise<void>, string, string][] = [
  ['is missing', (path) => rm(path), 'file-missing', 'is no longer readable, because it is missing: send it again.'],
  [
    'was torn by a full disk',
    (path) => truncate(path, 20),
    'file-altered',
    'is no longer readable, because it is not what was sent: send it again.',
  ],
  [
    'was altered',
    async (path) =>
      writeFile(
        path,
        (await readFile(path)).map((byte, at) => (at === 40 ? byte ^ 1 : byte)),
      ),
    'file-altered',
    'is no longer readable, because it is not what was sent: send it again.',
  ],
];

describe.each(ways)('a receipt whose file %s', (_, spoil, type, sentence) => {
  it('says so, and stands; sent again with a new key or the same, it is readable again', async () => {
    const file = receipt();
    const send = (key: string) => budget.recipient.upload('/v1/receipts', { budgetId: budget.id }, file, { key });
    const key = randomUUID();
    const { id } = (await send(key)).body as { id: string };
    const handed = () => budget.recipient.get(`/v1/receipts/${id}/file`);
    for (const again of [randomUUID(), key]) {
      await spoil(place(file.bytes));
      expect(await handed()).toMatchObject({
        status: 410,
        body: { type: `urn:ringfence:problem:${type}`, detail: `The file of this receipt ${sentence}` },
      });
      expect((await budget.recipient.get(`/v1/receipts/${id}`)).status).toBe(200);
      expect((await send(again)).body).toMatchObject({ id, alreadyHeld: again !== key });
      expect((await handed()).bytes.equals(file.bytes)).toBe(true);
    }
  });
});

describe.each(ways)('a statement whose file %s before it was read', (_, spoil, _type, sentence) => {
  it('is refused in words, and is read when it is sent again', async () => {
    const file = statement();
    const send = async () => {
      const fields = { designatedAccountId: budget.designatedAccountId };
      return (await budget.recipient.upload('/v1/statement-imports', fields, file)).body.id as string;
    };
    const read = async (importId: string) => {
      await api.app.get(ParseStatement).run({ authorityId: authority.id, importId });
      return (await budget.recipient.get(`/v1/statement-imports/${importId}`)).body as unknown;
    };
    const lost = await send();
    await spoil(place(file.bytes));
    expect(await read(lost)).toMatchObject({
      state: 'REFUSED',
      refusal: { code: 'FILE_LOST', message: `The file of this statement ${sentence}` },
    });
    expect(await read(await send())).toMatchObject({ state: 'PARSED' });
  });
});
