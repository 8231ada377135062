import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { startApi, type TestApi, type UploadedFile } from '../support/api.js';
import {
  seedAuthority,
  seedBudget,
  seedClient,
  type Actor,
  type SeededAuthority,
  type SeededBudget,
} from '../support/seed.js';
import { storedFiles } from '../support/stored-files.js';
import { png } from './sample-files.js';

let api: TestApi;
const started: TestApi[] = [];
let authority: SeededAuthority;
let own: SeededBudget;
let other: SeededBudget;

async function start(settings: Record<string, string> = {}): Promise<void> {
  api = await startApi({ settings });
  started.push(api);
  authority = await seedAuthority(api);
  [own, other] = [await seedBudget(api, authority), await seedBudget(api, authority)];
}
beforeAll(() => start(), 60_000);
afterEach(async () => {
  // Nothing but what a row names, whatever a test did.
  const { rows } = await api.owner.query<{ hash: string }>(
    'SELECT file_hash AS hash FROM receipts UNION SELECT file_hash FROM statement_imports',
  );
  const named = rows.map(({ hash }) => `${hash.slice(0, 2)}/${hash}`).sort();
  expect(await kept()).toEqual(named);
});
afterAll(async () => {
  for (const one of started) await one.stop();
}, 30_000);

const mebibyte = 1024 * 1024;
const receipt = (word: string): UploadedFile => ({ name: 'till.png', type: 'image/png', bytes: png(word) });
const statement = (word: string): UploadedFile => ({
  name: 'april.csv',
  type: 'text/csv',
  bytes: Buffer.from(`04/04/2026,${word},-20.00\n`),
});
const kept = () => storedFiles(api.folder);

