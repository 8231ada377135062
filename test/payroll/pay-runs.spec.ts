import type { FundingStream } from '@ringfence/kernel';
import { AssessPayslip, payslipById, payslipsUnpaid } from '@ringfence/payroll';
import { systemContext } from '@ringfence/platform';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedClient, seedPayee, type SeededAuthority } from '../support/seed.js';
import { samplePayslip, sampleRun } from './sample-run.js';

let api: TestApi;
let authority: SeededAuthority;
beforeAll(async () => {
  api = await startApi();
  authority = await seedAuthority(api);
}, 60_000);
afterAll(() => api.stop());

/** A family with an assistant known to the bureau as E7, in a budget of education and health money. */
async function seedFamily(
  payee: Partial<Parameters<typeof seedPayee>[3]> = {},
  streams: readonly FundingStream[] = ['EDU', 'HEALTH'],
) {
  const budget = await seedBudget(api, authority, { streams });
  const payeeId = await seedPayee(api, authority.id, budget.id, {
    name: 'Ben Brown',
    employeeReference: 'E7',
    ...payee,
  });
  const bureau = await seedClient(api, authority.id, [budget.id]);
  return { budget, payeeId, bureau };
}

async function entriesOf(journalId: string) {
  const { rows } = await api.owner.query(
    `SELECT code, stream, amount_pence, service_date, budget_line_id, outcome_id FROM journal_entries
      WHERE authority_id = $1 AND journal_id = $2 ORDER BY position`,
    [authority.id, journalId],
  );
  return rows as Record<string, unknown>[];
}

async function countRows(table: string): Promise<bigint> {
  const { rows } = await api.owner.query<{ count: bigint }>(`SELECT count(*) FROM ${table}`);
  return rows[0]!.count;
}

