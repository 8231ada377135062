import { SuggestMatches } from '@ringfence/reconciliation';
import { AssessPayslip } from '@ringfence/payroll';
import { startApi, type TestApi } from '../support/api.js';
import { samplePayslip, sampleRun } from '../payroll/sample-run.js';
import { seedBudget, seedClient, seedPayee } from '../support/seed.js';
import { MoneyWorld, type TargetBody } from './money-world.js';

let api: TestApi;
let world: MoneyWorld;

beforeAll(async () => {
  api = await startApi({ now: '2026-06-15T09:00:00Z' });
}, 60_000);
afterAll(() => api?.stop());
beforeEach(async () => {
  world = await MoneyWorld.start(api);
});

const brother = { name: 'Ben Brown', relationship: 'brother', livesWithChild: [{ from: '2026-01-01' }] };
const excluded = 'urn:ringfence:problem:spend-excluded';
const tooMuch = 'urn:ringfence:problem:more-than-held';

/** Everything that a payment may be put on, each able to take it by itself. */
async function everyTarget(): Promise<(readonly [name: string, target: TargetBody])[]> {
  for (const control of ['HMRC', 'PENSION', 'ATTACHMENT', 'PAYROLL_FEE'] as const) await world.owes(control, 50_000n);
  await world.familyPaysIn(50_000n);
  return [
    ['agreed provision', world.provision],
    ['HMRC', world.control('HMRC')],
    ['the pension', world.control('PENSION')],
    ['an attachment', world.control('ATTACHMENT')],
    ['the bureau’s fee', world.control('PAYROLL_FEE')],
    ['the family’s own money', world.family],
  ];
}

