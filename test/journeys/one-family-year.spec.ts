import { randomUUID } from 'node:crypto';
import type { DemoApiClient } from '../../apps/cli/src/demo/api-client.js';
import { acceptInvitations } from '../../apps/cli/src/demo/steps/open-authorities.js';
import { pdfOf } from '../../apps/cli/src/demo/documents/pdf.js';
import { acceptMatches, emailOf, FamilyWorld, post, sendStatement, until, type Line } from './family-world.js';

/*
 * Rosa is nine. Her mother Ingrid receives £500.00 a month from the council for a personal assistant and a club, and
 * £100.00 from the health board for creams and equipment, into one account. This is their first year, told month by
 * month as it happens; every figure below was worked out on paper.
 */
let family: FamilyWorld;
let officer: DemoApiClient;
let coordinator: DemoApiClient;
let ingrid: DemoApiClient;
let bureau: DemoApiClient;
let budgetId: string;
let accountId: string;
let careAgreementId: string;
const lineIds = new Map<string, string>();

afterAll(() => family?.world.stop(), 60_000);

/** Every month stands on the months before: when one has failed, the others say so and do not wait. */
let failed: string | undefined;
function month(title: string, tell: () => Promise<void>): void {
  it(
    title,
    async () => {
      if (failed) throw new Error(`An earlier month failed: ${failed}`);
      failed = title;
      await tell();
      failed = undefined;
    },
    60_000,
  );
}

