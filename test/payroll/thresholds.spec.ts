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

const own = {
  validFrom: '2026-06-15',
  grossTimesUsual: '1.5',
  usualPayslips: 4,
  firstGrossPerWeek: '99.99',
  hoursPerDay: '6',
  employerCostsPercent: '5',
  lineDifference: '0.00',
  overBudget: '250.00',
  source: 'Payroll checks 2026, section 2',
};

describe('the thresholds of an authority', () => {
  it('are the national ones until an approver has set its own', async () => {
    const { body } = await authority.financeOfficer.get('/v1/payroll-thresholds');
    expect(body).toEqual({
      items: [
        {
          validFrom: '2000-01-01',
          national: true,
          grossTimesUsual: '3',
          usualPayslips: 6,
          firstGrossPerWeek: '1500.00',
          hoursPerDay: '24',
          employerCostsPercent: '45',
          lineDifference: '1.00',
          overBudget: '0.00',
          source: 'Ringfence’s usual thresholds: no regulation sets them, and the authority may set its own',
        },
      ],
      nextCursor: null,
    });
  });

  it('count from their day on, and are named by each reason as its source', async () => {
    const council = await seedAuthority(api);
    const budget = await seedBudget(api, council);
    await seedPayee(api, council.id, budget.id, { name: 'Ben Brown', employeeReference: 'E7' });
    const bureau = await seedClient(api, council.id, [budget.id]);
    const later = { ...own, validFrom: '2026-06-16' };
    expect(await council.approver.post('/v1/payroll-thresholds', later)).toMatchObject({ status: 201 });
    const early = samplePayslip(budget.id, { periodStart: '2026-04-01', periodEnd: '2026-04-28', datesWorked: [] });
    expect(await bureau.post('/v1/pay-runs', sampleRun([early]))).toMatchObject({ status: 201 });
    expect(await council.approver.post('/v1/payroll-thresholds', own)).toMatchObject({ status: 201 });

    const answer = await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)]));
    expect(answer.status).toBe(202);
    const kinds = answer.body.reasons.map(({ kind, source }: { kind: string; source: string }) => `${kind}: ${source}`);
    expect(kinds).toEqual([
      'gross-above-first: Payroll checks 2026, section 2',
      'hours-per-day: Payroll checks 2026, section 2',
      'employer-costs: Payroll checks 2026, section 2',
    ]);
    expect((await bureau.get('/v1/payroll-thresholds')).body.items).toMatchObject([later, own, { national: true }]);
  });

  it('are set by an approver alone', async () => {
    for (const caller of [authority.financeOfficer, authority.auditor, authority.planCoordinator]) {
      expect((await caller.post('/v1/payroll-thresholds', own)).body.detail).toBe(
        'You may not set from which figures on a pay run waits for a person: you need the role of approver. Ask the authority to grant it if you should have it.',
      );
    }
  });

  it('are followed by others and never changed', async () => {
    const council = await seedAuthority(api);
    await council.approver.post('/v1/payroll-thresholds', own);
    expect(await council.approver.post('/v1/payroll-thresholds', own)).toMatchObject({
      status: 409,
      body: {
        detail: 'There are payroll thresholds from 2026-06-15 already: let the new ones begin on another day.',
      },
    });
    await expect(
      api.owner.query('UPDATE payroll_thresholds SET usual_payslips = 5 WHERE authority_id = $1', [council.id]),
    ).rejects.toMatchObject({ code: '23514' });
  });

  const refused: [string, Partial<Record<keyof typeof own, unknown>>, string][] = [
    [
      'that begin before today',
      { validFrom: '2026-06-14' },
      '/validFrom is 2026-06-14, before today: runs that came before were held against what was in force then, so begin today or later.',
    ],
    ['below the usual itself', { grossTimesUsual: '0.5' }, '/grossTimesUsual is 0.5: it can be 1 to 100.'],
    ['of more hours than a day has', { hoursPerDay: '24.5' }, '/hoursPerDay is 24.5: it can be 1 to 24.'],
    [
      'of employer’s costs beyond sense',
      { employerCostsPercent: '201' },
      '/employerCostsPercent is 201: it can be 0 to 200.',
    ],
    ['below nothing', { overBudget: '-1.00' }, '/overBudget is -1.00: it cannot be below zero.'],
  ];
  it.each(refused)('are refused %s', async (_, change, detail) => {
    const answer = await authority.approver.post('/v1/payroll-thresholds', { ...own, ...change });
    expect(answer).toMatchObject({ status: 422, body: { detail, errors: [{ pointer: detail.split(' ')[0] }] } });
  });
});
