import { reverseJournal } from '@ringfence/ledger';
import { systemContext } from '@ringfence/platform';
import { Reassess, AssessLine } from '@ringfence/reconciliation';
import { currentVerdicts } from '@ringfence/spending-rules';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedPayee, seedStatementLine, type SeededBudget } from '../support/seed.js';

let api: TestApi;

beforeAll(async () => {
  api = await startApi({ now: '2026-06-15T09:00:00Z' });
}, 60_000);
afterAll(() => api?.stop());

async function world() {
  const authority = await seedAuthority(api);
  const budget = await seedBudget(api, authority, { streams: ['EDU', 'SOCIAL_CHILD'] });
  return { authority, budget };
}

/** A supplier’s bill that was never on the bank: PROVISION against SUPPLIER. */
function bill(budget: SeededBudget, more: Record<string, unknown> = {}) {
  return {
    effectiveDate: '2026-06-10',
    description: 'Swimming lessons, invoice 12',
    reason: 'The invoice came after the month was read.',
    entries: [
      { account: 'PROVISION', stream: 'EDU', amount: '40.00', budgetLineId: budget.lines.EDU },
      { account: 'SUPPLIER', stream: 'EDU', amount: '-40.00' },
    ],
    ...more,
  };
}

const verdictsOf = (authorityId: string, subjectId: string) =>
  api.database.transaction(systemContext(authorityId), (tx) =>
    currentVerdicts(tx, { subjectIds: [subjectId], history: true }),
  );