describe('One family for a year', () => {
  month('March: the council records the plan, the two agreements, the account and who works for Rosa', async () => {
    family = await FamilyWorld.start('2026-03-20');
    const head = await family.openCouncil('Vera Stone', '2026-03-20');
    for (const [name, role] of [
      ['Olu Bell', 'FINANCE_OFFICER'],
      ['Pia Rowe', 'PLAN_COORDINATOR'],
    ] as const) {
      const { id } = await post(head, '/v1/people', { name, email: emailOf(name), signIn: await family.signIn(name) });
      await acceptInvitations(family.client(name));
      await post(head, '/v1/role-grants', { role, personId: id, validFrom: '2026-03-20' });
    }
    [officer, coordinator, ingrid] = [
      family.client('Olu Bell'),
      family.client('Pia Rowe'),
      family.client('Ingrid Vane'),
    ];
    bureau = await family.machine('quill-payroll');
    await recordRosa();
  });

  month('April: the first money comes, Joss is paid £300.00 and the club £45.00', async () => {
    await family.dayIs('2026-05-01');
    await payRun('2026-04', [['JB-1', '20', '300.00']]);
    await statement('April', [
      '01/04/2026,Oakshire Council,DP ROSA,FASTER PAYMENT,500.00,500.00',
      '01/04/2026,Oakshire Health Board,PHB ROSA,FASTER PAYMENT,100.00,600.00',
      '14/04/2026,Splash Club,APRIL,CONTACTLESS,-45.00,555.00',
      '28/04/2026,Joss Bright,WAGES,FASTER PAYMENT,-300.00,255.00',
    ]);
    await acceptMatches(officer, accountId, 4);
    await expectMoney({ care: '155.00', health: '100.00', bank: '255.00' });
  });

  month('May: Rosa’s brother Kit helps too, from his flat at university', async () => {
    await family.dayIs('2026-06-01');
    await payRun('2026-05', [
      ['JB-1', '20', '300.00'],
      ['KV-2', '10', '120.00'],
    ]);
    await statement('May', [
      '01/05/2026,Oakshire Council,DP ROSA,FASTER PAYMENT,500.00,755.00',
      '01/05/2026,Oakshire Health Board,PHB ROSA,FASTER PAYMENT,100.00,855.00',
      '12/05/2026,Splash Club,MAY,CONTACTLESS,-45.00,810.00',
      '28/05/2026,Joss Bright,WAGES,FASTER PAYMENT,-300.00,510.00',
      '28/05/2026,Kit Vane,WAGES,FASTER PAYMENT,-120.00,390.00',
    ]);
    await acceptMatches(officer, accountId, 5);
    await expectMoney({ care: '190.00', health: '200.00', bank: '390.00' });
  });

  month('June: a prescription of £9.90 hides on the chemist’s receipt of £23.40 and stays out', async () => {
    await family.dayIs('2026-06-30');
    await payRun('2026-06', [
      ['JB-1', '20', '300.00'],
      ['KV-2', '10', '120.00'],
    ]);
    await statement('June', [
      '01/06/2026,Oakshire Council,DP ROSA,FASTER PAYMENT,500.00,890.00',
      '01/06/2026,Oakshire Health Board,PHB ROSA,FASTER PAYMENT,100.00,990.00',
      '09/06/2026,Splash Club,JUNE,CONTACTLESS,-45.00,945.00',
      '16/06/2026,Boots,2214,CONTACTLESS,-23.40,921.60',
      '28/06/2026,Joss Bright,WAGES,FASTER PAYMENT,-300.00,621.60',
      '28/06/2026,Kit Vane,WAGES,FASTER PAYMENT,-120.00,501.60',
    ]);
    await acceptMatches(officer, accountId, 5);
    const chemist = await lineOf('2026-06-16');
    const receiptLines = [
      { description: 'NHS prescription', amount: '9.90' },
      { description: 'Barrier cream', amount: '13.50' },
    ];
    await ingrid.upload(
      '/v1/receipts',
      {
        budgetId,
        statementLineId: chemist.id,
        amount: '23.40',
        date: '2026-06-16',
        supplier: 'Boots',
        lines: JSON.stringify(receiptLines),
      },
      {
        name: 'boots.pdf',
        contentType: 'application/pdf',
        bytes: pdfOf(['Boots', 'NHS prescription 9.90', 'Barrier cream 13.50']),
      },
      randomUUID(),
    );
    const part = (amount: string) => ({
      amount,
      target: { type: 'budget-line', budgetLineId: lineIds.get('Creams and equipment') },
    });
    const whole = { statementLineId: chemist.id, parts: [part('-23.40')], reasons: 'The chemist.' };
    await expect(post(officer, '/v1/allocations', whole)).rejects.toMatchObject({
      status: 422,
      type: 'spend-excluded',
    });
    await post(officer, '/v1/allocations', { ...whole, parts: [part('-13.50')], reasons: 'The cream is agreed.' });
    const assessed = await until(
      () => lineOf('2026-06-16'),
      ({ verdict, state }) => verdict === 'excluded' && state === 'PART',
    );
    expect(assessed).toMatchObject({ remaining: '-9.90' });
    expect(assessed.findings).toContainEqual(
      expect.objectContaining({ rule: 'PRESCRIPTION', verdict: 'excluded', amount: '-9.90' }),
    );
    await expectMoney({ care: '225.00', health: '286.50', bank: '501.60' });
  });

  month(
    'July: the first review is due three months after the first payment, and Kit, home for the summer, may not be paid',
    async () => {
      await family.dayIs('2026-07-01');
      const open = await until(
        () => reviews('THREE_MONTH'),
        (found) => found.length === 2 && found.every(({ state }) => state === 'OPEN'),
      );
      expect(open.map(({ dueOn, state }) => [dueOn, state])).toEqual([
        ['2026-07-01', 'OPEN'],
        ['2026-07-01', 'OPEN'],
      ]);
      await family.dayIs('2026-07-31');
      await expect(
        payRun('2026-07', [
          ['JB-1', '20', '300.00'],
          ['KV-2', '10', '120.00'],
        ]),
      ).rejects.toMatchObject({
        status: 422,
        type: 'spend-excluded',
      });
      await payRun('2026-07', [['JB-1', '20', '300.00']]);
      await statement('July', [
        '01/07/2026,Oakshire Council,DP ROSA,FASTER PAYMENT,500.00,1001.60',
        '01/07/2026,Oakshire Health Board,PHB ROSA,FASTER PAYMENT,100.00,1101.60',
        '28/07/2026,Joss Bright,WAGES,FASTER PAYMENT,-300.00,801.60',
      ]);
      await acceptMatches(officer, accountId, 3);
      await expectMoney({ care: '425.00', health: '386.50', bank: '801.60' });
    },
  );

  month('August: the health board pays late, and the club’s summer week is paid from what was saved', async () => {
    await family.dayIs('2026-08-10');
    // The council’s own payment of 1 August waits for its statement too.
    expect(await late()).toEqual([
      ['2026-08-01', 'HEALTH'],
      ['2026-08-01', 'SOCIAL_CHILD'],
    ]);
    await family.dayIs('2026-08-31');
    await statement('August', [
      '03/08/2026,Oakshire Council,DP ROSA,FASTER PAYMENT,500.00,1301.60',
      '10/08/2026,Splash Club,SUMMER WEEK,CONTACTLESS,-160.00,1141.60',
      '20/08/2026,Oakshire Health Board,PHB ROSA,FASTER PAYMENT,100.00,1241.60',
    ]);
    await acceptMatches(officer, accountId, 3);
    expect(await late()).toEqual([]);
    await expectMoney({ care: '765.00', health: '486.50', bank: '1241.60' });
  });

  month('September: Joss is back', async () => {
    await family.dayIs('2026-09-30');
    await payRun('2026-09', [['JB-1', '20', '300.00']]);
    await statement('September', [
      '01/09/2026,Oakshire Council,DP ROSA,FASTER PAYMENT,500.00,1741.60',
      '01/09/2026,Oakshire Health Board,PHB ROSA,FASTER PAYMENT,100.00,1841.60',
      '15/09/2026,Splash Club,SEPTEMBER,CONTACTLESS,-45.00,1796.60',
      '28/09/2026,Joss Bright,WAGES,FASTER PAYMENT,-300.00,1496.60',
    ]);
    await acceptMatches(officer, accountId, 4);
    await expectMoney({ care: '920.00', health: '586.50', bank: '1496.60' });
  });

  month(
    'October and November: October’s statement is forgotten, and the books are £255.00 short until it comes',
    async () => {
      await family.dayIs('2026-11-30');
      await payRun('2026-10', [['JB-1', '20', '300.00']]);
      await payRun('2026-11', [['JB-1', '20', '300.00']]);
      const november = [
        '02/11/2026,Oakshire Council,DP ROSA,FASTER PAYMENT,500.00,2251.60',
        '02/11/2026,Oakshire Health Board,PHB ROSA,FASTER PAYMENT,100.00,2351.60',
        '10/11/2026,Splash Club,NOVEMBER,CONTACTLESS,-45.00,2306.60',
        '28/11/2026,Joss Bright,WAGES,FASTER PAYMENT,-300.00,2006.60',
      ];
      await statement('November', november, officer);
      await acceptMatches(officer, accountId, 4);
      // Joss’s wages of October count as spent, by the bureau’s report, and as owed while no statement shows them paid.
      await expectMoney({ care: '775.00', health: '686.50', bank: '1751.60', owed: '300.00' });
      await statement('October', [
        '01/10/2026,Oakshire Council,DP ROSA,FASTER PAYMENT,500.00,1996.60',
        '01/10/2026,Oakshire Health Board,PHB ROSA,FASTER PAYMENT,100.00,2096.60',
        '13/10/2026,Splash Club,OCTOBER,CONTACTLESS,-45.00,2051.60',
        '28/10/2026,Joss Bright,WAGES,FASTER PAYMENT,-300.00,1751.60',
      ]);
      await acceptMatches(officer, accountId, 4);
      await expectMoney({ care: '1230.00', health: '786.50', bank: '2006.60' });
    },
  );

  month('December: the hours go up to twenty-five, and the change is reviewed at once', async () => {
    await family.dayIs('2026-12-01');
    await post(officer, `/v1/agreements/${careAgreementId}/versions`, {
      validFrom: '2026-12-01',
      signedOn: '2026-11-24',
      changesServices: true,
      reason: 'Five hours a month more, because Rosa is out of school on Fridays.',
    });
    await schedule(careAgreementId, 'SOCIAL_CHILD', 'UPLIFT', '75.00', '2026-12-01');
    const change = await until(
      () => reviews('ON_CHANGE'),
      (found) => found.length === 1,
    );
    expect(change.map(({ dueOn }) => dueOn)).toEqual(['2026-12-01']);
    await family.dayIs('2026-12-31');
    await payRun('2026-12', [['JB-1', '25', '375.00']]);
    await statement('December', [
      '01/12/2026,Oakshire Council,DP ROSA,FASTER PAYMENT,500.00,2506.60',
      '01/12/2026,Oakshire Council,DP ROSA MORE,FASTER PAYMENT,75.00,2581.60',
      '01/12/2026,Oakshire Health Board,PHB ROSA,FASTER PAYMENT,100.00,2681.60',
      '08/12/2026,Splash Club,DECEMBER,CONTACTLESS,-45.00,2636.60',
      '28/12/2026,Joss Bright,WAGES,FASTER PAYMENT,-375.00,2261.60',
    ]);
    await acceptMatches(officer, accountId, 5);
    await expectMoney({ care: '1385.00', health: '886.50', bank: '2261.60' });
  });

  month('January and February: a sleep mat of £240.00 is bought with the health board’s money', async () => {
    await family.dayIs('2027-02-28');
    await payRun('2027-01', [['JB-1', '25', '375.00']]);
    await payRun('2027-02', [['JB-1', '25', '375.00']]);
    await statement('January', [
      '04/01/2027,Oakshire Council,DP ROSA,FASTER PAYMENT,500.00,2761.60',
      '04/01/2027,Oakshire Council,DP ROSA MORE,FASTER PAYMENT,75.00,2836.60',
      '04/01/2027,Oakshire Health Board,PHB ROSA,FASTER PAYMENT,100.00,2936.60',
      '12/01/2027,Splash Club,JANUARY,CONTACTLESS,-45.00,2891.60',
      '28/01/2027,Joss Bright,WAGES,FASTER PAYMENT,-375.00,2516.60',
    ]);
    await statement('February', [
      '01/02/2027,Oakshire Council,DP ROSA,FASTER PAYMENT,500.00,3016.60',
      '01/02/2027,Oakshire Council,DP ROSA MORE,FASTER PAYMENT,75.00,3091.60',
      '01/02/2027,Oakshire Health Board,PHB ROSA,FASTER PAYMENT,100.00,3191.60',
      '09/02/2027,Splash Club,FEBRUARY,CONTACTLESS,-45.00,3146.60',
      '18/02/2027,Nightwell Equipment,MAT,CONTACTLESS,-240.00,2906.60',
      '26/02/2027,Joss Bright,WAGES,FASTER PAYMENT,-375.00,2531.60',
    ]);
    await acceptMatches(officer, accountId, 11);
    await expectMoney({ care: '1695.00', health: '846.50', bank: '2531.60' });
  });

  month('March: the statement is sent twice and counted once', async () => {
    await family.dayIs('2027-03-31');
    await payRun('2027-03', [['JB-1', '25', '375.00']]);
    const lines = [
      '01/03/2027,Oakshire Council,DP ROSA,FASTER PAYMENT,500.00,3031.60',
      '01/03/2027,Oakshire Council,DP ROSA MORE,FASTER PAYMENT,75.00,3106.60',
      '01/03/2027,Oakshire Health Board,PHB ROSA,FASTER PAYMENT,100.00,3206.60',
      '09/03/2027,Splash Club,MARCH,CONTACTLESS,-45.00,3161.60',
      '26/03/2027,Joss Bright,WAGES,FASTER PAYMENT,-375.00,2786.60',
    ];
    expect(await statement('March', lines)).toMatchObject({ posted: 5, alreadyHeld: 0 });
    expect(await statement('March', lines)).toMatchObject({ posted: 0, alreadyHeld: 5 });
    await acceptMatches(officer, accountId, 5);
    await expectMoney({ care: '1850.00', health: '946.50', bank: '2786.60' });
  });

  month('April again: a year after the first payment the yearly review opens with the figures of the day', async () => {
    await family.dayIs('2027-04-01');
    const yearly = await until(
      async () => (await reviews('YEARLY')).filter(({ dueOn }) => dueOn === '2027-04-01'),
      (found) => found.length === 2 && found.every(({ state }) => state === 'OPEN'),
    );
    const streams = yearly.flatMap(({ figures }) => figures?.streams ?? []);
    const of = (stream: string) => streams.find((each) => each.stream === stream);
    expect(of('SOCIAL_CHILD')).toMatchObject({ received: '6300.00', spent: '4450.00', left: '1850.00' });
    expect(of('HEALTH')).toMatchObject({ received: '1200.00', spent: '253.50', left: '946.50' });
  });
});

