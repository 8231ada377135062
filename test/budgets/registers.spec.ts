import { accountOf, budgetLinesInForce, payeesOf } from '@ringfence/budgets';
import { newId } from '@ringfence/kernel';
import {
  addPerson,
  addPrincipal,
  asSystem,
  budgetInPlace,
  once,
  openCouncil,
  ownAccount,
  refusal,
  supportLine,
  type Council,
} from './council.js';

let council: Council;
beforeAll(async () => {
  council = await openCouncil();
}, 120_000);
afterAll(() => council.close());

describe('a payer', () => {
  it('has a code of its own', async () => {
    const icb = { name: 'Barrow ICB', kind: 'INTEGRATED_CARE_BOARD' as const, code: 'BICB' };
    await council.plans.addPayer(council.officer, icb, once());
    expect((await refusal(council.plans.addPayer(council.officer, icb, once()))).message).toBe(
      'The code "BICB" belongs to a payer already: use that one.',
    );
    expect((await council.reader.payers(council.officer)).map(({ code }) => code)).toEqual(['BICB', 'FS']);
  });
});

describe('a plan', () => {
  it('numbers each outcome once and belongs to a child who is known', async () => {
    const outcome = { reference: '1', description: 'Swims' };
    const plan = { childId: newId(), kind: 'EHC_PLAN' as const, startsOn: '2026-02-01', outcomes: [outcome, outcome] };
    expect((await refusal(council.plans.addPlanDocument(council.officer, plan, once()))).message).toBe(
      'The plan has two outcomes "1": number each once.',
    );
    const one = { ...plan, outcomes: [outcome] };
    expect((await refusal(council.plans.addPlanDocument(council.officer, one, once()))).message).toBe(
      `There is no child ${plan.childId} that you can see.`,
    );
  });
});

