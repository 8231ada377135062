import type { FundingStream } from '@ringfence/kernel';
import { startApi, type Caller, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedClient, seedPayee, type SeededAuthority } from '../support/seed.js';
import { samplePayslip, sampleRun } from './sample-run.js';

let api: TestApi;
let authority: SeededAuthority;
beforeAll(async () => {
  api = await startApi();
  authority = await seedAuthority(api);
}, 60_000);
afterAll(() => api.stop());

async function seedFamily(streams: readonly FundingStream[] = ['EDU', 'HEALTH']) {
  const budget = await seedBudget(api, authority, { streams });
  const payeeId = await seedPayee(api, authority.id, budget.id, { name: 'Ben Brown', employeeReference: 'E7' });
  const bureau = await seedClient(api, authority.id, [budget.id]);
  return { budget, payeeId, bureau };
}

async function recorded(budgetId: string) {
  const { rows } = await api.owner.query<{ payslips: string; held: string; journals: string }>(
    `SELECT (SELECT count(*) FROM payslips WHERE budget_id = $1)::text AS payslips,
            (SELECT count(*) FROM held_payslips WHERE budget_id = $1)::text AS held,
            (SELECT count(*) FROM journals WHERE source_id IN (SELECT id::text FROM payslips WHERE budget_id = $1))::text AS journals`,
    [budgetId],
  );
  return rows[0];
}

async function expectRefused(bureau: Caller, run: object, detail: string): Promise<void> {
  const answer = await bureau.post('/v1/pay-runs', run);
  expect(answer).toMatchObject({ status: 422, body: { type: 'urn:ringfence:problem:invalid-request', detail } });
  expect(answer.body.errors[0].pointer).toBe(detail.split(' ')[0]);
}

