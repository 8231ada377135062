import { postJournals } from '@ringfence/ledger';
import { systemContext } from '@ringfence/platform';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedClient, seedPayee, seedPerson, type SeededAuthority } from '../support/seed.js';
import { booksOf, heldRun, plain, seedFamily, twoStreams, untouched, why } from './held-world.js';
import { samplePayslip, sampleRun } from './sample-run.js';

let api: TestApi;
let authority: SeededAuthority;
beforeAll(async () => {
  api = await startApi();
  authority = await seedAuthority(api);
}, 60_000);
afterAll(() => api.stop());

describe('an officer decides', () => {
  it('by accepting: the run is posted as it would have been, and the family sees it without the reasons', async () => {
    const { budget, bureau, id, run } = await heldRun(api, authority);
    const answer = await authority.financeOfficer.post(`/v1/pay-runs/${id}/acceptance`, why);
    expect(answer).toMatchObject({
      status: 201,
      body: {
        id,
        reference: run.reference,
        state: 'POSTED',
        payslips: [{ position: 1, net: '6500.00', cost: '6500.00', postedOn: '2026-05-29', verdict: 'allowed' }],
      },
    });
    expect(await booksOf(api, budget.id)).toEqual({ payslips: '1', entries: '4', verdicts: '1' });
    const seen = await bureau.get(`/v1/pay-runs/${id}`);
    expect(seen.body).toMatchObject({
      state: 'POSTED',
      hold: { reasons: [{ kind: 'gross-above-first' }] },
      decision: { outcome: 'ACCEPTED', at: '2026-06-15T09:00:00.000Z', reasons: why.reasons },
      items: [{ id: answer.body.payslips[0].id, gross: '6500.00' }],
    });
    expect((await authority.auditor.get(`/v1/pay-runs/${id}`)).body.decision.by).toBe('Finn Finance');
    const family = await budget.recipient.get(`/v1/pay-runs/${id}`);
    expect(family.body).toMatchObject({ state: 'POSTED', hold: null, decision: null });
  });

  it('once, and the same key repeats the answer', async () => {
    const { budget, id } = await heldRun(api, authority);
    const path = `/v1/pay-runs/${id}/acceptance`;
    const [one, two] = [
      await authority.financeOfficer.post(path, why, { key: `accept ${id}` }),
      await authority.financeOfficer.post(path, why, { key: `accept ${id}` }),
    ];
    expect([two.status, two.body]).toEqual([one.status, one.body]);
    const again = await authority.financeOfficer.post(`/v1/pay-runs/${id}/refusal`, why);
    expect(again.status).toBe(409);
    expect(again.body.detail).toMatch(
      /^The run “RUN-\d+” was accepted by Finn Finance on 15 June 2026 at 10:00: there is nothing left to decide\.$/,
    );
    expect(await booksOf(api, budget.id)).toMatchObject({ payslips: '1' });
  });

  it('alone: of two at once one wins, and the other hears who did what and when', async () => {
    const second = await seedPerson(api, authority.id, 'Olga Officer', 'FINANCE_OFFICER');
    for (let round = 0; round < 3; round += 1) {
      const { budget, id } = await heldRun(api, authority);
      const answers = await Promise.all([
        authority.financeOfficer.post(`/v1/pay-runs/${id}/acceptance`, why),
        second.post(`/v1/pay-runs/${id}/refusal`, { reasons: 'It is ten times what was agreed.' }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
      const [accepted, refused] = answers;
      const lost = accepted.status === 409 ? accepted : refused;
      const winner = accepted.status === 201 ? 'accepted by Finn Finance' : 'refused by Olga Officer';
      expect(lost.body.detail).toContain(`was ${winner} on 15 June 2026 at 10:00: there is nothing left to decide.`);
      expect(await booksOf(api, budget.id)).toMatchObject({ payslips: accepted.status === 201 ? '1' : '0' });
    }
  });

  it('by refusing: the run stays on record, nothing is posted, and its reference is free again', async () => {
    const { budget, bureau, id, run } = await heldRun(api, authority);
    const reasons = 'The gross is ten times what was agreed: please send what was worked.';
    const answer = await authority.financeOfficer.post(`/v1/pay-runs/${id}/refusal`, { reasons });
    expect(answer).toMatchObject({ status: 201, body: { id, state: 'REFUSED' } });
    expect((await bureau.get(`/v1/pay-runs/${id}`)).body).toMatchObject({
      state: 'REFUSED',
      decision: { outcome: 'REFUSED', by: null, reasons },
    });
    expect(await booksOf(api, budget.id)).toEqual(untouched);
    const corrected = sampleRun([plain(budget.id, '650.00')], { reference: run.reference });
    expect(await bureau.post('/v1/pay-runs', corrected)).toMatchObject({ status: 201 });
    expect((await authority.financeOfficer.get(`/v1/pay-runs?reference=${run.reference}`)).body.items).toHaveLength(2);
    expect((await budget.recipient.get('/v1/pay-runs')).body.items).toHaveLength(1);
  });

  it('and what was recorded meanwhile is asked again: a double is said, and the run stays held', async () => {
    const { budget, bureau, payeeId, id, run } = await heldRun(api, authority);
    // Another payslip for the same days came and was accepted while this one waited.
    const other = sampleRun([plain(budget.id, '100.00')]);
    const { body } = await bureau.post('/v1/pay-runs', other);
    await authority.financeOfficer.post(`/v1/pay-runs/${body.id}/acceptance`, why);
    await api.owner.query('ALTER TABLE payslips DISABLE TRIGGER USER');
    await api.owner.query('UPDATE payslips SET gross_pence = 650000, net_pence = 650000 WHERE payee_id = $1', [
      payeeId,
    ]);
    await api.owner.query('ALTER TABLE payslips ENABLE TRIGGER USER');
    const answer = await authority.financeOfficer.post(`/v1/pay-runs/${id}/acceptance`, why);
    expect(answer.status).toBe(422);
    expect(answer.body.detail).toBe(
      `The run “${run.reference}” stays held, because it cannot be posted now: /payslips/0/gross pays Ben Brown £6,500.00 for 2026-05-04 to 2026-05-31, as the run “${other.reference}” (${body.id}) does for 2026-05-04 to 2026-05-31: leave this payslip out. A further payment for the same days is sent with the gross and the dates that are its own.`,
    );
    expect((await bureau.get(`/v1/pay-runs/${id}`)).body).toMatchObject({ state: 'HELD', decision: null });
  });

  it('and a stream that the budget no longer has is said, and the run stays held', async () => {
    const { budget, bureau, id } = await heldRun(api, authority);
    await api.owner.query(`UPDATE budget_lines SET ends_on = '2026-05-20' WHERE id = $1`, [budget.lines.EDU]);
    const answer = await authority.financeOfficer.post(`/v1/pay-runs/${id}/acceptance`, why);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/payslips/0/streams/0/stream' }] } });
    expect(answer.body.detail).toMatch(
      /stays held, because it cannot be posted now: .* no line that pays on 2026-05-27/,
    );
    expect((await bureau.get(`/v1/pay-runs/${id}`)).body.state).toBe('HELD');
  });

  it('and somebody who may not be paid is said, and the run stays held', async () => {
    const { budget, bureau, payeeId, id, run } = await heldRun(api, authority);
    await api.owner.query(`UPDATE payees SET relationship = 'brother' WHERE id = $1`, [payeeId]);
    await api.owner.query(
      `INSERT INTO household_memberships (authority_id, id, budget_id, payee_id, lives_with, valid_from, recorded_by)
       VALUES ($1, gen_random_uuid(), $2, $3, 'CHILD', '2026-05-18', $4)`,
      [authority.id, budget.id, payeeId, authority.financeOfficer.id],
    );
    const answer = await authority.financeOfficer.post(`/v1/pay-runs/${id}/acceptance`, why);
    expect(answer).toMatchObject({ status: 422, body: { type: 'urn:ringfence:problem:spend-excluded' } });
    const start = `The run “${run.reference}” stays held, because it cannot be posted now: Payslip 1 is excluded by HOUSEHOLD_FAMILY`;
    expect(answer.body.detail.slice(0, start.length)).toBe(start);
    expect(answer.body.detail).not.toContain('Nothing of this run was stored');
    expect((await bureau.get(`/v1/pay-runs/${id}`)).body).toMatchObject({ state: 'HELD', decision: null });
    expect(await booksOf(api, budget.id)).toEqual(untouched);
  });

  it('after the month was closed: it goes into the first open month, and the answer says so', async () => {
    const own = await seedAuthority(api);
    const budget = await seedBudget(api, own, { streams: ['EDU', 'HEALTH'] });
    await seedPayee(api, own.id, budget.id, { name: 'Ben Brown', employeeReference: 'E7' });
    const bureau = await seedClient(api, own.id, [budget.id]);
    const { body } = await bureau.post(
      '/v1/pay-runs',
      sampleRun([plain(budget.id, '6500.00', { streams: twoStreams })]),
    );
    await api.owner.query(`INSERT INTO periods (authority_id, month, state) VALUES ($1, '2026-05-01', 'CLOSED')`, [
      own.id,
    ]);
    const answer = await own.financeOfficer.post(`/v1/pay-runs/${body.id}/acceptance`, why);
    expect(answer).toMatchObject({ status: 201, body: { payslips: [{ postedOn: '2026-06-01' }] } });
  });

  it('and nobody else: not the bureau, the family, an approver or an auditor', async () => {
    const { budget, bureau, id } = await heldRun(api, authority);
    for (const caller of [bureau, budget.recipient, authority.approver, authority.auditor, authority.planCoordinator]) {
      for (const action of ['acceptance', 'refusal']) {
        const answer = await caller.post(`/v1/pay-runs/${id}/${action}`, why);
        expect(answer).toMatchObject({ status: 403, body: { type: 'urn:ringfence:problem:not-permitted' } });
      }
    }
    expect((await bureau.post(`/v1/pay-runs/${id}/acceptance`, why)).body.detail).toBe(
      'You may not accept or refuse a pay run that waits: you need the role of finance officer. Ask the authority to grant it if you should have it.',
    );
    const elsewhere = await seedAuthority(api);
    expect(await elsewhere.financeOfficer.post(`/v1/pay-runs/${id}/acceptance`, why)).toMatchObject({ status: 404 });
    expect(await booksOf(api, budget.id)).toEqual(untouched);
  });

  it('with reasons', async () => {
    const { id } = await heldRun(api, authority);
    for (const reasons of ['', '   ']) {
      const answer = await authority.financeOfficer.post(`/v1/pay-runs/${id}/acceptance`, { reasons });
      const fault = { pointer: '/reasons', message: '/reasons must say why.' };
      expect(answer).toMatchObject({ status: 422, body: { errors: [fault] } });
    }
  });

  it('only on a run that waits', async () => {
    const { budget, bureau } = await seedFamily(api, authority);
    const run = sampleRun([samplePayslip(budget.id)]);
    const { body } = await bureau.post('/v1/pay-runs', run);
    expect((await authority.financeOfficer.post(`/v1/pay-runs/${body.id}/refusal`, why)).body.detail).toBe(
      `The run “${run.reference}” was posted when it came, and never waited for a decision: there is nothing left to decide.`,
    );
  });
});

describe('a bureau withdraws its run that waits', () => {
  it('with reasons, and may send it again under the same reference', async () => {
    const { budget, bureau, id, run } = await heldRun(api, authority);
    const answer = await bureau.post(`/v1/pay-runs/${id}/withdrawal`, { reasons: 'A slip of the pen.' });
    expect(answer).toMatchObject({ status: 201, body: { id, state: 'WITHDRAWN' } });
    expect((await bureau.get(`/v1/pay-runs/${id}`)).body.decision).toMatchObject({
      outcome: 'WITHDRAWN',
      by: 'Fairpay Bureau',
      reasons: 'A slip of the pen.',
    });
    expect((await authority.financeOfficer.post(`/v1/pay-runs/${id}/acceptance`, why)).body.detail).toMatch(
      /was withdrawn by Fairpay Bureau on 15 June 2026 at 10:00: there is nothing left to decide\.$/,
    );
    const corrected = sampleRun([plain(budget.id, '650.00')], { reference: run.reference });
    expect(await bureau.post('/v1/pay-runs', corrected)).toMatchObject({ status: 201 });
  });

  it('and no other bureau’s, which it cannot see', async () => {
    const { budget, id } = await heldRun(api, authority);
    const stranger = await seedClient(api, authority.id, [budget.id], { name: 'Other Bureau' });
    expect(await stranger.post(`/v1/pay-runs/${id}/withdrawal`, why)).toMatchObject({ status: 404 });
    expect(await authority.financeOfficer.post(`/v1/pay-runs/${id}/withdrawal`, why)).toMatchObject({ status: 403 });
  });
});

describe('the database refuses, whoever writes,', () => {
  it('to post the payslips of a run that waits', async () => {
    const { id, bureau, budget } = await heldRun(api, authority);
    const posted = await seedFamily(api, authority);
    const { body } = await posted.bureau.post('/v1/pay-runs', sampleRun([samplePayslip(posted.budget.id)]));
    const copy = `INSERT INTO payslips SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'pay_run_id', $2::uuid))).*
                    FROM payslips p WHERE p.pay_run_id = $1`;
    await expect(api.owner.query(copy, [body.id, id])).rejects.toThrow(
      /is not accepted: none of its payslips can be posted/,
    );
    expect([(await bureau.get(`/v1/pay-runs/${id}`)).body.state, await booksOf(api, budget.id)]).toEqual([
      'HELD',
      untouched,
    ]);
  });

  it('to post a journal of pay without its payslip', async () => {
    const { budget } = await heldRun(api, authority);
    const draft = [
      {
        bookId: budget.bookId,
        kind: 'PAY_RUN',
        description: 'Pay of nobody',
        effectiveDate: '2026-05-29',
        source: { type: 'payslip', id: '01976e3a-5c00-7a10-8f01-3b1d5a7c0101' },
        idempotencyKey: 'payslip:nobody',
        entries: [
          { account: 'PROVISION', budgetId: budget.id, stream: 'EDU', amountPence: 100n },
          { account: 'NET_PAY', budgetId: budget.id, stream: 'EDU', amountPence: -100n },
        ],
      },
    ] as const;
    await expect(
      api.database.transaction(systemContext(authority.id), (tx) => postJournals(tx, draft)),
    ).rejects.toThrow(/posts a payslip that is in no posted pay run/);
  });

  it('to change or remove a run, its payslips, its reasons or a decision', async () => {
    const { id } = await heldRun(api, authority);
    await authority.financeOfficer.post(`/v1/pay-runs/${id}/refusal`, why);
    const waiting = await heldRun(api, authority);
    for (const sql of [
      `UPDATE pay_runs SET state = 'POSTED' WHERE id = '${waiting.id}'`,
      `UPDATE pay_runs SET state = 'HELD' WHERE id = '${id}'`,
      `UPDATE pay_runs SET gross_pence = 1 WHERE id = '${waiting.id}'`,
      `DELETE FROM pay_runs WHERE id = '${id}'`,
      `UPDATE held_payslips SET gross_pence = 1 WHERE pay_run_id = '${id}'`,
      `DELETE FROM held_payslips WHERE pay_run_id = '${id}'`,
      `UPDATE pay_run_holds SET reasons = '[{}]' WHERE pay_run_id = '${id}'`,
      `UPDATE pay_run_decisions SET outcome = 'ACCEPTED' WHERE pay_run_id = '${id}'`,
      `DELETE FROM pay_run_decisions WHERE pay_run_id = '${id}'`,
      'TRUNCATE pay_run_decisions',
    ]) {
      await expect(api.owner.query(sql)).rejects.toMatchObject({ code: '23514' });
    }
  });

  it('a decision by a machine, or a withdrawal by somebody who did not send it', async () => {
    const { id, bureau } = await heldRun(api, authority);
    const decide = (who: { kind: 'person' | 'client'; id: string }, outcome: string) =>
      api.database.transaction({ authorityId: authority.id, principal: who }, (tx) =>
        tx.query(
          `INSERT INTO pay_run_decisions (authority_id, pay_run_id, outcome, reasons) VALUES ($1, $2, $3, 'So be it')`,
          [authority.id, id, outcome],
        ),
      );
    await expect(decide({ kind: 'client', id: bureau.id }, 'ACCEPTED')).rejects.toThrow(/by a person of the authority/);
    await expect(decide({ kind: 'person', id: authority.financeOfficer.id }, 'WITHDRAWN')).rejects.toThrow(
      /withdrawn by the client that sent it/,
    );
  });
});
