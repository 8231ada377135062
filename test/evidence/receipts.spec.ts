import { receiptBytesMax, receiptsOfLines } from '@ringfence/evidence';
import { systemContext } from '@ringfence/platform';
import { startApi, type Caller, type TestApi, type UploadedFile } from '../support/api.js';
import { seedAuthority, seedBudget, seedClient, seedStatementLine, type SeededAuthority } from '../support/seed.js';
import { jpeg, pdf, png } from './sample-files.js';

let api: TestApi;
let authority: SeededAuthority;
beforeAll(async () => {
  api = await startApi();
  authority = await seedAuthority(api);
}, 60_000);
afterAll(() => api.stop());

const file = (bytes: Buffer, name = 'photo.jpg', type = 'image/jpeg'): UploadedFile => ({ bytes, name, type });

function send(caller: Caller, budgetId: string, upload: UploadedFile, fields: Record<string, string> = {}) {
  return caller.upload('/v1/receipts', { budgetId, ...fields }, upload);
}

async function judgedAgain(lineId: string): Promise<number> {
  const { rows } = await api.owner.query(
    `SELECT 1 FROM outbox_jobs WHERE name = 'assess-line' AND payload ->> 'lineId' = $1`,
    [lineId],
  );
  return rows.length;
}

const coffee = { date: '2026-06-01', amountPence: -1800n, description: 'SWIM SCHOOL' };