async function recordRosa(): Promise<void> {
  const { id: childId } = await post(officer, '/v1/people', { name: 'Rosa Vane', dateOfBirth: '2017-02-11' });
  const recipient = { name: 'Ingrid Vane', email: emailOf('Ingrid Vane'), signIn: await family.signIn('Ingrid Vane') };
  const { id: recipientId } = await post(officer, '/v1/people', recipient);
  await acceptInvitations(ingrid);
  const plan = {
    childId,
    kind: 'EHC_PLAN',
    startsOn: '2026-03-01',
    outcomes: [
      { reference: '1', description: 'Rosa spends time with people of her choice' },
      { reference: '2', description: 'Rosa’s skin is well and she sleeps' },
    ],
  };
  const { id: planDocumentId } = await post(officer, '/v1/plan-documents', plan);
  const budget = { reference: 'OAK-1', childId, recipientId, planDocumentId, startsOn: '2026-04-01' };
  budgetId = (await post(officer, '/v1/budgets', budget)).id;
  const { items: payers } = await officer.get<{ items: { id: string }[] }>('/v1/payers');
  const board = { name: 'Oakshire Health Board', kind: 'INTEGRATED_CARE_BOARD', code: 'OAK-H' };
  const { id: boardId } = await post(officer, '/v1/payers', board);
  const agree = (payerId: string | undefined) =>
    post(officer, '/v1/agreements', {
      budgetId,
      payerId,
      validFrom: '2026-04-01',
      signedOn: '2026-03-18',
      reason: 'The plan was agreed.',
    });
  careAgreementId = (await agree(payers[0]?.id)).id;
  const { id: healthAgreementId } = await agree(boardId);
  const account = {
    kind: 'OWN_BANK',
    name: 'Rosa’s account',
    bankName: 'Starling',
    sortCode: '608371',
    accountNumber: '11223344',
    holderPersonId: recipientId,
    openedOn: '2026-04-01',
    budgetIds: [budgetId],
  };
  accountId = (await post(officer, '/v1/designated-accounts', account)).id;
  const payee = async (terms: object) => (await post(officer, '/v1/payees', { budgetId, ...terms })).id;
  await payee({ name: 'Joss Bright', kind: 'PERSONAL_ASSISTANT', employeeReference: 'JB-1', relationship: 'none' });
  const kit = await payee({
    name: 'Kit Vane',
    kind: 'PERSONAL_ASSISTANT',
    employeeReference: 'KV-2',
    relationship: 'brother',
  });
  const home = { payeeId: kit, livesWith: 'CHILD', validFrom: '2026-07-01', validTo: '2026-09-10' };
  await post(coordinator, '/v1/household-memberships', home);
  const club = await payee({ name: 'Splash Club', kind: 'CLUB' });
  const mat = await payee({ name: 'Nightwell Equipment', kind: 'SHOP' });

  const { plan: recorded } = await officer.get<{ plan: { outcomes: { id: string }[] } }>(`/v1/budgets/${budgetId}`);
  const [time, sleep] = recorded.outcomes.map(({ id }) => id);
  const common = { mechanism: 'DIRECT_PAYMENT', holder: 'FAMILY', startsOn: '2026-04-01', endsOn: '2028-03-31' };
  const care = {
    ...common,
    agreementId: careAgreementId,
    stream: 'SOCIAL_CHILD',
    planSection: 'H1',
    outcomeIds: [time],
  };
  const health = { ...common, agreementId: healthAgreementId, stream: 'HEALTH', planSection: 'G', outcomeIds: [sleep] };
  const lines = [
    { ...care, name: 'Personal assistants', amount: '10000.00' },
    { ...care, name: 'Splash Club', amount: '2000.00', payeeId: club },
    { ...health, name: 'Creams and equipment', amount: '1400.00' },
    { ...health, name: 'Sleep mat', amount: '1000.00', payeeId: mat },
  ];
  await post(officer, `/v1/budgets/${budgetId}/lines`, { lines });
  const made = await officer.get<{ lines: { id: string; name: string }[] }>(`/v1/budgets/${budgetId}`);
  for (const { id, name } of made.lines) lineIds.set(name, id);
  await schedule(careAgreementId, 'SOCIAL_CHILD', 'REGULAR', '500.00', '2026-04-01');
  await schedule(healthAgreementId, 'HEALTH', 'REGULAR', '100.00', '2026-04-01');

  await post(officer, '/v1/role-grants', {
    role: 'RECIPIENT',
    personId: recipientId,
    budgetId,
    validFrom: '2026-03-20',
  });
  const clients = [{ issuer: family.world.issuer, clientId: 'quill-payroll', name: 'Quill' }];
  const quill = { name: 'Quill Payroll', kind: 'PAYROLL_BUREAU', apiClients: clients };
  const { apiClients } = await post<{ apiClients: { id: string }[] }>(officer, '/v1/organisations', quill);
  await acceptInvitations(bureau);
  const grant = { role: 'PAYROLL_BUREAU', apiClientId: apiClients[0]!.id, budgetId, validFrom: '2026-03-20' };
  await post(officer, '/v1/role-grants', grant);
}

