import { payslipsUnpaid } from '@ringfence/payroll';
import { systemContext } from '@ringfence/platform';
import { startApi, type TestApi } from '../support/api.js';
import {
  seedAuthority,
  seedBudget,
  seedClient,
  seedGrant,
  seedPayee,
  seedPerson,
  type SeededAuthority,
} from '../support/seed.js';
import { booksOf, heldRun, plain, seedFamily, twoStreams, untouched, why } from './held-world.js';
import { samplePayslip, sampleRun } from './sample-run.js';

let api: TestApi;
let authority: SeededAuthority;
beforeAll(async () => {
  api = await startApi();
  authority = await seedAuthority(api);
}, 60_000);
afterAll(() => api.stop());

const national = 'Ringfence’s usual thresholds: no regulation sets them, and the authority may set its own';

describe('a pay run waits for a person', () => {
  it('for £1,000,000 on a small budget, with each reason, and nothing of it is posted', async () => {
    const { budget, bureau } = await seedFamily(api, authority);
    const answer = await bureau.post('/v1/pay-runs', sampleRun([plain(budget.id, '1000000.00')]));
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      state: 'HELD',
      payDate: '2026-05-29',
      reasons: [
        {
          kind: 'gross-above-first',
          pointer: '/payslips/0/gross',
          message:
            'Payslip 1, Ben Brown: the gross pay is £1,000,000.00 for 28 days, more than £1,500.00 a week, and there are too few payslips before it to say what is usual.',
          found: '£1,000,000.00',
          threshold: '£6,000.00',
          source: national,
        },
        {
          kind: 'over-budget',
          pointer: '/payslips/0/streams',
          message:
            'Payslip 1, Ben Brown: with it the run costs Education money of this budget £1,000,000.00, more than the £5,000.00 that is left of £5,000.00 for 1 April 2026 to 31 March 2027.',
          found: '£1,000,000.00',
          threshold: '£5,000.00',
          source: national,
        },
      ],
    });
    expect(await booksOf(api, budget.id)).toEqual(untouched);
  });

  it('where the gross is far above what its employee usually earns', async () => {
    const { budget, bureau } = await seedFamily(api, authority);
    for (const [periodStart, periodEnd, payDate, gross] of [
      ['2026-04-01', '2026-04-10', '2026-04-10', '100.00'],
      ['2026-04-11', '2026-04-20', '2026-04-20', '120.00'],
      ['2026-04-21', '2026-04-30', '2026-04-30', '300.00'],
    ] as const) {
      const earlier = plain(budget.id, gross, { periodStart, periodEnd, datesWorked: [] });
      expect(await bureau.post('/v1/pay-runs', sampleRun([earlier], { payDate }))).toMatchObject({ status: 201 });
    }
    const answer = await bureau.post('/v1/pay-runs', sampleRun([plain(budget.id, '1008.01')]));
    expect(answer).toMatchObject({
      status: 202,
      body: {
        reasons: [
          {
            kind: 'gross-above-usual',
            message:
              'Payslip 1, Ben Brown: the gross pay is £1,008.01 for 28 days, more than 3 times the £336.00 that the last 3 payslips make usual.',
            found: '£1,008.01',
            threshold: '£1,008.00',
          },
        ],
      },
    });
    expect(await bureau.post('/v1/pay-runs', sampleRun([plain(budget.id, '1008.00')]))).toMatchObject({
      status: 202,
      body: { reasons: [{ kind: 'possible-double' }] },
    });
  });

  it('where the run as a whole costs a stream more than is left of it for the year', async () => {
    const { budget, bureau } = await seedFamily(api, authority);
    await seedPayee(api, authority.id, budget.id, { name: 'Cara Green', employeeReference: 'E8' });
    const cara = plain(budget.id, '2500.01', { employeeReference: 'E8' });
    const run = sampleRun([plain(budget.id, '2500.00'), cara]);
    const answer = await bureau.post('/v1/pay-runs', run);
    expect(answer).toMatchObject({
      status: 202,
      body: {
        reasons: [
          {
            kind: 'over-budget',
            pointer: '/payslips/1/streams',
            message:
              'Payslip 2, Cara Green: with it the run costs Education money of this budget £5,000.01, more than the £5,000.00 that is left of £5,000.00 for 1 April 2026 to 31 March 2027.',
          },
        ],
      },
    });
  });

  const single: [string, Record<string, unknown>, Record<string, unknown>][] = [
    [
      'more hours than the days worked have',
      { lines: [{ description: 'Basic pay', hours: '96.01', amount: '400.00' }] },
      {
        kind: 'hours-per-day',
        pointer: '/payslips/0/lines',
        message: 'Payslip 1, Ben Brown: the lines come to 96.01 hours on 4 days worked, more than 24 hours a day.',
      },
    ],
    [
      'an amount that is not its hours times its rate',
      { lines: [{ description: 'Basic pay', hours: '25', rate: '1.60', amount: '400.00' }] },
      {
        kind: 'line-amount',
        pointer: '/payslips/0/lines/0/amount',
        message: 'Payslip 1, Ben Brown: “Basic pay” is £400.00, but 25 hours at £1.60 make £40.00.',
        found: '£360.00',
        threshold: '£1.00',
      },
    ],
    [
      'employer’s costs that are out of proportion',
      { employerNi: '150.00', employerPension: '120.00' },
      {
        kind: 'employer-costs',
        pointer: '/payslips/0/employerNi',
        message:
          'Payslip 1, Ben Brown: the employer’s National Insurance and pension are £270.00, more than 45 % of the gross pay of £400.00.',
        threshold: '£180.00',
      },
    ],
  ];
  it.each(single)('for %s', async (_, changes, reason) => {
    const { budget, bureau } = await seedFamily(api, authority);
    const answer = await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id, changes)]));
    expect(answer.status).toBe(202);
    expect(answer.body.reasons).toEqual([expect.objectContaining(reason)]);
    expect(await booksOf(api, budget.id)).toEqual(untouched);
  });

  it('whole: a payslip that looks as usual waits with the one that does not', async () => {
    const { budget, bureau } = await seedFamily(api, authority);
    await seedPayee(api, authority.id, budget.id, { name: 'Cara Green', employeeReference: 'E8' });
    const cara = plain(budget.id, '400.00', { employeeReference: 'E8' });
    const answer = await bureau.post(
      '/v1/pay-runs',
      sampleRun([cara, plain(budget.id, '6500.00', { streams: twoStreams })]),
    );
    expect(answer.status).toBe(202);
    expect(await booksOf(api, budget.id)).toEqual(untouched);
  });

  it('and the same key repeats that answer', async () => {
    const { budget, bureau } = await seedFamily(api, authority);
    const waits = sampleRun([plain(budget.id, '6500.00', { streams: twoStreams })]);
    const one = await bureau.post('/v1/pay-runs', waits, { key: 'held once' });
    const two = await bureau.post('/v1/pay-runs', waits, { key: 'held once' });
    expect([one.status, two.status, two.body]).toEqual([202, 202, one.body]);
    // Once it was decided too: the answer is the first one.
    await authority.financeOfficer.post(`/v1/pay-runs/${one.body.id}/refusal`, why);
    const three = await bureau.post('/v1/pay-runs', waits, { key: 'held once' });
    expect([three.status, three.body]).toEqual([202, one.body]);
  });

  it('and keeps no date of birth, but what it warned of', async () => {
    const { budget, bureau } = await seedFamily(api, authority);
    const young = samplePayslip(budget.id, {
      employeeDateOfBirth: '2000-01-01',
      lines: [{ description: 'Basic pay', hours: '100', rate: '4.00', amount: '400.00' }],
    });
    const { body } = await bureau.post('/v1/pay-runs', sampleRun([young]));
    expect(body.state).toBe('HELD');
    const { rows } = await api.owner.query<{ content: string }>(
      'SELECT content::text AS content FROM held_payslips WHERE pay_run_id = $1',
      [body.id],
    );
    expect(rows[0]!.content).not.toContain('2000-01-01');
    const accepted = await authority.financeOfficer.post(`/v1/pay-runs/${body.id}/acceptance`, why);
    expect(accepted.body.payslips[0].warnings).toEqual([
      expect.stringContaining('below the National Minimum Wage of £12.71'),
    ]);
  });
});

