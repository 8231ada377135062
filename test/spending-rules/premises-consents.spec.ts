import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedPayee } from '../support/seed.js';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2026-06-15T09:00:00Z' });
}, 60_000);
afterAll(() => api?.stop());

async function world() {
  const authority = await seedAuthority(api);
  const budget = await seedBudget(api, authority, { streams: ['EDU'] });
  const payeeId = await seedPayee(api, authority.id, budget.id, { name: 'Anna Smith' });
  const question = {
    ...{ budgetId: budget.id, payeeId, setting: 'Hilltop School', provision: 'Support at lunch' },
    ...{ payments: '£60 a week, monthly', toldOn: '2026-06-01', validFrom: '2026-06-01', validTo: '2026-07-20' },
  };
  const ask = (more: object = {}) => authority.planCoordinator.post('/v1/premises-consents', { ...question, ...more });
  const answer = (id: string, more: object = {}) =>
    authority.planCoordinator.patch(`/v1/premises-consents/${id}`, {
      ...{ decision: 'GIVEN', decidedOn: '2026-06-10', decidedByName: 'Mary Head', decidedByRole: 'HEAD_TEACHER' },
      ...{ evidence: 'Letter of 10 June 2026', ...more },
    });
  const check = async (date: string): Promise<string> => {
    const { body } = await budget.recipient.post('/v1/spend-checks', {
      ...{
        budgetId: budget.id,
        id: 'a',
        date,
        amount: '-60.00',
        stream: 'EDU',
        description: 'ANNA SMITH',
        planned: true,
      },
      receipt: [{ description: 'PA at school, lunchtimes', amount: '60.00' }],
      payee: { name: 'Anna Smith' },
    });
    return body.verdict;
  };
  return { authority, budget, ask, answer, check };
}

describe('a school’s consent to provision on its premises', () => {
  it('is asked in writing, and the school has 15 days to answer', async () => {
    const { ask, budget } = await world();
    const asked = await ask();
    expect(asked).toMatchObject({ status: 201, body: { answerBy: '2026-06-16' } });
    await ask({ toldOn: '2026-05-20' });
    const { items } = (await budget.recipient.get(`/v1/premises-consents?budgetId=${budget.id}`)).body;
    expect(items.map(({ state }: { state: string }) => state)).toEqual(['OVERDUE', 'WAITING']);
  });

  it('lifts the rule from the day on which it was given: never for what came before', async () => {
    const { ask, answer, check } = await world();
    const { id } = (await ask()).body;
    expect(await check('2026-06-12')).toBe('excluded');
    expect((await answer(id)).status).toBe(204);
    expect([
      await check('2026-06-09'),
      await check('2026-06-10'),
      await check('2026-07-20'),
      await check('2026-07-21'),
    ]).toEqual(['excluded', 'allowed', 'allowed', 'excluded']);
  });

  it('lifts nothing where the school refused or has not answered', async () => {
    const { ask, answer, check } = await world();
    await answer((await ask()).body.id, { decision: 'REFUSED' });
    expect(await check('2026-06-12')).toBe('excluded');
  });

  it('for the school’s own money answers that rule alone, and in the same way', async () => {
    const { authority, budget, ask, answer, check } = await world();
    const asked = await ask({ about: 'SCHOOL_FUNDING', provision: 'Element 2 for a keyboard teacher' });
    await answer(asked.body.id);
    expect(await check('2026-06-12')).toBe('excluded');
    const { body } = await budget.recipient.post('/v1/spend-checks', {
      ...{ budgetId: budget.id, id: 'a', date: '2026-06-12', amount: '-60.00', stream: 'EDU', planned: true },
      description: 'ANNA SMITH',
      receipt: [{ description: 'Element 2 funding', amount: '60.00' }],
      payee: { name: 'Anna Smith' },
    });
    expect(body).toMatchObject({ verdict: 'allowed', findings: [{ rule: 'ELEMENT2_NO_CONSENT', verdict: 'allowed' }] });
    const { items } = (await authority.auditor.get(`/v1/premises-consents?budgetId=${budget.id}`)).body;
    expect(items).toMatchObject([{ about: 'SCHOOL_FUNDING' }]);
  });

  it('is the only way: no officer approves an exception in the school’s place', async () => {
    const { authority, budget } = await world();
    const payeeId = await seedPayee(api, authority.id, budget.id, { name: 'Tom Reed' });
    for (const rule of ['ON_PREMISES_NO_CONSENT', 'ELEMENT2_NO_CONSENT']) {
      const refused = await authority.approver.post('/v1/exception-approvals', {
        ...{ budgetId: budget.id, rule, payeeId, reasons: 'The school is slow.', evidence: 'A call' },
        ...{ validFrom: '2026-06-15', validTo: '2026-07-20' },
      });
      expect(refused).toMatchObject({
        status: 422,
        body: {
          detail: `/rule is ${rule}: the head teacher agrees to this in writing, so record it as a premises consent and not as an exception.`,
        },
      });
    }
  });

  it('sends what it covers to be reassessed', async () => {
    const { authority, budget, ask, answer } = await world();
    await answer((await ask()).body.id);
    const { rows } = await api.owner.query(
      `SELECT payload FROM outbox_jobs WHERE authority_id = $1 AND name = 'reassess'`,
      [authority.id],
    );
    expect(rows).toEqual([{ payload: { budgetId: budget.id, from: '2026-06-01', to: '2026-07-20' } }]);
  });

  it('is refused in words', async () => {
    const { ask, answer } = await world();
    const words = async (asked: ReturnType<typeof ask>): Promise<string> => (await asked).body.detail;
    expect(await words(ask({ toldOn: '2026-06-16' }))).toBe(
      '/toldOn is 2026-06-16, after today (2026-06-15): record it when the school knows.',
    );
    expect(await words(ask({ validTo: '2026-05-31' }))).toBe(
      '/validTo is 2026-05-31, before /validFrom, which is 2026-06-01: check the dates.',
    );
    expect(await words(ask({ validTo: '2027-06-02' }))).toBe(
      '/validTo is 2027-06-02, more than 12 months after it begins: end it by 2027-06-01, as plans are reviewed yearly.',
    );
    const stranger = '01890000-0000-7000-8000-00000000ffff';
    expect(await words(ask({ payeeId: stranger }))).toBe(
      `There is no payee ${stranger} in this budget: add the payee first.`,
    );
    const { id } = (await ask()).body;
    expect(await words(answer(id, { decidedOn: '2026-05-31' }))).toBe(
      '/decidedOn is 2026-05-31: the school was told on 2026-06-01, and it is 2026-06-15 today.',
    );
    await answer(id);
    expect(await words(answer(id))).toBe(
      'The school’s answer of 10 June 2026 is recorded already: ask the school again for another one.',
    );
  });
});
