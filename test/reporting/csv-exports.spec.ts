import { decimalText, newId } from '@ringfence/kernel';
import { postJournals, statementLineEntries } from '@ringfence/ledger';
import { systemContext } from '@ringfence/platform';
import { byteOrderMark, CsvExports, originalText, statementEntriesPerPageMax } from '@ringfence/reporting';
import { parse } from 'csv-parse/sync';
import { startApi, type Answer, type TestApi } from '../support/api.js';
import {
  seedAuthority,
  seedBudget,
  seedClient,
  seedPerson,
  seedStatementLine,
  type SeededAuthority,
  type SeededBudget,
} from '../support/seed.js';

let api: TestApi;
let authority: SeededAuthority;
let budget: SeededBudget;
let siblings: SeededBudget;

beforeAll(async () => {
  api = await startApi();
  authority = await seedAuthority(api);
  budget = await seedBudget(api, authority);
  siblings = await seedBudget(api, authority);
  for (const [date, amountPence, description] of [
    ['2026-04-02', 50_000n, 'COUNCIL DP'],
    ['2026-04-09', -2_000n, '=HYPERLINK("http://example.org","refund")'],
    ['2026-05-01', -1_234n, 'SHOP, "THE CORNER"'],
  ] as const) {
    await seedStatementLine(api, authority.id, budget, { date, amountPence, description });
  }
  await seedStatementLine(api, authority.id, siblings, {
    date: '2026-04-03',
    amountPence: -777n,
    description: 'OTHER',
  });
}, 60_000);

afterAll(() => api?.stop());

const statementOf = ({ id }: SeededBudget, days = 'from=2026-04-05&to=2026-05-31') =>
  `/v1/reports/statement-of-account.csv?budgetId=${id}&${days}`;

type Row = Readonly<Record<string, string>>;

/** What a program makes of the file. */
function rowsOf({ bytes }: Pick<Answer, 'bytes'>): Row[] {
  return parse(bytes, { bom: true, columns: true, record_delimiter: '\r\n' });
}

/** Posts so many lines of a penny out, all on one day. */
async function postPennies(count: number): Promise<void> {
  await api.database.transaction(systemContext(authority.id), async (tx) => {
    await postJournals(
      tx,
      Array.from({ length: count }, (_, order) => ({
        bookId: siblings.bookId,
        kind: 'STATEMENT_LINE' as const,
        description: `PENNY ${order}`,
        effectiveDate: '2026-05-05',
        source: { type: 'statement-line', id: newId() },
        idempotencyKey: newId(),
        entries: statementLineEntries(-1n, siblings.id),
      })),
    );
  });
}

describe('A statement of account as CSV', () => {
  it('holds each account’s opening balance, its entries with running balances, and its closing balance', async () => {
    const answer = await authority.financeOfficer.get(statementOf(budget));
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="statement-of-account-2026-04-05-to-2026-05-31.csv"',
      'cache-control': 'no-store',
    });
    const bank = rowsOf(answer).filter(({ account }) => account === 'BANK');
    expect(bank.map(({ row, effectiveDate, amount, balance }) => [row, effectiveDate, amount, balance])).toEqual([
      ['opening', '2026-04-05', '', '500.00'],
      ['entry', '2026-04-09', '-20.00', '480.00'],
      ['entry', '2026-05-01', '-12.34', '467.66'],
      ['closing', '2026-05-31', '', '467.66'],
    ]);
  });

  it('begins with a byte order mark, divides by CRLF, and tells the same as the JSON', async () => {
    const answer = await authority.financeOfficer.get(statementOf(budget));
    const text = answer.bytes.toString();
    expect(text.startsWith(byteOrderMark)).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const { body } = await authority.financeOfficer.get(statementOf(budget).replace('.csv', ''));
    const rows = rowsOf(answer);
    for (const { account, opening, closing, entries } of body.items) {
      const own = rows.filter((row) => row['account'] === account);
      expect(own[0]).toMatchObject({ row: 'opening', balance: opening });
      expect(own.at(-1)).toMatchObject({ row: 'closing', balance: closing });
      expect(own.slice(1, -1).map(({ journalId, amount, balance }) => ({ journalId, amount, balance }))).toEqual(
        entries.map(({ journalId, amount, balance }: Row) => ({ journalId, amount, balance })),
      );
    }
    expect(rows).toHaveLength(
      body.items.reduce((sum: number, one: { entries: [] }) => sum + one.entries.length + 2, 0),
    );
  });

  it('makes a bank’s words harmless that a spreadsheet would take for a formula, and they can be had back', async () => {
    const [first] = rowsOf(await authority.financeOfficer.get(statementOf(budget))).filter(
      ({ row }) => row === 'entry',
    );
    expect(first!['description']).toBe(`'=HYPERLINK("http://example.org","refund")`);
    expect(originalText(first!['description']!)).toBe('=HYPERLINK("http://example.org","refund")');
  });

  it('is a file of more pages than one, and leaves out what is posted while it is read', async () => {
    const count = 2 * statementEntriesPerPageMax + 17;
    await postPennies(count);
    const officer = await api.principalOf(authority.financeOfficer.bearer);
    const query = { budgetId: siblings.id, from: '2026-05-01', to: '2026-05-31' };
    const { chunks } = await api.app.get(CsvExports).statementOfAccount(officer, query);
    await postPennies(5);
    const read: string[] = [];
    for await (const chunk of chunks) read.push(chunk);
    expect(read.length).toBeGreaterThan(3);
    const bank = rowsOf({ bytes: Buffer.from(read.join('')) }).filter(({ account }) => account === 'BANK');
    expect(bank).toHaveLength(count + 2);
    expect(bank[0]).toMatchObject({ row: 'opening', balance: '-7.77' });
    expect(bank.at(-1)).toMatchObject({ row: 'closing', balance: decimalText(-777n - BigInt(count)) });
    expect(new Set(bank.map(({ journalId }) => journalId)).size).toBe(count + 1);
  });

  it('refuses days in the wrong order as a problem and not as a file', async () => {
    const answer = await authority.financeOfficer.get(statementOf(budget, 'from=2026-05-31&to=2026-04-01'));
    expect(answer).toMatchObject({
      status: 422,
      body: { detail: '/to is 2026-04-01, before /from, which is 2026-05-31: choose a day from then on.' },
    });
    expect(answer.headers['content-disposition']).toBeUndefined();
  });
});

