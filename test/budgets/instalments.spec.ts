import {
  instalmentsAround,
  markInstalmentReceived,
  markInstalmentsNotReceived,
  postInstalmentsDueFor,
} from '@ringfence/budgets';
import { newId } from '@ringfence/kernel';
import {
  asSystem,
  budgetInPlace,
  once,
  openCouncil,
  ownAccount,
  refusal,
  supportLine,
  today,
  type BudgetInPlace,
  type Council,
} from './council.js';

let council: Council;
let place: BudgetInPlace;
let accountId: string;
beforeAll(async () => {
  council = await openCouncil();
  place = await budgetInPlace(council, 'FS-1');
  await council.register.addBudgetLines(council.officer, place.budgetId, [supportLine(place)], once());
  accountId = (await council.accounts.openDesignatedAccount(council.officer, ownAccount(place), once())).id;
}, 120_000);
afterAll(() => council.close());

const schedule = (change: object = {}) => ({
  agreementId: place.agreementId,
  designatedAccountId: accountId,
  stream: 'EDU' as const,
  kind: 'REGULAR' as const,
  frequency: 'FOUR_WEEKLY' as const,
  amountPence: 50_000n,
  firstDueOn: '2026-04-06',
  lastDueOn: '2027-03-08',
  ...change,
});
const add = (change: object = {}, request = once()) =>
  council.instalments.addInstalmentSchedule(council.officer, schedule(change), request);

describe('a schedule', () => {
  it('makes a dated instalment for each day, once for a repeated request', async () => {
    const request = once();
    const made = await add({}, request);
    expect(made.instalments).toBe(13);
    expect(await add({}, request)).toEqual(made);
    const rows = await council.reader.listInstalments(council.officer, { budgetId: place.budgetId }, { limit: 100 });
    expect(rows).toHaveLength(13);
    expect(rows[0]).toMatchObject({
      dueOn: '2026-04-06',
      amountPence: 50_000n,
      stream: 'EDU',
      kind: 'REGULAR',
      state: 'due',
    });
  });

  it('of terms falls due on the days that it lists', async () => {
    const days = ['2026-04-20', '2026-09-07'];
    const made = await add({
      frequency: 'TERMLY',
      termlyDueOn: days,
      firstDueOn: days[0],
      lastDueOn: days[1],
      kind: 'START_UP',
    });
    expect(made.instalments).toBe(2);
  });

  it('is refused for money that is not paid in cash, before the agreement, after the budget and into another account', async () => {
    expect((await refusal(add({ stream: 'HEALTH' }))).message).toBe(
      'The agreement has no HEALTH line that is paid in cash: add the direct-payment line first.',
    );
    expect((await refusal(add({ firstDueOn: '2026-03-25' }))).message).toBe(
      'The agreement is not yet in force on 2026-03-25: begin when it is.',
    );
    expect((await refusal(add({ lastDueOn: '2027-04-05' }))).message).toBe(
      '/lastDueOn is 2027-04-05, and the budget ends on 2027-03-31.',
    );
    const other = newId();
    expect((await refusal(add({ designatedAccountId: other }))).message).toBe(
      `The account ${other} does not hold this budget on 2026-04-06: choose one that does.`,
    );
  });
});

describe('instalments that fall due', () => {
  it('are posted once each, as due from the payer and held as its funds, however often they are asked for', async () => {
    const posted = await Promise.all(
      [1, 2, 3].map(() => postInstalmentsDueFor(council.database, council.authorityId, '2026-05-04')),
    );
    expect(posted.reduce((sum, count) => sum + count, 0)).toBe(3);
    expect(await postInstalmentsDueFor(council.database, council.authorityId, '2026-05-04')).toBe(0);
    const entries = await council.owner.query(
      `SELECT j.kind, j.effective_date, e.code, e.stream, e.amount_pence, e.agreement_id, i.due_on
         FROM instalments i JOIN journals j ON j.id = i.due_journal_id JOIN journal_entries e ON e.journal_id = j.id
        WHERE j.idempotency_key = 'instalment:' || i.id ORDER BY i.due_on, e.position`,
    );
    expect(entries.rows).toHaveLength(6);
    expect(entries.rows.slice(0, 2)).toEqual([
      {
        kind: 'INSTALMENT_DUE',
        effective_date: '2026-04-06',
        code: 'DUE_FROM_PAYER',
        stream: 'EDU',
        amount_pence: 50_000n,
        agreement_id: place.agreementId,
        due_on: '2026-04-06',
      },
      {
        kind: 'INSTALMENT_DUE',
        effective_date: '2026-04-06',
        code: 'FUNDS_HELD',
        stream: 'EDU',
        amount_pence: -50_000n,
        agreement_id: place.agreementId,
        due_on: '2026-04-06',
      },
    ]);
  });

  it('are expected, due, late or received, and matched by the days around a payment', async () => {
    const states = async (day: string) => {
      council.clock.moveTo(new Date(`${day}T09:00:00Z`));
      const rows = await council.reader.listInstalments(
        council.officer,
        { budgetId: place.budgetId, to: '2026-05-04' },
        { limit: 9 },
      );
      return rows.map(({ state }) => state);
    };
    expect(await states(today)).toEqual(['due', 'expected', 'expected']);
    expect(await states('2026-04-21')).toEqual(['late', 'due', 'expected']);
    const around = { designatedAccountIds: [accountId], from: '2026-04-01', to: '2026-04-10' };
    const [row] = await council.database.transaction(asSystem(council), (tx) => instalmentsAround(tx, around, today));
    const journalId = newId();
    const receive = () =>
      council.database.transaction(asSystem(council), (tx) =>
        markInstalmentReceived(tx, row!.id, { receivedOn: '2026-04-07', journalId }),
      );
    await receive();
    expect(await states('2026-04-21')).toEqual(['received', 'due', 'expected']);
    expect((await refusal(receive())).message).toBe(
      `The instalment ${row!.id} is received or withdrawn already: match another one.`,
    );
    await council.database.transaction(asSystem(council), (tx) => markInstalmentsNotReceived(tx, journalId));
    expect(await states('2026-04-21')).toEqual(['late', 'due', 'expected']);
    const late = await council.reader.listInstalments(council.officer, { states: ['late'] }, { limit: 9 });
    expect(late.map(({ id }) => id)).toEqual([row!.id]);
    expect(await council.reader.nextInstalment(council.officer, place.budgetId)).toMatchObject({ dueOn: '2026-05-04' });
    await states(today);
  });

  it('are listed page by page', async () => {
    const all = await council.reader.listInstalments(council.officer, {}, { limit: 100 });
    const { dueOn, id } = all[3]!;
    const next = await council.reader.listInstalments(council.officer, {}, { limit: 2, after: [dueOn, id] });
    expect(next.map((row) => row.id)).toEqual(all.slice(4, 6).map((row) => row.id));
  });

  it('are withdrawn when the schedule ends, save those that are posted', async () => {
    const [first] = await council.reader.listInstalments(council.officer, { stream: 'EDU' }, { limit: 1 });
    const ended = await council.instalments.endInstalmentSchedule(council.officer, first!.scheduleId, '2026-04-30');
    expect(ended).toEqual({ withdrawn: 11 });
    expect(await postInstalmentsDueFor(council.database, council.authorityId, '2027-03-31')).toBe(1);
    const gone = await council.reader.listInstalments(council.officer, { states: ['withdrawn'] }, { limit: 100 });
    expect(gone).toHaveLength(11);
  });
});