describe('a file that is refused leaves nothing behind', () => {
  type Case = [string, () => Promise<{ status: number }>, number];
  const large: UploadedFile = { name: 'large.csv', type: 'text/csv', bytes: Buffer.alloc(3 * mebibyte, 'x') };
  it.each<Case>([
    [
      'from a bureau, which sends no receipts',
      () => bureau().then((b) => b.upload('/v1/receipts', { budgetId: own.id }, large)),
      403,
    ],
    ['for another family’s budget', () => own.recipient.upload('/v1/receipts', { budgetId: other.id }, large), 422],
    [
      'for a budget that is not there',
      () => authority.financeOfficer.upload('/v1/receipts', { budgetId: randomUUID() }, large),
      422,
    ],
    [
      'for another family’s account',
      () => own.recipient.upload('/v1/statement-imports', { designatedAccountId: other.designatedAccountId }, large),
      404,
    ],
    [
      'for an account that is not there',
      () => own.recipient.upload('/v1/statement-imports', { designatedAccountId: randomUUID() }, large),
      404,
    ],
    [
      'for an account that is no id',
      () => own.recipient.upload('/v1/statement-imports', { designatedAccountId: 'mine' }, large),
      422,
    ],
    ['of a kind that is no receipt', () => own.recipient.upload('/v1/receipts', { budgetId: own.id }, large), 415],
    [
      'that is empty',
      () =>
        own.recipient.upload(
          '/v1/statement-imports',
          { designatedAccountId: own.designatedAccountId },
          { ...large, bytes: Buffer.alloc(0) },
        ),
      422,
    ],
    [
      'under a key that was used for another file',
      async () => {
        const fields = { designatedAccountId: own.designatedAccountId };
        await own.recipient.upload('/v1/statement-imports', fields, statement('FIRST'), { key: 'one' });
        return own.recipient.upload('/v1/statement-imports', fields, large, { key: 'one' });
      },
      409,
    ],
  ])('%s', async (_, send, status) => {
    expect((await send()).status).toBe(status);
    expect((await kept()).filter((name) => name.endsWith(hashOf(large.bytes)))).toEqual([]);
  });

  it('though its bytes were placed already when the database refused the row', async () => {
    await api.owner.query(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'refused by the test'; END $$`);
    await api.owner.query('CREATE TRIGGER refused BEFORE INSERT ON receipts FOR EACH ROW EXECUTE FUNCTION refuse()');
    const before = await kept();
    const answer = await own.recipient.upload('/v1/receipts', { budgetId: own.id }, receipt('refused'));
    await api.owner.query('DROP TRIGGER refused ON receipts');
    expect([answer.status, await kept()]).toEqual([500, before]);
  });

  it('but keeps what another request brought, and a row names', async () => {
    const same = receipt('shared');
    expect((await other.recipient.upload('/v1/receipts', { budgetId: other.id }, same)).status).toBe(201);
    const lines = JSON.stringify([{ description: 'Swimming', amount: '1.00' }]);
    const refused = await own.recipient.upload('/v1/receipts', { budgetId: own.id, amount: '2.00', lines }, same);
    const held = (await kept()).filter((name) => name.endsWith(hashOf(same.bytes)));
    expect([refused.status, held.length]).toEqual([422, 1]);
  });

  const bureau = (): Promise<Actor> => seedClient(api, authority.id, [own.id]);
});

describe('whose file it is', () => {
  it.each([
    ['/v1/receipts', 'budgetId'],
    ['/v1/statement-imports', 'designatedAccountId'],
  ])('is said before the file: %s', async (path, field) => {
    const boundary = 'form';
    const body = [
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="f.png"\r\n\r\nnever read\r\n`,
      `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${own.id}\r\n--${boundary}--\r\n`,
    ].join('');
    const { statusCode, payload } = await api.app.inject({
      method: 'POST',
      url: path,
      headers: {
        authorization: `Bearer ${await api.tokenFor(own.recipient.bearer)}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
        'idempotency-key': randomUUID(),
      },
      payload: body,
    });
    expect(statusCode).toBe(422);
    expect(JSON.parse(payload)).toMatchObject({
      detail: `Send ${field} before the file, which is read only when it is known whose it is.`,
      errors: [{ pointer: `/${field}` }],
    });
  });
});

describe('over the network', () => {
  let address: string;
  beforeAll(async () => {
    await api.app.listen(0, '127.0.0.1');
    address = `http://127.0.0.1:${(api.app.getHttpServer().address() as AddressInfo).port}`;
  });

  async function send(path: string, fields: Record<string, string>, bytes: number): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(bytes).fill(120)]), 'large.csv');
    return fetch(`${address}${path}`, {
      method: 'POST',
      body: form,
      headers: {
        authorization: `Bearer ${await api.tokenFor(own.recipient.bearer)}`,
        'idempotency-key': randomUUID(),
      },
    });
  }

  it('somebody who sends 30 MB hears why they are refused, and nothing of it is kept', async () => {
    const answers = [
      await send('/v1/statement-imports', { designatedAccountId: other.designatedAccountId }, 30_000_000),
      await send('/v1/statement-imports', { designatedAccountId: 'mine' }, 30_000_000),
      await send('/v1/receipts', { budgetId: own.id }, 30_000_000),
    ];
    const heard = await Promise.all(
      answers.map(async (answer) => [
        answer.status,
        answer.headers.get('connection'),
        ((await answer.json()) as { type: string }).type.split(':').at(-1),
      ]),
    );
    expect(heard).toEqual([
      [404, 'close', 'not-found'],
      [422, 'close', 'invalid-request'],
      [413, 'close', 'too-large'],
    ]);
  });

  it('a sender who writes all before reading hears it too', async () => {
    const token = await api.tokenFor(own.recipient.bearer);
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname);
    const body = Buffer.concat([
      Buffer.from(
        `--b\r\nContent-Disposition: form-data; name="designatedAccountId"\r\n\r\n${other.designatedAccountId}\r\n` +
          `--b\r\nContent-Disposition: form-data; name="file"; filename="l.csv"\r\n\r\n`,
      ),
      Buffer.alloc(20_000_000, 'x'),
      Buffer.from('\r\n--b--\r\n'),
    ]);
    socket.pause();
    socket.write(
      `POST /v1/statement-imports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nIdempotency-Key: k\r\n` +
        `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: ${body.length}\r\n\r\n`,
    );
    await new Promise<void>((written, failed) => {
      socket.once('error', failed);
      socket.write(body, () => written());
    });
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.resume();
    await once(socket, 'end');
    expect(answer).toContain('HTTP/1.1 404 Not Found');
    expect(answer).toContain('urn:ringfence:problem:not-found');
    socket.destroy();
  });

  it('a connection that breaks off in the middle of a file leaves nothing', async () => {
    const token = await api.tokenFor(own.recipient.bearer);
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v1/statement-imports HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nIdempotency-Key: k\r\n` +
        `Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n` +
        `--b\r\nContent-Disposition: form-data; name="designatedAccountId"\r\n\r\n${own.designatedAccountId}\r\n` +
        `--b\r\nContent-Disposition: form-data; name="file"; filename="l.csv"\r\n\r\n${'x'.repeat(300_000)}`,
    );
    const arriving = async () => (await kept()).filter((name) => name.startsWith('arriving')).length;
    await until(async () => (await arriving()) === 1);
    socket.destroy();
    await until(async () => (await arriving()) === 0);
  });
});

describe('how much may be sent', () => {
  const sendReceipt = (budget: SeededBudget, word: string) =>
    budget.recipient.upload('/v1/receipts', { budgetId: budget.id }, receipt(word));
  const sendStatement = (budget: SeededBudget, word: string) =>
    budget.recipient.upload(
      '/v1/statement-imports',
      { designatedAccountId: budget.designatedAccountId },
      statement(word),
    );

  it('is counted in files a day, refused ones among them, and is refused with the hour to come again', async () => {
    await start({ UPLOADS_PER_DAY_MAX: '2' });
    expect((await sendReceipt(own, 'one')).status).toBe(201);
    const unfit = { name: 'note.txt', type: 'text/plain', bytes: Buffer.from('no receipt') };
    expect((await own.recipient.upload('/v1/receipts', { budgetId: own.id }, unfit)).status).toBe(415);
    const third = await sendReceipt(own, 'three');
    expect(third).toMatchObject({
      status: 429,
      // It is ten in London.
      headers: { 'retry-after': String(14 * 3600) },
      body: {
        type: 'urn:ringfence:problem:too-many-requests',
        detail: 'You have sent 2 files today, as many as one sender may: send this one tomorrow.',
        retryAfterSeconds: 14 * 3600,
      },
    });
    expect((await kept()).length).toBe(1);
    expect((await sendReceipt(other, 'another sender')).status).toBe(201);
    api.clock.moveTo(new Date('2026-06-15T23:00:00Z'));
    expect((await sendReceipt(own, 'three')).status).toBe(201);
  });

  it('is not spent by files for somebody else’s account', async () => {
    await start({ UPLOADS_PER_DAY_MAX: '1' });
    for (let times = 0; times < 3; times += 1) {
      const fields = { designatedAccountId: other.designatedAccountId };
      expect((await own.recipient.upload('/v1/statement-imports', fields, statement('X'))).status).toBe(404);
    }
    expect((await sendReceipt(own, 'one')).status).toBe(201);
  });

  it('is counted in bytes a day, as they are announced', async () => {
    await start({ UPLOAD_MEBIBYTES_PER_DAY_MAX: '1' });
    const half = { name: 'half.csv', type: 'text/csv', bytes: Buffer.alloc(600 * 1024, 'x') };
    const send = () =>
      own.recipient.upload('/v1/statement-imports', { designatedAccountId: own.designatedAccountId }, half);
    expect((await send()).status).toBe(202);
    expect(await send()).toMatchObject({
      status: 429,
      body: {
        detail:
          'With this file you would have sent more than 1 MiB today, as much as one sender may: send it tomorrow.',
      },
    });
  });

  it('is counted for the authority as a whole, and for each authority by itself', async () => {
    await start({ AUTHORITY_UPLOADS_PER_DAY_MAX: '2' });
    const elsewhere = await seedBudget(api, await seedAuthority(api, 'Elmshire'));
    expect([(await sendReceipt(own, 'one')).status, (await sendReceipt(other, 'two')).status]).toEqual([201, 201]);
    expect(await sendReceipt(own, 'three')).toMatchObject({
      status: 429,
      body: {
        detail: 'The authority has been sent 2 files today, as many as it takes in a day: send this one tomorrow.',
      },
    });
    expect((await sendReceipt(elsewhere, 'four')).status).toBe(201);
  });

  it('is counted in what was never posted', async () => {
    await start({ UPLOAD_MEBIBYTES_UNUSED_MAX: '1' });
    const half = Buffer.alloc(600 * 1024, '04/04/2026,SWIM CLUB,-20.00\n');
    const send = (bytes: Buffer) =>
      own.recipient.upload(
        '/v1/statement-imports',
        { designatedAccountId: own.designatedAccountId },
        { name: 'april.csv', type: 'text/csv', bytes },
      );
    const first = await send(half);
    expect(first.status).toBe(202);
    expect(await send(Buffer.concat([half, half.subarray(0, half.indexOf(10) + 1)]))).toMatchObject({
      status: 429,
      body: {
        detail:
          'In the last 30 days you sent more than 1 MiB that were never posted: post those statements first, or send this file later.',
      },
    });
    // As posting it leaves it.
    await api.owner.query(
      `UPDATE statement_imports SET state = 'COMMITTED', committed_at = now(), committed_by = $2 WHERE id = $1`,
      [first.body.id, own.recipient.id],
    );
    expect((await send(Buffer.concat([half, half.subarray(0, half.indexOf(10) + 1)]))).status).toBe(202);
  });

  it('holds against many who send at once', async () => {
    await start({ UPLOADS_PER_DAY_MAX: '3' });
    const answers = await Promise.all([...'abcdefgh'].map((word) => sendStatement(own, word)));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 429, 429, 429, 429, 429]);
    expect((await kept()).length).toBe(3);
  });
});

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function until(happened: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; !(await happened()); attempt += 1) {
    if (attempt === 200) throw new Error('It did not happen.');
    await new Promise((wake) => setTimeout(wake, 50));
  }
}