describe('a receipt', () => {
  it.each([
    ['JPEG', jpeg('one'), 'image/jpeg', 'jpg'],
    ['PNG', png('one'), 'image/png', 'png'],
    ['PDF', pdf('one'), 'application/pdf', 'pdf'],
  ])(
    'that is a %s is kept, and handed out as it came, in a way that runs nothing',
    async (_, bytes, contentType, extension) => {
      const { id: budgetId, recipient } = await seedBudget(api, authority);
      // Whatever the sender calls it, its content says what it is.
      const answer = await send(recipient, budgetId, file(bytes, '../../till slip.txt', 'text/plain'));
      expect(answer).toMatchObject({ status: 201, body: { alreadyHeld: false } });
      const { id } = answer.body;
      expect((await recipient.get(`/v1/receipts/${id}`)).body).toMatchObject({
        contentType,
        fileName: 'till slip.txt',
        state: 'waiting',
        amount: null,
        lines: [],
      });
      const handed = await recipient.get(`/v1/receipts/${id}/file`);
      expect(handed.status).toBe(200);
      expect(handed.bytes.equals(bytes)).toBe(true);
      expect(handed.headers).toMatchObject({
        'content-type': contentType,
        'content-disposition': `attachment; filename="receipt-${id}.${extension}"`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      });
    },
  );

  it('sent twice for the same budget adds nothing, and answers the first', async () => {
    const one = await seedBudget(api, authority);
    const first = await send(one.recipient, one.id, file(png('twice')));
    const second = await send(one.recipient, one.id, file(png('twice')), { supplier: 'Another' });
    expect(second).toMatchObject({ status: 201, body: { id: first.body.id, alreadyHeld: true } });
    expect((await one.recipient.get(`/v1/receipts?budgetId=${one.id}`)).body.items).toHaveLength(1);
    const other = await seedBudget(api, authority);
    expect((await send(other.recipient, other.id, file(png('twice')))).body).toMatchObject({ alreadyHeld: false });
  });

  it('sent again for a payment is linked to it, once, by whoever may send it', async () => {
    const budget = await seedBudget(api, authority);
    const lineId = await seedStatementLine(api, authority.id, budget, coffee);
    const first = await send(budget.recipient, budget.id, file(png('again')), { supplier: 'Swim School' });
    expect(first.body).toEqual({ id: first.body.id, alreadyHeld: false, statementLineId: null, linked: false });
    const fields = { statementLineId: lineId };
    expect((await send(authority.auditor, budget.id, file(png('again')), fields)).status).toBe(403);
    const linked = { id: first.body.id, alreadyHeld: true, statementLineId: lineId };
    expect(await send(budget.recipient, budget.id, file(png('again')), fields)).toMatchObject({
      status: 201,
      body: { ...linked, linked: true },
    });
    for (const caller of [budget.recipient, authority.financeOfficer]) {
      expect((await send(caller, budget.id, file(png('again')), fields)).body).toEqual({ ...linked, linked: false });
    }
    expect((await send(budget.recipient, budget.id, file(png('again')))).body).toEqual({ ...linked, linked: false });
    expect((await budget.recipient.get(`/v1/receipts/${first.body.id}`)).body).toMatchObject({
      state: 'linked',
      statementLineId: lineId,
      supplier: 'Swim School',
    });
    expect(await judgedAgain(lineId)).toBe(1);
  });

  it('sent by several at once for one payment is one receipt with one link', async () => {
    const budget = await seedBudget(api, authority);
    const lineId = await seedStatementLine(api, authority.id, budget, coffee);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        send(budget.recipient, budget.id, file(png('crowd')), { statementLineId: lineId }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.linked)).toHaveLength(1);
    expect(await judgedAgain(lineId)).toBe(1);
  });

  it('is linked to its statement line, which is reassessed', async () => {
    const budget = await seedBudget(api, authority);
    const lineId = await seedStatementLine(api, authority.id, budget, coffee);
    const lines = JSON.stringify([
      { description: 'Swimming lesson', amount: '20.00' },
      { description: 'Discount', amount: '-2.00' },
    ]);
    const fields = { statementLineId: lineId, amount: '18.00', date: '2026-05-30', supplier: 'Swim School', lines };
    const { body } = await send(budget.recipient, budget.id, file(jpeg('linked')), fields);
    expect(await judgedAgain(lineId)).toBe(1);
    const view = await authority.financeOfficer.get(`/v1/receipts/${body.id}`);
    expect(view.body).toMatchObject({
      state: 'linked',
      statementLineId: lineId,
      amount: '18.00',
      date: '2026-05-30',
      supplier: 'Swim School',
      lines: [
        { description: 'Swimming lesson', amount: '20.00' },
        { description: 'Discount', amount: '-2.00' },
      ],
    });
    await api.database.transaction(systemContext(authority.id), async (tx) => {
      const found = await receiptsOfLines(tx, [lineId]);
      expect(found.get(lineId)).toEqual([expect.objectContaining({ id: body.id, amountPence: 1800n })]);
    });
  });

  it('that waits is linked later, corrected, and unlinked, and each time the line is reassessed', async () => {
    const budget = await seedBudget(api, authority);
    const { recipient } = budget;
    const lineId = await seedStatementLine(api, authority.id, budget, coffee);
    const { body } = await send(recipient, budget.id, file(jpeg('later')));
    const at = `/v1/receipts/${body.id}`;
    const listed = async (state: string) =>
      (await recipient.get(`/v1/receipts?budgetId=${budget.id}&state=${state}`)).body.items.length;
    expect([await listed('waiting'), await listed('linked')]).toEqual([1, 0]);

    expect(await recipient.patch(at, { statementLineId: lineId })).toMatchObject({
      status: 200,
      body: { state: 'linked' },
    });
    expect([await listed('waiting'), await listed('linked'), await judgedAgain(lineId)]).toEqual([0, 1, 1]);

    const lines = [{ description: 'Swimming', amount: '18.00' }];
    expect((await recipient.patch(at, { lines })).body).toMatchObject({ lines, statementLineId: lineId });
    expect(await judgedAgain(lineId)).toBe(2);

    expect(await recipient.patch(at, { statementLineId: null })).toMatchObject({
      status: 200,
      body: { state: 'waiting', lines },
    });
    expect(await judgedAgain(lineId)).toBe(3);
  });

  it('is seen by its own family and the authority, and by nobody else', async () => {
    const one = await seedBudget(api, authority);
    const other = await seedBudget(api, authority);
    const { body } = await send(one.recipient, one.id, file(png('private')));
    expect((await authority.auditor.get(`/v1/receipts/${body.id}`)).status).toBe(200);
    for (const path of [`/v1/receipts/${body.id}`, `/v1/receipts/${body.id}/file`]) {
      expect((await other.recipient.get(path)).status).toBe(404);
    }
    const bureau = await seedClient(api, authority.id, [one.id]);
    expect((await bureau.get(`/v1/receipts/${body.id}`)).status).toBe(403);
    expect(await send(other.recipient, one.id, file(png('intruder')))).toMatchObject({
      status: 422,
      body: { detail: `There is no budget ${one.id} that you can see.` },
    });
    expect((await authority.auditor.patch(`/v1/receipts/${body.id}`, { supplier: 'X' })).status).toBe(403);
  });
});