describe('a pay run from a bureau', () => {
  it('is accrued whole at the pay date, in the book of the budget’s account', async () => {
    const { budget, payeeId, bureau } = await seedFamily();
    const payslip = samplePayslip(budget.id, { holidayAccrual: '48.28', fee: '5.00' });
    const answer = await bureau.post('/v1/pay-runs', sampleRun([payslip]));
    expect(answer).toMatchObject({ status: 201 });
    expect(answer.body.payslips).toEqual([
      expect.objectContaining({
        position: 1,
        payeeId,
        net: '354.00',
        cost: '480.28',
        verdict: 'allowed',
        warnings: [],
      }),
    ]);

    const view = await bureau.get(`/v1/pay-runs/${answer.body.id}`);
    expect(view.body.items[0]).toMatchObject({
      gross: '400.00',
      net: '354.00',
      payee: { id: payeeId, name: 'Ben Brown' },
      datesWorked: ['2026-05-06', '2026-05-13', '2026-05-20', '2026-05-27'],
      lines: [{ code: 'BASIC', hours: '25', rate: '16', amount: '400.00' }],
      streams: [
        { stream: 'EDU', budgetLineId: budget.lines.EDU, outcomeId: budget.outcomeId, cost: '480.28', net: '354.00' },
      ],
      verdict: 'allowed',
    });
    const entries = await entriesOf(view.body.items[0].journalId);
    const sums = new Map<unknown, bigint>();
    for (const { code, amount_pence } of entries) sums.set(code, (sums.get(code) ?? 0n) + (amount_pence as bigint));
    expect(Object.fromEntries(sums)).toEqual({
      PROVISION: 48028n,
      NET_PAY: -35400n,
      HMRC: -4500n,
      PENSION: -2800n,
      HOLIDAY_PROVISION: -4828n,
      PAYROLL_FEE: -500n,
    });
    expect(entries[0]).toMatchObject({ service_date: '2026-05-31', budget_line_id: budget.lines.EDU });
    const { rows } = await api.owner.query('SELECT book_id, effective_date, kind FROM journals WHERE id = $1', [
      view.body.items[0].journalId,
    ]);
    expect(rows).toEqual([{ book_id: budget.bookId, effective_date: '2026-05-29', kind: 'PAY_RUN' }]);
  });

  it('is split between streams to the penny, and each stream balances by itself', async () => {
    const { budget, bureau } = await seedFamily();
    const streams = [
      { stream: 'EDU', percent: '33.3333' },
      { stream: 'HEALTH', percent: '66.6667' },
    ];
    const answer = await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id, { streams })]));
    expect(answer.status).toBe(201);
    const { body } = await bureau.get(`/v1/pay-runs/${answer.body.id}`);
    expect(body.items[0].streams.map((one: { cost: string; net: string }) => [one.cost, one.net])).toEqual([
      ['142.33', '118.00'],
      ['284.67', '236.00'],
    ]);
    const { rows } = await api.owner.query(
      'SELECT stream, sum(amount_pence)::text AS sum FROM journal_entries WHERE journal_id = $1 GROUP BY stream',
      [body.items[0].journalId],
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        { stream: 'EDU', sum: '0' },
        { stream: 'HEALTH', sum: '0' },
      ]),
    );
  });

  it('takes off the Employment Allowance from what HMRC is owed and from the cost', async () => {
    const { budget, bureau } = await seedFamily();
    const answer = await bureau.post(
      '/v1/pay-runs',
      sampleRun([samplePayslip(budget.id, { employmentAllowance: '15.00' })]),
    );
    expect(answer.body.payslips[0]).toMatchObject({ cost: '412.00' });
  });

  it('goes into the first open month when its own is closed, and keeps the days of service', async () => {
    const own = await seedAuthority(api);
    const budget = await seedBudget(api, own);
    await seedPayee(api, own.id, budget.id, { name: 'Ben Brown', employeeReference: 'E7' });
    const bureau = await seedClient(api, own.id, [budget.id]);
    await api.owner.query(`INSERT INTO periods (authority_id, month, state) VALUES ($1, '2026-05-01', 'CLOSED')`, [
      own.id,
    ]);
    expect((await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)]))).status).toBe(201);
    const { rows } = await api.owner.query(
      `SELECT DISTINCT effective_date, service_date FROM journal_entries WHERE authority_id = $1`,
      [own.id],
    );
    expect(rows).toEqual([{ effective_date: '2026-06-01', service_date: '2026-05-31' }]);
  });

  it('is answered again when it is repeated with its key, and posts nothing twice', async () => {
    const { budget, bureau } = await seedFamily();
    const run = sampleRun([samplePayslip(budget.id)]);
    const first = await bureau.post('/v1/pay-runs', run, { key: 'again' });
    const journals = await countRows('journals');
    const second = await bureau.post('/v1/pay-runs', run, { key: 'again' });
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(await countRows('journals')).toBe(journals);
  });

  it('is a conflict that names the first when its reference comes again', async () => {
    const { budget, bureau } = await seedFamily();
    const run = sampleRun([samplePayslip(budget.id)]);
    const first = await bureau.post('/v1/pay-runs', run);
    const second = await bureau.post('/v1/pay-runs', run);
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({
      type: 'urn:ringfence:problem:conflict',
      detail: `The run "${run.reference}" was received as ${first.body.id} on 2026-06-15 already: give a new run its own reference.`,
      firstId: first.body.id,
    });
  });

  it('warns of a rate below the National Minimum Wage, and does not keep the date of birth', async () => {
    const { budget, bureau } = await seedFamily();
    const payslip = samplePayslip(budget.id, {
      employeeDateOfBirth: '2000-01-01',
      lines: [{ description: 'Basic pay', hours: '32', rate: '12.50', amount: '400.00' }],
    });
    const answer = await bureau.post('/v1/pay-runs', sampleRun([payslip]));
    expect(answer.status).toBe(201);
    expect(answer.body.payslips[0].warnings).toEqual([
      '“Basic pay” is paid at £12.50 an hour, below the National Minimum Wage of £12.71 for ages 21 and over from 1 April 2026: ask the employer and the bureau to check it (National Minimum Wage Regulations 2015 (SI 2015/621), rates from 1 April 2026).',
    ]);
  });

  it('is kept with a query where the stream’s only line is for somebody else', async () => {
    const { budget, bureau } = await seedFamily();
    const other = await seedPayee(api, authority.id, budget.id, { name: 'Cara Green' });
    await api.owner.query('UPDATE budget_lines SET payee_id = $2 WHERE id = $1', [budget.lines.EDU, other]);
    const answer = await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)]));
    expect(answer).toMatchObject({ status: 201, body: { payslips: [{ verdict: 'query' }] } });
    expect(answer.body.payslips[0].findings[0]).toMatchObject({ rule: 'NOT_IN_PLAN' });
  });

  it('is kept and shown as excluded where its expenses hide a prescription', async () => {
    const { budget, bureau } = await seedFamily();
    const payslip = samplePayslip(budget.id, {
      reimbursements: [{ description: 'NHS prescription', amount: '9.90' }],
      net: '363.90',
    });
    const answer = await bureau.post('/v1/pay-runs', sampleRun([payslip]));
    expect(answer).toMatchObject({ status: 201, body: { payslips: [{ verdict: 'excluded', cost: '436.90' }] } });
    expect(answer.body.payslips[0].findings[0]).toMatchObject({ rule: 'PRESCRIPTION', amount: '9.90' });
  });
});

