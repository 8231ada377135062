import { newId } from '@ringfence/kernel';
import { AssessLine, SuggestMatches } from '@ringfence/reconciliation';
import { ParseStatement } from '@ringfence/statements';
import { postInstalmentsDueFor } from '@ringfence/budgets';
import { startApi, type Answer, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedPayee, type SeededAuthority, type SeededBudget } from '../support/seed.js';

/* eslint-disable @typescript-eslint/no-explicit-any -- answers are looked at as they come */

describe('reconciling the lines of an account', () => {
  let api: TestApi;
  let authority: SeededAuthority;
  let budget: SeededBudget;

  beforeAll(async () => {
    api = await startApi({ now: '2026-06-15T09:00:00Z' });
    authority = await seedAuthority(api);
  }, 60_000);

  afterAll(() => api.stop());

  beforeEach(async () => {
    budget = await seedBudget(api, authority, { streams: ['EDU', 'HEALTH'] });
  });

  /** HSBC's export: day, text, signed amount, no header. */
  async function statement(...rows: string[]): Promise<void> {
    const file = { name: 'hsbc.csv', type: 'text/csv', bytes: Buffer.from(rows.join('\n')) };
    const { body } = await budget.recipient.upload(
      '/v1/statement-imports',
      { designatedAccountId: budget.designatedAccountId },
      file,
    );
    const importId = body.id as string;
    await api.app.get(ParseStatement).run({ authorityId: authority.id, importId });
    expect((await budget.recipient.post(`/v1/statement-imports/${importId}/commit`, {})).status).toBe(200);
    await api.app
      .get(SuggestMatches)
      .run({ authorityId: authority.id, designatedAccountId: budget.designatedAccountId });
  }

  async function lines(): Promise<any[]> {
    return (await authority.financeOfficer.get(`/v1/statement-lines?budgetId=${budget.id}`)).body.items as any[];
  }

  async function line(text: string): Promise<any> {
    return (await lines()).find(({ description }) => (description as string).includes(text));
  }

  async function balance(code: string, stream: string): Promise<bigint> {
    const { rows } = await api.owner.query<{ pence: bigint }>(
      'SELECT coalesce(sum(balance_pence), 0)::bigint AS pence FROM ledger_accounts WHERE book_id = $1 AND code = $2 AND stream = $3',
      [budget.bookId, code, stream],
    );
    return rows[0]!.pence;
  }

  async function instalment(dueOn: string, pence: number, stream = 'EDU'): Promise<string> {
    const [schedule, id] = [newId(), newId()];
    await api.owner.query(
      `WITH s AS (INSERT INTO instalment_schedules (authority_id, id, budget_id, agreement_id, stream, kind, frequency, amount_pence, first_due_on, last_due_on)
         VALUES ($1, $2, $3, $4, $5, 'ONE_OFF', 'ONE_OFF', $6, $7, $7) RETURNING id)
       INSERT INTO instalments (authority_id, id, schedule_id, budget_id, agreement_id, designated_account_id, stream, kind, due_on, amount_pence)
       VALUES ($1, $8, $2, $3, $4, $9, $5, 'ONE_OFF', $7, $6)`,
      [authority.id, schedule, budget.id, budget.agreementId, stream, pence, dueOn, id, budget.designatedAccountId],
    );
    await postInstalmentsDueFor(api.database, authority.id, '2026-06-15');
    return id;
  }

  function accept(...suggestionIds: string[]): Promise<Answer> {
    return authority.financeOfficer.post('/v1/allocations', { suggestionIds });
  }

  function manually(statementLineId: string, ...parts: object[]): Promise<Answer> {
    return authority.financeOfficer.post('/v1/allocations', { statementLineId, parts, reasons: 'Seen on the invoice' });
  }

  it('offers an instalment for its exact payment, and accepting it settles what was due', async () => {
    await instalment('2026-05-01', 48_000);
    await statement('04/05/2026,OAKSHIRE COUNTY COUNCIL DP,480.00');
    const open = await line('OAKSHIRE');
    expect(open).toMatchObject({ state: 'OPEN', verdict: null, suggestions: [{ targetType: 'instalment' }] });
    expect(await balance('DUE_FROM_PAYER', 'EDU')).toBe(48_000n);
    expect((await accept(open.suggestions[0].id)).status).toBe(201);
    expect(await line('OAKSHIRE')).toMatchObject({ state: 'ALLOCATED', remaining: '0.00', suggestions: [] });
    expect(await balance('DUE_FROM_PAYER', 'EDU')).toBe(0n);
    expect(await balance('BANK', 'EDU')).toBe(48_000n);
    expect(await balance('BANK', 'UNALLOCATED')).toBe(0n);
    expect(await balance('SUSPENSE', 'UNALLOCATED')).toBe(0n);
  });

  it('undoes one allocation alone, with reasons, and opens the line and the instalment again', async () => {
    await instalment('2026-05-01', 48_000);
    await statement('04/05/2026,OAKSHIRE COUNTY COUNCIL DP,480.00', '05/05/2026,SWIM CLUB,-20.00');
    const open = await line('OAKSHIRE');
    const swim = await line('SWIM');
    await manually(swim.id, { amount: '-20.00', target: { type: 'budget-line', budgetLineId: budget.lines.EDU } });
    const accepted = await accept(open.suggestions[0].id);
    const undone = await authority.financeOfficer.post(
      `/v1/allocations/${accepted.body.allocations[0].id as string}/undo`,
      { reasons: 'It was the arrears' },
    );
    expect(undone.status).toBe(200);
    expect(await line('OAKSHIRE')).toMatchObject({ state: 'OPEN', suggestions: [{ targetType: 'instalment' }] });
    expect(await line('SWIM')).toMatchObject({ state: 'ALLOCATED' });
    expect(await balance('DUE_FROM_PAYER', 'EDU')).toBe(48_000n);
    const again = await authority.financeOfficer.post(
      `/v1/allocations/${accepted.body.allocations[0].id as string}/undo`,
      { reasons: 'Once more' },
    );
    expect(again).toMatchObject({
      status: 409,
      body: { detail: 'The allocation was undone already: nothing is left to undo.' },
    });
  });

  it('offers the same for a long account, whose lines are looked at some at a time', async () => {
    await instalment('2026-05-01', 48_000);
    await instalment('2026-05-29', 48_000);
    const payee = await seedPayee(api, authority.id, budget.id, { name: 'Little Acorns', kind: 'CHILDMINDER' });
    await api.owner.query('UPDATE budget_lines SET payee_id = $2 WHERE id = $1', [budget.lines.EDU, payee]);
    // Both instalments fit the second of these payments, and each of them the other two: claims reach over the batches.
    await statement(
      '04/05/2026,OAKSHIRE COUNTY COUNCIL DP,480.00',
      '05/05/2026,LITTLE ACORNS,-96.00',
      '05/05/2026,SWIM CLUB,-5.00',
      '25/05/2026,TRANSFER,480.00',
      '02/06/2026,OAKSHIRE COUNTY COUNCIL DP,480.00',
      '02/06/2026,LITTLE ACORNS,-96.00',
      '03/06/2026,TRANSFER,480.00',
    );
    const seen = async (): Promise<object[]> =>
      (await lines()).map(({ id, verdict, suggestions }) => ({
        id,
        verdict,
        suggestions: suggestions.map(({ id: _, ...suggestion }: { id: string }) => suggestion),
      }));
    const expected = await seen();
    expect(expected.filter(({ suggestions }: any) => suggestions.length > 0)).toHaveLength(4);
    for (const atOnce of [1, 2, 3, 7]) {
      await api.owner.query(`DELETE FROM match_suggestions WHERE authority_id = $1`, [authority.id]);
      await api.app
        .get(SuggestMatches)
        .run({ authorityId: authority.id, designatedAccountId: budget.designatedAccountId }, atOnce);
      expect(await seen()).toEqual(expected);
    }
  });

  it('offers a known payee’s budget line, and does not offer again what was rejected', async () => {
    const payee = await seedPayee(api, authority.id, budget.id, { name: 'Little Acorns', kind: 'CHILDMINDER' });
    await api.owner.query('UPDATE budget_lines SET payee_id = $2 WHERE id = $1', [budget.lines.EDU, payee]);
    await statement('05/05/2026,LITTLE ACORNS MAY,-96.00');
    const open = await line('ACORNS');
    expect(open).toMatchObject({
      verdict: 'allowed',
      suggestions: [{ targetType: 'budget-line', targetId: budget.lines.EDU }],
    });
    const rejected = await authority.financeOfficer.post(
      `/v1/match-suggestions/${open.suggestions[0].id as string}/rejection`,
      {},
    );
    expect(rejected.status).toBe(204);
    await statement('06/05/2026,OTHER,-1.00');
    expect(await line('ACORNS')).toMatchObject({ suggestions: [] });
  });

  it('offers a payee’s line under a name that a person has confirmed, and remembers it', async () => {
    const payee = await seedPayee(api, authority.id, budget.id, { name: 'Little Acorns', kind: 'CHILDMINDER' });
    await api.owner.query('UPDATE budget_lines SET payee_id = $2 WHERE id = $1', [budget.lines.EDU, payee]);
    await statement('05/05/2026,MRS J PATEL T/A ACORN,-96.00');
    expect(await line('PATEL')).toMatchObject({ suggestions: [] });
    const confirmed = await authority.financeOfficer.post(`/v1/payees/${payee}/names`, { name: 'MRS J PATEL' });
    expect(confirmed).toMatchObject({ status: 201, body: { names: ['MRS J PATEL'] } });
    await api.app
      .get(SuggestMatches)
      .run({ authorityId: authority.id, designatedAccountId: budget.designatedAccountId });
    expect(await line('PATEL')).toMatchObject({ suggestions: [{ targetId: budget.lines.EDU }] });
    const refused = await budget.recipient.post(`/v1/payees/${payee}/names`, { name: 'ME' });
    expect(refused.status).toBe(422);
  });

  it('splits one line over two streams, to the penny', async () => {
    await statement('05/05/2026,ANNA SMITH THERAPY LTD,-90.01');
    const open = await line('THERAPY');
    const answer = await manually(
      open.id,
      { amount: '-45.01', target: { type: 'budget-line', budgetLineId: budget.lines.EDU } },
      { amount: '-45.00', target: { type: 'budget-line', budgetLineId: budget.lines.HEALTH } },
    );
    expect(answer.status).toBe(201);
    expect([await balance('PROVISION', 'EDU'), await balance('PROVISION', 'HEALTH')]).toEqual([4_501n, 4_500n]);
    expect([await balance('BANK', 'EDU'), await balance('BANK', 'HEALTH')]).toEqual([-4_501n, -4_500n]);
  });

  it('refuses more than is left of a line', async () => {
    await statement('05/05/2026,SWIM CLUB,-20.00');
    const target = { type: 'budget-line', budgetLineId: budget.lines.EDU };
    const open = await line('SWIM');
    expect(await manually(open.id, { amount: '-20.01', target })).toMatchObject({
      status: 409,
      body: {
        type: 'urn:ringfence:problem:already-allocated',
        detail: 'The parts come to -20.01 and -20.00 of the line is left: allocate no more than that.',
      },
    });
    expect(await manually(open.id, { amount: '20.00', target })).toMatchObject({
      status: 422,
      body: {
        errors: [{ pointer: '/parts/0/amount', message: 'The part is 20.00 and must be below zero: money went out.' }],
      },
    });
  });

  it('lets only one of two officers allocate the same money', async () => {
    await statement('05/05/2026,SWIM CLUB,-20.00');
    const open = await line('SWIM');
    const part = { amount: '-20.00', target: { type: 'budget-line', budgetLineId: budget.lines.EDU } };
    const answers = await Promise.all([manually(open.id, part), manually(open.id, part)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await balance('PROVISION', 'EDU')).toBe(2_000n);
  });

  it('settles an instalment once: a second payment of the amount cannot be matched with it', async () => {
    const id = await instalment('2026-05-01', 48_000);
    await statement('01/05/2026,COUNCIL,480.00', '08/05/2026,COUNCIL AGAIN,480.00');
    const [again, first] = await lines();
    await manually(first.id, { amount: '480.00', target: { type: 'instalment', instalmentId: id } });
    expect(
      await manually(again.id, { amount: '480.00', target: { type: 'instalment', instalmentId: id } }),
    ).toMatchObject({
      status: 409,
      body: {
        type: 'urn:ringfence:problem:already-allocated',
        detail: 'This instalment has been matched with another line already: undo that first.',
      },
    });
  });

  it('names what a target lacks, and where', async () => {
    await statement('05/05/2026,SWIM CLUB,-20.00');
    const open = await line('SWIM');
    const nobody = newId();
    const refusals: [object, string, string][] = [
      [
        { type: 'budget-line' },
        '/parts/0/target/budgetLineId',
        'A target of the type budget-line needs budgetLineId: name it.',
      ],
      [
        { type: 'budget-line', budgetLineId: nobody },
        '/parts/0/target/budgetLineId',
        `There is no budget line ${nobody} that you can see.`,
      ],
      [
        { type: 'budget-line', budgetLineId: budget.lines.EDU, serviceDate: '2026-01-31' },
        '/parts/0/target/serviceDate',
        'The line "Personal assistant (EDU)" runs from 2026-04-01 to 2027-03-31 and the service was on 2026-01-31: choose the line of that time.',
      ],
      [
        { type: 'instalment', instalmentId: nobody },
        '/parts/0/target/instalmentId',
        `There is no instalment ${nobody} that you can see.`,
      ],
      [
        { type: 'payslip', payslipId: nobody },
        '/parts/0/target/payslipId',
        `There is no payslip ${nobody} that you can see.`,
      ],
    ];
    for (const [target, pointer, message] of refusals) {
      expect(await manually(open.id, { amount: '-20.00', target })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer, message }] },
      });
    }
  });

  it('is an officer’s work: the recipient may look, and not allocate', async () => {
    await statement('05/05/2026,SWIM CLUB,-20.00');
    const open = await line('SWIM');
    expect((await budget.recipient.get(`/v1/statement-lines/${open.id as string}`)).status).toBe(200);
    const part = { amount: '-20.00', target: { type: 'budget-line', budgetLineId: budget.lines.EDU } };
    const answer = await budget.recipient.post('/v1/allocations', {
      statementLineId: open.id,
      parts: [part],
      reasons: 'Mine',
    });
    expect(answer).toMatchObject({
      status: 403,
      body: {
        type: 'urn:ringfence:problem:not-permitted',
        detail:
          'You may not allocate a statement line: you need the role of finance officer. Ask the authority to grant it if you should have it.',
      },
    });
  });

  describe('with a chemist’s receipt that holds a prescription', () => {
    async function boots(): Promise<any> {
      await statement('05/05/2026,BOOTS 1437 OAKTON,-23.40');
      const open = await line('BOOTS');
      const id = newId();
      await api.owner.query(
        `WITH r AS (INSERT INTO receipts (authority_id, id, budget_id, statement_line_id, file_hash, file_name, file_bytes, content_type, amount_pence, uploaded_by, uploaded_at)
           VALUES ($1, $2, $3, $4, $5, 'boots.jpg', 9, 'image/jpeg', 2340, $6, now()))
         INSERT INTO receipt_lines (authority_id, receipt_id, position, description, amount_pence)
         VALUES ($1, $2, 1, 'NHS prescription', 990), ($1, $2, 2, 'Wet wipes', 1350)`,
        [authority.id, id, budget.id, open.id, newId().replaceAll('-', '').padEnd(64, '0'), budget.recipient.id],
      );
      await api.app.get(AssessLine).run({ authorityId: authority.id, lineId: open.id as string });
      return line('BOOTS');
    }

    it('finds the prescription and nothing else excluded', async () => {
      const assessed = await boots();
      expect(assessed.verdict).toBe('excluded');
      const excluded = assessed.findings.filter(({ verdict }: { verdict: string }) => verdict === 'excluded');
      expect(excluded).toMatchObject([{ rule: 'PRESCRIPTION', evidence: 'receipt-line', amount: '-9.90' }]);
    });

    it('lets the wipes be allocated, and refuses the prescription as provision with the rule and its source', async () => {
      const assessed = await boots();
      const target = { type: 'budget-line', budgetLineId: budget.lines.EDU };
      const whole = await manually(assessed.id, { amount: '-23.40', target });
      expect(whole).toMatchObject({
        status: 422,
        body: { type: 'urn:ringfence:problem:spend-excluded', title: 'This spend is excluded', rule: 'PRESCRIPTION' },
      });
      expect(whole.body.source).toContain('Making it Personal');
      expect((await manually(assessed.id, { amount: '-13.50', target })).status).toBe(201);
      expect((await manually(assessed.id, { amount: '-9.90', target })).status).toBe(422);
      expect(await line('BOOTS')).toMatchObject({ state: 'PART', remaining: '-9.90' });
      expect(await balance('PROVISION', 'EDU')).toBe(1_350n);
    });
  });
});
