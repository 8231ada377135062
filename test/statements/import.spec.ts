import { ParseStatement } from '@ringfence/statements';
import { pdfOf, type PdfText } from '../conformance/statement-writers.js';
import { startApi, type Answer, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedPerson, type SeededAuthority, type SeededBudget } from '../support/seed.js';

const header =
  'Transaction Date,Transaction Type,Sort Code,Account Number,Transaction Description,Debit Amount,Credit Amount,Balance';

describe('a statement on its way to the ledger', () => {
  let api: TestApi;
  let authority: SeededAuthority;
  let budget: SeededBudget;
  let number: string;

  beforeAll(async () => {
    api = await startApi();
    authority = await seedAuthority(api);
    budget = await seedBudget(api, authority);
    const held = await api.owner.query<{ account_number: string }>(
      'SELECT account_number FROM designated_accounts WHERE id = $1',
      [budget.designatedAccountId],
    );
    number = held.rows[0]!.account_number;
  }, 60_000);

  afterAll(() => api.stop());

  function lloyds(rows: readonly string[], accountNumber = number): string {
    return [header, ...rows.map((row) => row.replace('#', `'30-99-50,${accountNumber}`))].join('\r\n');
  }

  const april = () =>
    lloyds([
      '28/04/2026,DEB,#,CORNER CAFE,2.40,,1995.20',
      '28/04/2026,DEB,#,CORNER CAFE,2.40,,1997.60',
      '14/04/2026,FPI,#,OAKSHIRE COUNTY COUNCIL,,1500.00,2000.00',
    ]);

  async function upload(
    text: string,
    account = budget.designatedAccountId,
    caller = budget.recipient,
  ): Promise<Answer> {
    return caller.upload(
      '/v1/statement-imports',
      { designatedAccountId: account },
      { name: 'statement.csv', type: 'text/csv', bytes: Buffer.from(text) },
    );
  }

  async function read(text: string, account = budget.designatedAccountId, of = budget): Promise<Answer> {
    const received = await upload(text, account, of.recipient);
    expect(received.status).toBe(202);
    await api.app.get(ParseStatement).run({ authorityId: authority.id, importId: received.body.id as string });
    return of.recipient.get(`/v1/statement-imports/${received.body.id as string}`);
  }

  async function bankBalance(of = budget): Promise<string> {
    const { rows } = await api.owner.query<{ pence: string }>(
      `SELECT coalesce(sum(balance_pence), 0)::text AS pence FROM ledger_accounts WHERE book_id = $1 AND code = 'BANK'`,
      [of.bookId],
    );
    return rows[0]!.pence;
  }

  it('is received as it is, read by a job and shown before anything is posted', async () => {
    const seen = await read(april());
    expect(seen.body).toMatchObject({
      state: 'PARSED',
      format: 'csv',
      firstDate: '2026-04-14',
      lastDate: '2026-04-28',
      openingBalance: '500.00',
      closingBalance: '1995.20',
      counts: { new: 3, alreadyHeld: 0, possibleDuplicates: 0, notPosted: 0 },
    });
    expect(await bankBalance()).toBe('0');
    const preview = await budget.recipient.get(`/v1/statement-imports/${seen.body.id as string}/lines?limit=2`);
    expect(preview.body.items.map((line: { amount: string }) => line.amount)).toEqual(['1500.00', '-2.40']);
    const rest = await budget.recipient.get(
      `/v1/statement-imports/${seen.body.id as string}/lines?limit=2&cursor=${preview.body.nextCursor as string}`,
    );
    expect(rest.body).toMatchObject({ items: [{ amount: '-2.40', verdict: 'NEW' }], nextCursor: null });
  });

  it('is committed by the person who looked at it, and the book’s bank balance is then the bank’s', async () => {
    const seen = await read(april());
    const committed = await budget.recipient.post(`/v1/statement-imports/${seen.body.id as string}/commit`, {});
    expect(committed).toMatchObject({ status: 200, body: { posted: 3, alreadyHeld: 0, leftOut: 0 } });
    expect(await bankBalance()).toBe('199520');
  });

  it('adds nothing when the same file comes again', async () => {
    const again = await read(april());
    expect(again.body.counts).toEqual({ new: 0, alreadyHeld: 3, possibleDuplicates: 0, notPosted: 0 });
    const committed = await budget.recipient.post(`/v1/statement-imports/${again.body.id as string}/commit`, {});
    expect(committed.body).toMatchObject({ posted: 0, alreadyHeld: 3 });
    expect(await bankBalance()).toBe('199520');
  });

  it('adds its lines once when two uploads of it are committed at the same time', async () => {
    const may = lloyds(['02/05/2026,DEB,#,SWIM SCHOOL,20.00,,1975.20']);
    const both = [await read(may), await read(may)];
    const answers = await Promise.all(
      both.map(({ body }) => budget.recipient.post(`/v1/statement-imports/${body.id as string}/commit`, {})),
    );
    expect(answers.map(({ body }) => body.posted as number).sort()).toEqual([0, 1]);
    expect(await bankBalance()).toBe('197520');
  });

  it('answers a repeated commit with its first answer', async () => {
    const june = lloyds(['01/06/2026,DEB,#,SWIM SCHOOL,20.00,,1955.20']);
    const seen = await read(june);
    const path = `/v1/statement-imports/${seen.body.id as string}/commit`;
    const first = await budget.recipient.post(path, {}, { key: 'commit-june' });
    expect((await budget.recipient.post(path, {}, { key: 'commit-june' })).body).toEqual(first.body);
    const other = await budget.recipient.post(path, { acceptAsNew: [0] }, { key: 'commit-june' });
    expect(other).toMatchObject({
      status: 409,
      body: {
        type: 'urn:ringfence:problem:idempotency-key-reused',
        detail: 'The Idempotency-Key "commit-june" was used before for a different request: send a new key.',
      },
    });
    const later = await budget.recipient.post(path, {});
    expect(later).toMatchObject({
      status: 409,
      body: {
        type: 'urn:ringfence:problem:statement-not-ready',
        detail: 'The statement cannot be committed because it is posted already.',
      },
    });
  });

  it('read from a PDF waits until a person says that its lines are those of the pages', async () => {
    const other = await seedBudget(api, authority);
    const page: PdfText[] = [
      { x: 50, y: 780, text: 'amounts in £' },
      { x: 50, y: 700, text: 'Date' },
      { x: 120, y: 700, text: 'Description' },
      { right: 400, y: 700, text: 'Money out' },
      { right: 470, y: 700, text: 'Money in' },
      { right: 550, y: 700, text: 'Balance' },
      { x: 120, y: 684, text: 'Brought forward' },
      { right: 550, y: 684, text: '50.00' },
      { x: 50, y: 660, text: '05 May 2026' },
      { x: 120, y: 660, text: 'SWIM SCHOOL' },
      { right: 400, y: 660, text: '20.00' },
      { right: 550, y: 660, text: '30.00' },
    ];
    const file = { name: 'statement.pdf', type: 'application/pdf', bytes: pdfOf([page]) };
    const { body } = await other.recipient.upload(
      '/v1/statement-imports',
      { designatedAccountId: other.designatedAccountId },
      file,
    );
    await api.app.get(ParseStatement).run({ authorityId: authority.id, importId: body.id as string });
    const path = `/v1/statement-imports/${body.id as string}`;
    expect((await other.recipient.get(path)).body).toMatchObject({
      state: 'PARSED',
      format: 'pdf',
      needsConfirmation: true,
    });
    expect((await other.recipient.get(`${path}/lines`)).body.items).toMatchObject([
      { date: '2026-05-05', amount: '-20.00', page: 1 },
    ]);
    expect(await other.recipient.post(`${path}/commit`, {})).toMatchObject({
      status: 409,
      body: {
        type: 'urn:ringfence:problem:statement-not-ready',
        detail: 'The lines were read from the pages of a PDF: compare them with it, then confirm that they are right.',
      },
    });
    expect(await bankBalance(other)).toBe('0');
    expect(await other.recipient.post(`${path}/commit`, { confirmed: true })).toMatchObject({
      status: 200,
      body: { posted: 1 },
    });
    expect(await bankBalance(other)).toBe('3000');
  });

  it('of an earlier time replaces the opening balance that the books began with', async () => {
    const march = lloyds(['20/03/2026,DEB,#,OPENING DEPOSIT,,400.00,500.00', '10/03/2026,FPI,#,GIFT,,100.00,100.00']);
    const seen = await read(march);
    await budget.recipient.post(`/v1/statement-imports/${seen.body.id as string}/commit`, {});
    expect(await bankBalance()).toBe('195520');
  });

  it('shows a break when its own balances do not follow', async () => {
    const seen = await read(lloyds(['11/07/2026,DEB,#,SHOP,5.00,,1940.20', '10/07/2026,DEB,#,SHOP,5.00,,1950.20']));
    expect(seen.body.warnings.map((warning: { message: string }) => warning.message)).toEqual([
      'Line 2: the balance is 1940.20 where 1945.20 follows from the line before, so a line is missing, changed or out of order.',
      'The opening balance 1955.20 and the lines make 1945.20, and the closing balance is 1940.20.',
    ]);
  });

  it('of another account is refused, and nothing of it is kept as lines', async () => {
    const seen = await read(lloyds(['28/04/2026,DEB,#,CORNER CAFE,2.40,,1995.20'], '99999999'));
    expect(seen.body).toMatchObject({
      state: 'REFUSED',
      refusal: {
        code: 'ACCOUNT_OTHER',
        message: `The file is for the account ending 9999, and this one is ending ${number.slice(-4)}: upload it to the account it belongs to.`,
      },
    });
    const committed = await budget.recipient.post(`/v1/statement-imports/${seen.body.id as string}/commit`, {});
    expect(committed).toMatchObject({
      status: 409,
      body: { detail: 'The statement cannot be committed because it was refused: upload another file.' },
    });
  });

  it('that no bank writes is refused with what was found', async () => {
    const seen = await read('Apples,Pears\n1,2\n');
    expect(seen.body).toMatchObject({ state: 'REFUSED', refusal: { code: 'LAYOUT_UNKNOWN' } });
  });

  it('that is empty is refused at once', async () => {
    expect(await upload('')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/file', message: 'The file is empty: download the statement again.' }] },
    });
  });

  it('is refused from somebody who was not granted the account’s budget', async () => {
    const stranger = await seedBudget(api, authority);
    const answer = await upload(april(), budget.designatedAccountId, stranger.recipient);
    expect(answer).toMatchObject({
      status: 404,
      body: {
        type: 'urn:ringfence:problem:not-found',
        detail: `There is no designated account ${budget.designatedAccountId} that you can see.`,
      },
    });
  });

  it('is refused from an auditor, who changes nothing', async () => {
    const answer = await upload(april(), budget.designatedAccountId, { ...budget.recipient, ...authority.auditor });
    expect(answer).toMatchObject({ status: 403, body: { type: 'urn:ringfence:problem:not-permitted' } });
  });

  it('of a shared account is refused from a family that holds only one of its budgets', async () => {
    const pooled = await seedBudget(api, authority);
    await seedBudget(api, authority, { designatedAccountId: pooled.designatedAccountId });
    const answer = await upload(april(), pooled.designatedAccountId, pooled.recipient);
    expect(answer).toMatchObject({
      status: 403,
      body: { detail: 'This account is shared with other budgets: its holder uploads its statements.' },
    });
  });

  it('needs an Idempotency-Key, a file and an account', async () => {
    const file = { name: 's.csv', type: 'text/csv', bytes: Buffer.from('x') };
    const keyless = await budget.recipient.upload(
      '/v1/statement-imports',
      { designatedAccountId: budget.designatedAccountId },
      file,
      { key: null },
    );
    expect(keyless).toMatchObject({ status: 400, body: { type: 'urn:ringfence:problem:idempotency-key-missing' } });
    const nowhere = await budget.recipient.upload('/v1/statement-imports', {}, file);
    expect(nowhere).toMatchObject({ status: 422, body: { errors: [{ pointer: '/designatedAccountId' }] } });
    const plain = await budget.recipient.post('/v1/statement-imports', {});
    expect(plain).toMatchObject({
      status: 415,
      body: { detail: 'Send the file as multipart/form-data, in a part named "file".' },
    });
  });

  it('is kept as it was received: neither the service nor the owner can change a line', async () => {
    const line = await api.owner.query<{ id: string }>('SELECT id FROM statement_lines LIMIT 1');
    await expect(
      api.owner.query('UPDATE statement_lines SET amount_pence = 1 WHERE id = $1', [line.rows[0]!.id]),
    ).rejects.toThrow('kept as it was received');
    await expect(api.owner.query('DELETE FROM statement_lines WHERE id = $1', [line.rows[0]!.id])).rejects.toThrow(
      'kept as it was received',
    );
  });

  it('is invisible to another family and to another authority', async () => {
    const other = await seedBudget(api, authority);
    const elsewhere = await seedPerson(
      api,
      (await seedAuthority(api, 'Elmshire')).id,
      'Eve Elsewhere',
      'FINANCE_OFFICER',
    );
    for (const stranger of [other.recipient, elsewhere]) {
      expect((await stranger.get('/v1/statement-imports')).body.items).toEqual([]);
      expect((await stranger.get('/v1/statement-lines')).body.items).toEqual([]);
    }
  });
});
