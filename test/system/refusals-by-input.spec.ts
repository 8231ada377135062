import { newId } from '@ringfence/kernel';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedClient, type SeededAuthority, type SeededBudget } from '../support/seed.js';

/** What a caller reads where a request once made the API fail: a sentence for each, that names the field. */
let api: TestApi;
let authority: SeededAuthority;
let budget: SeededBudget;

beforeAll(async () => {
  api = await startApi();
  authority = await seedAuthority(api);
  budget = await seedBudget(api, authority);
}, 60_000);

afterAll(() => api?.stop());

describe('an allocation is refused', () => {
  const target = { type: 'budget-line', budgetLineId: newId() };
  it.each([
    ['whose part has no target', [{ amount: '-1.00' }], '/parts/0/target must be an object.'],
    [
      'whose part has a list as its target',
      [{ amount: '-1.00', target: [target] }],
      '/parts/0/target must be an object.',
    ],
    ['whose parts are lists in a list', [[{ amount: '-1.00', target }]], '/parts must be a list of 1 to 50 objects.'],
    ['whose parts are null', [null], '/parts must be a list of 1 to 50 objects.'],
    ['whose parts are one object', { amount: '-1.00', target }, '/parts must be a list of 1 to 50 objects.'],
  ])('%s', async (_, parts, sentence) => {
    const body = { statementLineId: newId(), parts, reasons: 'Seen on the invoice' };
    const answer = await authority.financeOfficer.post('/v1/allocations', body);
    expect(answer.status).toBe(422);
    expect((answer.body.errors as { message: string }[]).map(({ message }) => message)).toContain(sentence);
  });
});

describe('a date that no budget can have is refused', () => {
  const words = 'must be a day that exists, from 1900-01-01 to 2199-12-31, written as "2026-04-01".';

  it.each(['0000-01-01', '0001-01-01', '9999-12-31'])('in a query, to the payroll bureau too: %s', async (day) => {
    const bureau = await seedClient(api, authority.id, [budget.id]);
    const list = await bureau.get(`/v1/pay-runs?from=${day}`);
    expect([list.status, list.body.detail]).toEqual([422, `/from ${words}`]);
  });

  it('in a body, as a month, and in a cursor', async () => {
    const { financeOfficer, approver } = authority;
    const body = await approver.post('/v1/premises-consents', { toldOn: '0001-01-01' });
    const faults = (body.body.errors as { message: string }[]).map(({ message }) => message);
    expect(faults).toContain(`/toldOn ${words}`);
    const month = await financeOfficer.get('/v1/reports/trial-balance?month=0000-01');
    expect([month.status, month.body.detail]).toEqual([
      422,
      '/month must be a month, from 1900-01-01 to 2199-12-31, written as "2026-04".',
    ]);
    const cursor = Buffer.from(JSON.stringify(['0001-01-01', newId()])).toString('base64url');
    const page = await financeOfficer.get(`/v1/instalments?cursor=${cursor}`);
    expect([page.status, page.body.errors[0].pointer]).toEqual([422, '/cursor']);
  });
});

describe('an id of another authority is refused like an id that does not exist', () => {
  it('of a budget in a policy trial, run at once or as a job', async () => {
    const elsewhere = await seedBudget(api, await seedAuthority(api, 'Elmshire'));
    for (const path of ['/v1/policy-trials', '/v1/policy-versions/trials']) {
      for (const budgetId of [elsewhere.id, newId()]) {
        const trial = {
          changes: [{ kind: 'switch-off', code: 'CASH' }],
          from: '2026-05-01',
          to: '2026-05-31',
          budgetId,
        };
        const answer = await authority.approver.post(path, trial);
        expect([path, answer.status, answer.body.detail]).toEqual([
          path,
          422,
          `There is no budget ${budgetId} that you can see.`,
        ]);
      }
    }
  });

  it('of the organisation of a person', async () => {
    const { organisationId } = await seedClient(api, (await seedAuthority(api, 'Ashshire')).id, []);
    for (const id of [organisationId, newId()]) {
      const person = { name: 'Grace Grantee', organisationId: id };
      const answer = await authority.financeOfficer.post('/v1/people', person);
      expect([answer.status, answer.body.detail]).toEqual([422, `There is no organisation ${id} in this authority.`]);
    }
  });
});

describe('text that cannot be stored is refused', () => {
  it('in any field, by the name of the field', async () => {
    const sent = await authority.financeOfficer.post('/v1/people', { name: 'Zoë \ud83d' });
    expect([sent.status, sent.body.errors]).toEqual([
      422,
      [
        {
          pointer: '/name',
          message: '/name holds a character that cannot be kept (U+D83D, half of one): remove it.',
        },
      ],
    ]);
    const file = { name: 'till\0.png', type: 'image/png', bytes: Buffer.from('x') };
    const named = await budget.recipient.upload('/v1/receipts', { budgetId: budget.id }, file);
    expect(named.body.detail).toBe('The name of the file holds a character that cannot be kept (U+0000): remove it.');
    const fields = { budgetId: budget.id, supplier: 'Boots\0' };
    const field = await budget.recipient.upload('/v1/receipts', fields, { ...file, name: 'till.png' });
    expect(field.body.detail).toBe('/supplier holds a character that cannot be kept (U+0000): remove it.');
    const keyed = await authority.financeOfficer.post('/v1/people', { name: 'Zoë' }, { key: 'a\0b' });
    expect([keyed.status, keyed.body.detail]).toEqual([
      400,
      'The header idempotency-key holds a character that cannot be kept (U+0000): remove it.',
    ]);
  });
});