describe('a person who lives with the child', () => {
  const brother = {
    name: 'Ben Brown',
    relationship: 'brother',
    livesWithChild: [{ from: '2026-05-18', to: '2026-05-24' }],
  };

  it('cannot be paid for a day of living there, and nothing of the run is stored', async () => {
    const { budget, bureau, payeeId } = await seedFamily(brother);
    const away = samplePayslip(budget.id, { datesWorked: ['2026-05-06'] });
    const before = [await countRows('pay_runs'), await countRows('payslips'), await countRows('journals')];
    const answer = await bureau.post('/v1/pay-runs', sampleRun([away, samplePayslip(budget.id)]));
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      type: 'urn:ringfence:problem:spend-excluded',
      errors: [{ pointer: '/payslips/1' }],
      payslips: [{ payslip: 2, payeeId, findings: [{ rule: 'HOUSEHOLD_FAMILY', verdict: 'excluded' }] }],
    });
    expect(answer.body.detail).toMatch(
      /^Payslip 2 is excluded by HOUSEHOLD_FAMILY: Ben Brown \(brother\) was living with your child on 20 May 2026, and .*written approval.* Nothing of this run was stored\.$/,
    );
    expect([await countRows('pay_runs'), await countRows('payslips'), await countRows('journals')]).toEqual(before);
  });

  it('is paid for the days on which they live elsewhere', async () => {
    const { budget, bureau } = await seedFamily(brother);
    const away = samplePayslip(budget.id, { datesWorked: ['2026-05-06', '2026-05-27'] });
    expect(await bureau.post('/v1/pay-runs', sampleRun([away]))).toMatchObject({
      status: 201,
      body: { payslips: [{ verdict: 'allowed' }] },
    });
  });

  it('has every day of the period tested where the days worked are not named', async () => {
    const { budget, bureau } = await seedFamily(brother);
    const { datesWorked: _, ...unnamed } = samplePayslip(budget.id);
    expect(
      await bureau.post('/v1/pay-runs', sampleRun([{ ...unnamed } as ReturnType<typeof samplePayslip>])),
    ).toMatchObject({
      status: 422,
    });
  });

  it('can be paid while a written approval is in force, and the payslip names it', async () => {
    const { budget, bureau, payeeId } = await seedFamily(brother);
    const approved = await authority.approver.post('/v1/exception-approvals', {
      budgetId: budget.id,
      rule: 'HOUSEHOLD_FAMILY',
      payeeId,
      stream: 'EDU',
      reasons: 'Nobody else could be found while Kit was in hospital.',
      evidence: 'Letter of the social worker of 1 May 2026',
      validFrom: '2026-05-01',
      validTo: '2026-07-31',
    });
    expect(approved).toMatchObject({ status: 201, body: { retrospective: true } });
    const answer = await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)]));
    expect(answer).toMatchObject({ status: 201, body: { payslips: [{ verdict: 'allowed' }] } });
    expect(answer.body.payslips[0].findings[0].reason).toContain('a written exception');
    // The approval is for education money: it does not cover health money.
    const health = samplePayslip(budget.id, { streams: [{ stream: 'HEALTH', percent: '100' }] });
    expect(await bureau.post('/v1/pay-runs', sampleRun([health]))).toMatchObject({ status: 422 });
  });
});

