import type { ImportFault } from '@ringfence/budgets';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { budgetInPlace, once, openCouncil, ownAccount, refusal, type Council } from './council.js';

const sample = readFileSync(join(import.meta.dirname, '../../docs/reference/budget-import-sample.csv'), 'utf8');
const [header = '', ...sampleRows] = sample.trim().split('\n');
const columns = header.split(',');

let council: Council;
beforeAll(async () => {
  council = await openCouncil();
}, 120_000);
afterAll(() => council.close());

const send = (file: string | Uint8Array, request = once()) =>
  council.imports.importBudgets(council.officer, file, request);

/** A row that is right in itself, with some cells changed. */
function row(change: Record<string, string> = {}): string {
  const cells: Record<string, string> = {
    budget_reference: 'FS-9',
    child_name: 'Wren Ellis',
    child_date_of_birth: '2013-01-31',
    recipient_name: 'Sam Ellis',
    plan_kind: 'EHC plan',
    plan_starts_on: '01/02/2026',
    budget_starts_on: '01/04/2026',
    budget_ends_on: '31/03/2027',
    payer_code: 'FS',
    agreement_from: '2026-04-01',
    agreement_signed_on: '2026-03-20',
    line_name: 'Music lessons',
    stream: 'Education',
    mechanism: 'Direct payment',
    holder: 'Family',
    plan_section: 'F',
    outcomes: '1: Plays in a group',
    line_starts_on: '2026-04-01',
    line_ends_on: '2027-03-31',
    amount: '£1,000.00',
    ...change,
  };
  return columns.map((column) => `"${(cells[column] ?? '').replaceAll('"', '""')}"`).join(',');
}

const file = (...rows: string[]): string => [header, ...rows].join('\n');

async function faults(text: string): Promise<string[]> {
  const { code, errors } = await refusal(send(text));
  expect(code).toBe('import-refused');
  return (errors as ImportFault[]).map(({ line, column, message }) => `${line} ${column}: ${message}`);
}

