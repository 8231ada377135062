import { systemContext } from '@ringfence/platform';
import { Reassess, AssessLine } from '@ringfence/reconciliation';
import { currentVerdicts, sweepLapsedExceptions } from '@ringfence/spending-rules';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedPayee, seedStatementLine } from '../support/seed.js';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2026-06-15T09:00:00Z' });
}, 60_000);
afterAll(() => api?.stop());

interface Job {
  readonly budgetId: string | null;
  readonly from: string;
  readonly to: string | null;
}

async function world() {
  const authority = await seedAuthority(api);
  const budget = await seedBudget(api, authority, { streams: ['SOCIAL_CHILD'] });
  const payeeId = await seedPayee(api, authority.id, budget.id, { name: 'Ben Brown', relationship: 'brother' });
  const line = { date: '2026-05-05', amountPence: -9000n, description: 'BEN BROWN SUPPORT HOURS' };
  const lineId = await seedStatementLine(api, authority.id, budget, line);
  await api.app.get(AssessLine).run({ authorityId: authority.id, lineId });
  const verdicts = () =>
    api.database.transaction(systemContext(authority.id), (tx) =>
      currentVerdicts(tx, { subjectIds: [lineId], history: true }),
    );
  const runAsked = async (): Promise<Job[]> => {
    const { rows } = await api.owner.query<{ payload: Job }>(
      `DELETE FROM outbox_jobs WHERE authority_id = $1 AND name = 'reassess' RETURNING payload`,
      [authority.id],
    );
    for (const { payload } of rows) await api.app.get(Reassess).run({ authorityId: authority.id, ...payload });
    return rows.map(({ payload }) => payload);
  };
  return { authority, budget, payeeId, lineId, verdicts, runAsked };
}

describe('when facts about past days change', () => {
  it('a back-dated household fact reassesses the spends of its days, and its end before them undoes that', async () => {
    const { authority, budget, payeeId, verdicts, runAsked } = await world();
    expect((await verdicts()).map(({ verdict }) => verdict)).toEqual(['query']);
    const recorded = await authority.planCoordinator.post('/v1/household-memberships', {
      payeeId,
      livesWith: 'CHILD',
      validFrom: '2026-04-01',
    });
    expect(recorded.status).toBe(201);
    expect(await runAsked()).toEqual([{ budgetId: budget.id, from: '2026-04-01', to: null }]);
    expect((await verdicts()).map(({ verdict, current }) => `${verdict} ${current}`)).toEqual([
      'excluded true',
      'query false',
    ]);
    await authority.planCoordinator.patch(`/v1/household-memberships/${recorded.body.id}`, { validTo: '2026-05-01' });
    expect(await runAsked()).toEqual([{ budgetId: budget.id, from: '2026-05-01', to: null }]);
    expect((await verdicts()).map(({ verdict }) => verdict)).toEqual(['query', 'excluded', 'query']);
  });

  it('reassessing says nothing new where nothing changed', async () => {
    const { authority, budget, verdicts } = await world();
    const spends = { authorityId: authority.id, budgetId: budget.id, from: '2026-05-01', to: null };
    await api.app.get(Reassess).run(spends);
    await api.app.get(Reassess).run(spends);
    expect(await verdicts()).toHaveLength(1);
  });

  it('an exception whose last day has passed sends what its rule touched to be reassessed, once', async () => {
    const { authority, budget, payeeId, lineId, runAsked } = await world();
    await authority.planCoordinator.post('/v1/household-memberships', {
      payeeId,
      livesWith: 'CHILD',
      validFrom: '2026-04-01',
    });
    await runAsked();
    const approved = await authority.approver.post('/v1/exception-approvals', {
      budgetId: budget.id,
      rule: 'HOUSEHOLD_FAMILY',
      payeeId,
      reasons: 'The usual assistant is in hospital.',
      evidence: 'Assessment of 1 June 2026',
      validFrom: '2026-06-15',
      validTo: '2026-06-30',
    });
    expect(approved.status).toBe(201);
    await api.owner.query(`DELETE FROM outbox_jobs WHERE authority_id = $1`, [authority.id]);
    const sweep = (day: string) => sweepLapsedExceptions(api.database, systemContext(authority.id), day);
    expect([await sweep('2026-06-30'), await sweep('2026-07-01'), await sweep('2026-07-01')]).toEqual([0, 1, 0]);
    const { rows } = await api.owner.query('SELECT name, payload FROM outbox_jobs WHERE authority_id = $1', [
      authority.id,
    ]);
    expect(rows).toEqual([{ name: 'assess-line', payload: { lineId } }]);
  });

  it('a payee whose kind a person has confirmed excludes, where a name on the bank line only asks', async () => {
    const { authority, budget } = await world();
    const ask = () =>
      budget.recipient.post('/v1/spend-checks', {
        budgetId: budget.id,
        id: 'd',
        date: '2026-05-05',
        amount: '-52.00',
        stream: 'SOCIAL_CHILD',
        description: 'HOLLYBANK DENTAL SURGERY',
        planned: true,
        payee: { name: 'Hollybank Dental Surgery' },
      });
    expect((await ask()).body.verdict).toBe('query');
    const kind = { name: 'Hollybank Dental Surgery', kind: 'DENTAL_SITE' };
    const added = await authority.planCoordinator.post('/v1/payees', { budgetId: budget.id, ...kind });
    expect(added.status).toBe(201);
    const answer = (await ask()).body;
    expect(answer).toMatchObject({ verdict: 'excluded', findings: [{ rule: 'DENTAL', evidence: 'payee-register' }] });
    expect(answer.answer).toBe(
      'No, this cannot be paid from the budget. Hollybank Dental Surgery is recorded as a dental site, and a personal budget cannot pay dental charges. Please put this amount back into the account from your own money, or tell us if this has been misread.',
    );
    expect(answer.exceptions).toEqual([{ rule: 'DENTAL', howToAsk: 'Nobody can approve an exception to this rule.' }]);
  });
});