describe('a budget', () => {
  it('is created once for a repeated request, and its reference once in the authority', async () => {
    const place = await budgetInPlace(council, 'FS-1');
    const { childId, recipientId, planDocumentId } = place;
    const again = { reference: 'FS-1', childId, recipientId, planDocumentId, startsOn: '2026-04-01' };
    expect((await refusal(council.register.createBudget(council.officer, again, once()))).message).toBe(
      'There is a budget "FS-1" already: give another reference.',
    );
    const request = once();
    const first = await council.register.createBudget(council.officer, { ...again, reference: 'FS-2' }, request);
    expect(await council.register.createBudget(council.officer, { ...again, reference: 'FS-2' }, request)).toEqual(
      first,
    );
  });

  it('takes a plan of its own child only', async () => {
    const place = await budgetInPlace(council, 'FS-3');
    const other = await addPerson(council.owner, council.authorityId, 'Somebody else', '2016-01-01');
    const { recipientId, planDocumentId } = place;
    const input = { reference: 'FS-4', childId: other, recipientId, planDocumentId, startsOn: '2026-04-01' };
    expect((await refusal(council.register.createBudget(council.officer, input, once()))).message).toBe(
      `The plan ${planDocumentId} is another child's: name a plan of this child.`,
    );
  });

  it('is set up by officers, and read by those who are let in to it', async () => {
    const place = await budgetInPlace(council, 'FS-5');
    const { owner, authorityId, reader, register, officer } = council;
    await register.addBudgetLines(officer, place.budgetId, [supportLine(place)], once());
    await council.accounts.openDesignatedAccount(officer, ownAccount(place, { accountNumber: '55555555' }), once());
    const parent = await addPrincipal(owner, authorityId, 'RECIPIENT', place.budgetId);
    expect((await reader.listBudgets(parent, {}, { limit: 10 })).map(({ reference }) => reference)).toEqual(['FS-5']);
    const detail = await reader.agreedBudget(parent, place.budgetId);
    expect(detail).toMatchObject({
      reference: 'FS-5',
      child: { name: 'Child of FS-5', dateOfBirth: '2015-02-03' },
      plan: { kind: 'EHC_PLAN', outcomes: [{ reference: '1' }] },
      agreements: [{ payer: { code: 'FS' }, versions: [{ version: 1, validFrom: '2026-04-01' }] }],
      lines: [{ name: 'Bus companion', amountPence: 650_000n, quantity: '520', outcomeIds: [place.outcomeId] }],
      accounts: [{ accountNumber: '55555555', validFrom: '2026-03-20', validTo: null }],
    });
    const other = await budgetInPlace(council, 'FS-6');
    expect((await refusal(reader.budget(parent, other.budgetId))).code).toBe('not-found');
    expect((await refusal(register.addBudgetLines(parent, place.budgetId, [supportLine(place)], once()))).message).toBe(
      'You may not set up or change a budget: you need the role of finance officer or plan co-ordinator. Ask the authority to grant it if you should have it.',
    );
  });

  it('is not written by a recipient even where the service would let them', async () => {
    const place = await budgetInPlace(council, 'FS-7');
    const parent = await addPrincipal(council.owner, council.authorityId, 'RECIPIENT', place.budgetId);
    const context = { authorityId: council.authorityId, principal: { kind: 'person' as const, id: parent.id } };
    const raise = council.database.transaction(context, (tx) =>
      tx.query(`UPDATE budgets SET reference = 'mine' WHERE id = $1`, [place.budgetId]),
    );
    await expect(raise).rejects.toThrow('row-level security');
    const locked = await council.database.transaction(context, (tx) =>
      tx.query('SELECT 1 FROM budgets WHERE id = $1 FOR UPDATE', [place.budgetId]),
    );
    expect(locked).toHaveLength(1);
  });

  it('is listed by reference, page by page, and found by text, stream and day', async () => {
    const { reader, officer } = council;
    const all = await reader.listBudgets(officer, {}, { limit: 100 });
    expect(all.map(({ reference }) => reference)).toEqual(all.map(({ reference }) => reference).sort());
    const second = await reader.listBudgets(officer, {}, { limit: 2, after: all[1]!.reference });
    expect(second.map(({ id }) => id)).toEqual(all.slice(2, 4).map(({ id }) => id));
    expect(await reader.listBudgets(officer, { stream: 'EDU' }, { limit: 10 })).toMatchObject([
      { reference: 'FS-5', amountPence: 650_000n, cashPence: 650_000n, streams: ['EDU'] },
    ]);
    expect(await reader.listBudgets(officer, { text: 'parent of fs-6' }, { limit: 10 })).toHaveLength(1);
    expect(await reader.listBudgets(officer, { day: '2026-03-31' }, { limit: 10 })).toEqual([]);
  });
});

describe('an agreement', () => {
  it('is one for each payer of a budget, and changes by versions that begin later', async () => {
    const place = await budgetInPlace(council, 'FS-10');
    const { register, officer, payerId, owner } = council;
    const terms = { validFrom: '2026-09-01', signedOn: '2026-08-20', reason: 'More hours' };
    expect((await refusal(register.addAgreement(officer, place.budgetId, { ...terms, payerId }, once()))).message).toBe(
      'This budget has an agreement with Fernshire already: add a version to it.',
    );
    const changed = { ...terms, changesServices: true };
    expect(await register.newAgreementVersion(officer, place.agreementId, changed, once())).toEqual({
      agreementId: place.agreementId,
      version: 2,
    });
    const jobs = await owner.query(`SELECT payload FROM outbox_jobs WHERE name = 'agreement-changed'`);
    expect(jobs.rows).toEqual([{ payload: { agreementId: place.agreementId, version: 2 } }]);
    expect((await refusal(register.newAgreementVersion(officer, place.agreementId, changed, once()))).message).toBe(
      'Version 2 is valid from 2026-09-01: a new version begins after that day, and 2026-09-01 does not.',
    );
  });

  it('that changes no service asks for no review', async () => {
    const place = await budgetInPlace(council, 'FS-11');
    const terms = { validFrom: '2026-06-01', signedOn: '2026-05-20', reason: 'Uplift', changesServices: false };
    await council.register.newAgreementVersion(council.officer, place.agreementId, terms, once());
    const jobs = await council.owner.query(`SELECT 1 FROM outbox_jobs WHERE payload ->> 'agreementId' = $1`, [
      place.agreementId,
    ]);
    expect(jobs.rowCount).toBe(0);
  });
});

