import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ParseStatement } from '@ringfence/statements';
import { startApi, type Answer, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, type Actor, type SeededAuthority } from '../support/seed.js';

/** The worked example of the documentation: what people copy must be what works. */
const page = readFileSync(join(import.meta.dirname, '../../docs/reference/statement-profiles.md'), 'utf8');
const block = (language: string): string => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(page)![1]!;
const card = JSON.parse(block('json')) as Record<string, unknown>;
const cardFile = block('csv');

let api: TestApi;
let authority: SeededAuthority;

beforeAll(async () => {
  api = await startApi({ now: '2026-06-15T09:00:00Z' });
}, 60_000);
beforeEach(async () => {
  authority = await seedAuthority(api);
});
afterAll(() => api?.stop());

const add = (profile: object, who: Actor = authority.financeOfficer) =>
  who.post('/v1/statement-profiles', { profile, reasons: 'The card of 2026' });

function trial(profile: unknown, text: string, who: Actor = authority.financeOfficer): Promise<Answer> {
  const fields = { profile: typeof profile === 'string' ? profile : JSON.stringify(profile) };
  const file = { name: 'card.csv', type: 'text/csv', bytes: Buffer.from(text) };
  return who.upload('/v1/statement-profiles/trial', fields, file, { key: null });
}

async function read(text: string, profile?: string): Promise<Answer> {
  const budget = await seedBudget(api, authority);
  const fields = { designatedAccountId: budget.designatedAccountId, ...(profile ? { profile } : {}) };
  const file = { name: 'card.csv', type: 'text/csv', bytes: Buffer.from(text) };
  const received = await budget.recipient.upload('/v1/statement-imports', fields, file);
  const importId = received.body.id as string;
  await api.app.get(ParseStatement).run({ authorityId: authority.id, importId });
  return authority.financeOfficer.get(`/v1/statement-imports/${importId}`);
}