describe('a spend that the rules exclude', () => {
  it('is put nowhere: the wage of a brother at home, on no target, however much that owes or holds', async () => {
    await world.payee(brother);
    const targets = await everyTarget();
    const lineId = await world.line('BEN BROWN WAGES', -12_000n);
    const before = await world.journals();
    for (const [name, target] of targets) {
      const refused = await world.allocate(lineId, ['-120.00', target]);
      expect({ name, ...refused }).toMatchObject({
        name,
        status: 422,
        body: {
          type: excluded,
          rule: 'HOUSEHOLD_FAMILY',
          detail:
            '£120.00 of this payment is excluded by the rule HOUSEHOLD_FAMILY and cannot be allocated: Ben Brown (brother) was living with your child on 1 June 2026, and as a general rule a personal budget cannot pay a family member who lives with your child. Ask an approver for an exception, or leave it until it is decided.',
        },
      });
    }
    expect(await world.journals()).toBe(before);
    expect(await world.assessed(lineId)).toMatchObject({ state: 'OPEN', verdict: 'excluded' });
  });

  it('is refused for its own part alone: the wipes may go to several targets, the prescription to none', async () => {
    const targets = await everyTarget();
    const lineId = await world.line('BOOTS 1437 OAKTON', -2_340n);
    await world.receipt(lineId, [
      ['NHS prescription', 990],
      ['Wet wipes', 1350],
    ]);
    const words =
      '£9.90 of this payment is excluded by the rule PRESCRIPTION and cannot be allocated: The receipt shows “NHS prescription” for £9.90, and ';
    for (const [name, target] of targets) {
      const refused = await world.allocate(lineId, ['-13.51', target]);
      expect({ name, ...refused }).toMatchObject({ name, status: 422, body: { type: excluded, rule: 'PRESCRIPTION' } });
      expect(refused.body.detail).toContain(words);
      expect(refused.body.detail).toMatch(
        /Allocate no more than the other £13\.50, or leave it until it is decided\.$/,
      );
      expect(refused.body.detail).not.toMatch(/please|put it back/i);
    }
    expect(await world.allocate(lineId, ['-10.00', world.provision])).toMatchObject({ status: 201 });
    expect(await world.allocate(lineId, ['-3.50', world.family])).toMatchObject({ status: 201 });
    for (const [name, target] of targets) {
      const refused = await world.allocate(lineId, ['-9.90', target]);
      expect({ name, ...refused }).toMatchObject({ name, status: 422, body: { type: excluded } });
      expect(refused.body.detail).toMatch(/Leave it until it is decided\.$/);
    }
    expect(await world.assessed(lineId)).toMatchObject({ state: 'PART', remaining: '-9.90', verdict: 'excluded' });
  });

  it('is not taken in by the second part of one request', async () => {
    const lineId = await world.line('BOOTS 1437 OAKTON', -2_340n);
    await world.receipt(lineId, [
      ['NHS prescription', 990],
      ['Wet wipes', 1350],
    ]);
    const refused = await world.allocate(lineId, ['-13.50', world.provision], ['-9.90', world.provision]);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/parts/1/target' }] } });
    expect(await world.balance('PROVISION')).toBe(0n);
  });

  it('is not taken in by two officers at once, each with a part that would fit alone', async () => {
    const lineId = await world.line('BOOTS 1437 OAKTON', -2_340n);
    await world.receipt(lineId, [
      ['NHS prescription', 990],
      ['Wet wipes', 1350],
    ]);
    const answers = await Promise.all([
      world.allocate(lineId, ['-11.70', world.provision]),
      world.allocate(lineId, ['-11.70', world.provision]),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect(await world.balance('PROVISION')).toBe(1_170n);
  });

  it('may be allocated once an approver has allowed it in writing', async () => {
    const payeeId = await world.payee(brother);
    const lineId = await world.line('BEN BROWN WAGES', -12_000n);
    const approved = await world.authority.approver.post('/v1/exception-approvals', {
      budgetId: world.budget.id,
      rule: 'HOUSEHOLD_FAMILY',
      payeeId,
      reasons: 'A crisis, until another assistant is found.',
      evidence: 'The social worker’s assessment of 20 May 2026',
      validFrom: '2026-05-25',
      validTo: '2026-07-31',
    });
    expect(approved.status).toBe(201);
    expect(await world.allocate(lineId, ['-120.00', world.provision])).toMatchObject({ status: 201 });
    expect(await world.assessed(lineId)).toMatchObject({ verdict: 'allowed' });
  });

  it('is found by the payees of the budget that it would be put on, too', async () => {
    const sister = await seedBudget(api, world.authority, { designatedAccountId: world.budget.designatedAccountId });
    await seedPayee(api, world.authority.id, sister.id, brother);
    const lineId = await world.line('BEN BROWN TUTORING', -4_000n);
    const refused = await world.allocate(lineId, ['-40.00', { type: 'budget-line', budgetLineId: sister.lines.EDU }]);
    expect(refused).toMatchObject({ status: 422, body: { type: excluded, rule: 'HOUSEHOLD_FAMILY' } });
  });

  it('stays on the record where a later fact excludes what was allocated, whatever it was put on', async () => {
    await world.owes('HMRC', 5_000n);
    await world.familyPaysIn(10_000n);
    const payeeId = await world.payee({ name: 'Ben Brown', relationship: 'brother' });
    const lines = [];
    for (const target of [world.provision, world.control('HMRC'), world.family]) {
      const lineId = await world.line('BEN BROWN', -4_000n);
      expect(await world.allocate(lineId, ['-40.00', target])).toMatchObject({ status: 201 });
      lines.push(lineId);
    }
    const chemist = await world.line('BOOTS', -990n);
    expect(await world.allocate(chemist, ['-9.90', world.family])).toMatchObject({ status: 201 });
    await world.authority.planCoordinator.post('/v1/household-memberships', {
      payeeId,
      livesWith: 'CHILD',
      validFrom: '2026-05-01',
    });
    await world.receipt(chemist, [['NHS prescription', 990]]);
    for (const lineId of [...lines, chemist]) {
      expect(await world.assessed(lineId)).toMatchObject({ state: 'ALLOCATED', verdict: 'excluded' });
    }
    const listed = await world.authority.financeOfficer.get(
      `/v1/statement-lines?budgetId=${world.budget.id}&verdict=excluded`,
    );
    expect(listed.body.items).toHaveLength(4);
    const work = await world.authority.financeOfficer.get('/v1/reports/work-list.csv?need=excluded');
    const { rows } = await api.owner.query<{ reference: string }>('SELECT reference FROM budgets WHERE id = $1', [
      world.budget.id,
    ]);
    expect(work.bytes.toString('utf8')).toContain(rows[0]!.reference);
  });
});

describe('a question about a payee', () => {
  it('is not answered by putting the payment on tax or on the family’s own money', async () => {
    await world.payee({
      name: 'Ira Hill',
      relationship: 'somebody whom the family knows',
      livesWithChild: [{ from: '2026-01-01' }],
    });
    await world.owes('HMRC', 4_000n);
    await world.familyPaysIn(4_000n);
    for (const target of [world.control('HMRC'), world.family]) {
      const lineId = await world.line('IRA HILL', -4_000n);
      const before = await world.assessed(lineId);
      expect(before).toMatchObject({ verdict: 'query' });
      expect(await world.allocate(lineId, ['-40.00', target])).toMatchObject({ status: 201 });
      const after = await world.assessed(lineId);
      expect(after).toMatchObject({ state: 'ALLOCATED', verdict: 'query' });
      expect(after.findings).toContainEqual(expect.objectContaining({ rule: 'HOUSEHOLD_FAMILY', verdict: 'query' }));
    }
  });
});

describe('wages', () => {
  async function payslipOf(payee: Parameters<typeof seedPayee>[3], changes: Record<string, unknown> = {}) {
    const payeeId = await world.payee({ employeeReference: 'E7', ...payee });
    const bureau = await seedClient(api, world.authority.id, [world.budget.id]);
    const run = await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(world.budget.id, changes)]));
    expect(run.status).toBe(201);
    const { rows } = await api.owner.query<{ id: string }>('SELECT id FROM payslips WHERE payee_id = $1', [payeeId]);
    return { payeeId, target: { type: 'payslip', payslipId: rows[0]!.id }, payslipId: rows[0]!.id };
  }

  it('of a brother are paid for the days of work, not for the day at the bank', async () => {
    const { target } = await payslipOf({ ...brother, livesWithChild: [{ from: '2026-06-01' }] });
    const lineId = await world.line('BEN BROWN WAGES', -35_400n);
    expect(await world.allocate(lineId, ['-354.00', target])).toMatchObject({ status: 201 });
    expect(await world.assessed(lineId)).toMatchObject({ verdict: 'allowed' });
  });

  it('are not paid on a payslip that its own verdict excludes since', async () => {
    const { target, payeeId, payslipId } = await payslipOf({ name: 'Ben Brown', relationship: 'brother' });
    await world.authority.planCoordinator.post('/v1/household-memberships', {
      payeeId,
      livesWith: 'CHILD',
      validFrom: '2026-05-20',
      validTo: '2026-05-30',
    });
    const lineId = await world.line('BEN BROWN WAGES', -35_400n);
    const refused = await world.allocate(lineId, ['-354.00', target]);
    expect(refused).toMatchObject({ status: 422, body: { type: excluded, rule: 'HOUSEHOLD_FAMILY' } });
    expect(refused.body.detail).toContain('£354.00 of this payslip is excluded by the rule HOUSEHOLD_FAMILY');
    await api.app.get(AssessPayslip).run({ authorityId: world.authority.id, payslipId });
    await api.app
      .get(SuggestMatches)
      .run({ authorityId: world.authority.id, designatedAccountId: world.budget.designatedAccountId });
    expect(await world.assessed(lineId)).toMatchObject({ suggestions: [] });
  });

  it('of a brother at home do not hide behind another assistant’s payslip', async () => {
    const { target } = await payslipOf({ name: 'Ann Grey' });
    await world.payee(brother);
    const lineId = await world.line('BEN BROWN WAGES', -35_400n);
    const refused = await world.allocate(lineId, ['-354.00', target]);
    expect(refused).toMatchObject({ status: 422, body: { type: excluded, rule: 'HOUSEHOLD_FAMILY' } });
  });

  it('are paid but for the prescription that hides among the expenses', async () => {
    const { target } = await payslipOf(
      { name: 'Ann Grey' },
      { reimbursements: [{ description: 'NHS prescription', amount: '9.90' }], net: '363.90' },
    );
    const lineId = await world.line('ANN GREY WAGES', -36_390n);
    const refused = await world.allocate(lineId, ['-363.90', target]);
    expect(refused).toMatchObject({ status: 422, body: { type: excluded, rule: 'PRESCRIPTION' } });
    expect(refused.body.detail).toMatch(
      /^£9\.90 of this payslip is excluded .* Allocate no more than the other £354\.00,/,
    );
    expect(await world.allocate(lineId, ['-354.00', target])).toMatchObject({ status: 201 });
    expect(await world.allocate(lineId, ['-9.90', target])).toMatchObject({ status: 422, body: { type: excluded } });
  });

  it('of two streams are paid in parts, and no stream’s share twice', async () => {
    const streams = [
      { stream: 'EDU', percent: '50' },
      { stream: 'HEALTH', percent: '50' },
    ];
    const { target } = await payslipOf({ name: 'Ann Grey' }, { streams });
    const lineId = await world.line('ANN GREY WAGES', -35_400n);
    for (const amount of ['-0.01', '-0.01', '-0.01', '-353.97']) {
      expect(await world.allocate(lineId, [amount, target])).toMatchObject({ status: 201 });
    }
    expect([await world.balance('NET_PAY', 'EDU'), await world.balance('NET_PAY', 'HEALTH')]).toEqual([0n, 0n]);
  });

  it('are paid once', async () => {
    const { target } = await payslipOf({ name: 'Ann Grey' });
    await world.allocate(await world.line('ANN GREY WAGES', -35_400n), ['-354.00', target]);
    const again = await world.allocate(await world.line('ANN GREY AGAIN', -35_400n), ['-354.00', target]);
    expect(again).toMatchObject({
      status: 409,
      body: { detail: 'This payslip has been matched with another line already: undo that first.' },
    });
  });
});

