import { SuggestMatches } from '@ringfence/reconciliation';
import { CommitStatement } from '@ringfence/statements';
import { startApi, type TestApi } from '../support/api.js';
import { seedAuthority, seedBudget, seedPerson, type SeededAuthority } from '../support/seed.js';
import { StatementRoom } from './statement-room.js';

const april = ['28/04/2026,CORNER CAFE,2.40,,1997.60', '14/04/2026,OAKSHIRE COUNTY COUNCIL,,1500.00,2000.00'];
const may = ['20/05/2026,SWIM SCHOOL,97.60,,1900.00', '28/04/2026,CORNER CAFE,2.40,,1997.60'];
const march = ['20/03/2026,OPENING DEPOSIT,,400.00,500.00', '10/03/2026,GIFT,,100.00,100.00'];

describe('a statement that is reversed', () => {
  let api: TestApi;
  let authority: SeededAuthority;

  beforeAll(async () => {
    api = await startApi();
    authority = await seedAuthority(api);
  }, 60_000);

  afterAll(() => api.stop());

  async function room(): Promise<StatementRoom> {
    return StatementRoom.of(api, authority.id, await seedBudget(api, authority));
  }

  async function linesOf({ budget }: StatementRoom): Promise<{ id: string; description: string }[]> {
    const { body } = await authority.financeOfficer.get(`/v1/statement-lines?budgetId=${budget.id}`);
    return body.items as { id: string; description: string }[];
  }

  it('leaves the books by reversal, the lists by its mark, and may come again', async () => {
    const account = await room();
    const importId = await account.add('april.csv', april);
    expect(await account.bankBalance()).toBe('199760');
    expect(await account.reverse(importId, 'The wrong account was chosen.')).toMatchObject({
      status: 200,
      body: { id: importId, reversed: 2 },
    });
    expect(await account.bankBalance()).toBe('0');
    expect(await linesOf(account)).toEqual([]);
    const { body } = await account.budget.recipient.get(`/v1/statement-imports/${importId}`);
    expect(body).toMatchObject({
      state: 'REVERSED',
      reversed: { by: account.budget.recipient.id, reason: 'The wrong account was chosen.' },
    });
    const { rows } = await api.owner.query<{ kind: string; journals: string }>(
      'SELECT kind, count(*)::text AS journals FROM journals WHERE book_id = $1 GROUP BY kind ORDER BY kind',
      [account.budget.bookId],
    );
    expect(rows).toEqual([
      { kind: 'OPENING', journals: '1' },
      { kind: 'REVERSAL', journals: '3' },
      { kind: 'STATEMENT_LINE', journals: '2' },
    ]);
    const again = await account.read('april.csv', april);
    expect(again.body.counts).toEqual({ new: 2, alreadyHeld: 0, possibleDuplicates: 0, notPosted: 0 });
    expect(await account.commit(again.body.id as string)).toMatchObject({ status: 200, body: { posted: 2 } });
    expect(await account.bankBalance()).toBe('199760');
  });

  it('gives back the opening balance that it had made superfluous, so that the book is still the bank’s', async () => {
    const account = await room();
    await account.add('april.csv', april);
    const earlier = await account.add('march.csv', march);
    expect(await account.bankBalance()).toBe('199760');
    expect((await account.reverse(earlier)).status).toBe(200);
    expect(await account.bankBalance()).toBe('199760');
    const opening = (await linesOf(account)).find(({ description }) => description.startsWith('Balance before'));
    expect(opening).toMatchObject({ amount: '500.00', kind: 'OPENING_BALANCE' });
    await account.add('march.csv', march);
    expect(await account.bankBalance()).toBe('199760');
  });

  it('stays where a line of it is allocated, and goes once that was undone, by an officer only', async () => {
    const account = await room();
    const importId = await account.add('april.csv', april);
    const cafe = (await linesOf(account)).find(({ description }) => description === 'CORNER CAFE')!;
    const allocated = await authority.financeOfficer.post('/v1/allocations', {
      statementLineId: cafe.id,
      parts: [{ amount: '-2.40', target: { type: 'budget-line', budgetLineId: account.budget.lines['EDU'] } }],
      reasons: 'Refreshments on the way to the club.',
    });
    expect(allocated.status).toBe(201);
    expect(await account.reverse(importId, 'Why not', authority.financeOfficer)).toMatchObject({
      status: 409,
      body: {
        type: 'urn:ringfence:problem:conflict',
        detail:
          'The statement cannot be reversed: 1 line is allocated (28 April 2026, £2.40, “CORNER CAFE”); undo those allocations first.',
        dependants: [{ kind: 'allocation', lines: 1 }],
      },
    });
    const allocation = (await authority.financeOfficer.get(`/v1/statement-lines/${cafe.id}`)).body.allocations[0] as {
      id: string;
    };
    const undone = await authority.financeOfficer.post(`/v1/allocations/${allocation.id}/undo`, {
      reasons: 'It was for another child.',
    });
    expect(undone.status).toBeLessThan(300);
    expect(await account.reverse(importId)).toMatchObject({
      status: 403,
      body: {
        detail: 'The council has already decided something about this statement: ask it to reverse the statement.',
      },
    });
    expect((await account.reverse(importId, 'Wrong file', authority.financeOfficer)).status).toBe(200);
    expect(await account.bankBalance()).toBe('0');
  });

  it('stays where a receipt explains a line of it', async () => {
    const account = await room();
    const importId = await account.add('april.csv', april);
    const cafe = (await linesOf(account)).find(({ description }) => description === 'CORNER CAFE')!;
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    const { status } = await account.budget.recipient.upload(
      '/v1/receipts',
      { budgetId: account.budget.id, statementLineId: cafe.id },
      { name: 'till.png', type: 'image/png', bytes: png },
    );
    expect(status).toBe(201);
    expect((await account.reverse(importId)).body.detail).toBe(
      'The statement cannot be reversed: 1 line has a receipt (28 April 2026, £2.40, “CORNER CAFE”); take those receipts off first.',
    );
  });

  it('stays where a later statement left lines out because this one had brought them in', async () => {
    const account = await room();
    const first = await account.add('april.csv', april);
    const second = await account.add('may.csv', may);
    expect(await account.reverse(first)).toMatchObject({
      status: 409,
      body: {
        detail:
          'The statement cannot be reversed: may.csv left out 1 line that this one had brought in; reverse may.csv first, and send it again afterwards.',
        dependants: [{ kind: 'statement', importId: second, lines: 1 }],
      },
    });
    expect((await account.reverse(second)).status).toBe(200);
    expect((await account.reverse(first)).status).toBe(200);
  });

  it('stays where a later one was read before it was posted and found its lines held only then', async () => {
    const account = await room();
    const [early, late] = [await account.read('april.csv', april), await account.read('may.csv', may)];
    expect(late.body.counts).toMatchObject({ new: 2, alreadyHeld: 0 });
    await account.commit(early.body.id as string);
    await account.commit(late.body.id as string);
    expect((await account.reverse(early.body.id as string)).body.detail).toContain('may.csv left out 1 line');
  });

  it('stays where an import of an earlier version left lines out that it had shown as new', async () => {
    const account = await room();
    const first = await account.add('april.csv', april);
    const second = await account.add('may.csv', may);
    await api.owner.query(
      `UPDATE statement_import_lines SET verdict = 'NEW', held_line_id = NULL WHERE import_id = $1 AND verdict = 'HELD'`,
      [second],
    );
    expect((await account.reverse(first)).body.detail).toContain('may.csv left out 1 line');
  });

  it('leaves its lines to a later statement whose commit still waits for its job', async () => {
    const account = await room();
    const first = await account.add('april.csv', april);
    const second = await account.read('may.csv', may);
    const importId = second.body.id as string;
    const held = second.body.counts.alreadyHeld as number;
    expect(held).toBe(1);
    await api.owner.query(`UPDATE statement_imports SET state = 'COMMITTING', commit_request = $2 WHERE id = $1`, [
      importId,
      JSON.stringify({
        principal: { kind: 'person', id: account.budget.recipient.id },
        acceptAsNew: [],
        confirmed: false,
      }),
    ]);
    expect((await account.reverse(first)).status).toBe(200);
    await api.app.get(CommitStatement).run({ authorityId: authority.id, importId });
    const after = await account.budget.recipient.get(`/v1/statement-imports/${importId}`);
    expect(after.body).toMatchObject({ state: 'COMMITTED', counts: { new: may.length, alreadyHeld: 0 } });
  });

  it('takes its suggestions and its verdicts out of sight', async () => {
    const account = await room();
    const importId = await account.add('april.csv', april);
    const job = { authorityId: authority.id, designatedAccountId: account.budget.designatedAccountId };
    await api.app.get(SuggestMatches).run(job);
    const assessed = (): Promise<{ rowCount: number | null }> =>
      api.owner.query(`SELECT 1 FROM spend_verdicts WHERE budget_id = $1 AND current`, [account.budget.id]);
    expect((await assessed()).rowCount).toBe(1);
    await account.reverse(importId);
    await api.app.get(SuggestMatches).run(job);
    expect((await assessed()).rowCount).toBe(0);
    const open = await api.owner.query('SELECT 1 FROM match_suggestions WHERE budget_id = $1', [account.budget.id]);
    expect(open.rowCount).toBe(0);
  });

  it('keeps its lines as a record that nothing can be hung on', async () => {
    const account = await room();
    const importId = await account.add('april.csv', april);
    const cafe = (await linesOf(account)).find(({ description }) => description === 'CORNER CAFE')!;
    await account.reverse(importId);
    await expect(
      api.owner.query('UPDATE statement_lines SET reversed_at = NULL, reversal_journal_id = NULL WHERE id = $1', [
        cafe.id,
      ]),
    ).rejects.toThrow('kept as it was received');
    const allocated = await authority.financeOfficer.post('/v1/allocations', {
      statementLineId: cafe.id,
      parts: [{ amount: '-2.40', target: { type: 'family-money', budgetId: account.budget.id } }],
      reasons: 'x',
    });
    expect(allocated).toMatchObject({
      status: 404,
      body: { detail: `There is no statement line ${cafe.id} that you can see.` },
    });
  });

  it('is reversed once, and only from the books', async () => {
    const account = await room();
    const importId = await account.add('april.csv', april);
    const path = `/v1/statement-imports/${importId}/reverse`;
    const first = await account.budget.recipient.post(path, { reason: 'Twice sent' }, { key: 'reverse-april' });
    expect(first.status).toBe(200);
    const repeated = await account.budget.recipient.post(path, { reason: 'Twice sent' }, { key: 'reverse-april' });
    expect(repeated.body).toEqual(first.body);
    expect(await account.reverse(importId)).toMatchObject({
      status: 409,
      body: {
        type: 'urn:ringfence:problem:statement-not-ready',
        detail: 'The statement cannot be reversed because it was reversed already.',
      },
    });
    expect((await account.commit(importId)).body.detail).toBe(
      'The statement cannot be committed because it was reversed: upload the file again.',
    );
    const waiting = await account.read('april.csv', april);
    expect((await account.reverse(waiting.body.id as string)).body.detail).toBe(
      'The statement cannot be reversed because nothing of it is posted: leave it as it is.',
    );
  });

  it('needs a reason of its own length', async () => {
    const account = await room();
    const importId = await account.add('april.csv', april);
    expect(await account.reverse(importId, '  ')).toMatchObject({
      status: 422,
      body: {
        errors: [
          {
            pointer: '/reason',
            message: '/reason has 0 characters: say in 1 to 2000 why the statement is reversed.',
          },
        ],
      },
    });
    expect((await account.reverse(importId, 'x'.repeat(2001))).status).toBe(422);
    expect((await account.reverse(importId, 'x'.repeat(2000))).status).toBe(200);
  });

  it('is refused from those who may only read, and unknown to strangers', async () => {
    const account = await room();
    const importId = await account.add('april.csv', april);
    for (const reader of [authority.auditor, authority.planCoordinator, authority.approver]) {
      expect(await account.reverse(importId, 'x', reader)).toMatchObject({
        status: 403,
        body: { type: 'urn:ringfence:problem:not-permitted' },
      });
    }
    const stranger = await seedBudget(api, authority);
    const elsewhere = await seedPerson(api, (await seedAuthority(api, 'Elmshire')).id, 'Eve Else', 'FINANCE_OFFICER');
    for (const nobody of [stranger.recipient, elsewhere]) {
      expect(await account.reverse(importId, 'x', nobody)).toMatchObject({
        status: 404,
        body: { detail: `There is no statement import ${importId} that you can see.` },
      });
    }
  });
});