describe('an authority’s own layout', () => {
  it('is tried on a sample before it is added, and nothing is recorded', async () => {
    const answer = await trial(card, cardFile);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        read: true,
        refusal: null,
        statements: [
          {
            currency: 'GBP',
            openingBalance: '0.00',
            closingBalance: '467.66',
            lineCount: 2,
            lines: [
              { line: 2, date: '2026-04-13', amount: '480.00', bankId: '700001', mcc: null, status: 'posted' },
              { line: 3, date: '2026-04-14', amount: '-12.34', bankId: '700002', mcc: '5912', status: 'posted' },
            ],
            notPosted: [
              { line: 4, mcc: '7997', status: 'pending' },
              { line: 5, mcc: '5813', status: 'reverted' },
            ],
          },
        ],
      },
    });
    expect((await authority.financeOfficer.get('/v1/statement-profiles')).body).toEqual({
      items: [],
      nextCursor: null,
    });
  });

  it('shows the first twenty lines of a long sample', async () => {
    const rows = Array.from({ length: 30 }, (_, at) => `${800 + at},01/04/2026,1.00,DR,,SHOP ${at},Settled,`);
    const answer = await trial(card, [cardFile.split('\n')[0], ...rows].join('\n'));
    expect(answer.body.statements).toMatchObject([{ lineCount: 30 }]);
    expect((answer.body.statements as { lines: unknown[] }[])[0]!.lines).toHaveLength(20);
  });

  it.each([
    [
      'another header',
      (text: string) => text.replace('Tx Date', 'Posted On'),
      'PROFILE_MISMATCH',
      'The profile "council-card" expects the header "Trace Id,Tx Date,Tx Amount,DR/CR,MCC,Merchant Name,Status,Ba…" and the file begins with "Trace Id,Posted On,Tx Amount,DR/CR,MCC,Merchant Name,Status,…": choose another profile, or leave it out.',
      1,
    ],
    [
      'a state that no list names',
      (text: string) => text.replace('Authorised', 'On hold'),
      'STATUS_UNKNOWN',
      'Line 4: Status is "On hold", where one of SETTLED, AUTHORISED, DECLINED is expected.',
      4,
    ],
    [
      'an amount in fractions of a penny',
      (text: string) => text.replace('12.34', '12.345'),
      'AMOUNT_INEXACT',
      'Line 3: Tx Amount is "12.345", which is not a whole number of pence.',
      3,
    ],
  ])('says of a sample with %s where it stands', async (_, change, code, message, line) => {
    expect((await trial(card, change(cardFile))).body).toEqual({
      read: false,
      refusal: { code, message, line },
      statements: [],
    });
  });

  it('reads the files of families once it is added, merchant codes and waiting rows too', async () => {
    expect((await read(cardFile)).body).toMatchObject({ state: 'REFUSED', refusal: { code: 'LAYOUT_UNKNOWN' } });
    expect(await add(card)).toMatchObject({ status: 201, body: { name: 'council-card', version: 1 } });
    const seen = await read(cardFile);
    expect(seen.body).toMatchObject({
      state: 'PARSED',
      profile: 'council-card',
      profileVersion: 1,
      counts: { new: 2, notPosted: 2 },
    });
    expect((await read(cardFile, 'council-card')).body).toMatchObject({ state: 'PARSED', profileVersion: 1 });
  });

  it('is no other authority’s', async () => {
    await add(card);
    authority = await seedAuthority(api);
    expect((await read(cardFile)).body).toMatchObject({ state: 'REFUSED' });
    expect((await authority.financeOfficer.get('/v1/statement-profiles')).body.items).toEqual([]);
  });

  it('is changed by a further version, and an import says which one read it', async () => {
    await add(card);
    expect((await read(cardFile)).body).toMatchObject({ profileVersion: 1 });
    const second = await add({ ...card, mayFollow: ['Fee'] });
    expect(second.body).toMatchObject({ version: 2 });
    expect((await read(cardFile)).body).toMatchObject({ profileVersion: 2 });
    const { body } = await authority.auditor.get('/v1/statement-profiles');
    expect(body.items).toMatchObject([
      { name: 'council-card', version: 2, replaced: false, profile: { mayFollow: ['Fee'] } },
      { name: 'council-card', version: 1, replaced: true, reasons: 'The card of 2026' },
    ]);
    const one = await authority.auditor.get(`/v1/statement-profiles/${second.body.id as string}`);
    expect(one.body).toMatchObject({ version: 2, addedBy: authority.financeOfficer.id, retiredOn: null });
  });

  it('takes the place of a bank’s of the same name, and is tried before all of them', async () => {
    const profile = {
      name: 'first-direct',
      bank: 'first direct, by month first',
      header: ['Date', 'Description', 'Amount', 'Balance'],
      date: ['Date'],
      dates: ['mm/dd/yyyy'],
      amount: { kind: 'signed', column: 'Amount' },
      description: ['Description'],
      currency: 'GBP',
      order: 'oldestFirst',
    };
    await add(profile);
    const seen = await read('Date,Description,Amount,Balance\n04/05/2026,SHOP,-1.00,9.00');
    expect(seen.body).toMatchObject({ profile: 'first-direct', profileVersion: 1, firstDate: '2026-04-05' });
  });

  it('retires on a day, and reads until then', async () => {
    const { body } = await add(card);
    const path = `/v1/statement-profiles/${body.id as string}/retirement`;
    expect(await authority.financeOfficer.post(path, { retiredOn: '2026-06-16' })).toMatchObject({
      status: 200,
      body: { id: body.id, retiredOn: '2026-06-16' },
    });
    expect((await read(cardFile)).body).toMatchObject({ state: 'PARSED' });
    await authority.financeOfficer.post(path, { retiredOn: '2026-06-15' });
    expect((await read(cardFile)).body).toMatchObject({ state: 'REFUSED' });
    expect(await authority.financeOfficer.post(path, { retiredOn: '2026-06-20' })).toMatchObject({
      status: 409,
      body: { detail: 'The layout "council-card" retired on 15 June 2026 already.' },
    });
    expect((await add(card)).body).toMatchObject({ version: 2 });
    expect((await read(cardFile)).body).toMatchObject({ profileVersion: 2 });
  });

  it('answers a repeat with the first answer, and adds no second version', async () => {
    const body = { profile: card, reasons: 'The card of 2026' };
    const first = await authority.approver.post('/v1/statement-profiles', body, { key: 'card' });
    expect((await authority.approver.post('/v1/statement-profiles', body, { key: 'card' })).body).toEqual(first.body);
    expect((await authority.approver.get('/v1/statement-profiles')).body.items).toHaveLength(1);
  });
});