describe('what is owed', () => {
  it('takes no payment where nothing is owed', async () => {
    await world.owes('HMRC', 5_000n, 'HEALTH');
    const lineId = await world.line('HMRC PAYE', -5_000n);
    expect(await world.allocate(lineId, ['-50.00', world.control('HMRC')])).toMatchObject({
      status: 409,
      body: {
        type: tooMuch,
        errors: [{ pointer: '/parts/0/target' }],
        detail:
          'Nothing is owed to HMRC for Education in this budget, and this part is £50.00: wait for the report that says it is owed, or choose what else it was for.',
      },
    });
  });

  it('takes what is owed in its stream, to the penny, and no more', async () => {
    await world.owes('PENSION', 5_000n);
    const lineId = await world.line('NEST', -6_000n);
    expect(await world.allocate(lineId, ['-50.01', world.control('PENSION')])).toMatchObject({
      status: 409,
      body: {
        type: tooMuch,
        detail:
          '£50.00 is owed to the pension for Education in this budget, and this part is £50.01: allocate no more than that to it.',
      },
    });
    expect(await world.allocate(lineId, ['-50.00', world.control('PENSION')])).toMatchObject({ status: 201 });
    expect(await world.balance('PENSION')).toBe(0n);
  });

  it('takes no more in two parts of one request than in one', async () => {
    await world.owes('PENSION', 5_000n);
    const lineId = await world.line('NEST', -6_000n);
    const target = world.control('PENSION');
    const refused = await world.allocate(lineId, ['-30.00', target], ['-30.00', target]);
    expect(refused).toMatchObject({ status: 409, body: { errors: [{ pointer: '/parts/1/target' }] } });
    expect(await world.balance('PENSION')).toBe(-5_000n);
  });

  it('is paid from a new account for what the old one’s book owes', async () => {
    const other = await seedBudget(api, world.authority);
    await world.owes('HMRC', 5_000n, 'EDU', other.bookId);
    const lineId = await world.line('HMRC PAYE', -5_000n);
    expect(await world.allocate(lineId, ['-50.00', world.control('HMRC')])).toMatchObject({ status: 201 });
    expect(await world.balance('HMRC')).toBe(0n);
  });

  it('gives the last pound to one of two officers', async () => {
    await world.owes('HMRC', 10_000n);
    const lineIds = [await world.line('HMRC PAYE', -10_000n), await world.line('HMRC PAYE', -10_000n, '2026-06-02')];
    const answers = await Promise.all(lineIds.map((id) => world.allocate(id, ['-100.00', world.control('HMRC')])));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await world.balance('HMRC')).toBe(0n);
  });

  it('takes a refund up to what was paid, and not one that nobody paid', async () => {
    await world.owes('HMRC', 10_000n);
    const refund = await world.line('HMRC REFUND', 6_000n, '2026-06-09');
    expect(await world.allocate(refund, ['60.00', world.control('HMRC')])).toMatchObject({
      status: 409,
      body: {
        type: tooMuch,
        detail:
          'Nothing was paid to HMRC for Education from this budget, and £60.00 is given back: choose what else it was for.',
      },
    });
    const paid = await world.allocate(await world.line('HMRC PAYE', -5_000n), ['-50.00', world.control('HMRC')]);
    expect(await world.allocate(refund, ['60.00', world.control('HMRC')])).toMatchObject({
      status: 409,
      body: {
        detail:
          '£50.00 was paid to HMRC for Education from this budget, and £60.00 is given back: allocate no more than that to it.',
      },
    });
    const given = await world.allocate(refund, ['50.00', world.control('HMRC')]);
    expect(given).toMatchObject({ status: 201 });
    expect(await world.balance('HMRC')).toBe(-10_000n);
    expect(await world.undo(paid.body.allocations[0].id as string)).toMatchObject({
      status: 409,
      body: {
        detail:
          'Undoing this would leave more given back than was paid to HMRC for Education, because £50.00 of it was given back since: undo “HMRC REFUND” of 9 June 2026 (£50.00) first.',
      },
    });
    expect(await world.undo(given.body.allocations[0].id as string)).toMatchObject({ status: 200 });
    expect(await world.undo(paid.body.allocations[0].id as string)).toMatchObject({ status: 200 });
  });

  it('is held by the database too, against a writer that does not ask', async () => {
    await world.owes('HMRC', 1_000n);
    const lineId = await world.line('HMRC PAYE', -5_000n);
    await expect(world.postPastTheRules(lineId, -1_001n, 'HMRC')).rejects.toMatchObject({ code: 'RF104' });
    await world.postPastTheRules(lineId, -1_000n, 'HMRC');
    const refund = await world.line('HMRC REFUND', 5_000n);
    await expect(world.postPastTheRules(refund, 1_001n, 'HMRC')).rejects.toMatchObject({ code: 'RF104' });
    await world.postPastTheRules(refund, 1_000n, 'HMRC');
  });
});