describe('a receipt is refused', () => {
  const whole = { jpeg: jpeg('cut'), png: png('cut'), pdf: pdf('cut') };
  const cases: [string, Buffer, number, string, string][] = [
    [
      'when it is empty',
      Buffer.alloc(0),
      422,
      'invalid-request',
      'The file is empty: take the photograph or save the document again.',
    ],
    [
      'when it is another kind of file',
      Buffer.from('GIF89a\x01\0\x01\0\0\0\0;'),
      415,
      'unsupported-file',
      'This is a file of the kind image/gif: send the receipt as a JPEG, a PNG or a PDF.',
    ],
    [
      'when it is text under the name of a PDF',
      Buffer.from('<script>alert(1)</script>'),
      415,
      'unsupported-file',
      'This is of a kind that is not known: send the receipt as a JPEG, a PNG or a PDF.',
    ],
    [
      'when a JPEG is cut off',
      whole.jpeg.subarray(0, -2),
      422,
      'invalid-request',
      'The JPEG stops before its end, as when an upload breaks off: send the whole file again.',
    ],
    [
      'when a PNG is cut off',
      whole.png.subarray(0, -14),
      422,
      'invalid-request',
      'The PNG stops before its end, as when an upload breaks off: send the whole file again.',
    ],
    [
      'when a PDF is cut off',
      whole.pdf.subarray(0, -8),
      422,
      'invalid-request',
      'The PDF stops before its end, as when an upload breaks off: send the whole file again.',
    ],
    [
      'when it is too large',
      Buffer.alloc(receiptBytesMax + 1, 1),
      413,
      'too-large',
      'The file receipt.pdf is larger than 10 MiB: send a smaller one.',
    ],
  ];
  it.each(cases)('%s', async (_, bytes, status, type, detail) => {
    const { id, recipient } = await seedBudget(api, authority);
    const answer = await send(recipient, id, file(bytes, 'receipt.pdf', 'application/pdf'));
    expect(answer).toMatchObject({ status, body: { type: `urn:ringfence:problem:${type}`, detail } });
    expect((await recipient.get(`/v1/receipts?budgetId=${id}`)).body.items).toEqual([]);
  });

  const fields: [string, Record<string, string>, string, string][] = [
    [
      'whose lines do not sum to its amount',
      { amount: '20.00', lines: '[{"description":"Swimming","amount":"18.00"}]' },
      '/lines',
      "/lines sum to 18.00, but the receipt's amount is 20.00: correct a line or the amount.",
    ],
    [
      'whose lines are no list',
      { lines: 'swimming' },
      '/lines',
      '/lines must be a JSON list such as [{"description": "Swimming", "amount": "4.50"}].',
    ],
    [
      'whose line has no words',
      { lines: '[{"description":" ","amount":"18.00"}]' },
      '/lines/0/description',
      '/lines/0/description has 0 characters: write 1 to 1000.',
    ],
    ['of nothing', { amount: '0.00' }, '/amount', '/amount is 0.00: write what was paid, an amount above zero.'],
    [
      'of tomorrow',
      { date: '2026-06-16' },
      '/date',
      '/date is 2026-06-16, which is still to come: write the date on the receipt.',
    ],
    [
      'with a field that is none',
      { total: '1.00' },
      '/total',
      '/total is not a field of a receipt: use budgetId, statementLineId, amount, date, supplier, lines.',
    ],
  ];
  it.each(fields)('%s', async (_, given, pointer, detail) => {
    const { id, recipient } = await seedBudget(api, authority);
    const answer = await send(recipient, id, file(png('fields')), given);
    expect(answer).toMatchObject({
      status: 422,
      body: { type: 'urn:ringfence:problem:invalid-request', detail, errors: [{ pointer }] },
    });
  });

  it('for a statement line of another budget', async () => {
    const one = await seedBudget(api, authority);
    const other = await seedBudget(api, authority);
    const lineId = await seedStatementLine(api, authority.id, other, coffee);
    const byFamily = await send(one.recipient, one.id, file(png('other')), { statementLineId: lineId });
    expect(byFamily).toMatchObject({
      status: 422,
      body: { detail: `There is no statement line ${lineId} that you can see.` },
    });
    const byOfficer = await send(authority.financeOfficer, one.id, file(png('other')), { statementLineId: lineId });
    expect(byOfficer).toMatchObject({
      status: 422,
      body: { detail: `The statement line ${lineId} is not one of this budget: choose a line of its account.` },
    });
  });

  it('for a payment when it is held for another one, which the refusal names', async () => {
    const budget = await seedBudget(api, authority);
    const one = await seedStatementLine(api, authority.id, budget, coffee);
    const other = await seedStatementLine(api, authority.id, budget, { ...coffee, amountPence: -2000n });
    const first = await send(budget.recipient, budget.id, file(png('taken')), { statementLineId: one });
    const refused = await send(budget.recipient, budget.id, file(png('taken')), { statementLineId: other });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        type: 'urn:ringfence:problem:conflict',
        detail:
          'This receipt is held already, for another payment (1 June 2026, −£18.00, SWIM SCHOOL): link it to the right one by changing the receipt, or send it without a payment.',
        receiptId: first.body.id,
        statementLineId: one,
      },
    });
    expect((await budget.recipient.get(`/v1/receipts/${first.body.id}`)).body).toMatchObject({ statementLineId: one });
    expect(await judgedAgain(other)).toBe(0);
  });

  it('without an Idempotency-Key, or without a file', async () => {
    const { id, recipient } = await seedBudget(api, authority);
    const keyless = await recipient.upload('/v1/receipts', { budgetId: id }, file(png('key')), { key: null });
    expect(keyless).toMatchObject({ status: 400, body: { type: 'urn:ringfence:problem:idempotency-key-missing' } });
    expect(await recipient.post('/v1/receipts', { budgetId: id })).toMatchObject({ status: 415 });
  });
});