async function counts(): Promise<unknown> {
  const tables = [
    'people',
    'plan_documents',
    'outcomes',
    'budgets',
    'agreements',
    'budget_lines',
    'designated_accounts',
    'books',
    'instalments',
  ];
  const sql = tables.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`).join(', ');
  return (await council.owner.query(`SELECT ${sql}`)).rows[0];
}

describe('the sample of the documentation', () => {
  it('is imported, and a repeat under its key changes nothing', async () => {
    const request = once();
    const report = { accepted: true, rows: 4, budgets: 2, lines: 4, instalments: 28 };
    expect(await send(sample, request)).toEqual(report);
    const before = await counts();
    expect(await send(Buffer.from(sample), request)).toEqual(report);
    expect(await counts()).toEqual(before);
    expect((await refusal(send(sample.replace('520', '0520'), request))).code).toBe('idempotency-key-reused');
  });

  it('makes budgets as they would be made one by one', async () => {
    const [first, second] = await council.reader.listBudgets(council.officer, {}, { limit: 10 });
    const budget = await council.reader.agreedBudget(council.officer, first!.id);
    expect(budget).toMatchObject({
      reference: 'FS-0101',
      child: { name: 'Amber Reed', dateOfBirth: '2014-05-09' },
      recipient: { name: 'Josie Reed', email: 'josie.reed@example.org' },
      agreements: [{ versions: [{ version: 1, signedOn: '2026-03-12' }] }],
      payees: [{ name: 'Kit Marlow' }, { name: 'Otter Pool' }],
    });
    expect(budget.plan.outcomes.map(({ reference }) => reference)).toEqual(['1.1', '1.2', '2.1']);
    expect(budget.lines.map(({ name }) => name).sort()).toEqual([
      'One-to-one teaching assistant',
      'Saturday swimming',
      'Speech therapy in school',
    ]);
    const other = await council.reader.agreedBudget(council.officer, second!.id);
    expect(other.accounts.map(({ id }) => id)).toEqual(budget.accounts.map(({ id }) => id));
    expect(other.recipient.id).toBe(budget.recipient.id);
    expect(budget.accounts).toHaveLength(1);
    expect(budget.schedules.map(({ frequency, instalments }) => [frequency, instalments])).toEqual([
      ['FOUR_WEEKLY', 13],
      ['TERMLY', 3],
    ]);
  });

  it('is refused under a new key, because its budgets are recorded', async () => {
    expect(await faults(sample)).toEqual([
      '2 budget_reference: The budget "FS-0101" is recorded already: leave it out of the file.',
      '5 budget_reference: The budget "FS-0102" is recorded already: leave it out of the file.',
    ]);
    expect(sampleRows).toHaveLength(4);
  });
});

describe('a file with faults', () => {
  it('imports nothing, and reports every one by line and column', async () => {
    const before = await counts();
    const text = file(
      row({ amount: '12.345', stream: 'Learning', line_ends_on: '31/02/2027' }),
      row({ line_name: 'Drum lessons', plan_section: 'G', child_name: 'Robin Ellis' }),
      row({ budget_reference: 'FS-10', payer_code: 'XX', outcomes: '1' }),
      row({ budget_reference: '', recipient_email: 'none' }),
    );
    const refused = await refusal(send(text));
    expect(refused.message).toBe(
      'The file has 8 faults, and nothing was imported. The first is in line 2, stream: "Learning" was found: write one of EDU, HEALTH, SOCIAL_CHILD, SOCIAL_ADULT, TRANSPORT.',
    );
    expect(await faults(text)).toEqual(
      [
        '2 stream: "Learning" was found: write one of EDU, HEALTH, SOCIAL_CHILD, SOCIAL_ADULT, TRANSPORT.',
        '2 amount: "12.345" was found: write pounds and pence above nothing, such as 1234.50.',
        '2 line_ends_on: "31/02/2027" was found: write a day that exists, from 1900-01-01 to 2199-12-31, as 2026-04-01 or 01/04/2026.',
        '3 child_name: "Robin Ellis" was found, and line 2 has "Wren Ellis" for the same budget: make them agree.',
        '3 plan_section: Section G cannot carry EDU money: EDU belongs in F or J.',
        '4 payer_code: No payer has the code "XX": use one of FS, or add the payer first.',
        '5 budget_reference: The cell is empty: write it.',
        '5 recipient_email: "none" is not an email address: correct it, or leave the cell empty.',
      ].sort(byLine),
    );
    expect(await counts()).toEqual(before);
  });

  it('that pastes a row twice, or leaves a needed cell out, is refused', async () => {
    expect(await faults(file(row(), row()))).toEqual([
      '3 line_name: This repeats line 2: delete one of them, or give it another name.',
    ]);
    expect(await faults(file(row({ outcomes: '', line_name: '' })))).toEqual([
      '2 line_name: The cell is empty: write it.',
    ]);
    expect(await faults(file(row({ outcomes: '' })))).toEqual([
      '2 outcomes: outcomes is empty: money paid out must name at least one outcome of the plan.',
    ]);
    expect(await faults(file(row({ outcomes: '7' })))).toEqual([
      '2 outcomes: Outcome "7" is nowhere described: write "7: what it is" once.',
    ]);
  });

  it('whose figures disagree is refused with both', async () => {
    expect(await faults(file(row({ quantity: '40', unit: 'lessons', rate: '24.00' })))).toEqual([
      '2 amount: 40 lessons at £24.00 make £960.00, and the amount is £1,000.00: correct one of them.',
    ]);
    expect(await faults(file(row({ quantity: '40' })))).toEqual([
      '2 quantity: quantity, unit and rate belong together: give all three or none.',
    ]);
  });

  it('with instalments and no account, or to an account not yet open, is refused', async () => {
    const monthly = {
      instalment_frequency: 'Monthly',
      instalment_amount: '83.33',
      instalment_first_due_on: '15/04/2026',
      instalment_last_due_on: '15/03/2027',
    };
    expect(await faults(file(row(monthly)))).toEqual([
      '2 account_name: The cell is empty: instalments need the account that they are paid into.',
    ]);
    const account = {
      account_kind: 'Own bank',
      account_name: 'Ellis payments',
      bank_name: 'Barlow Bank',
      sort_code: '70116',
      account_number: '12345678',
      account_opened_on: '2026-05-01',
    };
    expect(await faults(file(row({ ...monthly, ...account })))).toEqual([
      '2 sort_code: "70116" must have 6 digits: put back noughts that the spreadsheet dropped.',
    ]);
    expect(await faults(file(row({ ...monthly, ...account, sort_code: '07-01-16' })))).toEqual([
      '2 instalment_first_due_on: instalment_first_due_on is 2026-04-15, and the account is opened on 2026-05-01.',
    ]);
  });

  it('that names a managed account’s organisation otherwise than it is recorded is refused', async () => {
    const managed = {
      account_kind: 'Managed',
      account_name: 'Pool',
      bank_name: 'Barlow Bank',
      account_opened_on: '2026-03-01',
      account_organisation: 'Nobody Ltd',
    };
    expect(await faults(file(row(managed)))).toEqual([
      '2 account_organisation: No organisation is recorded as "Nobody Ltd": add it, or correct the name.',
    ]);
  });

  it('is refused to those who do not set up budgets', async () => {
    const auditor = { ...council.officer, grants: [{ ...council.officer.grants[0]!, role: 'AUDITOR' as const }] };
    expect((await refusal(council.imports.importBudgets(auditor, sample, once()))).code).toBe('not-permitted');
  });
});

describe('a file as councils have them', () => {
  it('keeps a cell that looks like a formula as it is written', async () => {
    const text = file(
      row({ budget_reference: 'FS-20', line_name: '=HYPERLINK("http://x.example")', payee_name: '@SUM(1+1)' }),
    );
    expect(await send(text)).toMatchObject({ accepted: true, budgets: 1, lines: 1 });
    const [found] = await council.reader.listBudgets(council.officer, { text: 'FS-20' }, { limit: 1 });
    const budget = await council.reader.agreedBudget(council.officer, found!.id);
    expect([budget.lines[0]!.name, budget.payees[0]!.name]).toEqual(['=HYPERLINK("http://x.example")', '@SUM(1+1)']);
  });

  it('in Windows-1252, with semicolons, uses the child, the plan and the account that are recorded', async () => {
    const place = await budgetInPlace(council, 'FS-30');
    await council.accounts.openDesignatedAccount(
      council.officer,
      ownAccount(place, { accountNumber: '77665544' }),
      once(),
    );
    const text = file(
      row({
        budget_reference: 'FS-31',
        child_name: 'Child of FS-30',
        child_date_of_birth: '03/02/2015',
        recipient_name: 'Zoë Ellis',
        plan_starts_on: '2026-02-01',
        outcomes: '1',
        account_kind: 'own_bank',
        account_name: 'Direct payments',
        bank_name: 'Barlow Bank',
        sort_code: '12 34 56',
        account_number: '77665544',
        account_opened_on: '2026-03-20',
      }),
    ).replaceAll(',', ';');
    const bytes = Uint8Array.from([...text.replaceAll('£1;000', '£1,000')].map((letter) => letter.charCodeAt(0)));
    expect(await send(bytes)).toMatchObject({ budgets: 1 });
    const [found] = await council.reader.listBudgets(council.officer, { text: 'FS-31' }, { limit: 1 });
    const budget = await council.reader.agreedBudget(council.officer, found!.id);
    expect(budget.child.id).toBe(place.childId);
    expect(budget.plan.id).toBe(place.planDocumentId);
    expect(budget.lines[0]!.outcomeIds).toEqual([place.outcomeId]);
    expect(budget.recipient.name).toBe('Zoë Ellis');
    const account = await council.reader.designatedAccount(council.officer, budget.accounts[0]!.id);
    expect(account.budgets.map(({ budgetId }) => budgetId).sort()).toEqual([place.budgetId, budget.id].sort());
  });

  it('of the largest size is imported within seconds', async () => {
    const many = Array.from({ length: 2_000 }, (_, order) =>
      row({
        budget_reference: `FS-B${order}`,
        child_name: `Child ${order}`,
        account_kind: 'OWN_BANK',
        account_name: `Account ${order}`,
        bank_name: 'B',
        sort_code: '111111',
        account_number: String(20_000_000 + order),
        account_opened_on: '2026-03-01',
        instalment_frequency: 'FOUR_WEEKLY',
        instalment_amount: '80.00',
        instalment_first_due_on: '2026-04-06',
        instalment_last_due_on: '2027-03-08',
      }),
    );
    expect(await send(file(...many))).toMatchObject({ budgets: 2_000, instalments: 26_000 });
  }, 60_000);
});

function byLine(a: string, b: string): number {
  return Number(a.split(' ')[0]) - Number(b.split(' ')[0]);
}