describe('the family’s own money', () => {
  it('pays nothing where there is none', async () => {
    const lineId = await world.line('CINEMA', -1_800n);
    expect(await world.allocate(lineId, ['-18.00', world.family])).toMatchObject({
      status: 409,
      body: {
        type: tooMuch,
        detail:
          'None of the family’s own money is in this budget, and this part is £18.00: record what the family paid in first, or choose what else it was for.',
      },
    });
  });

  it('pays what it holds and no more', async () => {
    await world.familyPaysIn(1_000n);
    const lineId = await world.line('CINEMA', -1_800n);
    expect(await world.allocate(lineId, ['-18.00', world.family])).toMatchObject({
      status: 409,
      body: {
        detail:
          '£10.00 of the family’s own money is in this budget, and this part is £18.00: allocate no more than that to it.',
      },
    });
    expect(await world.allocate(lineId, ['-10.00', world.family])).toMatchObject({ status: 201 });
    expect(await world.balance('FAMILY_MONEY')).toBe(0n);
  });

  it('is not taken out again once it was spent: what was spent is undone first, in any order', async () => {
    const first = await world.familyPaysIn(1_000n);
    const second = await world.familyPaysIn(2_000n);
    const lineId = await world.line('CINEMA', -2_500n, '2026-06-03');
    const spent = (await world.allocate(lineId, ['-25.00', world.family])).body.allocations[0].id as string;
    expect(await world.undo(second)).toMatchObject({
      status: 409,
      body: {
        type: tooMuch,
        detail:
          'Undoing this would leave the family’s own money below zero, because £15.00 of it was used since: undo “CINEMA” of 3 June 2026 (£25.00) first.',
      },
    });
    expect(await world.balance('FAMILY_MONEY')).toBe(-500n);
    for (const id of [spent, second, first]) expect(await world.undo(id)).toMatchObject({ status: 200 });
    expect(await world.balance('FAMILY_MONEY')).toBe(0n);
  });

  it('is held by the database too', async () => {
    await world.familyPaysIn(1_000n);
    const lineId = await world.line('CINEMA', -1_800n);
    await expect(world.postPastTheRules(lineId, -1_001n, 'FAMILY_MONEY')).rejects.toMatchObject({ code: 'RF104' });
  });
});