describe('the same payslip again', () => {
  it('is refused under another reference, and the refusal names the run that has it', async () => {
    const { budget, bureau } = await seedFamily();
    const first = sampleRun([samplePayslip(budget.id)]);
    const { body } = await bureau.post('/v1/pay-runs', first);
    await expectRefused(
      bureau,
      sampleRun([samplePayslip(budget.id)]),
      `/payslips/0/gross pays Ben Brown £400.00 for 2026-05-04 to 2026-05-31, as the run “${first.reference}” (${body.id}) does for 2026-05-04 to 2026-05-31: leave this payslip out. A further payment for the same days is sent with the gross and the dates that are its own.`,
    );
    expect(await recorded(budget.id)).toEqual({ payslips: '1', held: '0', journals: '1' });
  });

  it('is refused where its period only overlaps', async () => {
    const { budget, bureau } = await seedFamily();
    await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)]));
    const shifted = samplePayslip(budget.id, { periodStart: '2026-05-18', periodEnd: '2026-06-14' });
    delete shifted['datesWorked'];
    const answer = await bureau.post('/v1/pay-runs', sampleRun([shifted], { payDate: '2026-06-12' }));
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/payslips/0/gross' }] } });
  });

  it('is refused twice in one run', async () => {
    const { budget, bureau } = await seedFamily();
    await expectRefused(
      bureau,
      sampleRun([samplePayslip(budget.id), samplePayslip(budget.id)]),
      '/payslips/1/gross pays Ben Brown £400.00 for 2026-05-04 to 2026-05-31, as payslip 1 of this run does for 2026-05-04 to 2026-05-31: leave this payslip out. A further payment for the same days is sent with the gross and the dates that are its own.',
    );
    expect(await recorded(budget.id)).toEqual({ payslips: '0', held: '0', journals: '0' });
  });

  it('is the same employee whatever the case and blanks of the reference', async () => {
    const { budget, bureau } = await seedFamily();
    await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)]));
    const again = samplePayslip(budget.id, { employeeReference: ' e 7' });
    const answer = await bureau.post('/v1/pay-runs', sampleRun([again]));
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/payslips/0/gross' }] } });
  });

  it('from another bureau is refused, naming the run as far as that bureau may see it', async () => {
    const { budget, bureau } = await seedFamily();
    const stranger = await seedClient(api, authority.id, [budget.id], { name: 'Other Bureau' });
    await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)]));
    const posted = await stranger.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)]));
    expect(posted.status).toBe(422);
  });

  it('of a run that waits is refused, and a bureau that may not see that run hears that it is recorded already', async () => {
    const { budget, bureau } = await seedFamily();
    const large = million(budget.id);
    expect(await bureau.post('/v1/pay-runs', sampleRun([large]))).toMatchObject({ status: 202 });
    const stranger = await seedClient(api, authority.id, [budget.id], { name: 'Other Bureau' });
    await expectRefused(
      stranger,
      sampleRun([large]),
      '/payslips/0/gross pays Ben Brown £1,000,000.00 for 2026-05-04 to 2026-05-31, which is recorded already: leave this payslip out. A further payment for the same days is sent with the gross and the dates that are its own.',
    );
    expect(await recorded(budget.id)).toEqual({ payslips: '0', held: '1', journals: '0' });
  });

  it('is the same reference whatever its case and blanks', async () => {
    const { budget, bureau } = await seedFamily();
    const first = sampleRun([samplePayslip(budget.id)], { reference: 'May run 1' });
    const { body } = await bureau.post('/v1/pay-runs', first);
    const june = samplePayslip(budget.id, { periodStart: '2026-06-01', periodEnd: '2026-06-12', datesWorked: [] });
    const answer = await bureau.post(
      '/v1/pay-runs',
      sampleRun([june], { reference: 'MAY  RUN1', payDate: '2026-06-12' }),
    );
    expect(answer).toMatchObject({
      status: 409,
      body: {
        detail: `The run "MAY  RUN1" was received, written "May run 1", as ${body.id} on 2026-06-15 already: give a new run its own reference.`,
        firstId: body.id,
      },
    });
  });

  it('is recorded once however often it is sent at once, under one key or many, one reference or many', async () => {
    const { budget, bureau } = await seedFamily();
    const run = sampleRun([samplePayslip(budget.id)]);
    const oneKey = await Promise.all(
      Array.from({ length: 17 }, () => bureau.post('/v1/pay-runs', run, { key: 'once' })),
    );
    expect(new Set(oneKey.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);

    const other = await seedFamily();
    const again = sampleRun([samplePayslip(other.budget.id)]);
    const manyKeys = await Promise.all(
      Array.from({ length: 17 }, (_, n) => other.bureau.post('/v1/pay-runs', again, { key: `key ${n}` })),
    );
    const manyReferences = await Promise.all(
      Array.from({ length: 16 }, () => other.bureau.post('/v1/pay-runs', sampleRun([samplePayslip(other.budget.id)]))),
    );
    const statuses = [...manyKeys, ...manyReferences].map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 409)).toHaveLength(16);
    expect(statuses.filter((status) => status === 422)).toHaveLength(16);
    for (const family of [budget, other.budget]) {
      expect(await recorded(family.id)).toEqual({ payslips: '1', held: '0', journals: '1' });
    }
  });

  it('is recorded once when it comes fifty times at once, each time under another reference', async () => {
    const { budget, bureau } = await seedFamily();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)]))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(49);
    expect(await recorded(budget.id)).toEqual({ payslips: '1', held: '0', journals: '1' });
  });

  it('is refused by the database too, whoever writes it', async () => {
    const { budget, bureau } = await seedFamily();
    const { body } = await bureau.post('/v1/pay-runs', sampleRun([samplePayslip(budget.id)]));
    const copy = `INSERT INTO payslips SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'position', 2))).*
                    FROM payslips p WHERE p.pay_run_id = $1`;
    await expect(api.owner.query(copy, [body.id])).rejects.toThrow(
      /pays what another payslip of the same employee pays for the same days/,
    );
  });
});

