import { ParseStatement } from '@ringfence/statements';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedGrant } from '../support/seed.js';

describe('an account that a brother and a sister share', () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await startApi();
  }, 60_000);

  afterAll(() => api.stop());

  it('takes the statement of the grandmother who holds both budgets, and its lines are nobody’s until somebody says', async () => {
    const authority = await seedAuthority(api);
    const tim = await seedBudget(api, authority);
    const daisy = await seedBudget(api, authority, { designatedAccountId: tim.designatedAccountId });
    await seedGrant(api, authority.id, 'RECIPIENT', { personId: tim.recipient.id }, daisy.id);
    const grandmother = tim.recipient;
    const file = { name: 'hsbc.csv', type: 'text/csv', bytes: Buffer.from('05/05/2026,LITTLE ACORNS,-96.00\n') };
    const received = await grandmother.upload(
      '/v1/statement-imports',
      { designatedAccountId: tim.designatedAccountId },
      file,
    );
    await api.app.get(ParseStatement).run({ authorityId: authority.id, importId: received.body.id as string });
    const committed = await grandmother.post(`/v1/statement-imports/${received.body.id as string}/commit`, {});
    expect(committed).toMatchObject({ status: 200, body: { posted: 1 } });
    const [line] = (await grandmother.get(`/v1/statement-lines?budgetId=${daisy.id}`)).body.items as {
      id: string;
      budgetId: string | null;
    }[];
    expect(line).toMatchObject({ budgetId: null, remaining: '-96.00' });
    const split = await authority.financeOfficer.post('/v1/allocations', {
      statementLineId: line!.id,
      reasons: 'Twelve hours each, as the invoice says',
      parts: [
        { amount: '-48.00', target: { type: 'budget-line', budgetLineId: tim.lines.EDU } },
        { amount: '-48.00', target: { type: 'budget-line', budgetLineId: daisy.lines.EDU } },
      ],
    });
    expect(split.status).toBe(201);
    for (const { id } of [tim, daisy]) {
      const balances = await grandmother.get(`/v1/reports/balances?budgetId=${id}`);
      expect(balances.body.items).toMatchObject([{ stream: 'EDU', spent: '48.00', bank: '-48.00' }]);
    }
  });
});