describe('The other reports as CSV', () => {
  it('tell the same as the JSON', async () => {
    for (const path of [
      `balances?budgetId=${budget.id}&at=2026-05-31`,
      'trial-balance?month=2026-05',
      'trial-balance',
    ]) {
      const { body } = await authority.financeOfficer.get(`/v1/reports/${path}`);
      const rows = rowsOf(await authority.financeOfficer.get(`/v1/reports/${path.replace(/(?=\?|$)/, '.csv')}`));
      expect(rows.map(({ at: _, ...row }) => row)).toEqual(body.items);
      expect(rows.length).toBeGreaterThan(0);
    }
  });

  it('give an officer the work list, filtered as the page filters it', async () => {
    const all = rowsOf(await authority.financeOfficer.get('/v1/reports/work-list.csv'));
    expect(all.map(({ budgetId }) => budgetId).sort()).toEqual([budget.id, siblings.id].sort());
    expect(all[0]!['reference']! < all[1]!['reference']!).toBe(true);
    const one = all.find(({ budgetId }) => budgetId === budget.id)!;
    expect(one).toMatchObject({ suspenseLines: '3', suspenseAmount: '532.34', streams: 'EDU', excluded: '0' });
    const found = await authority.financeOfficer.get(
      `/v1/reports/work-list.csv?text=${one['reference']}&need=suspense`,
    );
    expect(rowsOf(found).map(({ budgetId }) => budgetId)).toContain(budget.id);
    expect(rowsOf(await authority.financeOfficer.get('/v1/reports/work-list.csv?need=excluded'))).toEqual([]);
  });

  it('make a name harmless that begins like a formula', async () => {
    await api.owner.query('UPDATE people SET name = $2 WHERE id = $1', [siblings.childId, '+Kit']);
    const rows = rowsOf(await authority.financeOfficer.get('/v1/reports/work-list.csv'));
    expect(rows.map(({ childName }) => childName)).toContain("'+Kit");
  });
});

describe('Who may take a report away', () => {
  const authorityWide = ['trial-balance.csv', 'work-list.csv'];

  it('is an officer and an auditor for everything, and a plan coordinator but for the trial balance', async () => {
    for (const officer of [authority.financeOfficer, authority.approver, authority.auditor]) {
      for (const name of authorityWide) expect(await officer.get(`/v1/reports/${name}`)).toMatchObject({ status: 200 });
      expect(await officer.get(statementOf(budget))).toMatchObject({ status: 200 });
    }
    const coordinator = authority.planCoordinator;
    expect(await coordinator.get(statementOf(budget))).toMatchObject({ status: 200 });
    expect(await coordinator.get('/v1/reports/work-list.csv')).toMatchObject({ status: 200 });
    expect(await coordinator.get('/v1/reports/trial-balance.csv')).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('see accounting periods') },
    });
  });

  it('is a recipient for their own budget, of which the file holds nothing else', async () => {
    const own = await budget.recipient.get(statementOf(budget, 'from=2026-01-01&to=2026-12-31'));
    expect(own.status).toBe(200);
    expect(new Set(rowsOf(own).map(({ budgetId }) => budgetId))).toEqual(new Set([budget.id]));
    expect(await budget.recipient.get(`/v1/reports/balances.csv?budgetId=${budget.id}`)).toMatchObject({ status: 200 });
    for (const path of [statementOf(siblings), `/v1/reports/balances.csv?budgetId=${siblings.id}`]) {
      expect(await budget.recipient.get(path)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/budgetId', message: `There is no budget ${siblings.id} that you can see.` }] },
      });
    }
    expect(await budget.recipient.get('/v1/reports/trial-balance.csv')).toMatchObject({ status: 403 });
    expect(await budget.recipient.get('/v1/reports/work-list.csv')).toMatchObject({
      status: 403,
      body: { detail: 'The work list is for the authority’s own officers: go to your home page.' },
    });
  });

  it('is no payroll bureau, nobody without a grant, and no officer of elsewhere', async () => {
    const bureau = await seedClient(api, authority.id, [budget.id]);
    const nobody = await seedPerson(api, authority.id, 'Nora Nobody');
    for (const caller of [bureau, nobody]) {
      for (const path of [statementOf(budget), ...authorityWide.map((name) => `/v1/reports/${name}`)]) {
        expect(await caller.get(path)).toMatchObject({ status: 403 });
      }
    }
    const elsewhere = await seedAuthority(api, 'Elmshire');
    expect(await elsewhere.financeOfficer.get(statementOf(budget))).toMatchObject({
      status: 422,
      body: { detail: `There is no budget ${budget.id} that you can see.` },
    });
    expect(rowsOf(await elsewhere.financeOfficer.get('/v1/reports/work-list.csv'))).toEqual([]);
  });
});
