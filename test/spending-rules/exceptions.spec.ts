import { currentVerdicts, assessSpend, nationalPolicy, recordVerdict } from '@ringfence/spending-rules';
import { systemContext, type Transaction } from '@ringfence/platform';
import { startApi, type TestApi } from '../support/api.js';
import {
  seedAuthority,
  seedBudget,
  seedClient,
  seedPayee,
  seedStatementLine,
  type SeededAuthority,
} from '../support/seed.js';

let api: TestApi;
let authority: SeededAuthority;
beforeAll(async () => {
  api = await startApi();
  authority = await seedAuthority(api);
}, 60_000);
afterAll(() => api.stop());

const brother = { name: 'Ben Brown', relationship: 'brother', livesWithChild: [{ from: '2026-01-01' }] };

async function seedFamily() {
  const budget = await seedBudget(api, authority, { streams: ['EDU', 'HEALTH'] });
  return { budget, payeeId: await seedPayee(api, authority.id, budget.id, brother) };
}

function exception(budgetId: string, payeeId: string, changes: Record<string, unknown> = {}) {
  return {
    budgetId,
    rule: 'HOUSEHOLD_FAMILY',
    payeeId,
    reasons: 'The usual assistant is in hospital and nobody else knows Kit’s signs.',
    evidence: 'Assessment of 1 June 2026',
    validFrom: '2026-06-15',
    validTo: '2026-09-15',
    ...changes,
  };
}

const wage = (changes: Record<string, unknown> = {}) => ({
  id: 'wage',
  date: '2026-06-20',
  amount: '-120.00',
  stream: 'EDU',
  description: 'FASTER PAYMENT BEN BROWN WAGES',
  planned: true,
  payee: { name: 'ben brown' },
  ...changes,
});