describe('a journal that is posted manually', () => {
  it('is posted by a finance officer with its reason, assessed, listed, and repeated under its key', async () => {
    const { authority, budget } = await world();
    const path = `/v1/budgets/${budget.id}/manual-journals`;
    const posted = await authority.financeOfficer.post(path, bill(budget), { key: 'k1' });
    expect(posted).toMatchObject({ status: 201, body: { verdict: 'allowed', findings: [] } });
    const again = await authority.financeOfficer.post(path, bill(budget), { key: 'k1' });
    expect(again.body).toEqual(posted.body);
    const listed = await budget.recipient.get(path);
    expect(listed.body.items).toMatchObject([
      {
        id: posted.body.id,
        reason: 'The invoice came after the month was read.',
        verdict: 'allowed',
        reversedBy: null,
        entries: [
          { account: 'PROVISION', amount: '40.00', outcomeId: budget.outcomeId },
          { account: 'SUPPLIER', amount: '-40.00' },
        ],
      },
    ]);
    const [journal] = (await api.owner.query('SELECT kind FROM journals WHERE id = $1', [posted.body.id])).rows;
    expect(journal).toEqual({ kind: 'ADJUSTMENT' });
  });

  it('is refused with the rule where its spend is excluded, by its own words’ document or by whom it pays', async () => {
    const { authority, budget } = await world();
    const payeeId = await seedPayee(api, authority.id, budget.id, {
      name: 'Ben Brown',
      relationship: 'brother',
      livesWithChild: [{ from: '2026-01-01' }],
    });
    const refused = await authority.financeOfficer.post(
      `/v1/budgets/${budget.id}/manual-journals`,
      bill(budget, { payeeId }),
    );
    expect(refused).toMatchObject({ status: 422, body: { rule: 'HOUSEHOLD_FAMILY' } });
    expect(refused.body.detail).toContain('Ben Brown (brother) was living with your child');
  });

  it('is posted with its question where the rules only ask', async () => {
    const { authority, budget } = await world();
    const asked = await authority.financeOfficer.post(
      `/v1/budgets/${budget.id}/manual-journals`,
      bill(budget, { description: 'BEECHWOOD SURGERY' }),
    );
    expect(asked).toMatchObject({ status: 201, body: { verdict: 'query', findings: [{ rule: 'GP_SERVICE' }] } });
  });

  it('that corrects a bank line is assessed as that line is, whatever it calls itself', async () => {
    const { authority, budget } = await world();
    const statementLineId = await seedStatementLine(api, authority.id, budget, {
      date: '2026-06-01',
      amountPence: -4000n,
      description: 'THE PALACE',
      mcc: '7995',
    });
    const refused = await authority.financeOfficer.post(
      `/v1/budgets/${budget.id}/manual-journals`,
      bill(budget, { statementLineId, description: 'Correction: moved to swimming' }),
    );
    expect(refused).toMatchObject({ status: 422, body: { rule: 'GAMBLING' } });
  });

  it('is assessed again when a household fact is back-dated, and its verdicts are kept', async () => {
    const { authority, budget } = await world();
    const payeeId = await seedPayee(api, authority.id, budget.id, { name: 'Ann Grey', relationship: 'aunt' });
    const path = `/v1/budgets/${budget.id}/manual-journals`;
    const { body } = await authority.financeOfficer.post(path, bill(budget, { payeeId }));
    await authority.planCoordinator.post('/v1/household-memberships', {
      payeeId,
      livesWith: 'CHILD',
      validFrom: '2026-06-01',
    });
    await api.app.get(Reassess).run({ authorityId: authority.id, budgetId: budget.id, from: '2026-06-01', to: null });
    expect((await verdictsOf(authority.id, body.id)).map(({ verdict }) => verdict)).toEqual(['excluded', 'allowed']);
  });

  it('is reversed by its mirror with a reason, once, and then is no spend any more', async () => {
    const { authority, budget } = await world();
    const path = `/v1/budgets/${budget.id}/manual-journals`;
    const { body } = await authority.financeOfficer.post(path, bill(budget));
    const reverse = (who = authority.financeOfficer) =>
      who.post(`/v1/manual-journals/${body.id}/reverse`, { reason: 'The invoice was paid twice.' });
    expect(await reverse(budget.recipient)).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('post or reverse a manual journal') },
    });
    const reversed = await reverse();
    expect(reversed).toMatchObject({ status: 201, body: { reverses: body.id } });
    expect(await reverse()).toMatchObject({ status: 409 });
    const listed = await authority.auditor.get(path);
    expect(listed.body.items[0]).toMatchObject({ reversedBy: reversed.body.id, verdict: null });
  });

  it('that took an excluded spend out of the plan cannot be reversed, as that would spend it again', async () => {
    const { authority, budget } = await world();
    const payeeId = await seedPayee(api, authority.id, budget.id, {
      name: 'Ben Brown',
      relationship: 'brother',
      livesWithChild: [{ from: '2026-01-01' }],
    });
    const entries = [
      { account: 'PROVISION', stream: 'EDU', amount: '-40.00', budgetLineId: budget.lines.EDU },
      { account: 'UNEVIDENCED', stream: 'EDU', amount: '40.00' },
    ];
    const path = `/v1/budgets/${budget.id}/manual-journals`;
    const { body } = await authority.financeOfficer.post(path, bill(budget, { payeeId, entries }));
    expect(body.verdict).toBeNull();
    const refused = await authority.financeOfficer.post(`/v1/manual-journals/${body.id}/reverse`, {
      reason: 'By mistake.',
    });
    expect(refused).toMatchObject({ status: 422, body: { rule: 'HOUSEHOLD_FAMILY' } });
  });

  /** Tax that a report said is owed. */
  async function taxIsOwed(amount: string, seed: Awaited<ReturnType<typeof world>>) {
    const { authority, budget } = seed;
    const entries = [
      { account: 'PROVISION', stream: 'EDU', amount, budgetLineId: budget.lines.EDU },
      { account: 'HMRC', stream: 'EDU', amount: `-${amount}` },
    ];
    const path = `/v1/budgets/${budget.id}/manual-journals`;
    const posted = await authority.financeOfficer.post(path, bill(budget, { description: 'Tax of May', entries }));
    expect(posted.status).toBe(201);
    return posted.body.id as string;
  }

  const fromTax = (amount: string, budget: SeededBudget, more: Record<string, unknown> = {}) =>
    bill(budget, {
      description: 'Moved',
      entries: [
        { account: 'PROVISION', stream: 'EDU', amount: `-${amount}`, budgetLineId: budget.lines.EDU },
        { account: 'HMRC', stream: 'EDU', amount },
      ],
      ...more,
    });

  it('takes no more from what is owed than is owed', async () => {
    const seed = await world();
    const { authority, budget } = seed;
    await taxIsOwed('30.00', seed);
    const path = `/v1/budgets/${budget.id}/manual-journals`;
    expect(await authority.financeOfficer.post(path, fromTax('30.01', budget))).toMatchObject({
      status: 409,
      body: {
        type: 'urn:ringfence:problem:more-than-held',
        detail:
          'The journal takes £30.01 from what is owed to HMRC for Education, which is £30.00 in this budget: take no more than that.',
        errors: [{ pointer: '/entries/1/amount' }],
      },
    });
    expect(await authority.financeOfficer.post(path, fromTax('30.00', budget))).toMatchObject({ status: 201 });
  });

  it('does not take more in two entries than in one', async () => {
    const seed = await world();
    const { authority, budget } = seed;
    await taxIsOwed('30.00', seed);
    const entries = [
      { account: 'PROVISION', stream: 'EDU', amount: '-40.00', budgetLineId: budget.lines.EDU },
      { account: 'HMRC', stream: 'EDU', amount: '20.00' },
      { account: 'HMRC', stream: 'EDU', amount: '20.00' },
    ];
    const refused = await authority.financeOfficer.post(
      `/v1/budgets/${budget.id}/manual-journals`,
      bill(budget, { entries }),
    );
    expect(refused).toMatchObject({ status: 409, body: { errors: [{ pointer: '/entries/1/amount' }] } });
  });

  it('leaves the family’s own money at nothing or above', async () => {
    const { authority, budget } = await world();
    const entries = [
      { account: 'FAMILY_MONEY', stream: 'EDU', amount: '5.00' },
      { account: 'SUPPLIER', stream: 'EDU', amount: '-5.00' },
    ];
    const refused = await authority.financeOfficer.post(
      `/v1/budgets/${budget.id}/manual-journals`,
      bill(budget, { entries }),
    );
    expect(refused).toMatchObject({
      status: 409,
      body: {
        detail:
          'The journal takes £5.00 from the family’s own money, which is £0.00 in this budget: take no more than that.',
      },
    });
  });

  it('is not reversed once what it put there was paid', async () => {
    const seed = await world();
    const { authority, budget } = seed;
    const id = await taxIsOwed('30.00', seed);
    const lineId = await seedStatementLine(api, authority.id, budget, {
      date: '2026-06-12',
      amountPence: -3000n,
      description: 'HMRC PAYE',
    });
    const target = { type: 'payroll-control', control: 'HMRC', budgetId: budget.id, stream: 'EDU' };
    const paid = await authority.financeOfficer.post('/v1/allocations', {
      statementLineId: lineId,
      parts: [{ amount: '-30.00', target }],
      reasons: 'The quarter’s tax',
    });
    expect(paid.status).toBe(201);
    const reverse = () => authority.financeOfficer.post(`/v1/manual-journals/${id}/reverse`, { reason: 'Not owed.' });
    expect(await reverse()).toMatchObject({
      status: 409,
      body: {
        detail:
          'The journal takes £30.00 from what is owed to HMRC for Education, which is £0.00 in this budget: take no more than that.',
      },
    });
    const mirror = api.database.transaction(systemContext(authority.id), (tx) =>
      reverseJournal(tx, { journalId: id, reason: 'Past the rules', idempotencyKey: `past:${id}` }),
    );
    await expect(mirror).rejects.toMatchObject({ code: 'more-than-held' });
    const allocationId = paid.body.allocations[0].id as string;
    await authority.financeOfficer.post(`/v1/allocations/${allocationId}/undo`, { reasons: 'It was not owed.' });
    expect(await reverse()).toMatchObject({ status: 201 });
  });

  it('puts an excluded spend on nothing that is owed, named by its bank line or by its payee', async () => {
    const seed = await world();
    const { authority, budget } = seed;
    await taxIsOwed('100.00', seed);
    const statementLineId = await seedStatementLine(api, authority.id, budget, {
      date: '2026-06-01',
      amountPence: -4000n,
      description: 'THE PALACE',
      mcc: '7995',
    });
    const payeeId = await seedPayee(api, authority.id, budget.id, {
      name: 'Ben Brown',
      relationship: 'brother',
      livesWithChild: [{ from: '2026-01-01' }],
    });
    const path = `/v1/budgets/${budget.id}/manual-journals`;
    for (const [named, rule] of [
      [{ statementLineId }, 'GAMBLING'],
      [{ payeeId }, 'HOUSEHOLD_FAMILY'],
    ] as const) {
      const refused = await authority.financeOfficer.post(path, fromTax('40.00', budget, named));
      expect(refused).toMatchObject({ status: 422, body: { type: 'urn:ringfence:problem:spend-excluded', rule } });
    }
    expect(await authority.financeOfficer.post(path, fromTax('40.00', budget))).toMatchObject({ status: 201 });
  });

  it('and an allocation cannot both have the last pound that is owed', async () => {
    const seed = await world();
    const { authority, budget } = seed;
    await taxIsOwed('30.00', seed);
    const lineId = await seedStatementLine(api, authority.id, budget, {
      date: '2026-06-12',
      amountPence: -3000n,
      description: 'HMRC PAYE',
    });
    const target = { type: 'payroll-control', control: 'HMRC', budgetId: budget.id, stream: 'EDU' };
    const answers = await Promise.all([
      authority.financeOfficer.post(`/v1/budgets/${budget.id}/manual-journals`, fromTax('30.00', budget)),
      authority.financeOfficer.post('/v1/allocations', {
        statementLineId: lineId,
        parts: [{ amount: '-30.00', target }],
        reasons: 'The quarter’s tax',
      }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it.each<[string, (budget: SeededBudget) => Record<string, unknown>, number, string]>([
    [
      'does not balance',
      (budget) =>
        bill(budget, {
          entries: [
            { account: 'PROVISION', stream: 'EDU', amount: '40.00', budgetLineId: budget.lines.EDU },
            { account: 'SUPPLIER', stream: 'EDU', amount: '-39.00' },
          ],
        }),
      422,
      'The entries of stream EDU sum to £1.00: debits and credits of a stream must come to the same.',
    ],
    [
      'names no budget line for what is spent',
      (budget) =>
        bill(budget, {
          entries: [
            { account: 'PROVISION', stream: 'EDU', amount: '40.00' },
            { account: 'SUPPLIER', stream: 'EDU', amount: '-40.00' },
          ],
        }),
      422,
      '/entries/0 is spent on agreed provision and names no budget line: say in budgetLineId which.',
    ],
    [
      'posts to the bank, which only statements move',
      (budget) =>
        bill(budget, {
          entries: [
            { account: 'PROVISION', stream: 'EDU', amount: '40.00', budgetLineId: budget.lines.EDU },
            { account: 'BANK', stream: 'EDU', amount: '-40.00' },
          ],
        }),
      422,
      'account',
    ],
    [
      'names a budget line of another stream',
      (budget) =>
        bill(budget, {
          entries: [
            { account: 'PROVISION', stream: 'EDU', amount: '40.00', budgetLineId: budget.lines.SOCIAL_CHILD },
            { account: 'SUPPLIER', stream: 'EDU', amount: '-40.00' },
          ],
        }),
      422,
      '/entries/0/budgetLineId is a line of stream SOCIAL_CHILD, and the entry is of EDU: choose one that fits.',
    ],
    [
      'names an outcome without the line that serves it',
      (budget) =>
        bill(budget, {
          entries: [
            { account: 'PROVISION', stream: 'EDU', amount: '40.00', budgetLineId: budget.lines.EDU },
            { account: 'SUPPLIER', stream: 'EDU', amount: '-40.00', outcomeId: budget.outcomeId },
          ],
        }),
      422,
      '/entries/1/outcomeId is given without a budget line: an outcome is met by what a line buys, so leave it out or name the line.',
    ],
    ['has no reason', (budget) => bill(budget, { reason: '' }), 422, 'reason'],
    [
      'names a payee of nobody',
      (budget) => bill(budget, { payeeId: budget.id }),
      422,
      'in this budget: add the payee first.',
    ],
    [
      'names a bank line of nobody',
      (budget) => bill(budget, { statementLineId: budget.id }),
      422,
      'of this budget and account: check the id.',
    ],
    [
      'has an entry of nothing',
      (budget) =>
        bill(budget, {
          entries: [
            { account: 'SUPPLIER', stream: 'EDU', amount: '0.00' },
            { account: 'SUPPLIER', stream: 'EDU', amount: '0.00' },
          ],
        }),
      422,
      '/entries/0/amount is 0.00: leave the entry out, or write its amount.',
    ],
  ])('is refused when it %s', async (_, body, status, words) => {
    const { authority, budget } = await world();
    const refused = await authority.financeOfficer.post(`/v1/budgets/${budget.id}/manual-journals`, body(budget));
    expect(refused.status).toBe(status);
    expect(JSON.stringify(refused.body)).toContain(words);
  });

  it('is for finance officers alone', async () => {
    const { authority, budget } = await world();
    for (const who of [authority.approver, authority.planCoordinator, authority.auditor, budget.recipient]) {
      const refused = await who.post(`/v1/budgets/${budget.id}/manual-journals`, bill(budget));
      expect(refused).toMatchObject({
        status: 403,
        body: { detail: expect.stringContaining('post or reverse a manual journal') },
      });
    }
  });

  it('is not what an allocation posted: that is undone in its own way', async () => {
    const { authority, budget } = await world();
    const statementLineId = await seedStatementLine(api, authority.id, budget, {
      date: '2026-06-01',
      amountPence: -4000n,
      description: 'SWIM CLUB',
    });
    const [line] = (
      await api.owner.query('SELECT journal_id AS id FROM statement_lines WHERE id = $1', [statementLineId])
    ).rows as { id: string }[];
    const refused = await authority.financeOfficer.post(`/v1/manual-journals/${line!.id}/reverse`, {
      reason: 'By mistake.',
    });
    expect(refused).toMatchObject({
      status: 409,
      body: { detail: 'The journal comes from a statement line, and was not posted manually: undo what it came from.' },
    });
  });
});

describe('a re-coding', () => {
  it('by undoing an allocation and allocating again is assessed under the money that then pays', async () => {
    const { authority, budget } = await world();
    const payeeId = await seedPayee(api, authority.id, budget.id, {
      name: 'Lee Hart',
      relationship: 'separated husband',
    });
    expect(payeeId).toBeDefined();
    const lineId = await seedStatementLine(api, authority.id, budget, {
      date: '2026-06-01',
      amountPence: -4000n,
      description: 'LEE HART TUTORING',
    });
    const allocate = (budgetLineId: string | undefined) =>
      authority.financeOfficer.post('/v1/allocations', {
        statementLineId: lineId,
        parts: [{ amount: '-40.00', target: { type: 'budget-line', budgetLineId } }],
        reasons: 'Seen on the invoice',
      });
    const assess = () => api.app.get(AssessLine).run({ authorityId: authority.id, lineId });
    const first = await allocate(budget.lines.EDU);
    expect(first.status).toBe(201);
    await assess();
    const allocationId = first.body.allocations[0].id as string;
    await authority.financeOfficer.post(`/v1/allocations/${allocationId}/undo`, { reasons: 'It was social care.' });
    expect((await allocate(budget.lines.SOCIAL_CHILD)).status).toBe(201);
    const { rows } = await api.owner.query<{ jobs: string }>(
      `SELECT count(*) AS jobs FROM outbox_jobs WHERE authority_id = $1 AND name = 'assess-line' AND payload->>'lineId' = $2`,
      [authority.id, lineId],
    );
    expect(Number(rows[0]!.jobs)).toBe(3);
    await assess();
    const said = (await verdictsOf(authority.id, lineId)).map(({ verdict, findings }) =>
      [verdict, ...findings.map(({ rule }) => rule)].join(' '),
    );
    expect(said).toEqual(['query SPOUSE_ELSEWHERE', 'allowed']);
  });
});