function schedule(agreementId: string, stream: string, kind: string, amount: string, firstDueOn: string) {
  const terms = { agreementId, designatedAccountId: accountId, stream, kind, amount, frequency: 'MONTHLY' };
  return post(officer, '/v1/instalment-schedules', { ...terms, firstDueOn, lastDueOn: '2028-03-01' });
}

/** A month's run: who, hours and pay. Nobody earns enough for deductions. */
function payRun(month: string, people: readonly (readonly [reference: string, hours: string, gross: string])[]) {
  const lastDay = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  const pounds = people.reduce((sum, [, , gross]) => sum + BigInt(gross.replace('.', '')), 0n);
  const total = `${pounds / 100n}.${String(pounds % 100n).padStart(2, '0')}`;
  return post(bureau, '/v1/pay-runs', {
    reference: `${month} VANE`,
    payDate: `${month}-28`,
    frequency: 'MONTHLY',
    payslips: people.map(([employeeReference, hours, gross]) => ({
      budgetId,
      employeeReference,
      periodStart: `${month}-01`,
      periodEnd: `${month}-${lastDay}`,
      lines: [{ description: 'Basic pay', hours, amount: gross }],
      gross,
      deductions: {},
      net: gross,
      employerNi: '0.00',
      employerPension: '0.00',
      streams: [{ stream: 'SOCIAL_CHILD', percent: '100', budgetLineId: lineIds.get('Personal assistants') }],
    })),
    controlTotals: { payslips: people.length, gross: total, net: total, employerCosts: '0.00' },
  });
}