describe('an exception to a spending rule', () => {
  it('is approved in writing, listed, and lifts its rule for its payee on its days', async () => {
    const { budget, payeeId } = await seedFamily();
    const ask = (date: string) => budget.recipient.post('/v1/spend-checks', { budgetId: budget.id, ...wage({ date }) });
    expect((await ask('2026-06-20')).body).toMatchObject({ verdict: 'excluded' });

    const answer = await authority.approver.post(
      '/v1/exception-approvals',
      exception(budget.id, payeeId, { conditions: 'Two days a week' }),
    );
    expect(answer).toMatchObject({ status: 201, body: { retrospective: false } });
    expect((await ask('2026-06-20')).body).toMatchObject({
      verdict: 'allowed',
      findings: [{ rule: 'HOUSEHOLD_FAMILY', verdict: 'allowed' }],
    });
    expect((await ask('2026-06-14')).body).toMatchObject({ verdict: 'excluded' });

    const listed = await budget.recipient.get(`/v1/exception-approvals?budgetId=${budget.id}&on=2026-07-01`);
    expect(listed.body.items).toEqual([
      expect.objectContaining({
        id: answer.body.id,
        payeeName: 'Ben Brown',
        conditions: 'Two days a week',
        approverRelationship: 'none',
      }),
    ]);
  });

  it('that begins in the past is marked retrospective for ever', async () => {
    const { budget, payeeId } = await seedFamily();
    const { body } = await authority.approver.post(
      '/v1/exception-approvals',
      exception(budget.id, payeeId, { validFrom: '2026-06-01' }),
    );
    expect(body).toMatchObject({ retrospective: true });
    expect((await authority.auditor.get(`/v1/exception-approvals/${body.id}`)).body).toMatchObject({
      retrospective: true,
    });
  });

  it('is ended early from today on, with its reasons, and the past stays approved', async () => {
    const { budget, payeeId } = await seedFamily();
    const { body } = await authority.approver.post(
      '/v1/exception-approvals',
      exception(budget.id, payeeId, { validFrom: '2026-06-01' }),
    );
    const at = `/v1/exception-approvals/${body.id}`;
    const past = await authority.approver.patch(at, { validTo: '2026-06-10', reasons: 'An assistant was found.' });
    expect(past).toMatchObject({
      status: 422,
      body: { detail: '/validTo is 2026-06-10: this exception can end on a day from 2026-06-15 to 2026-09-15.' },
    });
    expect(
      await authority.approver.patch(at, { validTo: '2026-06-30', reasons: 'An assistant was found.' }),
    ).toMatchObject({ status: 204 });
    expect((await authority.approver.get(at)).body).toMatchObject({
      validTo: '2026-06-30',
      approvedTo: '2026-09-15',
      endReasons: 'An assistant was found.',
    });
    const ask = (date: string) => budget.recipient.post('/v1/spend-checks', { budgetId: budget.id, ...wage({ date }) });
    expect((await ask('2026-06-02')).body).toMatchObject({ verdict: 'allowed' });
    expect((await ask('2026-07-01')).body).toMatchObject({ verdict: 'excluded' });
  });

  it('sends the lines that its rule had touched to be reassessed', async () => {
    const { budget, payeeId } = await seedFamily();
    const lineId = await seedStatementLine(api, authority.id, budget, {
      date: '2026-06-20',
      amountPence: -12000n,
      description: 'BEN BROWN',
    });
    const candidate = {
      id: lineId,
      date: '2026-06-20',
      amountPence: -12000n,
      stream: 'EDU',
      description: 'WAGES',
      planned: true,
    } as const;
    const payee = { name: 'Ben Brown', relationship: 'brother', livesWithChild: [{ from: '2026-01-01' }] };
    await api.database.transaction(systemContext(authority.id), (tx) =>
      recordVerdict(tx, {
        subjectType: 'statement-line',
        subjectId: lineId,
        budgetId: budget.id,
        assessment: assessSpend({ ...candidate, payee }, nationalPolicy),
      }),
    );
    await authority.approver.post('/v1/exception-approvals', exception(budget.id, payeeId));
    const { rows } = await api.owner.query(
      `SELECT 1 FROM outbox_jobs WHERE name = 'assess-line' AND payload ->> 'lineId' = $1`,
      [lineId],
    );
    expect(rows).toHaveLength(1);
  });

  const refusals: [string, Record<string, unknown>, string][] = [
    ['to a rule that nobody may lift', { rule: 'PRESCRIPTION' }, '/rule is PRESCRIPTION: “'],
    [
      'to a rule that there is not',
      { rule: 'WISHES' },
      '/rule is "WISHES", which is no rule of the policy: use one of ',
    ],
    [
      'for money that the rule is not about',
      { rule: 'HOUSEHOLD_FRIEND', stream: 'EDU' },
      '/stream is EDU, but HOUSEHOLD_FRIEND is a rule for HEALTH money: no exception is needed.',
    ],
    [
      'that ends before it begins',
      { validTo: '2026-06-01' },
      '/validTo is 2026-06-01, before the exception begins on 2026-06-15: check the dates.',
    ],
    [
      'for more than a year',
      { validTo: '2027-06-16' },
      '/validTo is 2027-06-16, more than 12 months after it begins: end it by 2027-06-15, as budgets are reviewed yearly.',
    ],
    [
      'by a relative of the payee',
      { approverRelationship: 'aunt' },
      '/approverRelationship is "aunt": an exception is approved by somebody who is not related to the payee, so ask another approver.',
    ],
  ];
  it.each(refusals)('is refused %s', async (_, change, detail) => {
    const { budget, payeeId } = await seedFamily();
    const answer = await authority.approver.post('/v1/exception-approvals', exception(budget.id, payeeId, change));
    expect(answer).toMatchObject({ status: 422, body: { type: 'urn:ringfence:problem:invalid-request' } });
    expect(answer.body.detail).toMatch(new RegExp(`^${detail.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
    expect(answer.body.errors[0].pointer).toBe(detail.split(' ')[0]);
  });

  it('is refused beyond the next review', async () => {
    const { budget, payeeId } = await seedFamily();
    await api.owner.query(
      `INSERT INTO reviews (authority_id, id, budget_id, agreement_id, kind, first_received_on, due_on, source, opening_asked_at)
       VALUES ($1, gen_random_uuid(), $2, $3, 'THREE_MONTH', '2026-04-10', '2026-07-10', 'test', now())`,
      [authority.id, budget.id, budget.agreementId],
    );
    const answer = await authority.approver.post('/v1/exception-approvals', exception(budget.id, payeeId));
    expect(answer).toMatchObject({
      status: 422,
      body: {
        detail:
          '/validTo is 2026-09-15, after the next review on 10 July 2026: end it by then, and the review can renew it.',
      },
    });
  });

  it('is refused for a payee of another budget, and from anybody but an approver', async () => {
    const one = await seedFamily();
    const other = await seedFamily();
    const wrong = await authority.approver.post('/v1/exception-approvals', exception(one.budget.id, other.payeeId));
    expect(wrong).toMatchObject({
      status: 422,
      body: { detail: `There is no payee ${other.payeeId} in this budget: add the payee first.` },
    });
    for (const caller of [authority.financeOfficer, one.budget.recipient]) {
      const answer = await caller.post('/v1/exception-approvals', exception(one.budget.id, one.payeeId));
      expect(answer).toMatchObject({ status: 403 });
    }
    expect(await other.budget.recipient.get(`/v1/exception-approvals?budgetId=${one.budget.id}`)).toMatchObject({
      status: 422,
      body: { detail: `There is no budget ${one.budget.id} that you can see.` },
    });
  });
});

describe('a spend check', () => {
  it('needs no budget, and says what to do', async () => {
    const bureau = await seedClient(api, authority.id, [(await seedFamily()).budget.id]);
    const lines = [
      { description: 'NHS prescription', amount: '9.90' },
      { description: 'Wet wipes', amount: '13.50' },
    ];
    const answer = await bureau.post('/v1/spend-checks', {
      id: 'boots',
      date: '2026-06-01',
      amount: '-23.40',
      stream: 'EDU',
      description: 'BOOTS 1234',
      planned: true,
      receipt: lines,
    });
    expect(answer).toMatchObject({
      status: 200,
      body: { id: 'boots', verdict: 'excluded', policyVersion: 'national-2014-09' },
    });
    expect(answer.body.findings[0]).toMatchObject({
      rule: 'PRESCRIPTION',
      amount: '-9.90',
      whatToDo: expect.stringContaining('please put this amount back'),
    });
  });

  it('answers a list in its order, and names the candidate that cannot be read', async () => {
    const { budget } = await seedFamily();
    const two = { budgetId: budget.id, candidates: [wage({ id: 'a' }), wage({ id: 'b', payee: { name: 'Ann' } })] };
    const answer = await authority.financeOfficer.post('/v1/spend-checks', two);
    expect(answer.body.items.map((one: { id: string; verdict: string }) => [one.id, one.verdict])).toEqual([
      ['a', 'excluded'],
      ['b', 'allowed'],
    ]);
    const wrong = await authority.financeOfficer.post('/v1/spend-checks', {
      candidates: [wage(), wage({ amount: 12 })],
    });
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: '/candidates/1/amount' }] } });
  });

  it('takes the household and the exceptions of a budget from its registers, not from the caller', async () => {
    const { budget } = await seedFamily();
    const approvals = [{ rule: 'HOUSEHOLD_FAMILY', payee: 'Ben Brown', from: '2026-01-01', to: null }];
    const payee = { name: 'Ben Brown', relationship: 'none' };
    const answer = await budget.recipient.post('/v1/spend-checks', {
      budgetId: budget.id,
      ...wage({ approvals, payee }),
    });
    expect(answer.body).toMatchObject({ verdict: 'excluded' });
  });

  it('about another family’s budget is refused', async () => {
    const one = await seedFamily();
    const other = await seedFamily();
    const answer = await other.budget.recipient.post('/v1/spend-checks', { budgetId: one.budget.id, ...wage() });
    expect(answer).toMatchObject({
      status: 422,
      body: { detail: `There is no budget ${one.budget.id} that you can see.` },
    });
  });
});

describe('the verdict of a subject', () => {
  const assessed = (description: string) =>
    assessSpend(
      { id: 'x', date: '2026-06-01', amountPence: -1000n, stream: 'EDU', description, planned: true },
      nationalPolicy,
    );

  it('is the newest; what was said before is kept, and saying the same again adds nothing', async () => {
    const { budget } = await seedFamily();
    const lineId = await seedStatementLine(api, authority.id, budget, {
      date: '2026-06-01',
      amountPence: -1000n,
      description: 'SHOP',
    });
    const subject = { subjectType: 'statement-line', subjectId: lineId, budgetId: budget.id } as const;
    const work = <T>(action: (tx: Transaction) => Promise<T>) =>
      api.database.transaction(systemContext(authority.id), action);
    const said: boolean[] = [];
    for (const description of ['BOOTS', 'BOOTS', 'SWIM SCHOOL']) {
      said.push((await work((tx) => recordVerdict(tx, { ...subject, assessment: assessed(description) }))).changed);
    }
    expect(said).toEqual([true, false, true]);
    expect(await work((tx) => currentVerdicts(tx, { subjectIds: [lineId] }))).toMatchObject([
      { verdict: 'allowed', current: true },
    ]);
    const history = await work((tx) => currentVerdicts(tx, { subjectIds: [lineId], history: true }));
    expect(history.map(({ verdict, current }) => [verdict, current])).toEqual(
      expect.arrayContaining([
        ['allowed', true],
        ['query', false],
      ]),
    );
    // Two jobs at once leave one current verdict.
    await Promise.all(
      ['BOOTS', 'SWIM SCHOOL', 'BOOTS'].map((text) =>
        work((tx) => recordVerdict(tx, { ...subject, assessment: assessed(text) })),
      ),
    );
    expect(await work((tx) => currentVerdicts(tx, { subjectIds: [lineId] }))).toHaveLength(1);
  });

  it('cannot be rewritten or removed by the services', async () => {
    for (const sql of [
      `UPDATE spend_verdicts SET verdict = 'allowed'`,
      'DELETE FROM spend_verdicts',
      'DELETE FROM exception_approvals',
    ]) {
      const attempt = api.database.transaction(systemContext(authority.id), (tx) => tx.query(sql));
      await expect(attempt).rejects.toThrow('permission denied');
    }
  });
});
