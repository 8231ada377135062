import { newId } from '@ringfence/kernel';
import { Database } from '@ringfence/platform';
import { SuggestMatches } from '@ringfence/reconciliation';
import { password, startWorld, type World } from '../browser/world.js';
import type { TestApi } from '../support/api.js';
import { seedPayee, seedStatementLine } from '../support/seed.js';
import { seedOwed } from '../support/seed-owed.js';
import { CookieClient, hidden, type Seen } from './cookie-client.js';

let world: World;
let seeds: TestApi;
let officer: CookieClient;
const brother = { name: 'Ben Brown', relationship: 'brother', livesWithChild: [{ from: '2026-06-01' }] };

beforeAll(async () => {
  world = await startWorld();
  seeds = { owner: world.owner, database: world.web.get(Database) } as unknown as TestApi;
  await seedPayee(seeds, world.authority.id, world.budget.id, brother);
  officer = new CookieClient();
  const form = await officer.get(`${world.url}/sign-in`);
  await officer.post(form.url, { email: world.emails.officer, password });
}, 120_000);
afterAll(() => world?.stop(), 60_000);

function line(description: string, amountPence: bigint, date = '2026-06-02'): Promise<string> {
  return seedStatementLine(seeds, world.authority.id, world.budget, { date, amountPence, description });
}

function hmrcIsOwed(amountPence: bigint): Promise<void> {
  return seedOwed(world.web.get(Database), world.authority.id, world.budget, { control: 'HMRC', amountPence });
}

const formOf = (lineId: string): string => `${world.url}/budgets/${world.budget.id}/lines/${lineId}/allocate`;

/** Sends the form of a line as a browser would. */
async function send(lineId: string, fields: Readonly<Record<string, string>>): Promise<Seen> {
  const page = await officer.get(formOf(lineId));
  return officer.post(formOf(lineId), { _csrf: hidden(page, '_csrf'), key: hidden(page, 'key'), ...fields });
}

describe('The form that allocates a payment', () => {
  it('offers what can take it, with what is owed beside each control', async () => {
    const lineId = await line('HMRC PAYE', -5_000n);
    expect((await officer.get(formOf(lineId))).text).not.toContain('control_HMRC_EDU');
    await hmrcIsOwed(3_000n);
    const { text } = await officer.get(formOf(lineId));
    expect(text).toContain('control_HMRC_EDU');
    expect(text).toContain('Education. £30.00 is owed.');
    expect(text).not.toContain('control_PENSION');
    expect(text).not.toContain('value="family"');
  });

  it('shows a refusal with what was typed kept: more than is owed', async () => {
    const lineId = await line('HMRC PAYE', -5_000n);
    const refused = await send(lineId, { target: 'control_HMRC_EDU', amount: '50.00', reasons: 'The quarter’s tax' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(
      '£30.00 is owed to HMRC for Education in this budget, and this part is £50.00: allocate no more than that to it.',
    );
    expect(refused.text).toMatch(/value="control_HMRC_EDU" checked/);
    expect(refused.text).toContain('value="The quarter’s tax"');
    expect(refused.text).toContain('value="50.00"');
  });

  it('says before anything is typed what a rule excludes, and refuses it in the same words as the API', async () => {
    const lineId = await line('BEN BROWN', -4_000n);
    const { text } = await officer.get(formOf(lineId));
    expect(text).toContain(
      'A rule excludes £40.00 of this payment: it cannot be allocated until somebody has decided. Nothing else remains to allocate.',
    );
    const target = `line_${world.budget.lines.EDU}_${world.budget.outcomeId}`;
    const refused = await send(lineId, { target, amount: '40.00', reasons: 'Tutoring' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(
      '£40.00 of this payment is excluded by the rule HOUSEHOLD_FAMILY and cannot be allocated',
    );
    expect(refused.text).toContain('value="Tutoring"');
  });
});

describe('Accepting the exact matches of a page', () => {
  it('accepts those that can be accepted, and says of the others why they stay open', async () => {
    const brothersLine = await line('BEN BROWN SUNDAY', -1_000n, '2026-05-20');
    await line('SWIM SCHOOL MAY', -2_000n, '2026-05-21');
    await line('SWIM SCHOOL JUNE', -2_000n, '2026-06-03');
    const { rows } = await world.owner.query<{ id: string }>(`SELECT id FROM payees WHERE name = 'Ben Brown'`);
    await world.owner.query('UPDATE budget_lines SET payee_id = $2 WHERE id = $1', [
      world.budget.lines.HEALTH,
      rows[0]!.id,
    ]);
    const { designatedAccountId } = world.budget;
    await new SuggestMatches(world.web.get(Database), world.web.get(Database).clock).run({
      authorityId: world.authority.id,
      designatedAccountId,
    });
    const page = await officer.get(`${world.url}/budgets/${world.budget.id}`);
    const suggestionIds = hidden(page, 'suggestionIds');
    expect(suggestionIds.split(',')).toHaveLength(3);
    await world.owner.query(`UPDATE household_memberships SET valid_from = '2026-05-01' WHERE payee_id = $1`, [
      rows[0]!.id,
    ]);
    const answer = await officer.post(`${world.url}/budgets/${world.budget.id}/suggestions/accept`, {
      ...{ _csrf: hidden(page, '_csrf'), key: newId(), show: 'all', suggestionIds },
    });
    expect(answer.text).toContain('2 of the 3 suggestions were accepted. The others stay open.');
    expect(answer.text).toMatch(/BEN BROWN SUNDAY: £10\.00 of this payment is excluded by the rule HOUSEHOLD_FAMILY/);
    const left = await world.owner.query<{ line: string }>(
      `SELECT statement_line_id AS line FROM match_suggestions WHERE state = 'OPEN'`,
    );
    expect(left.rows).toEqual([{ line: brothersLine }]);
  });
});