function statement(month: string, lines: readonly string[], acceptedBy?: DemoApiClient) {
  const header = 'Date,Counter Party,Reference,Type,Amount (GBP),Balance (GBP)';
  return sendStatement(ingrid, accountId, `starling-${month}.csv`, [header, ...lines, ''].join('\r\n'), acceptedBy);
}

/** What is left of each stream and what the bank holds, as the recipient sees it; nothing owed unless said. */
async function expectMoney(expected: { care: string; health: string; bank: string; owed?: string }): Promise<void> {
  const { items } = await ingrid.get<{ items: { stream: string; left: string; bank: string; owed: string }[] }>(
    `/v1/reports/balances?budgetId=${budgetId}`,
  );
  const of = (stream: string) => items.find((item) => item.stream === stream);
  const pence = items.reduce((sum, { bank }) => sum + BigInt(bank.replace('.', '')), 0n);
  expect({
    care: of('SOCIAL_CHILD')?.left,
    health: of('HEALTH')?.left,
    bank: `${pence / 100n}.${String(pence % 100n).padStart(2, '0')}`,
    owed: of('SOCIAL_CHILD')?.owed,
  }).toEqual({ owed: '0.00', ...expected });
}

async function lineOf(date: string): Promise<Line> {
  const path = `/v1/statement-lines?designatedAccountId=${accountId}&from=${date}&to=${date}`;
  const [line] = await officer.all<Line>(path);
  return line!;
}

async function late(): Promise<string[][]> {
  const found = await ingrid.all<{ dueOn: string; stream: string }>(`/v1/instalments?budgetId=${budgetId}&state=late`);
  return found.map(({ dueOn, stream }) => [dueOn, stream]).sort();
}

interface ReviewSeen {
  readonly dueOn: string;
  readonly state: string;
  readonly figures: { readonly streams: readonly { stream: string }[] } | null;
}

function reviews(kind: string): Promise<ReviewSeen[]> {
  return coordinator.all<ReviewSeen>(`/v1/reviews?budgetId=${budgetId}&kind=${kind}`);
}