describe('a second payment for the same days', () => {
  it('with a gross of its own waits for a person, who hears what it comes on top of', async () => {
    const { budget, bureau } = await seedFamily();
    const first = sampleRun([samplePayslip(budget.id)]);
    const { body } = await bureau.post('/v1/pay-runs', first);
    const bonus = samplePayslip(budget.id, {
      lines: [{ description: 'Bonus', amount: '50.00' }],
      gross: '50.00',
      deductions: {},
      net: '50.00',
      employerNi: '0.00',
      employerPension: '0.00',
    });
    const answer = await bureau.post('/v1/pay-runs', sampleRun([bonus]));
    expect(answer).toMatchObject({
      status: 202,
      body: {
        state: 'HELD',
        reasons: [
          {
            kind: 'possible-double',
            pointer: '/payslips/0/gross',
            message: `Payslip 1, Ben Brown: £50.00 for 4 May 2026 to 31 May 2026 comes on top of £400.00 that the run “${first.reference}” (${body.id}) pays for 4 May 2026 to 31 May 2026: it may be a further payment, or correct the first.`,
          },
        ],
      },
    });
  });
});

describe('a stream that the budget does not have', () => {
  it('refuses the run where no line pays on a day worked', async () => {
    const { budget, bureau } = await seedFamily(['SOCIAL_CHILD']);
    await expectRefused(
      bureau,
      sampleRun([samplePayslip(budget.id)]),
      '/payslips/0/streams/0/stream is EDU, for which this budget has no line that pays on 2026-05-06 and 3 more of the days worked: name a stream that the agreement pays for on the days worked, or ask the authority to record the line.',
    );
    expect(await recorded(budget.id)).toEqual({ payslips: '0', held: '0', journals: '0' });
  });

  it('refuses the run where the line ended before a day worked', async () => {
    const { budget, bureau } = await seedFamily();
    await api.owner.query(`UPDATE budget_lines SET ends_on = '2026-05-20' WHERE id = $1`, [budget.lines.EDU]);
    await expectRefused(
      bureau,
      sampleRun([samplePayslip(budget.id)]),
      '/payslips/0/streams/0/stream is EDU, for which this budget has no line that pays on 2026-05-27: name a stream that the agreement pays for on the days worked, or ask the authority to record the line.',
    );
  });

  it('refuses the run where no days are named and no line pays in the period', async () => {
    const { budget, bureau } = await seedFamily();
    await api.owner.query(`UPDATE budget_lines SET ends_on = '2026-05-01' WHERE id = $1`, [budget.lines.EDU]);
    await expectRefused(
      bureau,
      sampleRun([samplePayslip(budget.id, { datesWorked: [] })]),
      '/payslips/0/streams/0/stream is EDU, for which this budget has no line that pays between 2026-05-04 and 2026-05-31: name a stream that the agreement pays for on the days worked, or ask the authority to record the line.',
    );
  });
});

describe('pay for days to come', () => {
  it('is refused beyond the named limit, by its pay date or by a period that begins after it', async () => {
    const { budget, bureau } = await seedFamily();
    await expectRefused(
      bureau,
      sampleRun([samplePayslip(budget.id)], { payDate: '2026-08-17' }),
      '/payDate is 2026-08-17, more than 62 days from today: report the run nearer its day.',
    );
    const ahead = { periodStart: '2026-08-01', periodEnd: '2026-08-28', datesWorked: [] };
    await expectRefused(
      bureau,
      sampleRun([samplePayslip(budget.id, ahead)], { payDate: '2026-07-31' }),
      '/payslips/0/periodStart is 2026-08-01, after the pay date 2026-07-31: check the dates.',
    );
  });
});

/** The slip of the pen of a bureau: £1,000,000 gross from £5,000 of education money. */
function million(budgetId: string) {
  return samplePayslip(budgetId, {
    lines: [{ description: 'Basic pay', amount: '1000000.00' }],
    gross: '1000000.00',
    deductions: {},
    net: '1000000.00',
    employerNi: '0.00',
    employerPension: '0.00',
  });
}