describe('budget lines', () => {
  it('are added all or none, and every fault of every line is named', async () => {
    const place = await budgetInPlace(council, 'FS-20');
    const stranger = newId();
    const lines = [
      supportLine(place, { amountPence: 650_001n }),
      supportLine(place),
      supportLine(place, { outcomeIds: [], payeeId: stranger, startsOn: '2026-03-01' }),
    ];
    const refused = await refusal(council.register.addBudgetLines(council.officer, place.budgetId, lines, once()));
    expect(refused.message).toBe(
      '520 hours at £12.50 make £6,500.00, and the amount is £6,500.01: correct one of them. (and 4 more)',
    );
    expect(refused.errors.map(({ pointer }) => pointer)).toEqual([
      '/lines/0/amount',
      '/lines/2/outcomes',
      '/lines/2/startsOn',
      '/lines/2/startsOn',
      '/lines/2/payeeId',
    ]);
    const detail = await council.reader.agreedBudget(council.officer, place.budgetId);
    expect(detail.lines).toEqual([]);
  });

  it('are in force from their first day to their last', async () => {
    const place = await budgetInPlace(council, 'FS-21');
    const line = supportLine(place, { startsOn: '2026-05-01', endsOn: '2026-07-31' });
    await council.register.addBudgetLines(council.officer, place.budgetId, [line], once());
    const on = (day: string) =>
      council.database.transaction(asSystem(council), (tx) => budgetLinesInForce(tx, place.budgetId, day));
    expect(await on('2026-04-30')).toEqual([]);
    expect(await on('2026-07-31')).toMatchObject([{ quantity: '520', unit: 'hours', ratePence: 1_250n }]);
    expect(await on('2026-08-01')).toEqual([]);
  });

  it('of a direct payment without an outcome are refused by the database too', async () => {
    const place = await budgetInPlace(council, 'FS-22');
    const insert = council.owner.query(
      `INSERT INTO budget_lines (authority_id, id, budget_id, agreement_id, name, stream, mechanism, holder, plan_section,
         amount_pence, starts_on, ends_on) VALUES ($1, $2, $3, $4, 'Bare', 'EDU', 'DIRECT_PAYMENT', 'FAMILY', 'F', 1, $5, $5)`,
      [council.authorityId, newId(), place.budgetId, place.agreementId, '2026-04-01'],
    );
    await expect(insert).rejects.toThrow('budget line "Bare" is a direct payment and names no outcome');
  });
});

describe('a designated account', () => {
  it('opens with a book and holds its budgets, as siblings share one', async () => {
    const [one, two] = [await budgetInPlace(council, 'FS-30'), await budgetInPlace(council, 'FS-31')];
    const account = ownAccount(one, { accountNumber: '30303030', budgetIds: [one.budgetId, two.budgetId] });
    const opened = await council.accounts.openDesignatedAccount(council.officer, account, once());
    const read = await council.database.transaction(asSystem(council), (tx) => accountOf(tx, opened.id));
    expect(read).toMatchObject({ bookId: opened.bookId, kind: 'OWN_BANK', sortCode: '123456', closedOn: null });
    expect(read!.budgets.map(({ budgetId }) => budgetId).sort()).toEqual([one.budgetId, two.budgetId].sort());
    expect((await refusal(council.accounts.openDesignatedAccount(council.officer, account, once()))).message).toBe(
      'The account 123456 30303030 is recorded as "Direct payments" already: add the budget to it.',
    );
    const again = { budgetId: two.budgetId, validFrom: '2026-05-01' };
    expect(
      (await refusal(council.accounts.addBudgetToAccount(council.officer, opened.id, again, once()))).message,
    ).toBe('The budget is in the account Direct payments from 2026-03-20 already.');
  });

  it('is refused with half a number, without a holder, or with an organisation as the holder of a family’s account', async () => {
    const place = await budgetInPlace(council, 'FS-32');
    const open = (change: object) =>
      refusal(council.accounts.openDesignatedAccount(council.officer, ownAccount(place, change), once()));
    expect((await open({ accountNumber: null })).message).toBe(
      'sortCode and accountNumber belong together: give both or neither.',
    );
    expect((await open({ sortCode: '12345' })).message).toBe(
      '/sortCode is "12345": write its six digits, such as "309950".',
    );
    expect((await open({ holderPersonId: null })).message).toBe(
      'An account has one holder: name one of holderPersonId and holderOrganisationId.',
    );
    expect((await open({ holderPersonId: null, holderOrganisationId: newId() })).message).toBe(
      'An organisation holds MANAGED accounts only, and this is OWN_BANK.',
    );
    expect((await open({ budgetIds: [] })).message).toBe('/budgetIds has 0: name 1 to 1000 budgets.');
  });

  it('is closed once nothing more is to be paid into it', async () => {
    const place = await budgetInPlace(council, 'FS-33');
    const account = ownAccount(place, { accountNumber: '33333333' });
    const { id } = await council.accounts.openDesignatedAccount(council.officer, account, once());
    await council.accounts.closeDesignatedAccount(council.officer, id, '2026-05-31');
    expect((await council.reader.designatedAccount(council.officer, id)).budgets).toMatchObject([
      { validTo: '2026-05-31' },
    ]);
    expect((await refusal(council.accounts.closeDesignatedAccount(council.officer, id, '2026-06-30'))).message).toBe(
      'The account Direct payments was closed on 2026-05-31.',
    );
  });
});