describe('a pay run that waits is seen', () => {
  it('by its bureau and by officers, with its payslips and its reasons, and by nobody else', async () => {
    const { budget, bureau, run, id } = await heldRun(api, authority);
    const provider = await seedPerson(api, authority.id, 'Mona Manager', 'MANAGED_ACCOUNT_PROVIDER', budget.id);
    const stranger = await seedClient(api, authority.id, [budget.id], { name: 'Other Bureau' });
    for (const reader of [bureau, authority.financeOfficer, authority.approver, authority.auditor]) {
      const view = await reader.get(`/v1/pay-runs/${id}`);
      expect(view.body).toMatchObject({
        state: 'HELD',
        reference: run.reference,
        gross: '6500.00',
        payslips: 1,
        complete: true,
        hold: { heldAt: '2026-06-15T09:00:00.000Z', reasons: [{ kind: 'gross-above-first' }] },
        decision: null,
        items: [
          {
            payee: { name: 'Ben Brown' },
            journalId: null,
            verdict: null,
            findings: [],
            streams: [
              { stream: 'EDU', budgetLineId: budget.lines.EDU, cost: '3250.00', net: '3250.00' },
              { stream: 'HEALTH', cost: '3250.00' },
            ],
          },
        ],
      });
      const held = await reader.get(`/v1/pay-runs?state=held&budgetId=${budget.id}`);
      expect(held.body.items).toEqual([expect.objectContaining({ id, state: 'HELD', gross: '6500.00' })]);
    }
    for (const reader of [budget.recipient, provider, stranger]) {
      expect(await reader.get(`/v1/pay-runs/${id}`)).toMatchObject({ status: 404 });
      for (const query of ['', '?state=held', `?budgetId=${budget.id}`, `?reference=${run.reference}`]) {
        expect((await reader.get(`/v1/pay-runs${query}`)).body.items).toEqual([]);
      }
    }
  });

  it('no longer by its bureau once the grant for the budget has ended', async () => {
    const { bureau, budget, id } = await heldRun(api, authority);
    await api.owner.query(
      `UPDATE role_grants SET valid_to = '2026-06-14' WHERE api_client_id = $1 AND budget_id = $2`,
      [bureau.id, budget.id],
    );
    const other = await seedBudget(api, authority);
    await seedGrant(api, authority.id, 'PAYROLL_BUREAU', { apiClientId: bureau.id }, other.id);
    expect(await bureau.get(`/v1/pay-runs/${id}`)).toMatchObject({ status: 404 });
    expect((await bureau.get('/v1/pay-runs')).body.items).toEqual([]);
  });

  it('by no list of a family and by no match: balances, wages to expect and payments stay as they were', async () => {
    const { budget } = await heldRun(api, authority);
    const balances = await budget.recipient.get(`/v1/reports/balances?budgetId=${budget.id}`);
    expect(balances.status).toBe(200);
    expect(JSON.stringify(balances.body)).not.toContain('3250.00');
    await api.database.transaction(systemContext(authority.id), async (tx) => {
      expect(await payslipsUnpaid(tx, { bookId: budget.bookId })).toEqual([]);
    });
  });
});