describe('a layout is refused', () => {
  const refused = (answer: Answer, pointer: string, message: string): void => {
    expect(answer).toMatchObject({
      status: 422,
      body: { type: 'urn:ringfence:problem:invalid-request', errors: [{ pointer, message }] },
    });
    expect(answer.body.detail).toBe(message);
  };

  it('that names a column which its header does not have', async () => {
    const message = '/profile/mcc names the column "Category", which neither /header nor /mayFollow has.';
    refused(await add({ ...card, mcc: 'Category' }), '/profile/mcc', message);
    refused(await trial({ ...card, mcc: 'Category' }, cardFile), '/profile/mcc', message);
  });

  it('with a field that nobody knows', async () => {
    refused(await add({ ...card, colour: 'red' }), '/profile/colour', '/profile/colour is not a field of a profile.');
  });

  it('with several faults, each at its field', async () => {
    const answer = await add({ ...card, order: 'any', dates: [] });
    expect(answer.body).toMatchObject({
      detail: '/profile/dates must be a list of 1 to 100. There are 1 more faults under "errors".',
      errors: [{ pointer: '/profile/dates' }, { pointer: '/profile/order' }],
    });
  });

  it('that is no JSON object', async () => {
    const message = '/profile is no JSON object: send the layout as docs/reference/statement-profiles.md describes it.';
    refused(await trial('name: card', cardFile), '/profile', message);
  });

  it('that no file could tell from another', async () => {
    await add(card);
    const message =
      '/profile/header is that of the layout "council-card", with the same dates: no file could tell them apart, so add a version of that one.';
    refused(await add({ ...card, name: 'other-card' }), '/profile/header', message);
  });

  it('that has the name of a layout of another format', async () => {
    const message = '/profile/name is "qif-uk", which is the name of a layout that is no CSV: choose another.';
    refused(await add({ ...card, name: 'qif-uk' }), '/profile/name', message);
  });

  it('when fifty are in use', async () => {
    await api.owner.query(
      `INSERT INTO statement_profiles (authority_id, id, name, version, profile, reasons, added_by, added_at)
       SELECT $1, gen_random_uuid(), 'card-' || n, 1, jsonb_build_object('name', 'card-' || n, 'header', '[]'::jsonb, 'dates', '[]'::jsonb), 'x', $1, now()
         FROM generate_series(1, 50) AS n`,
      [authority.id],
    );
    expect(await add(card)).toMatchObject({
      status: 409,
      body: { detail: 'There are 50 layouts in use, the most there may be: retire one first.' },
    });
  });

  it('a retirement in the past, or of a version that was replaced', async () => {
    const first = await add(card);
    const path = `/v1/statement-profiles/${first.body.id as string}/retirement`;
    refused(
      await authority.financeOfficer.post(path, { retiredOn: '2026-06-14' }),
      '/retiredOn',
      '/retiredOn is 2026-06-14: a layout retires today (2026-06-15) or later, as files have been read by it until now.',
    );
    await add({ ...card, mayFollow: ['Fee'] });
    expect(await authority.financeOfficer.post(path, { retiredOn: '2026-06-16' })).toMatchObject({
      status: 409,
      body: { detail: 'Version 1 of "council-card" was replaced by a later one and reads nothing: retire that one.' },
    });
  });

  it('to whoever may not', async () => {
    const budget = await seedBudget(api, authority);
    const { body } = await add(card, authority.approver);
    for (const who of [authority.planCoordinator, authority.auditor, budget.recipient]) {
      for (const answer of [
        await add(card, who),
        await trial(card, cardFile, who),
        await who.post(`/v1/statement-profiles/${body.id as string}/retirement`, { retiredOn: '2026-06-16' }),
      ]) {
        expect(answer).toMatchObject({ status: 403, body: { type: 'urn:ringfence:problem:not-permitted' } });
        expect(answer.body.detail).toMatch(/^You may not add or retire a layout of statement files/);
      }
    }
    expect((await budget.recipient.get('/v1/statement-profiles')).status).toBe(403);
    expect((await authority.auditor.get('/v1/statement-profiles')).status).toBe(200);
    const elsewhere = await seedAuthority(api);
    expect(await elsewhere.financeOfficer.get(`/v1/statement-profiles/${body.id as string}`)).toMatchObject({
      status: 404,
      body: { detail: `There is no statement profile ${body.id as string} of this authority.` },
    });
  });
});