describe('a payslip that the rules ask about', () => {
  it('is allowed once the exception is approved, and nothing is posted anew', async () => {
    const { budget, bureau, payeeId } = await seedFamily({ relationship: 'husband of recipient' }, ['SOCIAL_CHILD']);
    const line = { streams: [{ stream: 'SOCIAL_CHILD', percent: '100' }] };
    const { body } = await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id, line)]));
    const [payslip] = body.payslips;
    const rules = payslip.findings.map((one: { rule: string; verdict: string }) => `${one.rule} ${one.verdict}`);
    expect(rules).toContain('SPOUSE_ELSEWHERE query');

    await authority.approver.post('/v1/exception-approvals', {
      budgetId: budget.id,
      rule: 'SPOUSE_ELSEWHERE',
      payeeId,
      reasons: 'He lives apart and knows Kit’s routines.',
      evidence: 'Separation order of 2025',
      validFrom: '2026-05-01',
      validTo: '2026-07-31',
    });
    const asked = await api.owner.query(
      `SELECT 1 FROM outbox_jobs WHERE name = 'assess-payslip' AND payload ->> 'payslipId' = $1`,
      [payslip.id],
    );
    expect(asked.rows).toHaveLength(1);
    const journals = await countRows('journals');
    await api.app.get(AssessPayslip).run({ authorityId: authority.id, payslipId: payslip.id });
    const view = await bureau.get(`/v1/pay-runs/${body.id}`);
    expect(view.body.items[0].findings).toEqual(
      expect.arrayContaining([expect.objectContaining({ rule: 'SPOUSE_ELSEWHERE', verdict: 'allowed' })]),
    );
    expect(await countRows('journals')).toBe(journals);
  });
});

describe('a pay run is refused', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    [
      'a net that does not follow from the gross',
      { net: '355.00' },
      '/payslips/0/net is 355.00, but gross 400.00 less deductions 46.00 plus reimbursements 0.00 is 354.00: correct the payslip.',
    ],
    [
      'lines that do not sum to the gross',
      { lines: [{ description: 'Basic pay', amount: '390.00' }] },
      '/payslips/0/gross is 400.00, but its lines sum to 390.00: correct the gross or the lines.',
    ],
    [
      'a period that ends before it begins',
      { periodEnd: '2026-05-01' },
      '/payslips/0/periodEnd is 2026-05-01, before the period starts on 2026-05-04: check the dates.',
    ],
    [
      'a day of work outside the period',
      { datesWorked: ['2026-06-01'] },
      '/payslips/0/datesWorked/0 is 2026-06-01, outside the pay period 2026-05-04 to 2026-05-31: check the dates.',
    ],
    [
      'percentages that do not sum to 100',
      { streams: [{ stream: 'EDU', percent: '60' }] },
      '/payslips/0/streams have percentages that sum to 60: they must sum to 100.',
    ],
    [
      'an employee whom the budget does not know',
      { employeeReference: 'E9' },
      '/payslips/0/employeeReference is "E9", which no payee of this budget has: ask the authority to record the employee, or correct it.',
    ],
    [
      'no employee at all',
      { employeeReference: undefined },
      '/payslips/0/payeeId is missing: name the employee by payeeId or by employeeReference.',
    ],
  ];
  it.each(cases)('for %s', async (_, change, detail) => {
    const { budget, bureau } = await seedFamily();
    const answer = await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id, change)]));
    expect(answer).toMatchObject({ status: 422, body: { type: 'urn:ringfence:problem:invalid-request', detail } });
    expect(answer.body.errors[0].pointer).toBe(detail.split(' ')[0]);
  });

  it('for control totals that do not agree with the payslips', async () => {
    const { budget, bureau } = await seedFamily();
    const run = sampleRun([samplePayslip(budget.id)]);
    const answer = await bureau.post('/v1/pay-runs', {
      ...run,
      controlTotals: { ...run.controlTotals, gross: '410.00' },
    });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      type: 'urn:ringfence:problem:control-total-mismatch',
      detail:
        '/controlTotals/gross says 410.00, but the payslips sum to 400.00, a difference of -10.00: correct the payslip or the total.',
      errors: [{ pointer: '/controlTotals/gross' }],
    });
  });

  it('for an amount that is a number', async () => {
    const { budget, bureau } = await seedFamily();
    const answer = await bureau.post(
      '/v1/pay-runs',
      sampleRun([samplePayslip(budget.id, { employerNi: '15.00', holidayAccrual: 48 })]),
    );
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/payslips/0/holidayAccrual' }] } });
  });

  it('for a budget that the bureau was not granted, naming the payslip', async () => {
    const { budget, bureau } = await seedFamily();
    const other = await seedFamily();
    const run = sampleRun([samplePayslip(budget.id), samplePayslip(other.budget.id)]);
    const answer = await bureau.post('/v1/pay-runs', run);
    expect(answer).toMatchObject({
      status: 403,
      body: { type: 'urn:ringfence:problem:not-permitted', errors: [{ pointer: '/payslips/1/budgetId' }] },
    });
    expect(answer.body.detail).toBe(
      `Payslip 2 (/payslips/1/budgetId) is for the budget ${other.budget.id}, for which you may not submit payslips: ask the authority to grant it, or leave the payslip out.`,
    );
  });

  it('from anybody but a bureau', async () => {
    const { budget } = await seedFamily();
    for (const caller of [budget.recipient, authority.financeOfficer]) {
      expect(await caller.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)]))).toMatchObject({ status: 403 });
    }
  });

  it('without an Idempotency-Key', async () => {
    const { budget, bureau } = await seedFamily();
    expect(await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)]), { key: null })).toMatchObject({
      status: 400,
      body: { type: 'urn:ringfence:problem:idempotency-key-missing' },
    });
  });
});