describe('a suggestion', () => {
  async function suggested(): Promise<void> {
    await api.app
      .get(SuggestMatches)
      .run({ authorityId: world.authority.id, designatedAccountId: world.budget.designatedAccountId });
  }

  async function agreedWith(seed: Parameters<typeof seedPayee>[3]): Promise<string> {
    const payeeId = await world.payee(seed);
    await api.owner.query('UPDATE budget_lines SET payee_id = $2 WHERE id = $1', [world.budget.lines.EDU, payeeId]);
    return payeeId;
  }

  it('is not made for what the rules exclude', async () => {
    await agreedWith({ name: 'Ben Brown', relationship: 'brother', livesWithChild: [{ from: '2026-06-01' }] });
    const [may, june] = [await world.line('BEN BROWN', -4_000n, '2026-05-30'), await world.line('BEN BROWN', -4_000n)];
    await suggested();
    expect(await world.assessed(may)).toMatchObject({ suggestions: [{ targetType: 'budget-line' }] });
    expect(await world.assessed(june)).toMatchObject({ suggestions: [], verdict: 'excluded' });
  });

  it('that has become stale is assessed again when it is accepted, and each refused one is told', async () => {
    const payeeId = await agreedWith({ name: 'Ben Brown', relationship: 'brother' });
    const lineIds = [];
    for (const date of ['2026-05-20', '2026-06-01', '2026-06-02']) {
      lineIds.push(await world.line('BEN BROWN', -4_000n, date));
    }
    await suggested();
    const ids = [];
    for (const lineId of lineIds) ids.push((await world.assessed(lineId)).suggestions[0].id as string);
    await world.authority.planCoordinator.post('/v1/household-memberships', {
      payeeId,
      livesWith: 'CHILD',
      validFrom: '2026-06-01',
    });
    const refused = await world.authority.financeOfficer.post('/v1/allocations', { suggestionIds: ids });
    expect(refused).toMatchObject({
      status: 422,
      body: {
        type: excluded,
        errors: [
          { pointer: '/suggestionIds/1', message: expect.stringContaining('on 1 June 2026') },
          { pointer: '/suggestionIds/2', message: expect.stringContaining('on 2 June 2026') },
        ],
      },
    });
    expect(refused.body.detail).toMatch(
      /^2 of the 3 suggestions cannot be accepted, and none was: £40\.00 of this payment/,
    );
    expect(await world.assessed(lineIds[0]!)).toMatchObject({ state: 'OPEN' });
    const alone = await world.authority.financeOfficer.post('/v1/allocations', { suggestionIds: ids.slice(0, 1) });
    expect(alone).toMatchObject({ status: 201 });
  });
});