describe('who lives with whom', () => {
  it('is dated, kept for the child and the recipient apart, and never twice on one day', async () => {
    const place = await budgetInPlace(council, 'FS-40');
    const { payees, officer } = council;
    const aunt = { name: 'Noor Aziz', kind: 'PERSONAL_ASSISTANT' as const, names: ['N AZIZ'], relationship: 'aunt' };
    const { id: payeeId } = await payees.addPayee(officer, place.budgetId, aunt, once());
    expect((await refusal(payees.addPayee(officer, place.budgetId, aunt, once()))).message).toBe(
      'This budget has a payee "Noor Aziz" already: use that one.',
    );
    const child = { payeeId, livesWith: 'CHILD' as const, validFrom: '2026-04-01' };
    const { id } = await payees.recordHouseholdMembership(officer, child, once());
    await payees.recordHouseholdMembership(
      officer,
      { ...child, livesWith: 'RECIPIENT', validTo: '2026-04-30' },
      once(),
    );
    expect(
      (await refusal(payees.recordHouseholdMembership(officer, { ...child, validFrom: '2026-06-01' }, once()))).message,
    ).toBe(
      'Noor Aziz is recorded as living with the child from 2026-04-01 already: end that first, or choose other days.',
    );
    expect((await refusal(payees.endHouseholdMembership(officer, id, '2026-03-31'))).message).toBe(
      '/validTo is 2026-03-31, before the first day 2026-04-01: correct one of the two.',
    );
    await payees.endHouseholdMembership(officer, id, '2026-05-31');
    expect((await refusal(payees.endHouseholdMembership(officer, id, '2026-07-31'))).message).toBe(
      'This membership ended on 2026-05-31: record a new one for the days after.',
    );
    await payees.recordHouseholdMembership(officer, { ...child, validFrom: '2026-06-01' }, once());
    const read = await council.database.transaction(asSystem(council), (tx) => payeesOf(tx, place.budgetId));
    expect(read).toMatchObject([
      {
        names: ['N AZIZ'],
        relationship: 'aunt',
        livesWithChild: [
          { from: '2026-04-01', to: '2026-05-31' },
          { from: '2026-06-01', to: null },
        ],
        livesWithRecipient: [{ from: '2026-04-01', to: '2026-04-30' }],
      },
    ]);
  });

  it('is recorded once when two officers record it at the same moment', async () => {
    const place = await budgetInPlace(council, 'FS-41');
    const payee = { name: 'Bo Lindqvist', kind: 'PERSONAL_ASSISTANT' as const };
    const { id: payeeId } = await council.payees.addPayee(council.officer, place.budgetId, payee, once());
    const record = () =>
      council.payees.recordHouseholdMembership(
        council.officer,
        { payeeId, livesWith: 'CHILD', validFrom: '2026-04-01' },
        once(),
      );
    const tried = await Promise.allSettled(Array.from({ length: 6 }, record));
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