describe('pay runs are seen', () => {
  it('by a family as far as its own payslips go', async () => {
    const one = await seedFamily();
    const other = await seedFamily();
    const bureau = await seedClient(api, authority.id, [one.budget.id, other.budget.id]);
    const run = sampleRun([samplePayslip(one.budget.id), samplePayslip(other.budget.id)]);
    const { body } = await bureau.post('/v1/pay-runs', run);
    expect((await one.budget.recipient.get(`/v1/pay-runs/${body.id}`)).body).toMatchObject({
      payslips: 1,
      gross: '400.00',
      complete: false,
      items: [{ budgetId: one.budget.id }],
    });
    expect((await authority.auditor.get(`/v1/pay-runs?budgetId=${other.budget.id}`)).body.items).toHaveLength(1);
    expect((await authority.financeOfficer.get(`/v1/pay-runs/${body.id}`)).body).toMatchObject({
      complete: true,
      gross: '800.00',
    });
    // The first family's own bureau was granted its budget too; a stranger's sees nothing.
    const stranger = await seedFamily();
    expect(await stranger.bureau.get(`/v1/pay-runs/${body.id}`)).toMatchObject({ status: 404 });
  });

  it('page by page, latest pay date first', async () => {
    const { budget, bureau } = await seedFamily();
    for (const [payDate, periodStart, periodEnd] of [
      ['2026-05-08', '2026-04-01', '2026-04-28'],
      ['2026-05-22', '2026-05-13', '2026-05-22'],
      ['2026-05-15', '2026-04-29', '2026-05-12'],
    ] as const) {
      const days = { periodStart, periodEnd, datesWorked: [periodStart, periodEnd] };
      const answer = await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id, days)], { payDate }));
      expect(answer.status).toBe(201);
    }
    const first = await bureau.get('/v1/pay-runs?limit=2');
    const second = await bureau.get(`/v1/pay-runs?limit=2&cursor=${first.body.nextCursor}`);
    const dates = [...first.body.items, ...second.body.items].map((run: { payDate: string }) => run.payDate);
    expect(dates).toEqual(['2026-05-22', '2026-05-15', '2026-05-08']);
    expect(second.body.nextCursor).toBeNull();
  });

  it('by reconciliation as net wages to expect, by stream', async () => {
    const { budget, bureau } = await seedFamily();
    const { body } = await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)]));
    await api.database.transaction(systemContext(authority.id), async (tx) => {
      const around = { bookId: budget.bookId, paidFrom: '2026-05-01', paidTo: '2026-06-30' };
      expect(await payslipsUnpaid(tx, around)).toEqual([
        expect.objectContaining({
          id: body.payslips[0].id,
          netPence: 35400n,
          payeeName: 'Ben Brown',
          shares: [expect.objectContaining({ stream: 'EDU', netPence: 35400n, budgetLineId: budget.lines.EDU })],
        }),
      ]);
      expect(await payslipById(tx, body.payslips[0].id)).toMatchObject({ grossPence: 40000n });
    });
  });
});
